"""What else could help: every way of dealing with the pain, how it fits this person now, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from unknot.app.cases.pages_spots import assessed
from unknot.app.cases.state import CaseState, load_case
from unknot.app.library.pages_cost import found_from, kept
from unknot.app.library.pages_evidence import day, grade_letter, sources
from unknot.app.progress.read import current_case
from unknot.app.shell.pages import Request, only, page
from unknot.assessment import Advice
from unknot.knowledge import load
from unknot.knowledge.model import Modality, Source
from unknot.messages import render
from unknot.plan.modality import CLINICIAN_FIRST, GRADES, KINDS
from unknot.script import Text


@dataclass(frozen=True, slots=True)
class Option:
    """One card. ``fit`` is "" while nothing is known of the person that it could be told from."""

    modality: Modality
    name: str
    letter: str
    fit: str
    because: tuple[Text, ...]
    sources: list[Source]

    @property
    def id(self) -> str:
        return self.modality.id

    @property
    def day(self) -> str:
        return day(self.modality.date)


@only("GET", "HEAD")
def options(request: Request, case: UUID | None = None) -> HttpResponse:
    """The cards for one complaint, the one touched last if none is named."""
    state = load_case(request.person, str(case), request.clock) if case else current_case(request.person, request.clock)
    level = state.triage.level if state and state.triage else "self_care"
    if state and level in ("emergency", "same_day"):
        return HttpResponseRedirect(reverse("cases:stop", args=[state.id]))
    advice = _advice(state)
    cards = [_option(card.modality, card) for card in advice] if advice else _neutral()
    kinds = [(kind, list(some)) for kind, some in groupby(cards, key=lambda one: one.modality.kind)]
    shown = {"kinds": kinds, "fitted": bool(advice), "level": level, "case": state.id if state and case else ""}
    cost = found_from(kept(request.person))
    return page(request, "library/options.html", **shown, cost=cost, tab="learn")


def _advice(state: CaseState | None) -> tuple[Advice, ...]:
    if state is None or state.case is None or not state.row.open:
        return ()
    return assessed(state).advice


def _neutral() -> list[Option]:
    """Every card in the order that holds for everybody."""
    known = load().modalities.values()
    ordered = sorted(known, key=lambda one: (KINDS.index(one.kind), GRADES.index(one.grade)))
    return [_option(modality.id, None) for modality in ordered]


def _option(id: str, card: Advice | None) -> Option:
    modality = load().modalities[id]
    return Option(
        modality=modality,
        name=render(f"modality.{id}.name"),
        letter=grade_letter(modality.grade),
        fit=card.fit if card else "",
        because=tuple(text for text in card.because if text.id != CLINICIAN_FIRST) if card else (),
        sources=sources(modality.sources),
    )
