"""The gate: the one place that decides whether anybody may press at all, and hands out the leave to do so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from unknot.assessment import Triage
from unknot.case import Case
from unknot.knowledge.model import Knowledge
from unknot.record import History
from unknot.safety.clearance import _GATE, Clearance, SessionLimits, Stop
from unknot.safety.compiled import language
from unknot.safety.evaluate import holds
from unknot.safety.facts import Facts, facts_of
from unknot.safety.limits import NONE, Caps, Limits, caps, combined
from unknot.safety.past import Past, past_of
from unknot.safety.places import sites_at
from unknot.safety.precautions import Precautions, precautions_of
from unknot.safety.screen import screen
from unknot.safety.standing import seen_since
from unknot.safety.stops import AfterRule, after, during_rules
from unknot.script import Text

OWN_HANDS = "fingers"  # the tool that everybody has
NEVER = datetime.max.replace(tzinfo=UTC)


def gate(case: Case, history: History | None, now: datetime | None, knowledge: Knowledge) -> Clearance | Stop:
    """Leave to press, or the reasons against it.

    Stops when screening does not come out as self-care, when a question is open, when a precaution or an earlier day
    forbids it, when the answers are too old, and without ``now``. Raises ValueError when ``now`` has no time zone.
    """
    past_history = history or History()
    triage = screen(case, past_history, knowledge, now=now)
    facts = facts_of(case, language(knowledge).places)
    precautions = precautions_of(case, facts, knowledge)
    refused = _refused_by_the_case(triage, precautions)
    if refused is not None:
        return refused
    if now is None:
        return Stop(reasons=(Text(id="refuse.no_time"),))
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    figures = caps(knowledge)
    past = _past(past_history, facts, now, knowledge)
    after_rules = after(facts.values.get("after_session_signs") or (), case, knowledge)
    refused = (
        _refused_by_age_of_answers(past_history, now, figures)
        or _refused_after_a_session(past, facts, after_rules, figures)
        or _refused_by_frequency(past, figures)
    )
    if refused is not None:
        return refused
    return Clearance(
        token=_GATE,
        knowledge=knowledge,
        facts=facts,
        precautions=precautions,
        past=past,
        after=_closed_by(after_rules, past, knowledge),
        owned=frozenset({OWN_HANDS, *(case.person.tools or ())}),
        blocked_regions=frozenset(triage.blocked_regions),
        session_limits=_session_limits(precautions, past, figures),
        session_wide=_session_wide(case, precautions, past, figures),
        stop_rules=tuple(during_rules(knowledge)),
        expires_at=(past_history.screened_at or now) + timedelta(hours=figures.of("screen", "valid")),
    )


def earlier_days(case: Case, history: History, now: datetime, knowledge: Knowledge) -> Past:
    """What earlier sessions leave for this person today, whether or not there is leave to press."""
    return _past(history, facts_of(case, language(knowledge).places), now, knowledge)


def _past(history: History, facts: Facts, now: datetime, knowledge: Knowledge) -> Past:
    return past_of(
        history,
        now,
        bleeds=holds(language(knowledge).expressions["BLEED"], facts) is not False,
        seen=lambda sign, since: seen_since(sign, since, facts, now),
        knowledge=knowledge,
    )


def _refused_by_the_case(triage: Triage, precautions: Precautions) -> Stop | None:
    if triage.level != "self_care":
        return Stop(reasons=(triage.action, *(reason.text for reason in triage.reasons)))
    reasons = (*triage.session_forbidden_by, *precautions.forbid, *precautions.everywhere.closed)
    if reasons:
        return Stop(reasons=reasons)
    open_questions = tuple(dict.fromkeys((*triage.unanswered, *precautions.unanswered)))
    if open_questions:
        return Stop(
            reasons=(Text(id="refuse.unanswered", params={"n": len(open_questions)}),), unanswered=open_questions
        )
    return None


def _refused_by_age_of_answers(history: History, now: datetime, figures: Caps) -> Stop | None:
    screened = history.screened_at
    if screened is None:
        return None
    hours = figures.of("screen", "valid")
    if screened > now or now - screened >= timedelta(hours=hours):
        return Stop(reasons=(Text(id="refuse.answers_too_old", params={"hours": hours}),))
    return None


def _refused_after_a_session(past: Past, facts: Facts, rules: Iterable[AfterRule], figures: Caps) -> Stop | None:
    """The look-back comes before the next visit, and its signs above self-care stop it."""
    serious = tuple(rule.do for rule in rules if rule.level != "self_care")
    if serious:
        return Stop(reasons=serious)
    everything = [rest for rest in past.rests if rest.site is None and rest.region is None]
    if everything:
        last = max(everything, key=lambda rest: rest.until or NEVER)
        return Stop(reasons=tuple(rest.because for rest in everything), until=last.until)
    look_back = timedelta(days=figures.of("recovery", "look_back_days"))
    recent = bool(past.sessions) and past.now - past.sessions[-1].at < look_back
    if recent and not past.current and facts.values.get("after_session_signs") is None:
        return Stop(reasons=(Text(id="refuse.look_back"),), unanswered=("after_session_signs",))
    return None


def _refused_by_frequency(past: Past, figures: Caps) -> Stop | None:
    of = figures.of
    day, week = timedelta(hours=of("often", "day")), timedelta(days=7)
    if _spots_left(past, figures, float("inf")) < 1 or _minutes_left(past, figures) <= 0:
        return Stop(reasons=(Text(id="refuse.visit_full"),), until=past.current[-1].at + day)
    if past.visits_within(week) >= of("often", "visits_week"):
        oldest = next(start for start in past.visits if past.now - start < week)
        return Stop(
            reasons=(Text(id="refuse.week_full", params={"n": of("often", "visits_week")}),), until=oldest + week
        )
    today = past.visits_within(day)
    allowed = of("often", "light_visits_day") if past.last_morning_quiet else of("often", "visits_day")
    if today >= allowed:
        return Stop(reasons=(Text(id="refuse.day_full"),), until=past.visits[-1] + day)
    return None


def _session_wide(case: Case, precautions: Precautions, past: Past, figures: Caps) -> Limits:
    """A second visit on one day is a light one; without a word about tools there are only hands; who is sensitive waits
    for quiet mornings before the pressure grows."""
    found = []
    if case.person.tools is None:
        found.append(Limits(because=(Text(id="because.tools_unknown"),)))
    if precautions.everywhere.rise_after_quiet and not past.quiet_mornings:
        half = figures.of("growth", "first_visits_factor")
        found.append(Limits(factor=half, because=(Text(id="because.two_quiet_mornings"),)))
    if past.visits_within(timedelta(hours=figures.of("often", "day"))) >= figures.of("often", "visits_day"):
        light = figures.of("often", "light_comfort")
        found.append(Limits(comfort_max=light, because=(Text(id="because.second_today"),)))
    return combined(found)


def _session_limits(precautions: Precautions, past: Past, figures: Caps) -> SessionLimits:
    everywhere = precautions.everywhere
    return SessionLimits(
        max_spots=int(_spots_left(past, figures, everywhere.spots_max)),
        max_minutes=_minutes_left(past, figures),
        max_holds_per_spot=int(figures.of("hold", "holds_per_spot")),
        min_rest_s=figures.of("hold", "rest"),
        needs=tuple(Text(id=f"need.{need}") for need in everywhere.needs),
        look_again_h=everywhere.look_again_h,
    )


def _spots_left(past: Past, figures: Caps, most: float) -> float:
    used = len({(session.site, session.side) for session in past.current})
    return max(min(figures.of("visit", "spots"), most) - used, 0)


def _minutes_left(past: Past, figures: Caps) -> float:
    used = sum(session.hold_seconds for session in past.current) / 60.0
    return max(figures.of("visit", "minutes") - used, 0.0)


def _closed_by(rules: Iterable[AfterRule], past: Past, knowledge: Knowledge) -> Mapping[str, Limits]:
    """What mild signs after the last session close: its spot, or its region on both sides."""
    if not past.sessions:
        return {}
    last = past.sessions[-1]
    spots = {session.site for session in past.sessions if session.at == last.at}
    regions = {knowledge.sites[site].home for site in spots}
    found: dict[str, Limits] = {}
    for rule in rules:
        if rule.hours is None or past.now - last.at >= timedelta(hours=rule.hours):
            continue  # a mild sign without hours closes nothing
        for site in spots if rule.closes == "site" else sites_at(regions, knowledge):
            found[site] = found.get(site, NONE).and_(Limits(closed=(rule.do,)))
    return found
