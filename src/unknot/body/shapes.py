"""Assemble SVG paths from the shared arcs, mirrored where a view is stored as one half."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from unknot.body.load import NEUTRAL, OTHER, Chain, Stored, stored
from unknot.knowledge.model import Side

Point = tuple[int, int]
Cubic = tuple[Point, Point, Point, Point]
TENTH = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One region on one side in one view. ``path`` fills by the even-odd rule; unit: view millimetres.

    at: a point well inside, for a label. shows: how much of the region this view shows, against the view that shows
    most of it (0 to 1).
    """

    region: str
    side: Side
    path: str
    at: tuple[float, float]
    shows: float


@cache
def view_box(view: str, body: str = NEUTRAL) -> tuple[float, float, float, float]:
    """x, y, width, height of a view in millimetres of the neutral body; x = 0 is the midline in front and back."""
    x, y, width, height = stored(view, body).box
    return (-(x + width), y, width, height) if view == "right" else (x, y, width, height)


@cache
def region_paths(view: str, body: str = NEUTRAL) -> tuple[Shape, ...]:
    """Every area region that a view shows, both sides, left before right. They tile the silhouette."""
    data = stored(view, body)
    shapes: list[Shape] = []
    for piece in data.pieces:
        closed = data.half and piece.side == "midline"
        path = "".join(_ring(data, ring, flip=view == "right", close_by_mirror=closed) for ring in piece.rings)
        x, y = piece.at
        mirrored = view == "right"
        side = OTHER[piece.side] if mirrored else piece.side
        at = (-x if mirrored else x, y)
        shapes.append(Shape(region=piece.region, side=side, path=path, at=at, shows=piece.shows))
        if data.half and piece.side == "left":
            path = "".join(_ring(data, ring, flip=True) for ring in piece.rings)
            shapes.append(Shape(region=piece.region, side="right", path=path, at=(-x, y), shows=piece.shows))
    return tuple(shapes)


@cache
def silhouette(view: str, body: str = NEUTRAL) -> str:
    """The outline of the whole figure."""
    data = stored(view, body)
    return "".join(_ring(data, chain, flip=view == "right", close_by_mirror=data.half) for chain in data.silhouette) + (
        "" if not data.half else _free_rings_of_other_half(data)
    )


@cache
def creases(view: str, body: str = NEUTRAL) -> str:
    """Lines inside the figure where the skin jumps back: folds, fingers, an arm before the trunk. To be stroked."""
    data = stored(view, body)
    lines = "".join(_open(_cubics(line, flip=view == "right")) for line in data.creases)
    return lines + ("".join(_open(_cubics(line, flip=True)) for line in data.creases) if data.half else "")


def _cubics(arc: tuple[int, ...], *, flip: bool = False) -> list[Cubic]:
    sign = -1 if flip else 1
    x, y = arc[0], arc[1]
    curves: list[Cubic] = []
    for k in range(2, len(arc), 6):
        ax, ay, bx, by, cx, cy = arc[k : k + 6]
        start, end = (x, y), (x + cx, y + cy)
        curves.append((start, (x + ax, y + ay), (x + bx, y + by), end))
        x, y = end
    return [tuple((sign * px, py) for px, py in curve) for curve in curves]  # type: ignore[misc]


def _walk(data: Stored, chain: Chain, *, flip: bool) -> list[Cubic]:
    curves: list[Cubic] = []
    for index in chain:
        arc = _cubics(data.arcs[max(index, ~index)], flip=flip)
        curves += arc if index >= 0 else _reversed(arc)
    return curves


def _reversed(curves: list[Cubic]) -> list[Cubic]:
    return [(d, c, b, a) for a, b, c, d in reversed(curves)]


def _ring(data: Stored, chain: Chain, *, flip: bool, close_by_mirror: bool = False) -> str:
    """A closed path. A chain that starts and ends on the midline is closed by its mirror image."""
    curves = _walk(data, chain, flip=flip)
    if close_by_mirror and curves[0][0] != curves[-1][3]:
        curves += _reversed(_walk(data, chain, flip=not flip))
    return _open(curves) + "z"


def _free_rings_of_other_half(data: Stored) -> str:
    """Parts of the silhouette that never touch the midline occur once on each side."""
    free = [chain for chain in data.silhouette if (c := _walk(data, chain, flip=False))[0][0] == c[-1][3]]
    return "".join(_ring(data, chain, flip=True) for chain in free)


def _open(curves: list[Cubic]) -> str:
    x, y = curves[0][0]
    parts = [f"M{_number(x)} {_number(y)}"]
    for start, *rest in curves:
        steps = (f"{_number(px - start[0])} {_number(py - start[1])}" for px, py in rest)
        parts.append("c" + " ".join(steps))
    return "".join(parts)


def _number(tenths: int) -> str:
    return f"{tenths / TENTH:g}"
