"""What the last session on a spot changes in the next one there, in one line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from unknot.case import Case
from unknot.knowledge.model import Knowledge
from unknot.plan.fitting import QUIET_SORENESS, well_borne_sessions
from unknot.record import History, PastSession
from unknot.safety import earlier_days, reactions
from unknot.script import Text

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextTime:
    """The line. ``rests``: nothing is pressed there yet; ``until``: from when on it may be (None: when it was seen)."""

    text: Text
    rests: bool = False
    until: datetime | None = None


def next_time(last: PastSession, case: Case, history: History, now: datetime, knowledge: Knowledge) -> NextTime:
    """What changes because of ``last``, a session of this history: the spot rests, or it is gentler, or it goes on.

    The rules stand in ``safety/stop_rules.toml`` (next) and ``safety/caps.toml`` (rest and growth). What is really
    allowed is asked of the gate next time.
    """
    past = earlier_days(case, history, now, knowledge)
    region = knowledge.sites[last.site].home if last.site in knowledge.sites else ""
    rests = [rest for rest in past.rests if rest.covers(last.site, region, last.side)]
    if rests:
        longest = max(rests, key=lambda rest: rest.until or NEVER)
        return NextTime(text=longest.because, rests=True, until=longest.until)
    if found := reactions(last, knowledge):
        return NextTime(text=found[0].because)
    if last.soreness_next_day is None:
        return NextTime(text=Text(id="next_time.tell_us"))
    if last.soreness_next_day > QUIET_SORENESS:
        return NextTime(text=Text(id="next_time.same"))
    borne = well_borne_sessions(history, last.site, last.side, last.tool)
    if borne == 1:
        return NextTime(text=Text(id="next_time.longer"))
    per_step = int(knowledge.dose["comfort"]["suggest"]["sessions_per_step"]["value"])
    return NextTime(text=Text(id="next_time.further" if borne % per_step == 0 else "next_time.same"))


def last_on(history: History, site: str, side: str) -> PastSession | None:
    """The last session on a spot."""
    own = [session for session in history.sessions if (session.site, session.side) == (site, side)]
    return max(own, key=lambda session: session.at, default=None)
