"""What a drawing covers: strokes of a round brush, counted on the cells of a view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from unknot.body.load import NEUTRAL, OTHER, stored
from unknot.knowledge.model import Side

Area = tuple[str, Side]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """One pull of a round brush: points in view millimetres, radius in millimetres. ``erase`` takes paint away."""

    points: Sequence[tuple[float, float]]
    radius: float
    erase: bool = False


def region_at(view: str, x: float, y: float, body: str = NEUTRAL) -> Area | None:
    """The region and the person's own side at a point of a view, to half a cell (2 mm); None outside the body."""
    return _area(view, *_cell(view, x, y, body), body)


def coverage(view: str, strokes: Iterable[Stroke], body: str = NEUTRAL) -> dict[Area, float]:
    """Share of each region that a drawing covers, 0 to 1, largest first.

    A region wholly painted in a view that shows only part of it counts as the part shown (``Shape.shows``), so a
    painted sliver at the edge of a view is not a painted region. Strokes act in their order.
    """
    painted = cells(view, strokes, body)
    counts = Counter(area for cell in painted if (area := _area(view, *cell, body)) is not None)
    totals, shows = _totals(view, body)
    shares = {area: number / totals[area[0]] * shows[area[0]] for area, number in counts.items()}
    return dict(sorted(shares.items(), key=lambda item: (-item[1], item[0])))


def cells(view: str, strokes: Iterable[Stroke], body: str = NEUTRAL) -> frozenset[tuple[int, int]]:
    """The cells (column, row) that a drawing covers, on the body and beside it. Strokes act in their order."""
    painted: set[tuple[int, int]] = set()
    for stroke in strokes:
        touched = _brushed(view, stroke, body)
        painted = painted - touched if stroke.erase else painted | touched
    return frozenset(painted)


def on_body(view: str, cell: tuple[int, int], body: str = NEUTRAL) -> bool:
    """Whether a cell shows the body."""
    return _area(view, *cell, body) is not None


def _cell(view: str, x: float, y: float, body: str) -> tuple[int, int]:
    """Column and row; columns of a mirrored half run outward from the midline and are negative on the right side."""
    data = stored(view, body)
    left, top, *_ = data.box
    size = data.cells.size
    row = int((y - top) // size)
    if not data.half:
        return int(((-x if view == "right" else x) - left) // size), row
    outward = -x if view == "back" else x
    return int(outward // size), row


def _area(view: str, column: int, row: int, body: str) -> Area | None:
    data = stored(view, body)
    cells = data.cells
    on_right = data.half and column < 0
    column = -column - 1 if on_right else column
    if not (0 <= column < cells.columns and 0 <= row < cells.rows):
        return None
    code = cells.codes[row * cells.columns + column]
    if code == 0:
        return None
    piece = data.pieces[code - 1]
    mirrored = on_right or view == "right"
    return piece.region, OTHER[piece.side] if mirrored else piece.side


def _brushed(view: str, stroke: Stroke, body: str) -> set[tuple[int, int]]:
    """Cells whose centre lies under the brush."""
    data = stored(view, body)
    left, top, *_ = data.box
    size = data.cells.size
    turn = -1 if view == "right" or (data.half and view == "back") else 1
    x0 = 0.0 if data.half else left
    points = [((turn * x - x0) / size - 0.5, (y - top) / size - 0.5) for x, y in stroke.points]
    reach = stroke.radius / size
    touched: set[tuple[int, int]] = set()
    for (ax, ay), (bx, by) in zip(points, points[1:] or points, strict=False):
        length = (bx - ax) ** 2 + (by - ay) ** 2
        rows = range(max(int(min(ay, by) - reach), 0), min(int(max(ay, by) + reach) + 2, data.cells.rows))
        first, last = (-data.cells.columns if data.half else 0), data.cells.columns
        columns = range(max(int(min(ax, bx) - reach) - 1, first), min(int(max(ax, bx) + reach) + 2, last))
        for row in rows:
            for column in columns:
                t = ((column - ax) * (bx - ax) + (row - ay) * (by - ay)) / length if length else 0.0
                t = min(max(t, 0.0), 1.0)
                if (ax + t * (bx - ax) - column) ** 2 + (ay + t * (by - ay) - row) ** 2 <= reach**2:
                    touched.add((column, row))
    return touched


def _totals(view: str, body: str) -> tuple[dict[str, int], dict[str, float]]:
    """Cells of one side of each region (of the whole of a midline region), and how much the view shows of it."""
    data = stored(view, body)
    counts = Counter(data.cells.codes)
    double = {"midline": 2 if data.half else 1, "left": 1, "right": 1}
    totals = {p.region: counts[k] * double[p.side] for k, p in enumerate(data.pieces, 1)}
    return totals, {p.region: p.shows for p in data.pieces}
