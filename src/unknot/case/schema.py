"""The JSON Schema of ``unknot.case/1``, made from the vocabulary so that the two cannot drift apart.

It says all that ``read_case`` checks, but for one thing: the same place on the same side may stand in ``pain`` and
in ``palpation`` once only. A document that passes here and not there has that fault.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from unknot.case.reading import SCHEMA, answer_questions
from unknot.knowledge.model import Knowledge, Question

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_BOOL = {"type": ["boolean", "null"]}


def case_schema(known: Knowledge) -> dict[str, Any]:
    """The schema as a JSON value."""
    ask = known.questions
    person = {id: _answer(question) for id, question in ask.items() if question.group == "person"}
    person["age"] = {**person["age"], "type": "number"}
    area = {
        "region": _id(known.regions),
        "side": _id(("left", "right", "midline")),
        "intensity": _answer(ask["intensity"]),
        "coverage": _answer(ask["coverage"]),
        "qualities": _answer(ask["qualities"]),
    }
    press = {
        "site": _id(known.sites),
        "side": _id(("left", "right", "midline")),
        "tender": _BOOL,
        "familiar": _BOOL,
        "spreads_to": _answer(ask["spreads_to"]),
    }
    middle_regions = [id for id, region in known.regions.items() if not region.lateral]
    middle_sites = [id for id, site in known.sites.items() if not known.muscles[site.muscle].side_pairs]
    answers = {id: _answer(question) for id, question in answer_questions(known).items()}
    parts = {
        "schema": {"const": SCHEMA},
        "person": _object(person, ["age"]),
        "pain": _list({**_object(area, ["region", "side"]), **_sided("region", middle_regions)}),
        "answers": _object(answers),
        "palpation": _list({**_object(press, ["site", "side"]), **_sided("site", middle_sites)}),
    }
    says_something = [{"required": ["pain"]}, {"required": ["answers"]}]
    return {
        "$schema": _DIALECT,
        "title": "Everything known about one person's pain at one moment",
        "description": "A key that is missing was not asked; null is 'not sure'; neither is ever 'no'.",
        **_object(parts, ["schema", "person"]),
        "anyOf": says_something,
    }


def _answer(question: Question) -> dict[str, Any]:
    match question.type:
        case "bool":
            return dict(_BOOL)
        case "number":
            return {"type": ["number", "null"], "minimum": question.min, "maximum": question.max}
        case "one_of":
            return {"enum": [*question.values, None]}
        case "many_of":
            several = {"type": ["array", "null"], "items": _id(question.values), "uniqueItems": True}
            if not question.exclusive:
                return several
            alone = {"contains": {"enum": list(question.exclusive)}}
            return {**several, "if": {"type": "array", **alone}, "then": {"maxItems": 1}}


def _id(known: Iterable[str]) -> dict[str, Any]:
    return {"enum": list(known)}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _object(fields: dict[str, Any], required: Iterable[str] = ()) -> dict[str, Any]:
    return {"type": "object", "properties": fields, "required": list(required), "additionalProperties": False}


def _sided(key: str, middle: list[str]) -> dict[str, Any]:
    """What the body has once lies on the midline, all else on the left or the right."""
    return {
        "if": {"properties": {key: _id(middle)}},
        "then": {"properties": {"side": {"const": "midline"}}},
        "else": {"properties": {"side": _id(("left", "right"))}},
    }
