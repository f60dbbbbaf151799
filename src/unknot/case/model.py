"""The values of a case. They hold what was said, in the order of the vocabulary, and decide nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from unknot.knowledge.model import Side

Answer = bool | float | str | tuple[str, ...] | None
"""One stored answer. ``None`` = asked and not sure. A key that is missing was not asked. Neither is ever "no"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The person. ``None`` (or a missing key in the document) means not asked."""

    age: float
    sex: str | None = None
    height_cm: float | None = None
    mass_kg: float | None = None
    conditions: frozenset[str] | None = None  # empty = asked, none
    tools: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PainArea:
    """One painful region on one side. Intensity 0-10, coverage 0-1."""

    region: str
    side: Side
    intensity: float | None = None
    coverage: float | None = None
    qualities: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What pressing one trigger site did. ``None`` = not asked or not sure."""

    site: str
    side: Side
    tender: bool | None = None
    familiar: bool | None = None
    spreads_to: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One complaint: the person, the painted regions, the answers, the pressed spots."""

    person: Person
    pain: tuple[PainArea, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    palpation: tuple[Press, ...] = ()
