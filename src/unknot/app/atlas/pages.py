"""The atlas: one page for each muscle and each region, to browse, to search, and to read without a connection."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpResponse
from django.templatetags.static import static
from django.utils.safestring import mark_safe

from unknot import body
from unknot.app.atlas import entries
from unknot.app.shell.pages import Request, only, page
from unknot.app.shell.plate_layers import layers_in
from unknot.knowledge import load
from unknot.knowledge.model import Muscle, Side
from unknot.messages import render

MOST_TYPED = 80
NEAR_MM = 840  # of the body round a place: half of it
SIDES = ("left", "right")
SHOWS = ("neighbours", "felt", "away", "surface", "alone")
"""What a plate shows beside the muscle: those round it, where it is felt, where nobody presses, the skin's, nothing."""


@only("GET", "HEAD", "POST")
def browse(request: Request) -> HttpResponse:
    """Everything by part of the body. A POST holds words to look for: they stand in no address."""
    typed = request.POST.get("words", "")[:MOST_TYPED].strip()
    groups = []
    for group, muscles, regions in entries.by_group(load()):
        muscles = [one for one in muscles if _told(typed, render(f"muscle.{one.id}.name"), one.latin, _does(one))]
        regions = [one for one in regions if _told(typed, render(f"region.{one.id}"))]
        if muscles or regions:
            groups.append((group, muscles, regions))
    count = sum(len(muscles) + len(regions) for _, muscles, regions in groups)
    return page(
        request,
        "atlas/browse.html",
        groups=groups,
        typed=typed,
        count=count,
        all=len(load().muscles) + len(load().regions),
        tab="learn",
    )


@only("GET", "HEAD")
def muscle(request: Request, muscle: str) -> HttpResponse:
    """One muscle: its plate, what it does, where it is felt, how to find and press it, what to mind."""
    known = load()
    if muscle not in known.muscles:
        raise Http404
    return muscle_page(request, known.muscles[muscle])


def muscle_page(request: Request, found: Muscle, side: Side = "left", back: str = "") -> HttpResponse:
    """The page of a muscle. side: which one is shown first. back: where "back" leads, "" = to the list."""
    known = load()
    side = cast(Side, request.GET.get("side", side))
    show = request.GET.get("show", "neighbours")
    if side not in SIDES or show not in SHOWS:
        raise Http404
    plate = _plate(found, side, show)
    return page(
        request,
        "atlas/muscle.html",
        muscle=found,
        back=back,
        side=side,
        sides=SIDES if found.side_pairs else (),
        show=show,
        shows=SHOWS,
        plate=plate,
        layers=layers_in(plate),
        beside=_beside(found, side) if show == "felt" else "",
        felt=entries.felt(found),
        reaches=entries.reaches(found, known),
        check=entries.self_check(found),
        cautions=entries.cautions(found),
        exercises=entries.exercises(found, known),
        sources=entries.cited(found.sources, known),
        tab="learn",
    )


@only("GET", "HEAD")
def region(request: Request, region: str) -> HttpResponse:
    """One region: where it is, and which muscles send pain there, the commonest first."""
    known = load()
    if region not in known.regions:
        raise Http404
    found = known.regions[region]
    return page(
        request,
        "atlas/region.html",
        region=found,
        region_name=f"@region.{region}",
        map=_map(region),
        senders=entries.senders(region, known),
        near=sorted(found.neighbours, key=lambda id: render(f"region.{id}").casefold()),
        tab="learn",
    )


def _plate(muscle: Muscle, side: Side, show: str) -> str:
    """The plate as part of the page, coloured by the page's own theme."""
    title = render("atlas.plate", {"muscle": f"@muscle.{muscle.id}.name", "latin": muscle.latin})
    svg = body.plate(
        muscle.id,
        side=side,
        context=show != "alone",
        layers=("superficial",) if show == "surface" else (),
        felt=[site.id for site in muscle.sites] if show == "felt" else (),
        danger=show == "away",
        peel=show == "neighbours",
        theme="variables",
        art=static("ui").rstrip("/"),
        title=title,
    )
    return mark_safe(svg)  # drawn by the engine from generated data; the title is escaped there


def _beside(muscle: Muscle, side: Side) -> str:
    """Where its spots are felt, when the muscle's own view hardly shows it: the view that does. Else empty."""
    sites = [site.id for site in muscle.sites]
    view = body.felt_view(sites, side, body.best_view(muscle.id, side))
    if view is None:
        return ""
    title = render("plate.felt", {"muscle": f"@muscle.{muscle.id}.name"})
    svg = body.felt_plate(sites, side, view, theme="variables", art=static("ui").rstrip("/"), title=title)
    return mark_safe(svg)  # drawn by the engine from generated data; the title is escaped there


def _map(region: str) -> dict[str, object] | None:
    """The figure with the region's areas marked, in the view that shows most of it; None for a view that has none."""
    known = load().regions
    side: Side = "left" if known[region].lateral else "midline"
    areas = set(body.made_of(region, side, known)) | set(
        body.made_of(region, "right" if side == "left" else side, known)
    )
    found = []
    for view in body.views():
        shapes = [shape for shape in body.region_paths(view) if (shape.region, shape.side) in areas]
        found.append((sum(shape.shows for shape in shapes), view, shapes))
    shows, view, shapes = max(found, key=lambda row: row[0])
    if not shows:
        return None
    return {
        "box": _round(shapes, body.view_box(view)),
        "silhouette": body.silhouette(view),
        "creases": body.creases(view),
        "shapes": shapes,
    }


def _round(shapes: list[body.Shape], figure: tuple[float, float, float, float]) -> str:
    """A view box round the places, with enough of the body to see where they are, inside the figure's own."""
    x, y, width, height = figure
    down = sum(shape.at[1] for shape in shapes) / len(shapes)
    tall = min(NEAR_MM, height)
    top = min(max(down - tall / 2, y), y + height - tall)
    return f"{x:g} {top:g} {width:g} {tall:g}"


def _does(muscle: Muscle) -> str:
    return render(f"muscle.{muscle.id}.does")


def _told(typed: str, *texts: str) -> bool:
    told = " ".join(texts).casefold()
    return all(word in told for word in typed.casefold().split())
