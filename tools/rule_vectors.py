"""Make tests/vectors/rules.json: conditions, cases and the values that every evaluator of the rule language must give.

``python tools/rule_vectors.py`` writes the file anew. The first vectors are made by hand, with their values written
by hand; the others are drawn at random (seeded) and valued by the Python evaluator.

``python tools/rule_vectors.py --many OUT.json [--seed N]`` writes 5,000: half of them drawn conditions, half the real
conditions of every safety rule on people drawn for them; beside them what a session notices by itself, and the words
that conditions use. The browser's evaluator must give the same values (ui/tests/rules.test.ts).
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from unknot.case import read_case
from unknot.knowledge import load
from unknot.knowledge.conditions import facts_in
from unknot.knowledge.model import Question
from unknot.knowledge.rules import PERSON_FACTS, SESSION_FACTS, conditions_in
from unknot.safety import on_device, screen, stops
from unknot.safety.compiled import language
from unknot.safety.evaluate import holds
from unknot.safety.facts import facts_of

FILE = Path(__file__).parents[1] / "tests" / "vectors" / "rules.json"
DRAWN = 320
MANY = 5000
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


def many(seed: int) -> dict[str, Any]:
    """5,000 vectors with the words they need, and what a session notices by itself."""
    draw = random.Random(seed)
    made = []
    for number in range(MANY // 2):
        when, case = _condition(draw, 3), _case(draw)
        made.append((f"drawn {number}", when, case))
    real = list(_real_conditions())
    for number in range(MANY - len(made)):
        path, when = real[number % len(real)]
        made.append((f"{path} {number}", when, _case_for(when, path, draw)))
    return {
        "words": on_device.words(load()),
        "vectors": [
            _vector(title, when, case, value(when, case), value(when, case, missing_is_absent=True))
            for title, when, case in made
        ],
        "stops": _noticed(draw),
        "forms": _short_forms(draw),
    }


def _real_conditions() -> Iterator[tuple[str, Any]]:
    """Every condition of the safety rules that speaks of a case, with its path."""
    words = language(load())
    for name, document in load().safety.items():
        for path, when in conditions_in(document, name):
            if facts_in(words.parse(when, path)).isdisjoint(SESSION_FACTS):
                yield path, when


def _case_for(when: Any, path: str, draw: random.Random) -> dict[str, Any]:
    """A person of whom most facts of the condition are told, numbers near its bounds."""
    knowledge = load()
    words = language(knowledge)
    condition = words.parse(when, path)
    answers: dict[str, Any] = {}
    for fact in sorted(facts_in(condition) - {"conditions", *PERSON_FACTS}):
        if draw.random() < 0.8:
            question = knowledge.questions[fact]
            answers[fact] = draw.choice([None, *_values(question, draw)])
    case: dict[str, Any] = {
        "person": {"age": draw.choice([17, 18, 39, 40, 49, 50, 59, 60, 65, 70, 75])},
        "answers": answers,
    }
    if draw.random() < 0.5:
        case["person"]["sex"] = draw.choice(["female", "male"])
    if draw.random() < 0.8:
        case["person"]["conditions"] = draw.sample(sorted(knowledge.conditions), draw.randint(0, 12))
    if draw.random() < 0.8:
        regions = draw.sample(sorted(knowledge.regions), draw.randint(1, 4))
        case["pain"] = [_area(region, draw) for region in regions]
    return case


def _area(region: str, draw: random.Random) -> dict[str, Any]:
    sides = ["left", "right"] if load().regions[region].lateral else ["midline"]
    strength = {"intensity": draw.choice([2, 5, 7, 8, 9])} if draw.random() < 0.8 else {}
    return {"region": region, "side": draw.choice(sides), **strength}


def _values(question: Question, draw: random.Random) -> list[Any]:
    if question.type == "bool":
        return [True, True, False, False]
    if question.type == "number":
        near = [0, 0.2, 1, 1.5, 2, 3, 6, 8, 12, 13, 15, 26, 30, 45, 52, 90, 365]
        return [n for n in near if n <= (question.max if question.max is not None else n)]
    if question.type == "one_of":
        return list(question.values)
    ids = sorted(set(question.values or ("neck_side", "chest_upper")) - set(question.exclusive))
    return [[], [draw.choice(ids)], *(sorted(draw.sample(ids, min(len(ids), size))) for size in (1, 2, 3))]


def _noticed(draw: random.Random) -> dict[str, Any]:
    """The rules of what a session notices, and the sign that they give for what it may measure."""
    knowledge = load()
    near = {"above_stop": [-2, -0.5, 0, 0.5, 3], "rise_in_hold": [0, 1, 1.9, 2, 4], "silent_s": [0, 9.9, 10, 60]}
    vectors = []
    for _ in range(300):
        measured = {name: draw.choice(values) for name, values in near.items() if draw.random() < 0.7}
        vectors.append({"measured": measured, "sign": stops.automatic(measured, knowledge)})
    answers = {
        "above_aim": [-1, 0, 0.5, 1, 3],
        "times_above": [0, 1, 2, 3],
        "holds_above": [0, 1, 2],
        "after_hold": [0, 1],
    }
    changes = []
    for _ in range(300):
        measured = {name: draw.choice(values) for name, values in answers.items() if draw.random() < 0.9}
        rule = stops.adapted(measured, knowledge)
        changes.append({"measured": measured, "adapt": rule and rule.id})
    return {"rules": stops.for_player(knowledge), "vectors": vectors, "changes": changes}


def _short_forms(draw: random.Random) -> dict[str, Any]:
    """What a phone keeps of a few people, answers to their short forms, and the level that the engine gives them."""
    knowledge = load()
    told = json.loads((Path(__file__).parents[1] / "examples" / "low-back-left.json").read_text())
    people = [told, told | {"pain": [{"region": "neck_side", "side": "left", "intensity": 5}]}]
    people += [told | {"person": told["person"] | {"age": 72, "conditions": ["anticoagulant", "osteoporosis"]}}]
    cases, vectors = [], []
    for number, document in enumerate(people):
        case = read_case(document)
        none = on_device.all_denied(case, knowledge)
        screening = on_device.screening(case, knowledge)
        told_ = [{**rule, "reason": ""} for rule in screening["rules"]]
        actions = dict.fromkeys(("call", "go", "same_day", "provider"), "do")
        kept = {"case": document, "screening": {**screening, "rules": told_, "actions": actions}}
        cases.append({"none": none, **kept})
        before = screen(case, None, knowledge).level
        for _ in range(80):
            answers = _form_answers(none, draw)
            level = screen(read_case(document | {"answers": document["answers"] | answers}), None, knowledge).level
            news = "self_care" if level == before else level
            vectors.append({"of": number, "answers": answers, "level": news, "plain": answers == none})
    return {"cases": cases, "vectors": vectors}


def _form_answers(none: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    """The short form as somebody may answer it: mostly no, with a few yes and not sure."""
    answers = dict(none)
    for question in draw.sample(sorted(none), draw.choice((0, 1, 1, 2, 3))):
        asked = load().questions[question]
        answers[question] = (
            draw.choice([True, True, None]) if asked.type == "bool" else draw.choice(_values(asked, draw))
        )
    return answers


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=Path, metavar="OUT.json", help="write 5,000 vectors here instead")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    target, words = (given.many, json.dumps(many(given.seed))) if given.many else (FILE, text())
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(words, encoding="utf-8")
