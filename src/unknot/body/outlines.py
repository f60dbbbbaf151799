"""The figure's outline and folds as cubic paths, both halves."""

from __future__ import annotations

import re
from functools import cache

from unknot.body.load import NEUTRAL
from unknot.body.scene import Path
from unknot.body.shapes import creases, silhouette

_NUMBER = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")


@cache
def body_paths(view: str, body: str = NEUTRAL) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Closed outlines and open folds of a view of a body, in mm."""
    return read_paths(silhouette(view, body)), read_paths(creases(view, body))


def read_paths(path: str) -> tuple[Path, ...]:
    """Paths of the form M x y c dx dy ... [z] as ``shapes`` writes them."""
    out = []
    for piece in path.split("M")[1:]:
        numbers = [float(v) for v in _NUMBER.findall(piece)]
        x, y = numbers[0], numbers[1]
        points = [(x, y)]
        for k in range(2, len(numbers) - 5, 6):
            points += [(x + numbers[k + i], y + numbers[k + i + 1]) for i in (0, 2, 4)]
            x, y = points[-1]
        out.append(tuple(points))
    return tuple(out)
