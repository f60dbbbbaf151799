"""Where a complaint goes on: the first step of the path that is still open."""

from __future__ import annotations

from django.urls import reverse

from unknot.app.cases.state import CaseState
from unknot.safety import Screen, screens


def next_url(state: CaseState) -> str:
    """The address of the next step: where, who, emergency, questions, outcome."""
    return reverse(f"cases:{_next(state)}", args=[state.id])


def _next(state: CaseState) -> str:
    triage = state.triage
    if triage is not None and triage.level == "emergency":
        return "stop"
    if not state.row.pain.get("areas"):
        return "pain"
    if not state.row.pain["confirmed"]:
        return "confirm"
    if triage is None:
        return "you"
    if open_screen(state) is not None:
        return "check"
    return "spots" if triage.level == "self_care" else "stop"


def open_screen(state: CaseState) -> Screen | None:
    """The first screen with something unanswered."""
    return next((screen for screen in all_screens(state) if screen.unanswered), None)


def all_screens(state: CaseState) -> tuple[Screen, ...]:
    return () if state.case is None else screens(state.case, state.knowledge)
