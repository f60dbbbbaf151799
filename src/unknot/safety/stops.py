"""When to stop pressing, and what stays closed afterwards (``safety/stop_rules.toml`` explains the fields)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from unknot.case import Case
from unknot.knowledge.conditions import Compare, Expression, walk
from unknot.knowledge.model import Knowledge, Level
from unknot.knowledge.read import KnowledgeError, read
from unknot.record.fold import DURING
from unknot.safety.compiled import language, once
from unknot.safety.evaluate import holds
from unknot.safety.facts import Facts, facts_of
from unknot.script import Text

FILE = "safety/stop_rules.toml"
Place = Literal["call", "go"]
Closes = Literal["everything", "region", "site", "nothing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """What follows when a sign is still there after so many minutes."""

    after_min: float
    level: Level
    closes: Closes
    hours: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRule:
    """A sign during a session. ``hours`` None: closed until a clinician has looked at it and has ruled out what
    ``rules_out`` names. ``place``: for an emergency, call or go."""

    id: str
    action: Literal["stop", "lighten", "alarm"]
    level: Level
    closes: Closes
    review: tuple[int, ...]
    hours: float | None = None
    rules_out: tuple[str, ...] = ()
    place: Place = "call"
    lighten_to: float | None = None
    lighten_s: float | None = None
    still: tuple[Still, ...] = ()

    @property
    def sign(self) -> Text:
        """The sign in the person's words."""
        return Text(id=f"stop.{self.id}.sign")

    @property
    def do(self) -> Text:
        """What to do now."""
        return Text(id=f"stop.{self.id}.do")


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterRule:
    """A sign noticed after a session, for people of whom ``when`` holds (None = everybody)."""

    id: str
    sign: str
    level: Level
    closes: Closes
    review: tuple[int, ...]
    hours: float | None = None
    when: Mapping[str, Any] | None = None

    @property
    def do(self) -> Text:
        """What to do now."""
        return Text(id=f"after.{self.id}.do")


@once
def during_rules(knowledge: Knowledge) -> Mapping[str, StopRule]:
    """Every sign during a session by id, the most urgent first. Raises KnowledgeError naming file and field."""
    faults: list[str] = []
    tables = knowledge.safety["stop_rules"]["during"]
    rules = [read(StopRule, table, f"{FILE}: {table.get('id')}", faults) for table in tables]
    if faults:
        raise KnowledgeError(faults)
    return {rule.id: rule for rule in rules if rule}


def stood_for(rule: str, knowledge: Knowledge) -> StopRule | None:
    """The sign during a session behind a stop that stands, or None for a stop of screening."""
    return during_rules(knowledge).get(rule.removeprefix(DURING)) if rule.startswith(DURING) else None


STILL = ".still"
"""Ends the name of a sign that was still there some minutes after the session: ``too_strong.still``."""


def closing(sign: str, knowledge: Knowledge) -> StopRule | None:
    """What a sign that a session was stopped for closes, and for how long; None for an unknown sign.

    A sign that was still there closes what its first ``still`` says.
    """
    rule = during_rules(knowledge).get(sign.removesuffix(STILL))
    if rule is None or not sign.endswith(STILL) or not rule.still:
        return rule
    return replace(rule, closes=rule.still[0].closes, hours=rule.still[0].hours)


def during(sign: str, knowledge: Knowledge) -> StopRule:
    """What a sign during a session asks for. Raises KeyError for an unknown sign."""
    return during_rules(knowledge)[sign]


@dataclass(frozen=True, slots=True, kw_only=True)
class Automatic:
    """A sign that a running session notices by itself: ``when`` as it stands in the file."""

    sign: str
    when: Mapping[str, Any]


@once
def automatic_rules(knowledge: Knowledge) -> tuple[tuple[Automatic, Expression], ...]:
    """Every such sign with its condition, the first that holds counts. Raises KnowledgeError or RuleError."""
    faults: list[str] = []
    words, known, found = language(knowledge), during_rules(knowledge), []
    for table in knowledge.safety["stop_rules"]["automatic"]:
        where = f"{FILE}: automatic {table.get('sign')}"
        rule = read(Automatic, table, where, faults)
        if rule:
            found.append((rule, words.parse(rule.when, f"{where}.when")))
            if rule.sign not in known:
                faults.append(f"{where}.sign: unknown sign {rule.sign!r}")
    if faults:
        raise KnowledgeError(faults)
    return tuple(found)


def automatic(measured: Mapping[str, float], knowledge: Knowledge) -> str | None:
    """The sign to stop for, of what a session measures now (``above_stop``, ``rise_in_hold``, ``silent_s``)."""
    facts = Facts(values=measured, conditions=None, painted=())
    return next((rule.sign for rule, when in automatic_rules(knowledge) if holds(when, facts) is True), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapt:
    """What an answer above the aim changes: seconds until the next question, seconds left, or the share left."""

    id: str
    do: Literal["ease", "shorten", "move_on"]
    when: Mapping[str, Any]
    ask_after_s: float | None = None
    left_s: float | None = None
    share: float | None = None


@once
def adapt_rules(knowledge: Knowledge) -> tuple[tuple[Adapt, Expression], ...]:
    """Every such change with its condition, the first that holds counts. Raises KnowledgeError or RuleError."""
    faults: list[str] = []
    words, found = language(knowledge), []
    for table in knowledge.safety["stop_rules"]["adapt"]:
        where = f"{FILE}: adapt {table.get('id')}"
        rule = read(Adapt, table, where, faults)
        if rule:
            found.append((rule, words.parse(rule.when, f"{where}.when")))
            if rule.share is not None and not 0 < rule.share <= 1:
                faults.append(f"{where}.share: a change never lengthens a hold")
    if faults:
        raise KnowledgeError(faults)
    return tuple(found)


def adapted(measured: Mapping[str, float], knowledge: Knowledge) -> Adapt | None:
    """What an answer changes (``above_aim``, ``times_above``, ``holds_above``, ``after_hold``), or None."""
    facts = Facts(values=measured, conditions=None, painted=())
    return next((rule for rule, when in adapt_rules(knowledge) if holds(when, facts) is True), None)


def silence_s(knowledge: Knowledge) -> float:
    """Seconds without an answer after a hold until the alarm."""
    conditions = (part for _, when in automatic_rules(knowledge) for part in walk(when))
    return next(
        limit
        for part in conditions
        if isinstance(part, Compare) and part.fact == "silent_s"
        for _, limit in part.bounds
    )


def for_player(knowledge: Knowledge) -> dict[str, Any]:
    """The same rules as JSON, for the session player."""
    stops = [{"sign": rule.sign, "when": dict(rule.when)} for rule, _ in automatic_rules(knowledge)]
    table = knowledge.safety["stop_rules"]
    least = table["adapt_figures"]["least_hold_s"]
    changes = [dict(change) for change in table["adapt"]] if adapt_rules(knowledge) else []
    return {"silence_s": silence_s(knowledge), "least_hold_s": least, "automatic": stops, "adapt": changes}


@once
def _after_rules(knowledge: Knowledge) -> tuple[tuple[AfterRule, Expression | None], ...]:
    faults: list[str] = []
    words = language(knowledge)
    known = knowledge.questions["after_session_signs"].values
    found = []
    for table in knowledge.safety["stop_rules"]["after"]:
        where = f"{FILE}: {table.get('id')}"
        rule = read(AfterRule, table, where, faults)
        if rule:
            found.append((rule, words.parse(rule.when, f"{where}.when") if rule.when else None))
            if rule.sign not in known:
                faults.append(f"{where}.sign: unknown sign {rule.sign!r}")
            if rule.level == "self_care" and (rule.hours is None) is not (rule.closes == "nothing"):
                faults.append(f"{where}.hours: a mild sign closes something for some hours, or nothing")
    if faults:
        raise KnowledgeError(faults)
    return tuple(found)


def after(signs: Collection[str], case: Case, knowledge: Knowledge) -> tuple[AfterRule, ...]:
    """What signs noticed after a session ask for, one rule for each sign; "none" asks for nothing."""
    facts = facts_of(case, language(knowledge).places)
    found: dict[str, AfterRule] = {}
    for rule, condition in _after_rules(knowledge):
        if rule.sign not in signs or rule.sign in found:
            continue
        # A "not sure" counts as true here: the milder rule of the sign needs a clear no.
        if condition is None or holds(condition, facts, missing_is_absent=True) is not False:
            found[rule.sign] = rule
    return tuple(found.values())
