"""Make tests/vectors/rules.json: conditions, cases and the values that every evaluator of the rule language must give.

``python tools/rule_vectors.py`` writes the file anew. The first vectors are made by hand, with their values written
by hand; the others are drawn at random (seeded) and valued by the Python evaluator.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from unknot.case import read_case
from unknot.knowledge import load
from unknot.safety.compiled import language
from unknot.safety.evaluate import holds
from unknot.safety.facts import facts_of

FILE = Path(__file__).parents[1] / "tests" / "vectors" / "rules.json"
DRAWN = 320
_YES_NO = ["fever", "chills", "leg_weakness", "chest_pain", "midline_bone_pain"]
_CONDITIONS = ["diabetes", "anticoagulant", "migraine"]
_EVENTS = ["lifting", "fall", "illness"]
_ONSETS = ["instant", "over_days"]
_REGIONS = ["lumbar_paraspinal", "chest_upper", "neck_side"]
_GROUPS = ["SPINE", "CHEST", "neck", "TRUNK"]
_NAMED = ["MECH", "NONMECH", "FEVERISH", "NEW_PAIN"]

BY_HAND: list[tuple[str, Any, dict[str, Any], bool | None, bool | None]] = [
    # title, condition, case without its schema, value on known facts, value with missing = absent
    ("yes", {"is": "fever"}, {"answers": {"fever": True}}, True, True),
    ("no", {"is": "fever"}, {"answers": {"fever": False}}, False, False),
    ("not sure", {"is": "fever"}, {"answers": {"fever": None}}, None, None),
    ("not asked", {"is": "fever"}, {"answers": {}}, None, False),
    ("not of what was not asked", {"not": {"is": "fever"}}, {"answers": {}}, None, True),
    ("unless of what was not asked", {"unless": {"is": "fever"}}, {"answers": {}}, True, True),
    ("unless not of what was not asked", {"unless": {"not": {"is": "fever"}}}, {"answers": {}}, True, True),
    ("unless not of a no", {"unless": {"not": {"is": "fever"}}}, {"answers": {"fever": False}}, False, False),
    ("unless of not sure", {"unless": {"is": "fever"}}, {"answers": {"fever": None}}, True, True),
    ("age is known", {"fact": "age", "ge": 40, "lt": 41}, {"answers": {}}, True, True),
    ("number at its bound", {"fact": "duration_weeks", "gt": 2}, {"answers": {"duration_weeks": 2}}, False, False),
    ("number not sure", {"fact": "duration_weeks", "gt": 2}, {"answers": {"duration_weeks": None}}, None, None),
    ("one of", {"fact": "onset", "in": ["instant"]}, {"answers": {"onset": "gradual"}}, False, False),
    (
        "list without the value",
        {"fact": "onset_event", "has": ["fall"]},
        {"answers": {"onset_event": ["lifting"]}},
        False,
        False,
    ),
    ("empty list", {"fact": "onset_event", "has": ["fall"]}, {"answers": {"onset_event": []}}, False, False),
    ("list not asked", {"fact": "onset_event", "has": ["fall"]}, {"answers": {}}, None, False),
    ("conditions not asked", {"condition": ["diabetes"]}, {"answers": {}}, None, False),
    (
        "conditions asked, none",
        {"condition": ["diabetes"]},
        {"person": {"age": 40, "conditions": []}, "answers": {}},
        False,
        False,
    ),
    ("nothing painted", {"pain": ["SPINE"]}, {"answers": {}}, None, False),
    ("a place that an answer names", {"pain": ["SPINE"]}, {"answers": {"midline_bone_pain": True}}, True, True),
    ("a place wider than asked", {"pain": ["THORACIC"]}, {"answers": {"midline_bone_pain": True}}, None, False),
    (
        "a place does not count beside a painted region",
        {"pain": ["SPINE"]},
        {"pain": [{"region": "chest_upper", "side": "left"}], "answers": {"midline_bone_pain": True}},
        False,
        False,
    ),
    (
        "strength not given",
        {"pain": ["CHEST"], "intensity_ge": 5},
        {"pain": [{"region": "chest_upper", "side": "left"}]},
        None,
        False,
    ),
    (
        "both sides",
        {"pain": ["CHEST"], "both_sides": True},
        {"pain": [{"region": "chest_upper", "side": "left"}, {"region": "chest_side", "side": "right"}]},
        True,
        True,
    ),
    (
        "the strongest region",
        {"fact": "max_intensity", "ge": 8},
        {
            "pain": [
                {"region": "chest_upper", "side": "left", "intensity": 8},
                {"region": "chest_side", "side": "right"},
            ]
        },
        True,
        True,
    ),
    (
        "qualities of a region count",
        {"fact": "qualities", "has": ["burning"]},
        {"pain": [{"region": "chest_upper", "side": "left", "qualities": ["burning"]}], "answers": {"qualities": None}},
        True,
        True,
    ),
    (
        "two of three with one not sure",
        {"count": [{"is": "fever"}, {"is": "chills"}, {"is": "chest_pain"}], "at_least": 2},
        {"answers": {"fever": True, "chills": None}},
        None,
        None,
    ),
    (
        "one known no decides all",
        {"all": [{"is": "fever"}, {"is": "chills"}]},
        {"answers": {"fever": False, "chills": None}},
        False,
        False,
    ),
]


def vectors() -> list[dict[str, Any]]:
    """All vectors: title, condition, case, and the two values (true, false, null = unknown)."""
    made = [_vector(title, when, case, known, absent) for title, when, case, known, absent in BY_HAND]
    draw = random.Random(20261122)
    for number in range(DRAWN):
        when, case = _condition(draw, 3), _case(draw)
        made.append(
            _vector(f"drawn {number}", when, case, value(when, case), value(when, case, missing_is_absent=True))
        )
    return made


def value(when: Any, case: dict[str, Any], *, missing_is_absent: bool = False) -> bool | None:
    """What the Python evaluator gives."""
    words = language(load())
    facts = facts_of(read_case({"schema": "unknot.case/1", "person": {"age": 40}, **case}), words.places)
    return holds(words.parse(when, "vector"), facts, missing_is_absent=missing_is_absent)


def text() -> str:
    """The file as it must stand: one vector a line."""
    return "[\n" + ",\n".join(json.dumps(vector) for vector in vectors()) + "\n]\n"


def _vector(title: str, when: Any, case: dict[str, Any], known: bool | None, absent: bool | None) -> dict[str, Any]:
    document = {"schema": "unknot.case/1", "person": {"age": 40}, **case}
    return {"title": title, "when": when, "case": document, "known": known, "missing_is_absent": absent}


def _condition(draw: random.Random, depth: int) -> dict[str, Any]:
    kinds = ["is", "is", "number", "in", "has", "condition", "pain", "use"]
    kind = draw.choice(kinds + (["not", "all", "any", "count", "unless"] * 2 if depth else []))
    if kind in ("not", "unless"):
        return {kind: _condition(draw, depth - 1)}
    if kind in ("all", "any", "count"):
        inner = [_condition(draw, depth - 1) for _ in range(draw.randint(1, 3))]
        return {kind: inner} | ({"at_least": draw.randint(1, len(inner))} if kind == "count" else {})
    if kind == "number":
        return {
            "fact": draw.choice(["duration_weeks", "max_intensity", "age"]),
            draw.choice(["lt", "le", "gt", "ge"]): draw.choice([2, 5, 40]),
        }
    if kind == "pain":
        extra = draw.choice(
            [{}, {}, {"both_sides": True}, {"intensity_ge": 5}, {"both_sides": True, "intensity_ge": 5}]
        )
        return {"pain": [draw.choice(_GROUPS)], **extra}
    return {
        "is": {"is": draw.choice(_YES_NO)},
        "in": {"fact": "onset", "in": [draw.choice(_ONSETS)]},
        "has": {"fact": "onset_event", "has": [draw.choice(_EVENTS)]},
        "condition": {"condition": draw.sample(_CONDITIONS, draw.randint(1, 2))},
        "use": {"use": draw.choice(_NAMED)},
    }[kind]


def _case(draw: random.Random) -> dict[str, Any]:
    answers: dict[str, Any] = {id: draw.choice([True, False, None]) for id in _YES_NO if draw.random() < 0.6}
    if draw.random() < 0.6:
        answers["duration_weeks"] = draw.choice([1, 2, 5, 40, None])
    if draw.random() < 0.5:
        answers["onset"] = draw.choice([*_ONSETS, None])
    if draw.random() < 0.5:
        answers["onset_event"] = draw.choice([draw.sample(_EVENTS, draw.randint(1, 2)), [], None])
    if draw.random() < 0.5:
        answers["pain_unaffected_by_movement"] = draw.choice([True, False, None])
    person: dict[str, Any] = {"age": draw.choice([30, 40, 75])}
    if draw.random() < 0.6:
        person["conditions"] = draw.sample(_CONDITIONS, draw.randint(0, 2))
    case: dict[str, Any] = {"person": person, "answers": answers}
    if draw.random() < 0.7:
        areas = [(region, side) for region in _REGIONS for side in ("left", "right")]
        case["pain"] = [
            {"region": region, "side": side} | ({"intensity": draw.choice([2, 5, 8])} if draw.random() < 0.7 else {})
            for region, side in draw.sample(areas, draw.randint(1, 3))
        ]
    return case


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text(), encoding="utf-8")
