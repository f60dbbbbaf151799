"""How the sheets of fibres lie on the other bodies: a smooth shift of each part in each view (generated).

The shift is a polynomial of second degree in the place on the neutral view (``tools/body/muscles/carried.py``), so the
outline of a part, its fibres and the sites on it move as one: a site keeps its place along and across the fibres.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from unknot.body.load import BODIES, NEUTRAL, document
from unknot.body.places import same_place

Point = tuple[float, float]
UNIT_MM = 100.0  # of the polynomial's variables, from the part's middle
TENTHS = 10  # stored numbers are tenths of a millimetre


def known(body: str) -> str:
    """The body, if there is one of that name. KeyError otherwise."""
    if body not in BODIES:
        raise KeyError(f"no body {body!r}; there are {', '.join(BODIES)}")
    return body


def of_part(body: str, muscle: str, number: int, view: str) -> Callable[[Iterable[Point]], tuple[Point, ...]]:
    """What moves points of a muscle's part from the neutral view ("left" for either side) to that view of ``body``."""
    if known(body) == NEUTRAL:
        return tuple
    mx, my, *factors = (value / TENTHS for value in _stored(body)[muscle][number][view])
    a, b = factors[:6], factors[6:]

    def moved(points: Iterable[Point]) -> tuple[Point, ...]:
        out = []
        for x, y in points:
            u, v = (x - mx) / UNIT_MM, (y - my) / UNIT_MM
            uu, uv, vv = u * u, u * v, v * v
            dx = a[0] + a[1] * u + a[2] * v + a[3] * uu + a[4] * uv + a[5] * vv
            dy = b[0] + b[1] * u + b[2] * v + b[3] * uu + b[4] * uv + b[5] * vv
            out.append((x + dx, y + dy))
        return tuple(out)

    return moved


def on_skin(body: str, view: str, paths: Iterable[tuple[Point, ...]]) -> tuple[tuple[Point, ...], ...]:
    """Paths on the skin of a neutral view, on the same skin of ``body``."""
    if known(body) == NEUTRAL:
        return tuple(paths)
    return tuple(tuple(same_place(view, x, y, NEUTRAL, body) for x, y in path) for path in paths)


@cache
def _stored(body: str) -> dict[str, Any]:
    return document(f"bodies/{body}/muscles")
