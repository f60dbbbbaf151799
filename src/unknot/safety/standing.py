"""Stops from earlier days: what still stands, and what a clinician's visit has opened again (safety review, row 3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from unknot.assessment import Reason
from unknot.case import Case
from unknot.knowledge.model import Knowledge, Level
from unknot.record import History, StandingStop
from unknot.safety.blocked import beside, painted
from unknot.safety.evaluate import holds
from unknot.safety.facts import Facts
from unknot.safety.limits import caps
from unknot.safety.rulebook import Place, rulebook
from unknot.safety.stops import StopRule, stood_for
from unknot.safety.trend import worse_each_time
from unknot.script import Text

NOT_SURE = "not_sure"
"""The rule id of a stop that only came from answers "not sure"; it ends as soon as they are clear."""

VISIT_DAYS: Mapping[str, int] = dict.fromkeys(
    ("heart", "lung", "aorta_or_artery", "blood_clot", "brain", "spinal_cord"), 14
)
"""How old a clinician's visit may be to re-open a block of this category; six weeks for all others."""

_OTHER_VISIT_DAYS = 42


@dataclass(frozen=True, slots=True)
class Standing:
    """A stop that still stands: the level it gives this case, its regions with what lies beside, and its reason."""

    level: Level
    regions: frozenset[str]
    place: Place
    reason: Reason


def standing(
    case: Case, facts: Facts, history: History | None, knowledge: Knowledge, now: datetime | None, *, still_unsure: bool
) -> list[Standing]:
    """The stops of the history that still stand. A provider stop gives its level only where it closes what hurts."""
    found = []
    for stop in history.stops if history else ():
        if stop.rule == NOT_SURE:
            if not still_unsure:
                continue
        elif opened(stop, facts, knowledge, now):
            continue
        regions = _regions(stop, knowledge)
        touches = stop.level != "provider" or not regions.isdisjoint(painted(case, knowledge))
        found.append(_standing(stop, stop.level if touches else "self_care", regions, knowledge))
    return found + list(_worse_each_time(history, facts, knowledge, now))


def _worse_each_time(
    history: History | None, facts: Facts, knowledge: Knowledge, now: datetime | None
) -> Iterator[Standing]:
    """Session after session left the pain worse: a provider should look, until one has done so since."""
    sessions = worse_each_time(history.sessions, caps(knowledge)) if history else ()
    if not sessions:
        return
    days = facts.values.get("clinician_seen_days_ago")
    seen = now is not None and days is not None and now - timedelta(days=days) > sessions[-1].at
    if seen and looked_at(frozenset(), facts):
        return
    homes = {knowledge.sites[session.site].home for session in sessions if session.site in knowledge.sites}
    reason = Reason(
        id="worse_each_time",
        level="provider",
        text=Text(id="screening.worse_each_time"),
        say=Text(id="screening.worse_each_time_say"),
        sources=("UNKNOT-STOP-RULES",),
    )
    yield Standing("provider", beside(homes, knowledge), "go", reason)


def opened(stop: StandingStop, facts: Facts, knowledge: Knowledge, now: datetime | None) -> bool:
    """Whether a clinician's visit re-opens the stop.

    All must hold: nothing is new or worse since the visit; the visit ruled out all that the rule names; it is recent
    enough, and not older than the stop; and every sign is now explicitly absent, wherever it hurts. A provider stop
    asked for a visit, so its signs may still be there.
    """
    rule = rulebook(knowledge).get(stop.rule)
    days = facts.values.get("clinician_seen_days_ago")
    if sign := stood_for(stop.rule, knowledge):
        return seen_since(sign, stop.since, facts, now)
    if rule is None or days is None or now is None or (now - timedelta(days=days)).date() < stop.since.date():
        return False
    elsewhere = replace(facts, painted=(), hinted=())  # a block does not end because another place is painted today
    gone = holds(rule.when, elsewhere) is False
    asked_for_a_visit = rule.level == "provider" and bool(rule.rules_out)
    return looked_at(rule.rules_out, facts) and (gone or asked_for_a_visit)


def looked_at(causes: frozenset[str], facts: Facts) -> bool:
    """A recent visit ruled all these causes out (none: any visit counts), and nothing is new or worse since."""
    days = facts.values.get("clinician_seen_days_ago")
    return (
        days is not None
        and facts.values.get("new_since_clinician") is False
        and facts.values.get("course") != "worsening"
        and causes <= frozenset(facts.values.get("clinician_ruled_out") or ())
        and days <= min((VISIT_DAYS.get(cause, _OTHER_VISIT_DAYS) for cause in causes), default=_OTHER_VISIT_DAYS)
    )


def _regions(stop: StandingStop, knowledge: Knowledge) -> frozenset[str]:
    """What the stop closes, with what lies beside; everything when it says nothing, unless its rule closes nothing."""
    rule = rulebook(knowledge).get(stop.rule)
    if not stop.regions and rule is not None and rule.blocks == frozenset():
        return frozenset()
    return beside(stop.regions or knowledge.regions, knowledge)


def seen_since(sign: StopRule, since: datetime, facts: Facts, now: datetime | None) -> bool:
    """A sign during a session: a clinician has looked at it after that moment. It has no question of its own."""
    days = facts.values.get("clinician_seen_days_ago")
    if now is None or days is None or now - timedelta(days=days) <= since:
        return False
    return looked_at(frozenset(sign.rules_out), facts)


def seen_and_worse(causes: frozenset[str], facts: Facts) -> bool:
    """A clinician ruled such a cause out, and it is there and worse: it goes one level up whatever was said then."""
    worse = facts.values.get("new_since_clinician") is True or facts.values.get("course") == "worsening"
    seen = facts.values.get("clinician_seen_days_ago") is not None
    return worse and seen and not causes.isdisjoint(facts.values.get("clinician_ruled_out") or ())


def _standing(stop: StandingStop, level: Level, regions: frozenset[str], knowledge: Knowledge) -> Standing:
    if sign := stood_for(stop.rule, knowledge):
        return _stopped_session(stop, sign, level, regions)
    rule = rulebook(knowledge).get(stop.rule)
    earlier = f"@rule.{stop.rule}.reason" if rule else "@screening.earlier_stop"
    reason = Reason(
        id=stop.rule,
        level=level,
        text=Text(id="screening.still_stands", params={"reason": earlier}),
        say=Text(id=f"rule.{stop.rule}.say") if rule and rule.level != "self_care" else None,
        sources=rule.sources if rule else (),
    )
    return Standing(level, regions, (rule.place if rule else None) or "go", reason)


def _stopped_session(stop: StandingStop, sign: StopRule, level: Level, regions: frozenset[str]) -> Standing:
    """A stop because of a sign during a session."""
    noticed = {"sign": f"@stop.{sign.id}.sign"}
    reason = Reason(
        id=stop.rule,
        level=level,
        text=Text(id="screening.stopped_session", params=noticed),
        say=Text(id="screening.stopped_session_say", params=noticed),
        sources=("UNKNOT-STOP-RULES",),
    )
    return Standing(level, regions, sign.place, reason)
