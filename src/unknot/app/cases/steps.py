"""Where a complaint goes on: the first step of the path that is still open."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse

from unknot.app.cases.state import CaseState
from unknot.safety import Page, Screen, next_page, screens

DANGER_SIGNS = "right_now"
"""The screen of what may be happening right now."""
ABOUT_YOU = "about_you"
"""The screen of where it hurts and who it is: these are asked on the map's own pages."""


def next_url(state: CaseState) -> str:
    """The address of the next step: where, who, emergency, questions, outcome."""
    return reverse(f"cases:{_next(state)}", args=[state.id])


def _next(state: CaseState) -> str:
    triage = state.triage
    if triage is not None and triage.level == "emergency":
        return "stop"
    if not state.row.pain.get("areas"):
        return "check" if _danger_first(state) else "pain"
    if not state.row.pain["confirmed"]:
        return "confirm"
    if triage is None:
        return "you"
    if open_page(state) is not None:
        return "check"
    return "spots" if triage.level == "self_care" else "stop"


def _danger_first(state: CaseState) -> bool:
    """Whether somebody who came with sudden pain is in the middle of the danger signs, before the drawing."""
    return bool(state.document.get("answers")) and any(
        screen.id == DANGER_SIGNS and screen.unanswered for screen in all_screens(state)
    )


def open_page(state: CaseState, *, ticked: Collection[str] = (), singly: bool = False) -> Page | None:
    """The next page of questions; None when nothing is open. Where it hurts and who it is have pages of their own."""
    if state.case is None:
        return None
    return next_page(
        state.case,
        state.knowledge,
        groups=state.condition_groups_asked,
        stale=state.stale,
        ticked=ticked,
        singly=singly,
    )


def all_screens(state: CaseState) -> tuple[Screen, ...]:
    """Every screen of questions that applies to this complaint, answered or not."""
    if state.case is None:
        return ()
    found = screens(state.case, state.knowledge, groups=state.condition_groups_asked, stale=state.stale)
    return tuple(screen for screen in found if screen.id != ABOUT_YOU)
