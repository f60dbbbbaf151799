"""How a spot took its last session, and what that limits in the next one (``safety/stop_rules.toml``, ``next``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from unknot.knowledge.conditions import Expression
from unknot.knowledge.model import Knowledge
from unknot.knowledge.read import KnowledgeError, read
from unknot.record import PastSession
from unknot.safety.compiled import language, once
from unknot.safety.evaluate import holds
from unknot.safety.facts import Facts
from unknot.safety.limits import Limits
from unknot.safety.stops import FILE
from unknot.script import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """One rule of the file: what it limits in the next session on the same spot."""

    id: str
    when: Mapping[str, Any]
    review: tuple[int, ...]
    comfort_max: float
    hold_max_s: float
    factor: float = 1.0

    @property
    def because(self) -> Text:
        """Why the next session is milder, and how, in one line."""
        return Text(id=f"next.{self.id}.because")

    @property
    def limits(self) -> Limits:
        """What it limits."""
        return Limits(
            because=(self.because,), factor=self.factor, comfort_max=self.comfort_max, hold_max_s=self.hold_max_s
        )


def reactions(last: PastSession, knowledge: Knowledge) -> tuple[Reaction, ...]:
    """The rules that hold after the last session of a spot, the weightiest first; () = it was borne, as far as told."""
    facts = Facts(values=_measured(last), conditions=None, painted=())
    return tuple(rule for rule, when in _rules(knowledge) if holds(when, facts) is True)


def _measured(last: PastSession) -> dict[str, float]:
    """The facts of a session; what nobody told is left out."""
    after = last.pain_after if last.pain_later is None else last.pain_later
    rise = None if after is None or last.pain_before is None else after - last.pain_before
    told = {
        "last_bruise_cm": last.bruise_cm,
        "last_soreness": last.soreness_next_day,
        "last_peak": last.comfort_peak,
        "last_stops": float((last.stopped_for is not None) + len(last.also_stopped_for)),
        "last_pain_rise": rise,
        "last_left_over": last.left_over,
    }
    return {name: value for name, value in told.items() if value is not None}


@once
def _rules(knowledge: Knowledge) -> tuple[tuple[Reaction, Expression], ...]:
    """Every rule with its condition. Raises KnowledgeError or RuleError naming file and field."""
    faults: list[str] = []
    words, found = language(knowledge), []
    for table in knowledge.safety["stop_rules"]["next"]:
        where = f"{FILE}: next {table.get('id')}"
        rule = read(Reaction, table, where, faults)
        if rule:
            found.append((rule, words.parse(rule.when, f"{where}.when")))
    if faults:
        raise KnowledgeError(faults)
    return tuple(found)
