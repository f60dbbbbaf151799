"""One picture of the likely spots: their muscles in the colours of their rank, numbered, over the own drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from unknot.body.belly import Paint, belly
from unknot.body.drawing import Area
from unknot.body.felt import dashed, fitting, painted_paths
from unknot.body.layers import layer_of, peelable, round_the_shown
from unknot.body.load import NEUTRAL
from unknot.body.muscles import Part, Seen, muscle_of, site_point
from unknot.body.outlines import body_paths
from unknot.body.plates import around_parts, crop, figure, glow, hatch, seen_parts
from unknot.body.scene import Fill, Line, Path, Point, Scene, Shade, mirrored
from unknot.body.svg import Theme, to_svg
from unknot.body.zones import referral
from unknot.knowledge.model import Side

Spot = tuple[str, Side]
RANKS = ("rank-1", "rank-2", "rank-3")
PIN_PX = 15


def ranked(
    spots: Sequence[Spot],
    painted: Iterable[Area] = (),
    *,
    felt: bool = False,
    danger: bool = False,
    peel: bool = False,
    body: str = NEUTRAL,
    theme: Theme = "light",
    art: str | None = "",
    ids: str = "spots",
    title: str = "",
) -> str:
    """SVG of up to three spots (site, side), the likeliest first, in the view that shows the first one best.

    painted: areas of the person's drawing, outlined. felt: the first spot's referral zone glows, so that both can be
    compared. danger: places where nobody presses are hatched. peel: the muscles round the first spot in layers
    (``layers``). body: one of ``BODIES``. A spot that this view does not show is left out; its number stays with it.
    ValueError without a spot, KeyError for an unknown one.
    """
    if not spots:
        raise ValueError("spots: at least one is needed")
    view = site_point(*spots[0]).view
    shown = _shown(spots[: len(RANKS)], view, body)
    drawn = painted_paths(painted, view, body)
    outline, folds = body_paths(view, body)
    box = crop([seen for _, _, found, _ in shown[:1] for _, seen in found], shown[0][3], drawn, figure(outline))
    px = max(box[2], box[3]) / 480
    paint: Paint = [Fill(paths=outline, colour="skin"), Shade(view=view, body=body, clip="body")]
    clips: dict[str, tuple[Path, ...]] = {"body": outline}
    above: Paint = []
    if peel:
        _, _, first, flip = shown[0]
        ranked_ones = {muscle_of(site) for site, _ in spots}
        groups = peelable(view, around_parts([seen for _, seen in first], flip), body, ranked_ones, px, clips)
        below, above = round_the_shown(groups, layer_of(muscle_of(spots[0][0])))
        paint += below
    for rank, _, found, flip in reversed(shown):
        for number, (part, seen) in enumerate(found):
            name = f"m{rank}-{number}"
            rings = tuple(mirrored(ring) if flip else ring for ring in seen.rings)
            fibres = tuple(mirrored(fibre) if flip else fibre for fibre in seen.fibres)
            clips[name] = rings
            paint += belly(part, rings, fibres, px, name, RANKS[rank])
    paint += above
    paint += [
        Shade(view=view, body=body, opacity=0.55, clip="body"),
        Line(paths=folds, colour="skin-edge", width=1.1 * px, opacity=0.8, clip="body"),
        Line(paths=outline, colour="skin-edge", width=1.6 * px, closed=True),
    ]
    if felt:
        paint += glow([referral(*spots[0], view, body)], px)
        paint += fitting(referral(*spots[0], view, body).primary, drawn, clips)
    if danger:
        paint += hatch(view, box, px, clips, body)
    paint += dashed(drawn, px)
    scene = Scene(box=box, paint=tuple(paint), clips=clips, title=title)
    pins = "".join(_pin(rank, at, px) for rank, at, _, _ in reversed(shown))
    return to_svg(scene, theme=theme, art=art, ids=ids).replace("</svg>", pins + "</svg>")


def _shown(spots: Sequence[Spot], view: str, body: str) -> list[tuple[int, Point, list[tuple[Part, Seen]], bool]]:
    """Rank, pin, parts and whether they are mirrored, of the spots that the view shows."""
    found = []
    for rank, (site, side) in enumerate(spots):
        try:
            point = site_point(site, side, view, body=body)
        except KeyError:
            if rank == 0 or not site:
                raise
            continue
        if point.view != view:  # the other side of the body, in a view of one side
            continue
        flip = view == "right" or (side == "right" and view in ("front", "back"))
        found.append((rank, (point.x, point.y), seen_parts(muscle_of(site), view, body), flip))
    return found


def _pin(rank: int, at: Point, px: float) -> str:
    """The numbered disc; a page colours it by its class, a file that stands alone leaves it ink on paper."""
    x, y = at
    return (
        f'<g class="plate-pin plate-pin-{rank + 1}"><circle cx="{x:.1f}" cy="{y:.1f}" r="{PIN_PX * px:.1f}"/>'
        f'<text x="{x:.1f}" y="{y + 5.5 * px:.1f}" font-size="{16 * px:.1f}" text-anchor="middle">{rank + 1}</text></g>'
    )
