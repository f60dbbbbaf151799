"""What a report that something went wrong asks for at once (``safety/adverse.toml`` explains the fields)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from unknot.knowledge.model import Knowledge, Level
from unknot.knowledge.read import KnowledgeError, read
from unknot.record.kinds import ADVERSE, SEVERITY
from unknot.safety.compiled import once
from unknot.safety.rulebook import most_urgent
from unknot.safety.stops import STILL, during_rules

FILE = "safety/adverse.toml"
Severity = Literal["mild", "moderate", "severe"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdverseRule:
    """One rule of the file. ``still`` None: there or gone; ``during`` None: it came during the session or after it."""

    id: str
    what: str
    at_least: Severity = "mild"
    still: bool | None = None
    during: bool | None = None
    signs: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    level: Level = "self_care"
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """What is noted: signs after the session, stops of it, questions answered yes; and a level that stands because of
    the sign ``because`` ("" = none stands)."""

    signs: tuple[str, ...]
    stops: tuple[str, ...]
    answers: tuple[str, ...]
    level: Level
    because: str


@once
def adverse_rules(knowledge: Knowledge) -> tuple[AdverseRule, ...]:
    """The rules, checked. Raises KnowledgeError naming file and field."""
    faults: list[str] = []
    known_signs = set(knowledge.questions["after_session_signs"].values)
    known_stops = {name for sign in during_rules(knowledge) for name in (sign, sign + STILL)}
    found = []
    for table in knowledge.safety["adverse"]["report"]:
        where = f"{FILE}: {table.get('id')}"
        rule = read(AdverseRule, table, where, faults)
        if rule is None:
            continue
        found.append(rule)
        named = {*rule.stops, rule.because} - {""}
        if rule.what not in ADVERSE or not known_signs.issuperset(rule.signs) or not known_stops >= named:
            faults.append(f"{where}: names something that does not exist")
        if (rule.level == "self_care") != (not rule.because):
            faults.append(f"{where}.level: a level above self-care stands because of a sign")
    if faults:
        raise KnowledgeError(faults)
    return tuple(found)


def consequence(
    what: str, severity: Severity, *, still: bool | None, during: bool, knowledge: Knowledge
) -> Consequence:
    """What a report asks for. ``still`` None ("not sure") counts as still there."""
    fits = [
        rule
        for rule in adverse_rules(knowledge)
        if rule.what == what
        and SEVERITY.index(severity) >= SEVERITY.index(rule.at_least)
        and rule.still in (None, still is not False)
        and rule.during in (None, during)
    ]
    level = most_urgent([rule.level for rule in fits])
    return Consequence(
        signs=_together(rule.signs for rule in fits),
        stops=_together(rule.stops for rule in fits),
        answers=_together(rule.answers for rule in fits),
        level=level,
        because=next((rule.because for rule in fits if rule.level == level and rule.because), ""),
    )


def _together(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for many in lists for one in many))
