"""Where a spot is felt, when its muscle's view does not show it: the other view that does, with the glow alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from unknot.body.drawing import Area
from unknot.body.load import NEUTRAL
from unknot.body.outlines import body_paths, read_paths
from unknot.body.plates import figure, fitted, glow
from unknot.body.scene import Fill, Item, Line, Path, Scene, Shade
from unknot.body.shapes import region_paths
from unknot.body.svg import Theme, to_svg
from unknot.body.zones import referral
from unknot.knowledge.model import Side

ENOUGH = 0.6  # of what the best view shows of the primary zone: a view that shows so much needs no other beside it
SEEN = ("front", "back", "left", "right")


def felt_view(sites: Sequence[str], side: Side, beside: str, body: str = NEUTRAL) -> str | None:
    """The view that shows the primary zones of the sites, where ``beside`` shows too little of them; else None.

    KeyError for an unknown site.
    """
    shown = {view: _shown(sites, side, view, body) for view in SEEN}
    best = max(SEEN, key=lambda view: shown[view])
    return None if shown[beside] >= ENOUGH * shown[best] else best


def felt_plate(
    sites: Sequence[str],
    side: Side,
    view: str,
    painted: Iterable[Area] = (),
    *,
    body: str = NEUTRAL,
    theme: Theme = "light",
    art: str | None = "",
    ids: str = "felt",
    title: str = "",
) -> str:
    """SVG of the figure in a view with the referral zones of the sites, cut to them.

    painted: areas of the person's drawing, outlined. ValueError where the view shows nothing of the zones.
    """
    fields = [referral(site, side, view, body) for site in sites]
    reach = [path for field in fields for path in (field.primary or field.spillover)]
    if not reach:
        raise ValueError(f"nothing of {', '.join(sites)} is felt in the view {view!r}")
    outline, folds = body_paths(view, body)
    drawn = painted_paths(painted, view, body)
    box = fitted([point for path in (*reach, *drawn) for point in path], figure(outline))
    px = max(box[2], box[3]) / 480
    clips: dict[str, tuple[Path, ...]] = {"body": outline}
    primary = [path for field in fields for path in field.primary]
    paint: list[Item] = [
        Fill(paths=outline, colour="skin"),
        Shade(view=view, body=body, clip="body"),
        Shade(view=view, body=body, opacity=0.55, clip="body"),
        Line(paths=folds, colour="skin-edge", width=1.1 * px, opacity=0.8, clip="body"),
        Line(paths=outline, colour="skin-edge", width=1.6 * px, closed=True),
        *glow(fields, px),
        *fitting(primary, drawn, clips),
        *dashed(drawn, px),
    ]
    scene = Scene(box=box, paint=tuple(paint), clips=clips, title=title or view)
    return to_svg(scene, theme=theme, art=art, ids=ids)


def painted_paths(painted: Iterable[Area], view: str, body: str) -> list[Path]:
    """Outlines of the areas of a drawing that a view shows."""
    wanted = set(painted)
    return [
        path
        for shape in region_paths(view, body)
        if (shape.region, shape.side) in wanted
        for path in read_paths(shape.path)
    ]


def fitting(primary: Sequence[Path], drawn: Sequence[Path], clips: dict[str, tuple[Path, ...]]) -> list[Item]:
    """More glow where the zone and the person's own drawing meet. Adds the drawing as a clip."""
    if not drawn or not primary:
        return []
    clips["drawn"] = tuple(drawn)
    return [Fill(paths=tuple(primary), colour="referral", opacity=0.3, clip="drawn")]


def dashed(drawn: Sequence[Path], px: float) -> list[Item]:
    """The person's own drawing as a dashed outline."""
    if not drawn:
        return []
    return [
        Line(paths=tuple(drawn), colour="site", width=3.6 * px, opacity=0.75, closed=True),
        Line(paths=tuple(drawn), colour="referral", width=1.8 * px, closed=True, dash=(6 * px, 4 * px)),
    ]


def _shown(sites: Sequence[str], side: Side, view: str, body: str) -> float:
    """Square millimetres of the primary zones in a view."""
    return sum(abs(_area(path)) for site in sites for path in referral(site, side, view, body).primary)


def _area(path: Path) -> float:
    ends = path[::3]
    return 0.5 * sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise((*ends, ends[0])))
