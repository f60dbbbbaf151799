"""When to remind somebody, at the times they chose: never in their quiet hours, and never twice about the same.

Times are those of the wall clock in one zone. Where the clock jumps over a time in spring, and where it shows a time
twice in autumn, calendars take the offset before the change (RFC 5545, 3.3.5), and so does this (``fold=0``): a time
that does not exist comes as much later as the jump is wide, and a doubled time comes the first time only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from unknot.record import PersonRow, moment, parse_instant

MOST_TIMES = 8
LATER = (timedelta(minutes=30), timedelta(hours=1), timedelta(hours=3))
MOST_LATER = 2  # put off twice, it is let go
JUST_BEFORE = timedelta(hours=1)  # a session in the hour before a reminder answers it
SKIPS_TO_ASK = 3
LOOK_BACK = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """The person's own times. ``days``: 1 Monday to 7 Sunday. Quiet hours may pass midnight; from = to means none."""

    times: tuple[time, ...]
    days: frozenset[int]
    zone: str
    quiet_from: time
    quiet_to: time
    since: datetime
    title: str = ""

    def quiet(self, wall: time) -> bool:
        """Whether nothing may come at this time of day."""
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= wall < self.quiet_to
        return wall >= self.quiet_from or wall < self.quiet_to

    def wall(self, at: datetime) -> datetime:
        """An instant as the clock of the zone shows it."""
        return at.astimezone(ZoneInfo(self.zone))


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Occurrence:
    """One reminder: the day and time that the person chose, and the instant that it means."""

    day: date
    time: time
    at: datetime

    @property
    def key(self) -> str:
        return f"{self.day.isoformat()} {self.time:%H:%M}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was said to one reminder."""

    skipped_at: datetime | None
    later: tuple[datetime, ...]


Answers = Mapping[str, Answer]


def reminders_of(row: PersonRow | None) -> Reminders | None:
    """The reminders as they were last set; None when they are off or there are none."""
    told: Mapping[str, Any] = row.reminders if row is not None else {}
    if not told.get("on") or not told["times"] or not told["days"]:
        return None
    return Reminders(
        times=tuple(sorted({time.fromisoformat(one) for one in told["times"]})),
        days=frozenset(int(one) for one in told["days"]),
        zone=told["zone"],
        quiet_from=time.fromisoformat(told["quiet"]["from"]),
        quiet_to=time.fromisoformat(told["quiet"]["to"]),
        since=moment(told["stamp"]),
        title=told.get("title", ""),
    )


def answers_of(row: PersonRow | None) -> dict[str, Answer]:
    """Day and time -> what was said to that reminder."""
    said: Mapping[str, Any] = row.reminder_answers if row is not None else {}
    return {
        key: Answer(
            skipped_at=moment(one["skipped"]) if one["skipped"] else None,
            later=tuple(parse_instant(until) for until in one["later"]),
        )
        for key, one in said.items()
    }


def at(reminders: Reminders, day: date, wall: time) -> Occurrence | None:
    """The reminder of a day at one of its times; None where the clock then shows a quiet hour or another day."""
    shown = datetime.combine(day, wall, ZoneInfo(reminders.zone))
    instant = shown.astimezone(UTC)
    real = reminders.wall(instant)
    if reminders.quiet(real.time()) or real.date() != day:
        return None
    return Occurrence(day=day, time=wall, at=instant)


def occurrences(reminders: Reminders, first: date, last: date) -> Iterator[Occurrence]:
    """Every reminder from the first to the last day, in the order of the days and times chosen."""
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day.isoweekday() in reminders.days:
            for wall in reminders.times:
                if (found := at(reminders, day, wall)) is not None:
                    yield found


def due(reminders: Reminders, answers: Answers, sessions: Iterable[datetime], now: datetime) -> Occurrence | None:
    """The reminder that stands now: the last one of today, unless it was answered or a session followed it.

    Earlier ones are let go without a word, and so is everything at the end of the day. ``sessions`` are the instants at
    which sessions began.
    """
    wall = reminders.wall(now)
    if reminders.quiet(wall.time()):
        return None
    past = [one for one in occurrences(reminders, wall.date(), wall.date()) if reminders.since <= one.at <= now]
    if not past:
        return None
    last = max(past, key=lambda one: one.at)
    answer = answers.get(last.key)
    if answer is not None and (answer.skipped_at or any(until > now for until in answer.later)):
        return None
    return None if any(begun >= last.at - JUST_BEFORE for begun in sessions) else last


def later_choices(reminders: Reminders, answers: Answers, one: Occurrence, now: datetime) -> tuple[datetime, ...]:
    """To when a reminder may be put off: later the same day, outside the quiet hours, before the next one; twice."""
    answer = answers.get(one.key)
    if answer is not None and len(answer.later) >= MOST_LATER:
        return ()
    following = [other.at for other in occurrences(reminders, one.day, one.day) if other.at > max(one.at, now)]
    return tuple(until for step in LATER if _may_wait(reminders, one, until := now + step, following))


def _may_wait(reminders: Reminders, one: Occurrence, until: datetime, following: list[datetime]) -> bool:
    wall = reminders.wall(until)
    return wall.date() == one.day and not reminders.quiet(wall.time()) and all(until < other for other in following)


def ask_about_times(
    reminders: Reminders, answers: Answers, sessions: Iterable[datetime], kept: datetime | None, now: datetime
) -> bool:
    """Whether the last three that were answered were all skipped, since the times were last set or found to suit.

    A reminder that nobody answered says nothing either way.
    """
    begun = sorted(sessions)
    today = reminders.wall(now).date()
    since = max(reminders.since, kept or reminders.since, now - LOOK_BACK)
    past = sorted(one for one in occurrences(reminders, today - LOOK_BACK, today) if since <= one.at <= now)
    skipped = 0
    for one in reversed(past):
        answer = answers.get(one.key)
        if answer is not None and answer.skipped_at is not None:
            skipped += 1
        elif any(one.at - JUST_BEFORE <= start and reminders.wall(start).date() == one.day for start in begun):
            return False
        if skipped == SKIPS_TO_ASK:
            return True
    return False
