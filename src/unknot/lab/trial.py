"""The whole way of one made-up person: a drawing, the interview, and the answers and presses that are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from unknot.assess import settled
from unknot.assessment import Detection, NextStep
from unknot.case import Case
from unknot.detect import detect
from unknot.detect.ask import self_press
from unknot.knowledge.model import Knowledge
from unknot.lab.people import Simulated

MOST_PRESSES = 6
MOST_QUESTIONS = 12  # patience of a person


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What the detector said of the drawing alone and at the end, and what it asked for in between."""

    person: Simulated
    case: Case
    first: Detection
    last: Detection
    questions: int
    presses: int


def run(person: Simulated, knowledge: Knowledge) -> Trial:
    """A drawing, the interview, and then always the most telling step, until the detector has enough or it is too much.

    The interview comes before any spot is ranked, as in the app; what it left open may still be asked.
    """
    first = _detect(person.case(), knowledge, may_press=True)
    case = person.interviewed()
    last = _detect(case, knowledge, may_press=True)
    questions = presses = 0
    done: set[tuple[str, str | None]] = set()
    while step := _next(last.ask_next, done, questions):
        done.add((step.id, step.side))
        if step.kind == "question":
            questions += 1
            case = person.answered(case, step.id)
        elif step.side is not None:
            presses += 1
            case = person.pressed(case, (step.id, step.side))
        last = _detect(case, knowledge, may_press=presses < MOST_PRESSES)
    return Trial(person=person, case=case, first=first, last=last, questions=questions, presses=presses)


def _detect(case: Case, knowledge: Knowledge, may_press: bool) -> Detection:
    return detect(
        case,
        without_reasons(knowledge),
        settled=lambda _, candidates: settled(case, candidates),
        pressable=lambda site, _: may_press and self_press(knowledge, site),
    )


_silent: list[tuple[Knowledge, Knowledge]] = []


def without_reasons(knowledge: Knowledge) -> Knowledge:
    """The same knowledge for a detector that tells no reasons: they are not measured here and take half of the time."""
    for known, silent in _silent:
        if known is knowledge:
            return silent
    network = knowledge.detect["network"]
    report = {**network["report"], "explained": {**network["report"]["explained"], "value": 0}}
    silent = replace(knowledge, detect={**knowledge.detect, "network": {**network, "report": report}})
    _silent[:] = [(knowledge, silent)]
    return silent


def _next(steps: Iterable[NextStep], done: set[tuple[str, str | None]], questions: int) -> NextStep | None:
    for step in steps:
        may = step.kind != "question" or questions < MOST_QUESTIONS
        if may and (step.id, step.side) not in done:
            return step
    return None
