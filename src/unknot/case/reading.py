"""Strict reading of ``unknot.case/1``: a plain JSON value becomes a Case, or every fault in it is named.

Nothing is guessed or mended. ``null`` is taken for any answer and means "asked, not sure"; for a field of the person,
of a region or of a press it is the same as leaving it out. What was said is put in the order of the vocabulary, so
that two documents which say the same give equal cases, whatever the order of their keys and lists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

from unknot.case import fields
from unknot.case.faults import Faults
from unknot.case.model import Answer, Case, PainArea, Person, Press
from unknot.knowledge import load
from unknot.knowledge.model import Knowledge, Question, Side

SCHEMA = "unknot.case/1"
SIDES: tuple[Side, ...] = ("left", "right", "midline")
OWN_PLACE = frozenset({"person", "pain", "palpation"})
"""Groups of questions whose facts stand under a key of their own and not under ``answers``."""

_Entry = TypeVar("_Entry", PainArea, Press)


def read_case(document: object, knowledge: Knowledge | None = None) -> Case:
    """The case that a parsed JSON document states. Raises CaseError, and nothing else, for any JSON value."""
    known = knowledge or load()
    faults = Faults()
    given = fields.table(faults, "", document, ("schema", "person", "pain", "answers", "palpation"))
    if isinstance(document, Mapping):
        _check_frame(faults, given)
    person = _person(faults, given["person"], known) if "person" in given else None
    pain = _entries(faults, "pain", given.get("pain", ()), known, _pain_area)
    answers = _answers(faults, given.get("answers", {}), known)
    palpation = _entries(faults, "palpation", given.get("palpation", ()), known, _press)
    faults.finish()
    # Without a fault there is a person: what is missing is a fault.
    return Case(person=cast(Person, person), pain=pain, answers=answers, palpation=palpation)


def answer_questions(known: Knowledge) -> dict[str, Question]:
    """The questions whose answers stand under ``answers``, in the order of the vocabulary."""
    return {id: question for id, question in known.questions.items() if question.group not in OWN_PLACE}


def _check_frame(faults: Faults, given: Mapping[str, Any]) -> None:
    if "schema" not in given:
        faults.add("schema", "missing")
    elif given["schema"] != SCHEMA:
        faults.add("schema", "schema", wanted=SCHEMA)
    if "person" not in given:
        faults.add("person", "missing")
    if "pain" not in given and "answers" not in given:
        faults.add("pain", "says_nothing")


def _person(faults: Faults, document: object, known: Knowledge) -> Person | None:
    given = fields.table(faults, "person", document, ("age", "sex", "height_cm", "mass_kg", "conditions", "tools"))
    if isinstance(document, Mapping) and given.get("age") is None:
        faults.add("person.age", "missing")
    age, height, mass = (
        fields.number(faults, f"person.{key}", given.get(key), known.questions[key])
        for key in ("age", "height_cm", "mass_kg")
    )
    sex = fields.one_of(faults, "person.sex", given.get("sex"), known.questions["sex"].values)
    conditions = fields.ids(faults, "person.conditions", given.get("conditions"), known.conditions, "condition")
    tools = fields.ids(faults, "person.tools", given.get("tools"), known.tools, "tool")
    if age is None:
        return None
    listed = None if conditions is None else frozenset(conditions)
    return Person(age=age, sex=sex, height_cm=height, mass_kg=mass, conditions=listed, tools=tools)


def _answers(faults: Faults, document: object, known: Knowledge) -> dict[str, Answer]:
    questions = answer_questions(known)
    given = fields.table(faults, "answers", document, questions, "question")
    found = {id: _answer(faults, f"answers.{id}", value, questions[id]) for id, value in given.items()}
    return {id: found[id] for id in questions if id in found}


def _answer(faults: Faults, path: str, given: object, question: Question) -> Answer:
    match question.type:
        case "bool":
            return fields.boolean(faults, path, given)
        case "number":
            return fields.number(faults, path, given, question)
        case "one_of":
            return fields.one_of(faults, path, given, question.values)
        case "many_of":
            return fields.many_of(faults, path, given, question)


def _pain_area(faults: Faults, path: str, document: object, known: Knowledge) -> PainArea | None:
    given = fields.table(faults, path, document, ("region", "side", "intensity", "coverage", "qualities"))
    intensity, coverage = (
        fields.number(faults, f"{path}.{key}", given.get(key), known.questions[key])
        for key in ("intensity", "coverage")
    )
    qualities = fields.many_of(faults, f"{path}.qualities", given.get("qualities"), known.questions["qualities"])
    if not isinstance(document, Mapping):
        return None
    region = fields.required(faults, path, given, "region", known.regions, "region")
    side = _side(faults, path, given, known.regions[region].lateral if region else None)
    if region is None or side is None:
        return None
    return PainArea(region=region, side=side, intensity=intensity, coverage=coverage, qualities=qualities)


def _press(faults: Faults, path: str, document: object, known: Knowledge) -> Press | None:
    given = fields.table(faults, path, document, ("site", "side", "tender", "familiar", "spreads_to"))
    tender, familiar = (fields.boolean(faults, f"{path}.{key}", given.get(key)) for key in ("tender", "familiar"))
    spreads_to = fields.ids(faults, f"{path}.spreads_to", given.get("spreads_to"), known.regions, "region")
    if not isinstance(document, Mapping):
        return None
    site = fields.required(faults, path, given, "site", known.sites, "site")
    side = _side(faults, path, given, known.muscles[known.sites[site].muscle].side_pairs if site else None)
    if site is None or side is None:
        return None
    return Press(site=site, side=side, tender=tender, familiar=familiar, spreads_to=spreads_to)


def _side(faults: Faults, path: str, given: Mapping[str, Any], paired: bool | None) -> Side | None:
    """Left or right for what the body has twice, midline for what it has once; ``None`` = not known which."""
    side = fields.required(faults, path, given, "side", SIDES)
    if side is not None and paired is not None and (side == "midline") is paired:
        faults.add(f"{path}.side", "side_of_pair" if paired else "side_of_middle")
        return None
    return cast("Side | None", side)


def _entries(
    faults: Faults,
    path: str,
    document: object,
    known: Knowledge,
    read: Callable[[Faults, str, object, Knowledge], _Entry | None],
) -> tuple[_Entry, ...]:
    """The entries of ``pain`` or ``palpation``; the same place on the same side may stand there once only."""
    if not isinstance(document, list | tuple):
        faults.add(path, "not_list")
        return ()
    found: dict[tuple[str, str], _Entry] = {}
    for n, item in enumerate(document):
        entry = read(faults, f"{path}[{n}]", item, known)
        if entry is None:
            continue
        if _place(entry) in found:
            faults.add(f"{path}[{n}]", "same_place_twice")
        found[_place(entry)] = entry
    order = tuple(known.regions) if path == "pain" else tuple(known.sites)
    return tuple(sorted(found.values(), key=lambda entry: _rank(entry, order)))


def _place(entry: PainArea | Press) -> tuple[str, Side]:
    return (entry.region if isinstance(entry, PainArea) else entry.site, entry.side)


def _rank(entry: PainArea | Press, order: Sequence[str]) -> tuple[int, int]:
    place, side = _place(entry)
    return order.index(place), SIDES.index(side)
