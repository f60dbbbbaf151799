"""Where a complaint goes on: the first step of the path that is still open."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse

from unknot.app.cases.state import CaseState
from unknot.safety import Screen, screens

DANGER_SIGNS = "right_now"
"""The screen of what may be happening right now."""


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
    if open_screen(state) is not None:
        return "check"
    return "spots" if triage.level == "self_care" else "stop"


def _danger_first(state: CaseState) -> bool:
    """Whether somebody who came with sudden pain is in the middle of the danger signs, before the drawing."""
    return bool(state.document.get("answers")) and any(
        screen.id == DANGER_SIGNS and screen.unanswered for screen in all_screens(state)
    )


def open_screen(state: CaseState) -> Screen | None:
    """The first screen with something unanswered. Where it hurts is not asked there: it has a page of its own."""
    for screen in all_screens(state):
        left = tuple(question for question in screen.unanswered if question != "pain")
        if left:
            return replace(screen, unanswered=left)
    return None


def all_screens(state: CaseState) -> tuple[Screen, ...]:
    return () if state.case is None else screens(state.case, state.knowledge)
