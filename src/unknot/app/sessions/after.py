"""Right after a session: the same questions again at ten minutes, and what the session changes in the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from unknot.app.cases.state import CaseState
from unknot.app.journal.models import RatingTable
from unknot.app.journal.write import Clock, writing
from unknot.app.people.models import Person
from unknot.knowledge import load
from unknot.plan.next_time import NextTime, last_on, next_time
from unknot.record import SessionRow, moment

TEN_MINUTES = timedelta(minutes=10)
ASKED_FOR = timedelta(hours=2)
"""So long after the end the ten-minute questions are still asked; then the look-back takes over."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was said about pain and the spot around a session: moment -> number."""

    pain: dict[str, float]
    comfort: dict[str, float]


def told(row: SessionRow) -> Told:
    """The numbers of this session."""
    since = row.planned.partition("|")[0]
    found = Told({}, {})
    given = RatingTable.objects.filter(person=row.person, what__in=("pain", "comfort"), at__gte=since)
    for what, document in given.order_by("at").values_list("what", "document")[:80]:
        if document["session"] == row.id:
            getattr(found, what)[document["moment"]] = float(document["value"])
    return found


def seconds_left(row: SessionRow, clock: Clock) -> int | None:
    """Seconds until the ten-minute questions; 0 = now; None = not any more, or the session has no end."""
    if not row.finished:
        return None
    passed = clock.now - moment(row.finished)
    if passed >= ASKED_FOR:
        return None
    return max(round((TEN_MINUTES - passed).total_seconds()), 0)


def asks_now(row: SessionRow, clock: Clock) -> bool:
    """Whether the ten-minute questions of a session are due and nobody has answered them."""
    return seconds_left(row, clock) == 0 and "after_10" not in told(row).pain


def rate_later(person: Person, clock: Clock, row: SessionRow, pain: float, comfort: float | None) -> None:
    """Keep how the pain and the spot are ten minutes after a session."""
    about: dict[str, Any] = {"moment": "after_10", "case": row.case, "session": row.id}
    with writing(person, clock, load().content_hash) as write:
        write("rated", {"what": "pain", "value": pain, **about})
        if comfort is not None:
            write("rated", {"what": "comfort", "value": comfort, **about})


def changes(state: CaseState, site: str, side: str) -> NextTime | None:
    """What the last session on a spot changes in the next one there; None where there was none."""
    last = last_on(state.history, site, side)
    if last is None or state.case is None:
        return None
    return next_time(last, state.case, state.history, state.clock.now, state.knowledge)


def day(until: datetime | None, clock: Clock) -> datetime | None:
    """A moment as the person's own clock shows it."""
    return until and until.astimezone(ZoneInfo(clock.zone)).replace(tzinfo=None)
