"""Several questions on one page: how it began, how it is going."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from django.http import QueryDict

from unknot.app.cases.fields import NOT_SURE, UNITS, Choice, Field, field
from unknot.app.cases.state import CaseState
from unknot.messages import render
from unknot.safety import Page

SHOWN = 12
"""A long list shows so many choices at first."""


def optional(asked: Page) -> frozenset[str]:
    """The questions of a page that may be left out."""
    tiles = asked.screen.tiles
    return frozenset(question for tile in tiles if not tile.needed for question in tile.questions)


def form_fields(asked: Page, state: CaseState, said: QueryDict) -> list[dict[str, object]]:
    """The questions of a form, with what was said on it already."""
    may_lack = optional(asked)
    found: list[dict[str, object]] = []
    for id in asked.questions:
        question = state.knowledge.questions[id]
        given = said.getlist(f"q-{id}")
        shown = field(id, state.knowledge, given if question.values else (given or [""])[0])
        shown = _folded(shown, state) if question.type == "many_of" else shown
        unit = said.get(f"u-{id}", question.unit)
        units = [{"id": one, "chosen": one == unit} for one in UNITS.get(question.unit, ())]
        found.append({"f": replace(shown, needed=id not in may_lack), "units": units, "given": given})
    return found


def _folded(shown: Field, state: CaseState) -> Field:
    """A long list with what fits this pain most often first, and the rest folded away."""
    choices = shown.choices
    if len(choices) <= SHOWN + 4:
        return shown
    often = _often(shown.id, state)
    first = sorted(choices, key=lambda choice: (not choice.chosen, -often[choice.value]))[:SHOWN]
    ordered: tuple[Choice, ...] = tuple(choice for choice in choices if choice in first)
    return replace(shown, groups=(("", ordered),), more=tuple(choice for choice in choices if choice not in first))


def _often(question: str, state: CaseState) -> Counter[str]:
    """How many muscles that send pain to the painted places name each movement."""
    painted = {area["region"] for area in state.row.pain.get("areas", [])}
    counted: Counter[str] = Counter()
    if question != "worse_with":
        return counted
    sites = state.knowledge.sites.values()
    near = {
        site.muscle for site in sites if painted & {zone.partition("@")[0] for zone in (*site.primary, *site.secondary)}
    }
    for muscle in near:
        counted.update(state.knowledge.muscles[muscle].worse_with)
    return counted


def yes_no() -> list[tuple[str, str]]:
    """The answers to a yes/no on a form."""
    return [
        ("true", render("app.answer.yes")),
        ("false", render("app.answer.no")),
        (NOT_SURE, render("app.answer.not_sure")),
    ]
