"""Reading single fields: each function gives the value, or notes a fault and gives None.

None also stands for JSON null, which is "not sure" and never a fault here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import isfinite
from typing import Any

from unknot.case.faults import Faults
from unknot.knowledge.model import Question


def table(faults: Faults, path: str, given: object, keys: Collection[str], unknown: str = "field") -> Mapping[str, Any]:
    """The known keys of a JSON object. ``unknown`` names what a key is, for the fault of one that is not known."""
    if not isinstance(given, Mapping):
        faults.add(path or "case", "not_object")
        return {}
    for key in given:
        if key not in keys:
            faults.add_unknown(f"{path}.{key}" if path else key, f"unknown_{unknown}", key, keys)
    return {key: value for key, value in given.items() if key in keys}


def one_of(faults: Faults, path: str, given: object, values: Collection[str], unknown: str = "value") -> str | None:
    """One id of ``values``."""
    if given is None:
        return None
    if not isinstance(given, str):
        faults.add(path, "not_text")
        return None
    if given not in values:
        faults.add_unknown(path, f"unknown_{unknown}", given, values)
        return None
    return given


def required(
    faults: Faults, path: str, entry: Mapping[str, Any], key: str, values: Collection[str], unknown: str = "value"
) -> str | None:
    """One id of ``values`` that has to be there."""
    if entry.get(key) is None:
        faults.add(f"{path}.{key}", "missing")
        return None
    return one_of(faults, f"{path}.{key}", entry[key], values, unknown)


def ids(
    faults: Faults, path: str, given: object, values: Collection[str], unknown: str = "value"
) -> tuple[str, ...] | None:
    """A list of different ids of ``values``, put in the order of ``values``. A repeated id is a fault."""
    if given is None:
        return None
    if not isinstance(given, list | tuple):
        faults.add(path, "not_list")
        return None
    found: set[str] = set()
    for n, item in enumerate(given):
        if item is None:
            faults.add(f"{path}[{n}]", "not_text")
            continue
        value = one_of(faults, f"{path}[{n}]", item, values, unknown)
        if value in found:
            faults.add(f"{path}[{n}]", "twice", given=value)
        elif value is not None:
            found.add(value)
    return tuple(value for value in values if value in found)


def many_of(faults: Faults, path: str, given: object, question: Question) -> tuple[str, ...] | None:
    """The values of a many_of question; one that excludes the others has to stand alone."""
    found = ids(faults, path, given, question.values)
    for alone in question.exclusive:
        if found and alone in found and len(found) > 1:
            faults.add(path, "not_alone", given=alone)
            break
    return found


def number(faults: Faults, path: str, given: object, question: Question) -> float | None:
    """A number within the bounds of the question. True and false are no numbers, nor are NaN and the infinities."""
    if given is None:
        return None
    if (
        isinstance(given, bool)
        or not isinstance(given, int | float)
        or (isinstance(given, float) and not isfinite(given))
    ):
        faults.add(path, "not_number")
        return None
    lo, hi = question.min, question.max
    if lo is None or hi is None:
        raise ValueError(f"the number question {question.id} has no bounds")
    if not lo <= given <= hi:
        faults.add(path, "out_of_range", lo=lo, hi=hi, unit=f"@unit.{question.unit}")
        return None
    return float(given)


def boolean(faults: Faults, path: str, given: object) -> bool | None:
    """True or false; 0, 1 and "yes" are neither."""
    if given is None or isinstance(given, bool):
        return given
    faults.add(path, "not_bool")
    return None
