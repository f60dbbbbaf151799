"""Triage: how urgent a case is, why, and what follows from it.

The level is set by what is known and by what stands from earlier days; the most urgent rule decides. Nothing that
pressing found, no relief and no young age takes part. What was not asked only makes the triage incomplete.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from unknot.assessment import Reason, Triage
from unknot.case import Case
from unknot.knowledge.conditions import facts_in
from unknot.knowledge.model import Knowledge, Level
from unknot.record import History
from unknot.safety import asked
from unknot.safety.blocked import beside, painted
from unknot.safety.compiled import language
from unknot.safety.evaluate import holds
from unknot.safety.facts import Facts, facts_of
from unknot.safety.rulebook import SEVERITY, Place, ScreenRule, most_urgent, rulebook
from unknot.safety.standing import NOT_SURE, Standing, looked_at, seen_and_worse, standing
from unknot.script import Text

REVIEW_DAYS: dict[Level, int] = {"emergency": 1, "same_day": 1, "provider": 7, "self_care": 14}
"""When to look again, in days, unless a rule names another day. Self-care: flags are asked again after two weeks."""

_TOPICS_NAMED = 4  # more "not sure" topics than this are not read out one by one


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired: at its level on known facts, or at its lower one because of a "not sure"."""

    rule: ScreenRule
    level: Level
    known: bool


def screen(case: Case, history: History | None, knowledge: Knowledge, *, now: datetime | None = None) -> Triage:
    """The triage of a case. ``now`` (aware) is needed only to re-open what stands from earlier days."""
    facts = facts_of(case, language(knowledge).places)
    fired = _shown(fire(facts, knowledge))
    known = [one for one in fired if one.known]
    unsure = [one for one in fired if not one.known]
    stops = standing(case, facts, history, knowledge, now, still_unsure=bool(unsure))
    level = most_urgent([one.level for one in fired] + [stop.level for stop in stops])
    waiting = asked.unanswered(case, knowledge)
    quiet = [one.rule for one in known if one.rule.no_session]
    days = _review_days(level, known)
    return Triage(
        level=level,
        reasons=_reasons(level, known, stops, unsure),
        watch_for=asked.watch_for(case, knowledge),
        review_after_days=days,
        blocked_regions=_blocked(level, known, stops, case, knowledge),
        complete=not waiting,
        unanswered=waiting,
        action=_action(level, known, stops, days, waiting=bool(waiting), quiet=bool(quiet)),
        session_forbidden_by=(
            *(Text(id=f"rule.{rule.id}.reason") for rule in quiet),
            *(
                Text(id="screening.not_sure_gate", params={"question": f"@question.{id}.ask"})
                for id in asked.not_sure(case, knowledge)
            ),
        ),
    )


def fire(facts: Facts, knowledge: Knowledge) -> list[Fired]:
    """Every rule that fires, most urgent rule first.

    A provider rule has done its work once a recent visit has ruled its cause out and nothing is new or worse.
    """
    found = []
    in_doubt = None in facts.values.values()  # without a "not sure" the second reading cannot be unknown
    for rule in rulebook(knowledge).values():
        if rule.level == "provider" and rule.rules_out and looked_at(rule.rules_out, facts):
            continue
        if holds(rule.when, facts) is True:
            worse = seen_and_worse(rule.rules_out, facts)
            found.append(Fired(rule, _one_up(rule.level) if worse else rule.level, known=True))
        elif in_doubt and rule.not_sure is not None and holds(rule.when, facts, missing_is_absent=True) is None:
            found.append(Fired(rule, rule.not_sure, known=False))
    return found


def _one_up(level: Level) -> Level:
    return SEVERITY[min(SEVERITY.index(level) + 1, len(SEVERITY) - 1)]


def _shown(fired: list[Fired]) -> list[Fired]:
    """Of each ladder the most urgent; what is known before what is not sure."""
    best: dict[str, Fired] = {}
    for one in fired:
        held = best.get(one.rule.ladder)
        if held is None or _rank(one) > _rank(held):
            best[one.rule.ladder] = one
    return sorted(best.values(), key=_rank, reverse=True)


def _rank(one: Fired) -> tuple[int, bool]:
    return SEVERITY.index(one.level), one.known


def _reasons(level: Level, known: list[Fired], stops: list[Standing], unsure: list[Fired]) -> tuple[Reason, ...]:
    """All known reasons, most urgent first; what only asks to be looked at again is named when nothing is worse."""
    reasons = [_reason(one) for one in known if one.level != "self_care" or level == "self_care"]
    reasons += [stop.reason for stop in stops]
    topics = [one for one in unsure if one.level == level]
    if topics:
        reasons.append(_not_sure_reason(topics))
    return tuple(sorted(reasons, key=lambda reason: -SEVERITY.index(reason.level)))


def _reason(one: Fired) -> Reason:
    rule = one.rule
    say = Text(id=f"rule.{rule.id}.say") if one.level != "self_care" else None
    return Reason(id=rule.id, level=one.level, text=Text(id=f"rule.{rule.id}.reason"), say=say, sources=rule.sources)


def _not_sure_reason(topics: list[Fired]) -> Reason:
    plain_first = sorted(topics, key=lambda one: len(facts_in(one.rule.when)))
    about = list(dict.fromkeys(f"@rule.{one.rule.id}.about" for one in plain_first))
    named = about if len(about) <= _TOPICS_NAMED else [*about[: _TOPICS_NAMED - 1], "@screening.other_dangers"]
    return Reason(
        id=NOT_SURE,
        level=topics[0].level,
        text=Text(id="screening.not_sure", params={"about": named}),
        say=Text(id="screening.not_sure_say", params={"about": named}),
        sources=tuple(dict.fromkeys(source for one in topics for source in one.rule.sources)),
    )


def _review_days(level: Level, known: list[Fired]) -> int:
    if level != "self_care":
        return REVIEW_DAYS[level]
    return min((one.rule.review_after_days for one in known if one.rule.review_after_days), default=REVIEW_DAYS[level])


def _blocked(
    level: Level, known: list[Fired], stops: list[Standing], case: Case, knowledge: Knowledge
) -> tuple[str, ...]:
    """All regions for emergency and same day; else those of the fired rules and, above self-care, what lies beside."""
    if level in ("emergency", "same_day"):
        return tuple(knowledge.regions)
    closed: set[str] = set()
    for one in known:
        if one.level == "provider":
            closed |= beside(painted(case, knowledge) if one.rule.blocks is None else one.rule.blocks, knowledge)
        else:
            closed |= one.rule.blocks or frozenset()
    for stop in stops:
        closed |= stop.regions
    return tuple(region for region in knowledge.regions if region in closed)


def _action(level: Level, known: list[Fired], stops: list[Standing], days: int, *, waiting: bool, quiet: bool) -> Text:
    if level == "emergency":
        places: set[Place] = {one.rule.place or "go" for one in known if one.level == "emergency"}
        places |= {stop.place for stop in stops if stop.level == "emergency"}
        return Text(id="action.call" if "call" in places else "action.go")
    if level != "self_care":
        return Text(id=f"action.{level}")
    if quiet:
        return Text(id="action.no_pressing", params={"days": days})
    return Text(id="action.answer_first") if waiting else Text(id="action.self_care", params={"days": days})
