"""People for the tests of the gate: cases with every gate question answered, and days of a record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from unknot.case import Case, read_case
from unknot.knowledge import load
from unknot.record import History, PastSession
from unknot.safety import Clearance, Option, Stop, gate, pressable, unanswered

KNOWN = load()
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ALL_TOOLS = tuple(KNOWN.tools)
SIDES = ("left", "right")
OPENED = dict.fromkeys(
    [
        "calf_swelling",
        "pop_or_gap",
        "dizziness",
        "neck_pain_unlike_any",
        "blood_in_urine",
        "breathless",
        "chest_pain",
        "fainting",
        "fever",
        "belly_pulsing",
        "belly_severe_or_rigid",
        "leg_numb_or_tingling",
        "ces_saddle",
        "pain_with_exertion",
        "spreads_arm_or_jaw",
        "sharp_on_breathing",
        "severe_muscle_pain_or_swelling",
        "throat_or_jaw_swelling",
        "smoker",
    ],
    False,
) | {"onset_event": [], "lump_signs": [], "skin_at_site": [], "duration_weeks": 5, "course": "steady"}


def person(
    *pain: str, age: float = 40, conditions: tuple[str, ...] = (), tools: Any = ALL_TOOLS, **answers: Any
) -> Case:
    """A person with every gate question answered "no" unless said otherwise. Pain: ``"lumbar_paraspinal left 5"``."""
    document: dict[str, Any] = {
        "schema": "unknot.case/1",
        "person": {"age": age, "sex": "male", "conditions": list(conditions)},
        "pain": [_area(entry) for entry in pain or ("lumbar_paraspinal left 5",)],
        "answers": OPENED | answers,
    }
    if tools is not None:
        document["person"]["tools"] = list(tools)
    return answered(document, leave=frozenset(answers))


def answered(document: dict[str, Any], leave: frozenset[str] = frozenset()) -> Case:
    """The case with a harmless answer to everything that the gate still asks."""
    for _ in range(9):
        case = read_case(document)
        waiting = [id for id in unanswered(case, KNOWN) if id not in leave]
        if not waiting:
            return case
        for id in waiting:
            question = KNOWN.questions[id]
            harmless: dict[str, Any] = {"bool": False, "many_of": [], "number": 5}
            document["answers"][id] = question.values[-1] if question.type == "one_of" else harmless[question.type]
    raise AssertionError(f"the gate never closes: {waiting}")


def without(case: Case, *questions: str) -> Case:
    """The same case with these questions not asked."""
    return replace(case, answers={id: value for id, value in case.answers.items() if id not in questions})


def with_answers(case: Case, **answers: Any) -> Case:
    """The same case with other answers."""
    return replace(case, answers={**case.answers, **answers})


def cleared(case: Case, history: History | None = None, now: datetime = NOW) -> Clearance:
    """The clearance of a case that must get one."""
    found = gate(case, history, now, KNOWN)
    assert isinstance(found, Clearance), found
    return found


def stopped(case: Case, history: History | None = None, now: datetime | None = NOW) -> Stop:
    """The stop of a case that must get one."""
    found = gate(case, history, now, KNOWN)
    assert isinstance(found, Stop)
    return found


def may_press(case: Case) -> frozenset[str]:
    """The sites that one may press to look for the spot."""
    return pressable(case, KNOWN)


def reasons(stop: Stop) -> set[str]:
    return {text.id for text in stop.reasons}


def everything(clearance: Clearance) -> dict[tuple[str, str], tuple[Option, ...]]:
    """All options by spot and side."""
    return {(site, side): clearance.options(site, side) for site in KNOWN.sites for side in SIDES}


def options(clearance: Clearance) -> list[Option]:
    return [option for found in everything(clearance).values() for option in found]


def ago(hours: float = 0, days: float = 0) -> datetime:
    return NOW - timedelta(hours=hours, days=days)


def session(at: datetime, site: str = "qls2", side: Any = "left", **facts: Any) -> PastSession:
    """A session of 60 s with a ball at the wall that left no soreness."""
    given: dict[str, Any] = {
        "tool": "massage_ball",
        "posture": "wall_lean",
        "hold_seconds": 60.0,
        "soreness_next_day": 0.0,
    }
    return PastSession(at=at, site=site, side=side, **(given | facts))


def history(*sessions: PastSession, **facts: Any) -> History:
    return History(sessions=sessions, **facts)


def regular(*sites: str) -> History:
    """Someone who has pressed these spots for two months, twice a week at most, and was never sore the next day."""
    spots = sites or ("qls2", "gmx1", "mt1")
    return history(*(session(ago(days=60 - 4 * n), site=site) for n in range(14) for site in spots))


def _area(entry: str) -> dict[str, Any]:
    region, side, *strength = entry.split()
    return {"region": region, "side": side} | ({"intensity": float(strength[0])} if strength else {})
