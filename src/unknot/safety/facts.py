"""The facts of a case in the form that the rule language reads. Derived facts are few and all made here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from unknot.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """``values``: answers and person facts by id (missing = not asked, None = not sure). Intensity 0-10.

    ``hinted``: sets of regions of which an answer says "somewhere here hurts"; only read when nothing is painted.
    """

    values: Mapping[str, Any]
    conditions: frozenset[str] | None
    painted: tuple[tuple[str, str, float | None], ...]  # region, side, intensity
    hinted: tuple[frozenset[str], ...] = ()


def facts_of(case: Case, places: Mapping[str, frozenset[str]]) -> Facts:
    """Flatten a case: answers, person facts, ``max_intensity`` and the union of all pain qualities.

    ``places``: the answers that name a place by themselves and the regions it may be (``Language.places``).
    """
    person = case.person
    values: dict[str, Any] = dict(case.answers)
    for name in ("age", "sex", "height_cm", "mass_kg"):
        if (value := getattr(person, name)) is not None:
            values[name] = value
    intensities = [area.intensity for area in case.pain if area.intensity is not None]
    if intensities:
        values["max_intensity"] = max(intensities)
    painted_qualities = [quality for area in case.pain for quality in area.qualities or ()]
    if painted_qualities:
        values["qualities"] = (*(values.get("qualities") or ()), *painted_qualities)
    return Facts(
        values=values,
        conditions=person.conditions,
        painted=tuple((area.region, area.side, area.intensity) for area in case.pain),
        hinted=tuple(regions for name, regions in places.items() if values.get(name) is True),
    )
