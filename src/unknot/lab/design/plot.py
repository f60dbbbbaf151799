"""A sweep as a picture: one SVG per quantity, with nothing but the standard library."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10
from xml.sax.saxutils import escape

from unknot.lab.design.sweep import Row, Spread

QUANTITIES = ("force_n", "mean_pressure_kpa", "peak_pressure_kpa", "muscle_surface_kpa")
WIDTH, HEIGHT = 560, 340
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 40, 52


def plot(rows: Sequence[Row], quantity: str, *, title: str, x_label: str, y_label: str, legend: str) -> str | None:
    """The SVG of one quantity: the whole band (light), the people's medians (dark) and their middle (line).

    None when the model does not tell the quantity for the same number of bodies in every row (a band over other people
    would look like an effect of the shape), or there are fewer than two rows.
    """
    told = [(row.value, row.spreads[quantity]) for row in rows if quantity in row.spreads]
    if len(told) < len(rows) or len(rows) < 2 or len({spread.told for _, spread in told}) > 1:
        return None
    told.sort(key=lambda one: one[0])
    xs = _ticks(told[0][0], told[-1][0])
    ys = _ticks(0.0, max(spread.p95 for _, spread in told))
    at = _Scale(told[0][0], told[-1][0], ys[-1])
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'font-family="sans-serif" font-size="12">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fdf9f3"/>',
            f'<text x="{LEFT}" y="20" font-size="14" fill="#2b2520">{escape(title)}</text>',
            f'<text x="{LEFT}" y="34" font-size="11" fill="#6b5f55">{escape(legend)}</text>',
            *(_grid(at, y) for y in ys),
            *(_x_tick(at, x) for x in xs if told[0][0] <= x <= told[-1][0]),
            _band(at, told, "p05", "p95", "#e8c4ae"),
            _band(at, told, "lowest", "highest", "#c9825c"),
            _line(at, told),
            f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{HEIGHT - 14}" text-anchor="middle" '
            f'fill="#2b2520">{escape(x_label)}</text>',
            f'<text transform="translate(16 {(TOP + HEIGHT - BOTTOM) / 2:.0f}) rotate(-90)" text-anchor="middle" '
            f'fill="#2b2520">{escape(y_label)}</text>',
            "</svg>",
            "",
        ]
    )


class _Scale:
    def __init__(self, left: float, right: float, top: float) -> None:
        self.left, self.right, self.top = left, right, top

    def x(self, value: float) -> float:
        return LEFT + (value - self.left) / (self.right - self.left) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - value / self.top * (HEIGHT - TOP - BOTTOM)


def _ticks(low: float, high: float) -> list[float]:
    """Four to eight round numbers from at or below ``low`` to at or above ``high``."""
    raw = (high - low) / 5 or 1.0
    unit = 10.0 ** floor(log10(raw))
    step = next(unit * many for many in (1, 2, 5, 10) if unit * many >= raw)
    first, last = floor(low / step), ceil(high / step)
    return [number * step for number in range(first, last + 1)]


def _grid(at: _Scale, value: float) -> str:
    y = at.y(value)
    return (
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e3d9cd"/>'
        f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#6b5f55">{value:g}</text>'
    )


def _x_tick(at: _Scale, value: float) -> str:
    x, y = at.x(value), HEIGHT - BOTTOM
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y}" y2="{y + 5}" stroke="#6b5f55"/>'
        f'<text x="{x:.1f}" y="{y + 18}" text-anchor="middle" fill="#6b5f55">{value:g}</text>'
    )


def _band(at: _Scale, told: Sequence[tuple[float, Spread]], low: str, high: str, colour: str) -> str:
    there = [(at.x(x), at.y(getattr(spread, high))) for x, spread in told]
    back = [(at.x(x), at.y(getattr(spread, low))) for x, spread in reversed(told)]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in there + back)
    return f'<polygon points="{points}" fill="{colour}"/>'


def _line(at: _Scale, told: Sequence[tuple[float, Spread]]) -> str:
    points = " ".join(f"{at.x(x):.1f},{at.y(spread.middle):.1f}" for x, spread in told)
    return f'<polyline points="{points}" fill="none" stroke="#2b2520" stroke-width="2"/>'
