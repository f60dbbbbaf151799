"""The screening rules, read once from ``knowledge/safety/screen_*.toml`` and checked as they are read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from unknot.knowledge.conditions import Compare, Expression, Not, Unless, children
from unknot.knowledge.model import Basis, Knowledge, Level
from unknot.knowledge.rules import Language, RuleError
from unknot.safety.compiled import language, once

SEVERITY: tuple[Level, ...] = ("self_care", "provider", "same_day", "emergency")
"""The levels, mildest first."""

Place = Literal["call", "go"]
_FIELDS = {
    *("level", "when", "not_sure", "place", "blocks", "review", "basis", "sources"),
    *("rules_out", "ladder", "review_after_days", "no_session", "upper_age"),
}


def most_urgent(levels: Collection[Level]) -> Level:
    """The most urgent of the levels; self-care when there is none."""
    return max(levels, key=SEVERITY.index, default="self_care")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenRule:
    """One red-flag rule. Its sentences are ``rule.<id>.reason``, ``.say`` (above self-care) and ``.about`` (not sure).

    ``not_sure``: the level when only answers "not sure" keep the rule from firing. ``place``: for an emergency, call
    the emergency number or go to an emergency department. ``blocks``: regions closed by a provider or self-care rule
    (None = the painted ones; emergency and same-day rules close all). ``rules_out``: all that a clinician must
    have ruled out before the block can open again (empty only at provider level, where no cause of the list fits: any
    visit counts, once the signs are gone).
    ``upper_age``: the rule speaks of the young, so that growing older may switch it off; no other rule may.
    ``ladder``: of the rules of one ladder only the most urgent that fired is shown.
    """

    id: str
    level: Level
    when: Expression
    review: tuple[int, ...]
    basis: Basis
    sources: tuple[str, ...]
    not_sure: Level | None = None
    place: Place | None = None
    blocks: frozenset[str] | None = None
    rules_out: frozenset[str] = frozenset()
    ladder: str
    review_after_days: int | None = None
    no_session: bool = False
    upper_age: bool = False


@once
def rulebook(knowledge: Knowledge) -> Mapping[str, ScreenRule]:
    """Every screening rule by id, most urgent level first. Raises RuleError naming file and field."""
    words = language(knowledge)
    rules: dict[str, ScreenRule] = {}
    for name, document in knowledge.safety.items():
        if not name.startswith("screen_"):
            continue
        for id, table in document.items():
            path = f"safety/{name}.toml: {id}"
            if id in rules:
                raise RuleError(path, "stands in another file too")
            rules[id] = _read(id, table, words, knowledge, path)
    urgent_first = sorted(rules.values(), key=lambda rule: -SEVERITY.index(rule.level))
    return {rule.id: rule for rule in urgent_first}


def _read(id: str, table: Mapping[str, Any], words: Language, knowledge: Knowledge, path: str) -> ScreenRule:
    if extra := set(table) - _FIELDS:
        raise RuleError(path, f"unknown field {min(extra)!r}")
    level = cast(Level, _one_of(table, "level", SEVERITY, path))
    when = words.parse(table.get("when"), f"{path}.when")
    if level != "self_care" and _negated(when):
        raise RuleError(
            f"{path}.when", "`not` may stand only inside `unless`: a danger sign must never switch a rule off"
        )
    not_sure = cast("Level | None", _one_of(table, "not_sure", SEVERITY, path)) if "not_sure" in table else None
    if not_sure is not None and SEVERITY.index(not_sure) >= SEVERITY.index(level):
        raise RuleError(f"{path}.not_sure", f"{not_sure} is not below {level}")
    if (level == "emergency") != ("place" in table):
        raise RuleError(f"{path}.place", "every emergency rule, and no other, says call or go")
    days = table.get("review_after_days")
    if days is not None and (type(days) is not int or days < 1):
        raise RuleError(f"{path}.review_after_days", f"a whole number of days is needed, not {days!r}")
    upper_age = table.get("upper_age", False)
    if upper_age is not _fades_with_age(when):
        raise RuleError(
            f"{path}.upper_age", "must be true for a rule that growing older can switch off, and for no other"
        )
    rules_out = table.get("rules_out", [])
    if unknown := set(rules_out) - set(knowledge.questions["clinician_ruled_out"].values):
        raise RuleError(f"{path}.rules_out", f"a clinician is not asked about {min(unknown)!r}")
    if level in ("emergency", "same_day") and not rules_out:
        raise RuleError(f"{path}.rules_out", "what must be ruled out before it opens again?")
    return ScreenRule(
        id=id,
        level=level,
        when=when,
        review=_rows(table, path),
        basis=cast(Basis, _one_of(table, "basis", get_args(Basis), path)),
        sources=_sources(table, knowledge, path),
        not_sure=not_sure,
        place=cast("Place | None", _one_of(table, "place", get_args(Place), path) if "place" in table else None),
        blocks=_blocks(table, words, path),
        rules_out=frozenset(rules_out),
        ladder=table.get("ladder", id),
        review_after_days=days,
        no_session=table.get("no_session", False) is True,
        upper_age=upper_age,
    )


def _one_of(table: Mapping[str, Any], field: str, allowed: Collection[str], path: str) -> str:
    value = table.get(field)
    if value not in allowed:
        raise RuleError(f"{path}.{field}", f"must be one of {', '.join(allowed)}, not {value!r}")
    return cast(str, value)


def _rows(table: Mapping[str, Any], path: str) -> tuple[int, ...]:
    rows = table.get("review")
    if not isinstance(rows, list) or not rows or not all(type(row) is int for row in rows):
        raise RuleError(f"{path}.review", f"a list of row numbers is needed, not {rows!r}")
    return tuple(rows)


def _sources(table: Mapping[str, Any], knowledge: Knowledge, path: str) -> tuple[str, ...]:
    sources = table.get("sources")
    if not isinstance(sources, list) or not sources:
        raise RuleError(f"{path}.sources", "at least one source is needed")
    for source in sources:
        if source not in knowledge.sources:
            raise RuleError(f"{path}.sources", f"unknown source {source!r}")
    return tuple(sources)


def _blocks(table: Mapping[str, Any], words: Language, path: str) -> frozenset[str] | None:
    if "blocks" not in table:
        return None
    return words.regions(table["blocks"], f"{path}.blocks") if table["blocks"] else frozenset()


def _negated(expression: Expression) -> bool:
    """Whether a ``not`` stands outside every ``unless``."""
    if isinstance(expression, Unless):
        return False
    return isinstance(expression, Not) or any(_negated(child) for child in children(expression))


def _fades_with_age(expression: Expression) -> bool:
    """Whether an upper bound on the age stands outside every ``unless``."""
    if isinstance(expression, Unless):
        return False
    if isinstance(expression, Compare):
        return expression.fact == "age" and any(bound not in ("gt", "ge") for bound, _ in expression.bounds)
    return any(_fades_with_age(child) for child in children(expression))
