"""A level cut at a trigger site: skin, fat, muscle layers, bone, and the tool pressed in. Illustrative, and it says so.

Skin and muscles come from the neutral body's patches, bones are simple shapes at their landmarks; fat differs from
person to person, so a second outline shows the skin of a heavier body.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import exp, hypot
from typing import Any

from unknot.body.load import document
from unknot.body.muscles import muscle_of, site_point
from unknot.body.plates import circle
from unknot.body.scene import Fill, Item, Line, Path, Point, Scene, Words, smooth
from unknot.body.svg import Theme, to_svg
from unknot.knowledge.model import Side, Tool
from unknot.messages import render

SINK_MM = 14.0  # how far the drawn tool is pressed in
FAT_MM = 7.0  # drawn between skin and the inside, average body
HEAVIER_MM = 16.0  # more fat of the body drawn dashed
TAPER = (0.0, 0.55, 0.85, 1.0, 1.0, 1.0, 0.85, 0.55, 0.0)  # thickness across a muscle's cut


def has_section(site: str) -> bool:
    """Whether there is a cut at the site: those of the trunk and the neck have one."""
    return site in _all()


def section(
    site: str,
    side: Side = "left",
    *,
    tool: Tool | None = None,
    theme: Theme = "light",
    ids: str = "cut",
    title: str = "",
    note: bool = True,
) -> str:
    """The cut as SVG, seen from below as on a scan: front up, the person's left at the right.

    tool: pressed in over the site. note: say in the picture that it explains and does not measure. KeyError for a site
    without a cut.
    """
    return to_svg(_scene(site, side, tool, title, note), theme=theme, art=None, ids=ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Under:
    """A muscle between the skin and the site: mm from the skin to where it begins, on an average body at rest."""

    muscle: str
    near: int


def under(site: str) -> tuple[Under, ...]:
    """The muscles on the straight way from the skin to the site, its own last. KeyError for a site without a cut."""
    raw = _all()[site]
    over, at = _point(raw["over"], 1.0), _point(raw["at"], 1.0)
    own, length = muscle_of(site), hypot(at[0] - over[0], at[1] - over[1])
    met: dict[str, int] = {}
    for cut in raw["muscles"]:
        shape = _band(_points(cut["line"], 1.0), cut["thick"])
        for mm in range(1, int(length) + 1):
            share = mm / length
            point = (over[0] + share * (at[0] - over[0]), over[1] + share * (at[1] - over[1]))
            if cut["muscle"] != own and _inside(point, shape):
                met[cut["muscle"]] = min(mm, met.get(cut["muscle"], mm))
                break
    found = [
        Under(muscle=muscle, near=max(near, round(FAT_MM)))
        for muscle, near in sorted(met.items(), key=lambda item: item[1])
    ]
    return (*found, Under(muscle=own, near=round(site_point(site).deep[0])))


def _inside(point: Point, shape: tuple[Point, ...]) -> bool:
    """Even-odd rule on straight edges."""
    odd = False
    for (ax, ay), (bx, by) in pairwise((*shape, shape[0])):
        if (ay > point[1]) != (by > point[1]) and point[0] < (bx - ax) * (point[1] - ay) / (by - ay) + ax:
            odd = not odd
    return odd


def _scene(site: str, side: Side, tool: Tool | None, title: str, note: bool) -> Scene:
    raw = _all()[site]
    turn = -1.0 if side == "right" else 1.0
    over, at = _point(raw["over"], turn), _point(raw["at"], turn)
    radius = _radius(tool)
    press = _Press(over, at, radius if tool else 0.0)
    skin = tuple(smooth(press.moved(_points(line, 1.0)), closed=True) for line in raw["skin"])
    inner = tuple(_grown(press.moved(_points(line, 1.0)), -FAT_MM) for line in raw["skin"])
    xs, ys = [p[0] for path in skin for p in path], [p[1] for path in skin for p in path]
    pad = HEAVIER_MM + (radius if tool else 0) * 1.4 + 6
    foot = 26.0 if note else 0.0
    box = (min(xs) - pad, min(ys) - pad, max(xs) - min(xs) + 2 * pad, max(ys) - min(ys) + 2 * pad + foot)
    px = box[2] / 480
    own = muscle_of(site)
    paint: list[Item] = [
        Line(
            paths=tuple(_grown(_points(line, 1.0), HEAVIER_MM) for line in raw["skin"]),
            colour="skin-edge",
            width=1.2 * px,
            opacity=0.7,
            closed=True,
            dash=(5 * px, 4 * px),
        ),
        Fill(paths=skin, colour="fat"),
        Fill(paths=inner, colour="inside", clip="body"),
        Line(paths=skin, colour="skin", width=7 * px, clip="body", closed=True),
        Line(paths=skin, colour="skin-edge", width=1.6 * px, closed=True),
    ]
    for pale in (True, False):
        for cut in raw["muscles"]:
            for flip in (False, True):
                if pale != (cut["muscle"] == own and flip == (side == "right")):
                    paint += _muscle(cut, press, px, flip, "muscle-cut" if pale else "muscle")
    for bone in raw["bones"]:
        for flip in (False,) if bone.get("whole") else (False, True):
            shape = smooth(_points(bone["points"], -1.0 if flip else 1.0), closed=True)
            paint += [
                Fill(paths=(shape,), colour="inside" if bone["kind"] == "canal" else "bone"),
                Line(paths=(shape,), colour="bone-line", width=0.9 * px, closed=True),
            ]
    if tool:
        centre = press.centre()
        paint += [
            Fill(paths=(circle(centre, radius),), colour="tool", opacity=0.92),
            Line(paths=(circle(centre, radius),), colour="ink", width=1.4 * px, closed=True),
        ]
    spot = press.moved((at,))[0]
    paint += [
        Fill(paths=(circle(spot, 4 * px),), colour="site"),
        Line(paths=(circle(spot, 4 * px),), colour="ink", width=1.5 * px, closed=True),
    ]
    if note:
        words = render("plate.section_note")
        paint.append(Words(text=words, at=(box[0] + box[2] / 2, box[1] + box[3] - 9), size=13 * px))
    name = title or render("plate.section_title", {"muscle": f"@muscle.{own}.name"})
    return Scene(box=box, paint=tuple(paint), clips={"body": skin}, title=name)


class _Press:
    """Moves points as a tool pressed in at ``over`` towards the site would: most at the skin, less below and beside."""

    def __init__(self, over: Point, at: Point, radius: float) -> None:
        dx, dy = at[0] - over[0], at[1] - over[1]
        length = hypot(dx, dy) or 1.0
        self.over, self.way, self.radius = over, (dx / length, dy / length), radius

    def centre(self) -> Point:
        reach = SINK_MM - self.radius
        return (self.over[0] + reach * self.way[0], self.over[1] + reach * self.way[1])

    def moved(self, points: tuple[Point, ...]) -> tuple[Point, ...]:
        if not self.radius:
            return points
        return tuple(self._one(point) for point in points)

    def _one(self, point: Point) -> Point:
        x, y = point[0] - self.over[0], point[1] - self.over[1]
        deep = x * self.way[0] + y * self.way[1]
        beside = abs(x * self.way[1] - y * self.way[0])
        if deep > 90:
            return point
        push = SINK_MM * exp(-((beside / (self.radius * 1.15 + 4)) ** 2)) * exp(-max(deep, 0.0) / 34)
        return (point[0] + push * self.way[0], point[1] + push * self.way[1])


def _muscle(raw: dict[str, Any], press: _Press, px: float, flip: bool, colour: str) -> list[Item]:
    line = _points(raw["line"], -1.0 if flip else 1.0)
    shape = smooth(press.moved(_band(line, raw["thick"])), closed=True)
    return [
        Fill(paths=(shape,), colour=colour, opacity=0.95, clip="body"),
        Line(paths=(shape,), colour="fibre-dark", width=0.8 * px, opacity=0.7, closed=True, clip="body"),
    ]


def _band(line: tuple[Point, ...], thick: float) -> tuple[Point, ...]:
    """The near face and, tapering to both ends, the far face of a muscle; far = towards the middle of the body."""
    count = len(line)
    thick = min(thick, 0.55 * sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line)) + 4)
    cx, cy = 0.0, -20.0
    far: list[Point] = []
    for k, (x, y) in enumerate(line):
        (ax, ay), (bx, by) = line[max(k - 1, 0)], line[min(k + 1, count - 1)]
        nx, ny = -(by - ay), bx - ax
        length = hypot(nx, ny) or 1.0
        if nx * (cx - x) + ny * (cy - y) < 0:
            nx, ny = -nx, -ny
        at = k / max(count - 1, 1) * (len(TAPER) - 1)
        i = min(int(at), len(TAPER) - 2)
        share = TAPER[i] + (at - i) * (TAPER[i + 1] - TAPER[i])
        far.append((x + nx / length * thick * share, y + ny / length * thick * share))
    return (*line, *far[::-1])


def _grown(points: tuple[Point, ...], reach: float) -> Path:
    """The outline with every point so much further from the middle (nearer, when negative)."""
    out: list[Point] = []
    for k, (x, y) in enumerate(points):
        (ax, ay), (bx, by) = points[k - 3], points[(k + 3) % len(points)]
        nx, ny = -(by - ay), bx - ax
        length = hypot(nx, ny) or 1.0
        if nx * x + ny * (y + 40) < 0:
            nx, ny = -nx, -ny
        out.append((x + nx / length * reach, y + ny / length * reach))
    return smooth(tuple(out[::2]), closed=True)


def _radius(tool: Tool | None) -> float:
    if tool is None or tool.contact_radius_mm is None:
        return 20.0
    quantity = tool.contact_radius_mm
    if quantity.value is not None:
        return float(quantity.value)
    return (float(quantity.lo or 20) + float(quantity.hi or 20)) / 2


def _point(pair: list[float], turn: float) -> Point:
    return (turn * pair[0], -pair[1])


def _points(flat: list[float], turn: float) -> tuple[Point, ...]:
    """x outward to the person's left = right of the picture; forward = up."""
    return tuple((turn * x, -z) for x, z in zip(flat[::2], flat[1::2], strict=True))


@cache
def _all() -> dict[str, Any]:
    return document("muscles/sections")
