"""A Case as a plain JSON document: reading it back gives an equal Case."""

from __future__ import annotations

from typing import Any

from unknot.case.model import Case
from unknot.case.reading import SCHEMA


def case_to_json(case: Case) -> dict[str, Any]:
    """The ``unknot.case/1`` document of a case, in the order of the vocabulary; what is not known is left out.

    An answer of ``None`` ("not sure") stays as null: it is not the same as a question that was not asked.
    """
    person = _fields(case.person, ("age", "sex", "height_cm", "mass_kg", "conditions", "tools"))
    document: dict[str, Any] = {"schema": SCHEMA, "person": person}
    document["pain"] = [_fields(area, ("region", "side", "intensity", "coverage", "qualities")) for area in case.pain]
    document["answers"] = {id: _plain(answer) for id, answer in case.answers.items()}
    if case.palpation:
        keys = ("site", "side", "tender", "familiar", "spreads_to")
        document["palpation"] = [_fields(press, keys) for press in case.palpation]
    return document


def _fields(value: Any, keys: tuple[str, ...]) -> dict[str, Any]:
    known = {key: getattr(value, key) for key in keys}
    return {key: _plain(item) for key, item in known.items() if item is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value
