"""The same place on another body: a point of a view of one body, found in the same view of every other.

All bodies share one skin (one mesh), so a place on it lies at some shift from where it lies on the neutral body. The
shifts stand on a coarse grid (``data/bodies/*/places.json``) and are interpolated between its nodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import floor

from unknot.body.load import BODIES, NEUTRAL, VIEWS, document

Point = tuple[float, float]
STEPS = 12  # of the search for the neutral place; each shrinks the error to less than a third


def same_place(view: str, x: float, y: float, source: str = NEUTRAL, target: str = NEUTRAL) -> Point:
    """Where the point (x, y) of a view of the body ``source`` lies in that view of the body ``target``, in millimetres.

    The soles are the same on all bodies. KeyError for an unknown view or body.
    """
    for body in (source, target):
        if body not in BODIES:
            raise KeyError(f"no body {body!r}; there are {', '.join(BODIES)}")
    if view not in VIEWS:
        raise KeyError(f"no view {view!r}; there are {', '.join(VIEWS)}")
    return _shifted(view, _neutral(view, (x, y), source), target)


def _neutral(view: str, point: Point, body: str) -> Point:
    """The neutral place whose shift leads to the point."""
    x, y = point
    for _ in range(STEPS):
        there = _shifted(view, (x, y), body)
        x, y = x + point[0] - there[0], y + point[1] - there[1]
    return x, y


def _shifted(view: str, point: Point, body: str) -> Point:
    if body == NEUTRAL or view == "soles":
        return point
    name, turn = ("left", -1.0) if view == "right" else (view, 1.0)
    grid = _grid(body, name)
    across = turn * point[0] * grid.outward
    mirrored = -1.0 if name != "left" and across < 0 else 1.0
    dx, dy = grid.at(across * mirrored, point[1])
    return point[0] + dx * mirrored * grid.outward * turn, point[1] + dy


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """Shifts in millimetres at nodes, row after row; ``outward`` is -1 where the view looks from behind."""

    node: float
    left: float
    top: float
    columns: int
    rows: int
    outward: float
    shift: tuple[int, ...]

    def at(self, x: float, y: float) -> Point:
        """Interpolated between four nodes; beyond the last node its shift holds."""
        u = min(max((x - self.left) / self.node, 0.0), self.columns - 1.0)
        v = min(max((y - self.top) / self.node, 0.0), self.rows - 1.0)
        column, row = min(floor(u), self.columns - 2), min(floor(v), self.rows - 2)
        u, v = u - column, v - row
        found = [0.0, 0.0]
        for down, right, share in ((0, 0, (1 - u) * (1 - v)), (0, 1, u * (1 - v)), (1, 0, (1 - u) * v), (1, 1, u * v)):
            start = 2 * ((row + down) * self.columns + column + right)
            found[0] += share * self.shift[start]
            found[1] += share * self.shift[start + 1]
        return found[0], found[1]


@cache
def _grid(body: str, view: str) -> _Grid:
    raw = document(f"bodies/{body}/places")[view]
    return _Grid(**{**raw, "shift": tuple(raw["shift"])})
