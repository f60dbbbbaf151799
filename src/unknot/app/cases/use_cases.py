"""What a person can do with a complaint. Every function returns after its entries are on the disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from unknot.app.cases.state import CaseState, load_case
from unknot.app.ids import new_id
from unknot.app.journal.write import Clock, writing
from unknot.app.people.models import Person
from unknot.knowledge import load
from unknot.knowledge.conditions import facts_in
from unknot.record import moment
from unknot.record.claims import standing
from unknot.record.merge import milder
from unknot.record.vocabulary import check_part, part_of_case
from unknot.safety.rulebook import rulebook

FIRST_SCREENING = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An answer that would take back a danger named before: the person must confirm it."""

    question: str
    before: Any
    now: Any


def start(person: Person, clock: Clock) -> str:
    """Begin a complaint. Returns its id."""
    id = str(new_id())
    with writing(person, clock) as write:
        write("case_started", {"case": id})
    return id


def close(person: Person, clock: Clock, id: str) -> None:
    """Put a complaint away."""
    load_case(person, id, clock)
    with writing(person, clock) as write:
        write("case_closed", {"case": id})


def paint(person: Person, clock: Clock, id: str, areas: Sequence[Mapping[str, Any]], *, confirmed: bool) -> None:
    """Keep a drawing. Raises CaseError for a place that does not exist."""
    if areas:
        check_part({"pain": list(areas)})
    with writing(person, clock) as write:
        write("pain_painted", {"case": id, "pain": [dict(area) for area in areas], "confirmed": confirmed})


def describe(person: Person, clock: Clock, facts: Mapping[str, Any]) -> None:
    """Keep facts about the person. Raises CaseError for one that cannot be."""
    check_part(part_of_case("person_described", {"person": facts}))
    with writing(person, clock) as write:
        write("person_described", {"person": dict(facts)})


def answer(person: Person, clock: Clock, id: str, answers: Mapping[str, Any]) -> list[TakenBack]:
    """Keep answers. Those that would take back a danger are not kept but returned, to be confirmed first.

    Raises CaseError for an answer that the question does not have.
    """
    check_part({"answers": dict(answers)})
    state = load_case(person, id, clock)
    known, questions = state.document.get("answers", {}), load().questions
    milder_now = [key for key, value in answers.items() if milder(known.get(key), value, questions[key])]
    kept = {key: value for key, value in answers.items() if key not in milder_now}
    if kept:
        with writing(person, clock, load().content_hash) as write:
            write("answers_given", {"case": id, "answers": kept})
    return [TakenBack(key, known[key], answers[key]) for key in milder_now]


def take_back(person: Person, clock: Clock, id: str, answers: Mapping[str, Any], reason: str) -> None:
    """Take danger answers back: ``reason`` "mistake" (it was never so) or "gone" (it was, and is no more)."""
    check_part({"answers": dict(answers)})
    state = load_case(person, id, clock)
    with writing(person, clock, load().content_hash) as write:
        for key, value in answers.items():
            said = standing(state.row.answers, key)
            amends = UUID(said[-1][0].partition("|")[2]) if said else None
            payload = {"case": id, "answers": {key: value}, "reason": reason, "confirmed": True}
            write("answer_amended", payload, amends)


def palpate(person: Person, clock: Clock, id: str, press: Mapping[str, Any]) -> None:
    """Keep what pressing a spot did. Raises CaseError for a spot that does not exist."""
    check_part({"palpation": [dict(press)]})
    with writing(person, clock, load().content_hash) as write:
        write("palpated", {"case": id, "press": dict(press)})


def seen_by_clinician(
    person: Person, clock: Clock, id: str, on: date, ruled_out: Sequence[str], new_since: bool | None
) -> None:
    """Keep a visit to a clinician. Raises CaseError for a cause that is not in the list."""
    check_part({"answers": {"clinician_ruled_out": list(ruled_out)}})
    payload = {"case": id, "on": on.isoformat(), "ruled_out": list(ruled_out), "new_since": new_since}
    with writing(person, clock, load().content_hash) as write:
        write("clinician_seen", payload)


def dismiss_stop(person: Person, clock: Clock, id: str) -> None:
    """The person has read the stop page and puts it away. The stop itself stands."""
    state = load_case(person, id, clock)
    rules = [reason.id for reason in state.triage.reasons] if state.triage else []
    with writing(person, clock) as write:
        write("stop_dismissed", {"case": id, "rules": rules})


def screened(person: Person, clock: Clock, id: str) -> None:
    """The short form before a session was answered just now."""
    with writing(person, clock, load().content_hash) as write:
        write("screened", {"case": id})


def assess_again(person: Person, clock: Clock, id: str) -> CaseState:
    """Screen the complaint as it is now and keep the outcome where it differs from the one kept last."""
    state = load_case(person, id, clock)
    outcome = _outcome(state)
    if outcome is None:
        return state
    differs = any(state.row.assessed.get(key) != value for key, value in outcome.items())
    differs |= max(state.row.mistakes.values(), default="") > state.row.assessed.get("stamp", "")
    screened_now = outcome["complete"] and not state.row.screened and _all_fresh(state)
    if differs or screened_now:
        with writing(person, clock, load().content_hash) as write:
            if screened_now:
                write("screened", {"case": id})
            if differs:
                write("assessed", outcome)
        state = load_case(person, id, clock)
    return state


def _outcome(state: CaseState) -> dict[str, Any] | None:
    triage = state.fired  # what stands from earlier days stands by itself and is not found anew
    if triage is None:
        return None
    rules = rulebook(state.knowledge)
    reasons = [
        {
            "id": reason.id,
            "level": reason.level,
            "facts": sorted(facts_in(rules[reason.id].when)) if reason.id in rules else [],
        }
        for reason in triage.reasons
    ]
    return {
        "case": state.id,
        "level": triage.level,
        "complete": triage.complete,
        "reasons": reasons,
        "blocked_regions": list(triage.blocked_regions),
        "review_after_days": triage.review_after_days,
    }


def _all_fresh(state: CaseState) -> bool:
    """Whether every answer of this complaint was given in the last 12 hours."""
    earliest = state.clock.now - FIRST_SCREENING
    return all(
        moment(said[-1][0]) > earliest for key in state.row.answers if (said := standing(state.row.answers, key))
    )
