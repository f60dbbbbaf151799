"""Whether an entry speaks of places, questions and answers that exist: read as the part of a case that it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from unknot.case import CaseError, Fault, read_case
from unknot.knowledge import load
from unknot.record.routine import item_faults

SOMEBODY = {"age": 30}
"""A case needs an age and an answer; a part of one is read beside these."""


def part_of_case(kind: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry says, under the names of ``unknot.case/1``; {} where it says nothing of a case."""
    if kind == "pain_painted":
        return {"pain": list(payload["pain"])} if payload["pain"] else {}
    if kind in ("answers_given", "answer_amended"):
        return {"answers": dict(payload["answers"])}
    if kind in ("person_described", "person_amended"):
        return {"person": _person(payload["person"])}
    if kind == "palpated":
        return {"palpation": [dict(payload["press"])]}
    if kind == "clinician_seen" and payload.get("ruled_out"):
        return {"answers": {"clinician_ruled_out": list(payload["ruled_out"])}}
    if kind in ("look_back", "adverse_event") and payload.get("signs"):
        return {"answers": {"after_session_signs": list(payload["signs"])}}
    return {}


def check_part(part: Mapping[str, Any]) -> None:
    """Read a part of a case strictly. Raises CaseError."""
    document = {"schema": "unknot.case/1", **part, "person": {**SOMEBODY, **part.get("person", {})}}
    if "pain" not in part and "answers" not in part:
        document["answers"] = {"first_episode": None}
    read_case(document)


def vocabulary_faults(kind: str, payload: Mapping[str, Any]) -> tuple[Fault, ...]:
    """What an entry names that does not exist."""
    if kind == "routine_saved":
        return tuple(item_faults(payload["items"], load(), "items"))
    part = part_of_case(kind, payload)
    if not part:
        return ()
    try:
        check_part(part)
    except CaseError as error:
        return error.faults
    return ()


def _person(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts about the person; conditions that were asked group by group count together."""
    plain = {key: value for key, value in facts.items() if not key.startswith("conditions.")}
    grouped = [value for key, value in facts.items() if key.startswith("conditions.") and value]
    if grouped:
        named = {one for values in grouped for one in values}
        plain["conditions"] = sorted(named | set(plain.get("conditions") or ()))
    return plain
