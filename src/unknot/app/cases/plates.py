"""The pictures beside likely spots: ranked muscles over the person's own drawing, and the one that is being pressed."""

from __future__ import annotations

from collections.abc import Sequence

from django.templatetags.static import static
from django.utils.safestring import mark_safe

from unknot import body
from unknot.app.cases.state import CaseState
from unknot.assessment import Candidate
from unknot.body.drawing import Area
from unknot.knowledge.model import Side
from unknot.messages import render


def of_spots(state: CaseState, candidates: Sequence[Candidate], shape: str) -> str:
    """The likeliest spots on one plate of the chosen body; empty when there is none."""
    if not candidates:
        return ""
    names = [
        render("app.spots.on_plate", {"n": rank, "spot": _name(one.muscle, one.side)})
        for rank, one in enumerate(candidates, start=1)
    ]
    title = render("app.spots.plate", {"spots": "; ".join(names)})
    return _svg(state, [(one.site, one.side) for one in candidates], title, shape)


def of_press(state: CaseState, site: str, side: Side, shape: str) -> str:
    """One spot on the chosen body, with its referral zone over the person's drawing."""
    muscle = state.knowledge.sites[site].muscle
    title = render("app.press.plate", {"spot": _name(muscle, side)})
    return _svg(state, [(site, side)], title, shape, pressing=True)


def beside_press(state: CaseState, site: str, side: Side, shape: str) -> str:
    """Where the spot is felt, when the plate of its muscle hardly shows it: the view that does. Else empty."""
    view = body.felt_view([site], side, body.site_point(site, side).view, shape)
    if view is None:
        return ""
    title = render("plate.felt", {"muscle": f"@muscle.{state.knowledge.sites[site].muscle}.name"})
    svg = body.felt_plate(
        [site], side, view, _painted(state), body=shape, theme="variables", art=static("ui").rstrip("/"), title=title
    )
    return mark_safe(svg)  # drawn by the engine from generated data; the title is escaped there


def _svg(state: CaseState, spots: Sequence[tuple[str, Side]], title: str, shape: str, pressing: bool = False) -> str:
    drawn = body.ranked(
        spots,
        _painted(state),
        felt=True,
        danger=pressing,
        peel=True,
        body=shape,
        theme="variables",
        art=static("ui").rstrip("/"),
        title=title,
    )
    return mark_safe(drawn)  # drawn by the engine from generated data; the title is escaped there


def _painted(state: CaseState) -> list[Area]:
    pains = state.case.pain if state.case else ()
    return [area for pain in pains for area in body.made_of(pain.region, pain.side, state.knowledge.regions)]


def _name(muscle: str, side: str) -> str:
    id = "app_progress.past.where_midline" if side == "midline" else "app_progress.past.where"
    return render(id, {"muscle": f"@muscle.{muscle}.name", "side": f"@side_of.{side}"})
