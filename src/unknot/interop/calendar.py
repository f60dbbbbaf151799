"""Reminders as a calendar (iCalendar, RFC 5545) that phones subscribe to or take in as a file.

A series per time of day with the zone's rules inside (VTIMEZONE), so that the calendar itself keeps to the wall clock
when the clock changes. A skipped reminder is left out of its series, one that was put off is moved.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Component, Event

from unknot.plan.reminders import Answers, Reminders, at

LENGTH = timedelta(minutes=5)
AHEAD = timedelta(days=730)
"""How far ahead days are looked for on which the change of the clock would put a reminder into the quiet hours."""
DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def calendar(reminders: Reminders | None, answers: Answers, now: datetime, *, name: str, title: str, id: str) -> bytes:
    """The calendar; empty when there are no reminders. ``title`` stands where the person gave none; ``id`` makes the
    events its own and must say nothing about anybody."""
    made = Calendar()
    made.add("prodid", "-//Unknot//Reminders//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    if reminders is not None:
        for wall in reminders.times:
            for event in _series(reminders, answers, wall, now, reminders.title or title, f"{wall:%H%M}-{id}"):
                made.add_component(event)
        made.add_missing_timezones(first_date=reminders.since.date(), last_date=(now + AHEAD * 5).date())
        for zone in made.walk("VTIMEZONE"):
            _begin_on_time(zone)
    content: bytes = made.to_ical()
    return content


def _begin_on_time(zone: Component) -> None:
    """Set where the clock jumps ahead to the time it shows before the jump, as RFC 5545 (3.6.5) counts it.

    The library finds the first time on the wall that has the new offset, which is the time after the jump.
    """
    rules: list[Any] = zone.subcomponents
    for rule in rules:
        jump = rule["TZOFFSETTO"].td - rule["TZOFFSETFROM"].td
        if jump > timedelta(0):
            onsets = [rule.pop("DTSTART").dt, *(one.dt for one in (rule.pop("RDATE").dts if "RDATE" in rule else ()))]
            rule.add("dtstart", onsets[0] - jump)
            if onsets[1:]:
                rule.add("rdate", [one - jump for one in onsets[1:]])


def _series(reminders: Reminders, answers: Answers, wall: time, now: datetime, title: str, uid: str) -> Iterator[Event]:
    zone = ZoneInfo(reminders.zone)
    first = reminders.wall(reminders.since).date()
    end = reminders.wall(now + AHEAD).date()
    days = [first + timedelta(days=n) for n in range((end - first).days + 1)]
    days = [day for day in days if day.isoweekday() in reminders.days]
    real = [day for day in days if at(reminders, day, wall) is not None]
    if not real:
        return  # the quiet hours leave nothing of it
    moved = dict(_moved(answers, wall, real))
    left_out = [day for day in days if day >= real[0] and (day not in real or _skipped(answers, day, wall))]
    event = _event(title, uid, reminders.since, datetime.combine(real[0], wall, zone))
    if len(reminders.days) == len(DAY_NAMES):
        event.add("rrule", {"freq": "daily"})
    else:
        event.add("rrule", {"freq": "weekly", "byday": [DAY_NAMES[n - 1] for n in sorted(reminders.days)]})
    if left_out:
        event.add("exdate", [datetime.combine(day, wall, zone) for day in left_out])
    yield event
    for day, until in moved.items():
        other = _event(title, uid, reminders.since, until.astimezone(zone))
        other.add("recurrence-id", datetime.combine(day, wall, zone))
        yield other


def _moved(answers: Answers, wall: time, days: list[date]) -> Iterator[tuple[date, datetime]]:
    """The days on which the reminder was put off, and to when."""
    for key, answer in answers.items():
        day = date.fromisoformat(key[:10])
        if key[11:] == f"{wall:%H:%M}" and answer.later and answer.skipped_at is None and day in days:
            yield day, max(answer.later)


def _skipped(answers: Answers, day: date, wall: time) -> bool:
    answer = answers.get(f"{day.isoformat()} {wall:%H:%M}")
    return answer is not None and answer.skipped_at is not None


def _event(title: str, uid: str, since: datetime, start: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", since.astimezone(UTC))
    event.add("dtstart", start)
    event.add("duration", LENGTH)
    event.add("summary", title)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(0))
    event.add_component(alarm)
    return event
