"""A person who may press: everything asked and harmless, the short form just answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client

from unknot.app.cases import use_cases as cases
from unknot.app.cases.fields import none_of
from unknot.app.cases.state import CaseState, condition_groups, load_case
from unknot.app.journal.write import Clock, writing
from unknot.app.people.models import Person
from unknot.app.shell import launch
from unknot.knowledge import load
from unknot.safety import screens

HARMLESS: dict[str, Any] = {
    "onset": "over_days",
    "onset_event": ["lifting"],
    "duration_weeks": 2,
    "course": "improving",
    "worse_with": ["bending_forward", "sitting_long"],
    "better_with": ["moving_about"],
}
PAIN = ({"region": "lumbar_paraspinal", "side": "left", "intensity": 6.0},)


def ready_case(person: Person, clock: Clock, pain: Any = PAIN, **facts: Any) -> str:
    """The id of a complaint for which the gate is open."""
    id = cases.start(person, clock)
    told = {"age": 44, "sex": "male", "mass_kg": 75, "tools": ["massage_ball"], **facts}
    conditions = told.pop("conditions", [])
    kinds = load().conditions
    for group in condition_groups(load()):
        told[f"conditions.{group}"] = [one for one in conditions if kinds[one].group == group]
    cases.describe(person, clock, told)
    cases.paint(person, clock, id, list(pain), confirmed=True)
    for _ in range(60):
        open_questions = _open(load_case(person, id, clock))
        if not open_questions:
            break
        cases.answer(person, clock, id, open_questions)
    cases.assess_again(person, clock, id)
    return id


def _open(state: CaseState) -> dict[str, Any]:
    assert state.case is not None
    found: dict[str, Any] = {}
    for screen in screens(state.case, state.knowledge):
        for id in screen.unanswered:
            if id in state.knowledge.questions and id not in ("sex", "pain", "conditions"):
                question = state.knowledge.questions[id]
                harmless = {"bool": False, "number": 0, "one_of": None}
                found[id] = HARMLESS.get(id, harmless.get(question.type, none_of(question)))
    return found


def told_danger(person: Person, clock: Clock, case: str, **answers: Any) -> None:
    """The person names a danger sign now."""
    with writing(person, clock) as write:
        write("answers_given", {"case": case, "answers": answers})
    cases.assess_again(person, clock, case)


def later(clock: Clock, **time: float) -> Clock:
    return Clock(clock.now + timedelta(**time), clock.zone)


def browser() -> Client:
    """A browser that opened the launch link."""
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies[launch.COOKIE] = launch.cookie_value()
    return client
