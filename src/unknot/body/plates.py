"""Anatomical plates: muscles with fibre lines and tendon tone on the shaded body, cut to what matters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from unknot.body.belly import belly, pale
from unknot.body.carried import on_skin
from unknot.body.layers import SHIFTED_MM, layer_of, peelable, round_the_shown
from unknot.body.load import NEUTRAL
from unknot.body.muscles import LIKE, Part, Seen, bone_lines, muscle_index, parts, seen_on, views_of
from unknot.body.outlines import body_paths
from unknot.body.scene import Fill, Item, Line, Path, Point, Scene, Shade, mirrored, smooth
from unknot.body.svg import Theme, to_svg
from unknot.body.zones import Referral, danger_zones, referral
from unknot.knowledge.model import Side

Box = tuple[float, float, float, float]
MARGIN = 0.14  # of the muscle's size, round the crop
NEAR_MM = 22.0  # neighbours that lie deeper than this under the muscle are left out
LEAST_MM = 290.0  # no crop is narrower or lower: a person must see where on the body it is
LEAST_HEAD_MM = 215.0  # face and neck are recognised in less
HEAD_MM = -540.0  # above this height
SHAPE = (0.72, 1.35)  # least and most of width / height of a crop


def best_view(muscle: str, side: Side = "left") -> str:
    """The view that shows the muscle best; KeyError for an unknown muscle."""
    view = views_of(muscle)[0]
    return "right" if side == "right" and view == "left" else view


def scene(
    muscle: str | None = None,
    *,
    view: str | None = None,
    side: Side = "left",
    layers: Sequence[str] = (),
    sites: Iterable[str] | None = None,
    context: bool = True,
    whole: bool = False,
    felt: Sequence[str] = (),
    danger: bool = False,
    peel: bool = False,
    body: str = NEUTRAL,
) -> Scene:
    """Paint a plate.

    muscle: the one shown; None = all muscles of ``layers``, both sides, the whole figure. sites: ids to mark (None =
    all of the muscle's). context: neighbours that are not above it, pale. whole: the whole figure instead of the area.
    felt: sites whose referral zones glow. danger: hatch the places where nobody presses. peel: the neighbours as layers
    that a page can take off or lay on, those above the muscle too. body: one of ``BODIES``.
    KeyError for an unknown muscle or body, or a view that does not show it.
    """
    view = view or (best_view(muscle, side) if muscle else "back")
    if muscle and LIKE.get(view, view) not in views_of(muscle):
        raise KeyError(f"muscle {muscle!r} is not seen in the view {view!r}")
    own = seen_parts(muscle, view, body) if muscle else []
    flip = view == "right" or (side == "right" and view in ("front", "back"))
    outline, folds = body_paths(view, body)
    fields = [referral(site, side, view, body) for site in felt]
    reach = [path for field in fields for path in (field.primary or field.spillover)]
    box = figure(outline) if whole or not own else crop([s for _, s in own], flip, reach, figure(outline))
    px = max(box[2], box[3]) / 480  # about one pixel of a phone's screen
    paint: list[Item] = [Fill(paths=outline, colour="skin"), Shade(view=view, body=body, clip="body")]
    clips: dict[str, tuple[Path, ...]] = {"body": outline}
    if context:
        paint += _bones(view, box, px, body)
    above: list[Item] = []
    if peel and muscle:
        groups = peelable(view, around_parts([seen for _, seen in own], flip), body, {muscle}, px, clips)
        below, above = round_the_shown(groups, layer_of(muscle))
        paint += below
    around = context and not (peel and muscle)
    for number, (part, seen, turn, tone) in enumerate(_painted(own, muscle, view, flip, box, layers, around, body)):
        name = f"m{number}"
        rings = tuple(mirrored(ring) if turn else ring for ring in seen.rings)
        fibres = tuple(mirrored(fibre) if turn else fibre for fibre in seen.fibres)
        clips[name] = rings
        draw = pale if tone == "pale" else belly
        paint += draw(part, rings, fibres, px, name, tone)
    paint += above
    paint += [
        Shade(view=view, body=body, opacity=0.55, clip="body"),
        Line(paths=folds, colour="skin-edge", width=1.1 * px, opacity=0.8, clip="body"),
        Line(paths=outline, colour="skin-edge", width=1.6 * px, closed=True),
    ]
    paint += glow(fields, px)
    if danger:
        paint += hatch(view, box, px, clips, body)
    wanted = None if sites is None else set(sites)
    for _, seen in own:
        for site, (x, y) in seen.sites.items():
            if wanted is None or site in wanted:
                paint += mark((-x if flip else x, y), px)
    return Scene(box=box, paint=tuple(paint), clips=clips, title=muscle or view)


def plate(
    muscle: str | None = None,
    *,
    view: str | None = None,
    side: Side = "left",
    layers: Sequence[str] = (),
    sites: Iterable[str] | None = None,
    context: bool = True,
    whole: bool = False,
    felt: Sequence[str] = (),
    danger: bool = False,
    peel: bool = False,
    body: str = NEUTRAL,
    theme: Theme = "light",
    art: str | None = "",
    ids: str = "plate",
    title: str = "",
) -> str:
    """The plate as SVG text; arguments as in ``scene`` and ``to_svg``. title: words for a screen reader.

    KeyError for an unknown muscle or body, or a view that does not show it.
    """
    painted = scene(
        muscle,
        view=view,
        side=side,
        layers=layers,
        sites=sites,
        context=context,
        whole=whole,
        felt=felt,
        danger=danger,
        peel=peel,
        body=body,
    )
    return to_svg(replace(painted, title=title or painted.title), theme=theme, art=art, ids=ids)


def glow(fields: Sequence[Referral], px: float) -> list[Item]:
    """Referral zones as light from below the skin: spillover faint, primary strong."""
    spill = tuple(path for field in fields for path in field.spillover)
    primary = tuple(path for field in fields for path in field.primary)
    return [
        Fill(paths=spill, colour="referral", opacity=0.26, blur=8 * px, clip="body"),
        Fill(paths=primary, colour="referral", opacity=0.55, blur=11 * px, clip="body"),
        Fill(paths=primary, colour="referral", opacity=0.22, blur=5 * px, clip="body"),
    ]


def hatch(view: str, box: Box, px: float, clips: dict[str, tuple[Path, ...]], body: str = NEUTRAL) -> list[Item]:
    """Danger zones: slanted lines with a dashed border. Adds their clips."""
    x, y, width, height = box
    paint: list[Item] = []
    for name, paths in danger_zones(view, body).items():
        xs, ys = [p[0] for path in paths for p in path], [p[1] for path in paths for p in path]
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if right < x or left > x + width or bottom < y or top > y + height:
            continue
        clips[f"z-{name}"] = paths
        step, high = 6 * px, bottom - top
        count = int((right - left + high) / step) + 1
        lines = tuple(_segment((left - high + k * step, bottom), (left + k * step, top)) for k in range(count + 1))
        paint += [
            Fill(paths=paths, colour="danger", opacity=0.10, clip="body"),
            Line(paths=lines, colour="danger", width=1.1 * px, opacity=0.55, clip=f"z-{name}"),
            Line(paths=paths, colour="danger", width=1.1 * px, opacity=0.8, closed=True, dash=(5 * px, 4 * px)),
        ]
    return paint


def _bones(view: str, box: Box, px: float, body: str) -> list[Item]:
    """Bones as if seen through the skin."""
    turns = (False, True) if view in ("front", "back") else (view == "right",)
    paint: list[Item] = []
    for width, points in bone_lines(LIKE.get(view, view)):
        for turn in turns:
            (points_here,) = on_skin(body, view, (mirrored(points) if turn else points,))
            line = smooth(points_here, closed=not width)
            xs, ys = [p[0] for p in line], [p[1] for p in line]
            if max(xs) < box[0] or min(xs) > box[0] + box[2] or max(ys) < box[1] or min(ys) > box[1] + box[3]:
                continue
            if width:
                paint += [
                    Line(paths=(line,), colour="bone-line", width=width + 1.6 * px, opacity=0.3, clip="body"),
                    Line(paths=(line,), colour="bone", width=width, opacity=0.5, clip="body"),
                ]
            else:
                paint += [
                    Fill(paths=(line,), colour="bone", opacity=0.55, clip="body"),
                    Line(paths=(line,), colour="bone-line", width=0.9 * px, opacity=0.45, closed=True, clip="body"),
                ]
    return paint


def mark(at: Point, px: float) -> list[Item]:
    """A trigger site: a light disc with a dark rim and a cross."""
    ring = circle(at, 5.2 * px)
    x, y = at
    arm = 9 * px
    cross: tuple[Path, ...] = tuple(
        _segment((x + dx * 5.2 * px, y + dy * 5.2 * px), (x + dx * arm, y + dy * arm))
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))
    )
    return [
        Line(paths=(ring, *cross), colour="site", width=4.2 * px, opacity=0.9),
        Fill(paths=(circle(at, 2.2 * px),), colour="ink"),
        Line(paths=(ring, *cross), colour="ink", width=1.5 * px),
    ]


def circle(at: Point, radius: float) -> Path:
    """Four cubics."""
    (x, y), r, k = at, radius, 0.5523 * radius
    return (
        (x + r, y), (x + r, y + k), (x + k, y + r), (x, y + r), (x - k, y + r), (x - r, y + k), (x - r, y),
        (x - r, y - k), (x - k, y - r), (x, y - r), (x + k, y - r), (x + r, y - k), (x + r, y),
    )  # fmt: skip


def _segment(a: Point, b: Point) -> Path:
    third = ((b[0] - a[0]) / 3, (b[1] - a[1]) / 3)
    return (a, (a[0] + third[0], a[1] + third[1]), (b[0] - third[0], b[1] - third[1]), b)


def seen_parts(muscle: str, view: str, body: str = NEUTRAL) -> list[tuple[Part, Seen]]:
    """Its parts in the view of a body, the deepest first."""
    stored = LIKE.get(view, view)
    found = [(part, seen_on(muscle, part.number, stored, body)) for part in parts(muscle) if stored in part.seen]
    return sorted(found, key=lambda pair: -pair[0].deep)


def _painted(
    own: list[tuple[Part, Seen]],
    muscle: str | None,
    view: str,
    flip: bool,
    box: Box,
    layers: Sequence[str],
    context: bool,
    body: str,
) -> list[tuple[Part, Seen, bool, str]]:
    """What is drawn, the deepest first: part, how it is seen, whether it is mirrored, its tone."""
    table = muscle_index()["views"][LIKE.get(view, view)]
    both = view in ("front", "back")
    found: list[tuple[float, Part, Seen, bool, str]] = []
    least = min((seen.behind for _, seen in own), default=0.0) - 3
    most = max((seen.behind for _, seen in own), default=0.0) + NEAR_MM
    for number, (other, row) in enumerate(sorted(table.items())):
        x0, y0, x1, y1, behind = row["box"] + [row["behind"]]
        if other == muscle or (layers and row["layer"] not in layers) or (muscle and not context):
            continue
        if muscle and not layers and not least <= behind <= most:
            continue
        for turn in (False, True) if both else (flip,):
            left, right = (-x1, -x0) if turn else (x0, x1)
            slack = 0.0 if body == NEUTRAL else SHIFTED_MM  # the table is the neutral body's
            near = right > box[0] - slack and left < box[0] + box[2] + slack
            if near and y1 > box[1] - slack and y0 < box[1] + box[3] + slack:
                tone = "pale" if muscle else ("muscle", "muscle-2", "muscle-3")[number % 3]
                found += [
                    (part.deep, part, seen, turn, tone)
                    for part, seen in seen_parts(other, view, body)
                    if not muscle or least <= seen.behind <= most
                ]
    found.sort(key=lambda row: -row[0])
    if both and own:
        found += [(0.0, part, seen, not flip, "pale") for part, seen in own if context]
    found += [(0.0, part, seen, flip, "muscle") for part, seen in own]
    return [row[1:] for row in found]


def figure(outline: tuple[Path, ...]) -> Box:
    xs, ys = [p[0] for path in outline for p in path], [p[1] for path in outline for p in path]
    pad = 12
    return (min(xs) - pad, min(ys) - pad, max(xs) - min(xs) + 2 * pad, max(ys) - min(ys) + 2 * pad)


def crop(own: list[Seen], flip: bool, reach: list[Path], whole: Box) -> Box:
    """The muscle with a margin, not smaller than a place one recognises, not wider or higher than a page."""
    points = [p for seen in own for ring in seen.rings for p in ring]
    further = [p for path in reach for p in path]
    return fitted([(-p[0] if flip else p[0], p[1]) for p in points] + further, whole)


def around_parts(own: Iterable[Seen], flip: bool) -> Box:
    """The box of parts as they are drawn."""
    points = [(-p[0] if flip else p[0], p[1]) for seen in own for ring in seen.rings for p in ring[::3]]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def fitted(points: list[Point], whole: Box) -> Box:
    """A box round points with a margin, within the limits of a crop."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    x, y, width, height = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    pad = MARGIN * max(width, height)
    x, y, width, height = x - pad, y - pad, width + 2 * pad, height + 2 * pad
    least = LEAST_HEAD_MM if y + height / 2 < HEAD_MM else LEAST_MM
    wide, high = max(width, least), max(height, least)
    wide = max(wide, high * SHAPE[0])
    high = max(high, wide / SHAPE[1])
    x, y = x - (wide - width) / 2, y - (high - height) / 2
    top = max(y, whole[1])
    return (round(x, 1), round(top, 1), round(wide, 1), round(high, 1))
