"""What earlier sessions leave for today: visits that are left, spots and regions that rest, and how far one may go.

Everything counts from ``at`` of a session to ``now``. A session dated later than now (a clock that was moved) counts as
one of just now. Figures: ``safety/caps.toml``; rules of signs: ``safety/stop_rules.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from unknot.knowledge.model import Knowledge, Side
from unknot.record import History, PastSession
from unknot.safety.limits import Caps, Limits, caps, combined
from unknot.safety.reactions import reactions
from unknot.safety.stops import StopRule, closing
from unknot.safety.trend import risen_until
from unknot.script import Text

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A spot, a region on one side, or everything (both None) that rests until a moment (None: until seen)."""

    because: Text
    until: datetime | None
    site: str | None = None
    region: str | None = None
    side: Side | None = None

    def covers(self, site: str, region: str, side: Side) -> bool:
        """Whether the spot is meant. A region rests on the side that was pressed."""
        if self.site is None and self.region is None:
            return True
        return (self.site == site or self.region == region) and self.side in (side, "midline")


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The history as the gate needs it. ``visits``: start of each visit, oldest first; ``current``: sessions of the
    visit that is still going on."""

    now: datetime
    sessions: tuple[PastSession, ...]
    visits: tuple[datetime, ...]
    current: tuple[PastSession, ...]
    rests: tuple[Rest, ...]
    figures: Caps
    knowledge: Knowledge

    def visits_within(self, span: timedelta) -> int:
        """Visits in the time before now, without the one that is going on."""
        finished = self.visits[:-1] if self.current else self.visits
        return sum(self.now - start < span for start in finished)

    @property
    def _one_each(self) -> list[PastSession]:
        """Every session once, however many spots it pressed."""
        return [session for session in self.sessions if not session.same_visit_spot]

    @property
    def last_morning_quiet(self) -> bool:
        """Whether the latest session that has a morning after behind it left at most a little soreness. Unknown: no."""
        day = timedelta(hours=self.figures.of("often", "day"))
        slept_on = [s.soreness_next_day for s in self._one_each if self.now - s.at >= day]
        return (
            bool(slept_on) and (sore := slept_on[-1]) is not None and sore <= self.figures.of("often", "light_soreness")
        )

    @property
    def quiet_mornings(self) -> bool:
        """Whether the last sessions that have a morning after behind them all left the spots quiet. Unknown: no."""
        of = self.figures.of
        day, wanted = timedelta(hours=of("often", "day")), int(of("growth", "quiet_sessions"))
        slept_on = [s.soreness_next_day for s in self._one_each if self.now - s.at >= day][-wanted:]
        return len(slept_on) == wanted and all(
            sore is not None and sore <= of("growth", "quiet_soreness") for sore in slept_on
        )

    def limits(self, site: str, region: str, side: Side) -> Limits:
        """What earlier sessions limit at one spot."""
        of = self.figures.of
        found = [Limits(closed=(rest.because,)) for rest in self.rests if rest.covers(site, region, side)]
        left = of("hold", "spot_day") - self._pressed_today(site, side)
        if left < of("hold", "least"):
            found.append(Limits(closed=(Text(id="closed.enough_today"),)))
        else:
            found.append(Limits(spot_max_s=left))
        if len(self.visits) - bool(self.current) < of("growth", "first_visits"):
            found.append(Limits(factor=of("growth", "first_visits_factor"), because=(Text(id="because.first_visits"),)))
        own = [s for s in self.sessions if s.site == site and s.side == side]
        if not any(_borne_well(s, of("recovery", "sore_from")) for s in own):
            found.append(Limits(hold_max_s=of("hold", "first_session")))
        if own:
            found += [reaction.limits for reaction in reactions(own[-1], self.knowledge)]
        return combined(found)

    def highest_kpa(self, site: str, side: Side) -> float:
        """The ceiling for every class: in the first weeks, and until the spot has had quiet mornings after."""
        of = self.figures.of
        own = [s for s in self.sessions if s.site == site and s.side == side][-int(of("growth", "quiet_sessions")) :]
        quiet = [s.soreness_next_day is not None and s.soreness_next_day <= of("growth", "quiet_soreness") for s in own]
        grown = bool(self.visits) and self.now - self.visits[0] >= timedelta(days=of("growth", "ceiling_days"))
        if grown and len(quiet) == of("growth", "quiet_sessions") and all(quiet):
            return float("inf")
        return of("growth", "ceiling")

    def _pressed_today(self, site: str, side: Side) -> float:
        day = timedelta(hours=self.figures.of("often", "day"))
        return sum(s.hold_seconds for s in self.sessions if s.site == site and s.side == side and self.now - s.at < day)


def past_of(
    history: History, now: datetime, *, bleeds: bool, seen: Callable[[StopRule, datetime], bool], knowledge: Knowledge
) -> Past:
    """Read the history. ``bleeds``: bruises count double; ``seen``: a clinician has looked at this sign since then."""
    figures = caps(knowledge)
    sessions = tuple(sorted(history.sessions, key=lambda s: s.at))
    gap = timedelta(minutes=figures.of("visit", "gap"))
    groups = list(_visits(sessions, gap))
    going_on = bool(groups) and timedelta(0) <= now - groups[-1][-1].at <= gap
    rests = [rest for s in sessions for rest in _rests(s, sessions, bleeds, seen, figures, knowledge)]
    if risen := risen_until(history, now, figures):
        lately = [s for s in sessions if now - s.at <= 3 * WEEK]
        because = Text(id="closed.pain_risen")
        rests += [
            Rest(because=because, until=risen, site=site, side=side)
            for site, side in {(s.site, s.side) for s in lately}
        ]
    return Past(
        now=now,
        sessions=sessions,
        visits=tuple(group[0].at for group in groups),
        current=tuple(groups[-1]) if going_on else (),
        rests=tuple(rest for rest in rests if rest.until is None or rest.until > now),
        figures=figures,
        knowledge=knowledge,
    )


def _visits(sessions: Sequence[PastSession], gap: timedelta) -> Iterator[list[PastSession]]:
    group: list[PastSession] = []
    for session in sessions:
        if group and session.at - group[-1].at > gap:
            yield group
            group = []
        group.append(session)
    if group:
        yield group


def _rests(
    session: PastSession,
    sessions: Iterable[PastSession],
    bleeds: bool,
    seen: Callable[[StopRule, datetime], bool],
    figures: Caps,
    knowledge: Knowledge,
) -> Iterator[Rest]:
    """What one session leaves to rest."""
    of, site, side, at = figures.of, session.site, session.side, session.at
    region = knowledge.sites[site].home if site in knowledge.sites else None
    sore, bruise = session.soreness_next_day, session.bruise_cm
    if sore is not None and sore >= of("recovery", "sore_from"):
        until = at + DAY + timedelta(hours=of("recovery", "sore_rest"))
        yield Rest(because=Text(id="closed.sore"), until=until, site=site, side=side)
        earlier = [s.soreness_next_day for s in sessions if s.site == site and s.side == side and s.at < at]
        if earlier and (earlier[-1] or 0) >= of("recovery", "sore_from"):
            until = at + DAY + timedelta(days=of("recovery", "sore_twice_days"))
            yield Rest(because=Text(id="closed.sore_twice"), until=until, site=site, side=side)
    if bruise:
        until = at + DAY + timedelta(hours=of("recovery", "bruise_rest"))
        yield Rest(because=Text(id="closed.bruise"), until=until, site=site, side=side)
        if bleeds or bruise > of("recovery", "large_bruise"):
            until = at + DAY + timedelta(days=of("recovery", "large_bruise_days"))
            yield Rest(because=Text(id="closed.bruise_large"), until=until, region=region, side=side)
    for sign in (session.stopped_for, *session.also_stopped_for):
        rule = closing(sign or "", knowledge)
        if rule is not None and rule.closes != "nothing":
            yield from _stopped(rule, session, region, seen, figures)


def _stopped(
    rule: StopRule, session: PastSession, region: str | None, seen: Callable[[StopRule, datetime], bool], figures: Caps
) -> Iterator[Rest]:
    """What a sign during a session closes: for some hours, or until a clinician has looked at it after that session.

    A sign that may still be there closes everything until the person has been able to tell whether it went; a session
    whose end is not known counts as a visit of the longest kind.
    """
    noticed = {"sign": f"@stop.{rule.id}.sign"}
    if rule.still:
        ended = session.ended or session.at + timedelta(minutes=figures.of("visit", "minutes"))
        told = ended + timedelta(minutes=rule.still[0].after_min)
        yield Rest(because=Text(id="closed.after_stop", params=noticed), until=told)
    until = None if rule.hours is None else session.at + timedelta(hours=rule.hours)
    if until is None and seen(rule, session.at):
        return
    because = Text(id="closed.stopped", params=noticed)
    match rule.closes:
        case "site":
            yield Rest(because=because, until=until, site=session.site, side=session.side)
        case "region":
            yield Rest(because=because, until=until, region=region, side=session.side)
        case _:
            yield Rest(because=because, until=until)


def _borne_well(session: PastSession, sore_from: float) -> bool:
    sore = session.soreness_next_day
    return session.stopped_for is None and not session.bruise_cm and sore is not None and sore < sore_from
