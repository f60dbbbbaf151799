"""Setting reminders, answering one, and the address of the calendar."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from unknot.app.journal.models import PersonTable, SessionTable
from unknot.app.journal.write import Clock, writing
from unknot.app.people.models import Person
from unknot.app.reminders.models import Feed
from unknot.interop.calendar import calendar
from unknot.messages import render
from unknot.plan.reminders import (
    LOOK_BACK,
    Occurrence,
    answers_of,
    ask_about_times,
    due,
    later_choices,
    reminders_of,
)
from unknot.record import PersonRow, instant, moment


@dataclass(frozen=True, slots=True)
class Card:
    """What Today says: a reminder that stands, or the question whether the times still suit."""

    reminder: Occurrence | None
    later: tuple[datetime, ...]
    ask: bool


def person_row(person: Person) -> PersonRow | None:
    document = PersonTable.objects.filter(pk=str(person.id)).values_list("document", flat=True).first()
    return None if document is None else PersonRow(**document)


def card(person: Person, clock: Clock) -> Card | None:
    """What there is to say now, None for nothing."""
    row = person_row(person)
    reminders = reminders_of(row)
    if row is None or reminders is None:
        return None
    answers, begun = answers_of(row), _sessions(person, clock.now)
    kept = moment(row.reminders_kept) if row.reminders_kept else None
    one = due(reminders, answers, begun, clock.now)
    later = later_choices(reminders, answers, one, clock.now) if one else ()
    ask = ask_about_times(reminders, answers, begun, kept, clock.now)
    return Card(one, later, ask) if one or ask else None


def keep(person: Person, clock: Clock, told: Mapping[str, Any]) -> None:
    """Keep the times as they were set, on the clock of the place where that is done."""
    with writing(person, clock) as write:
        write("reminders_set", {**told, "zone": clock.zone})


def answer(person: Person, clock: Clock, key: str, later: str) -> bool:
    """Skip the reminder that stands now, or put it off to one of the instants offered. False when it stands no more."""
    found = card(person, clock)
    if found is None or found.reminder is None or found.reminder.key != key:
        return False
    said = {"day": found.reminder.day.isoformat(), "time": f"{found.reminder.time:%H:%M}"}
    if later:
        until = next((one for one in found.later if _minutes(one, clock) == later), None)
        if until is None:
            return False
        said |= {"what": "later", "until": instant(until)}
    else:
        said["what"] = "skipped"
    with writing(person, clock) as write:
        write("reminder_answered", said)
    return True


def times_suit(person: Person, clock: Clock) -> None:
    """The person was asked whether to change the times and said no."""
    with writing(person, clock) as write:
        write("reminders_kept", {})


def later_in(found: Card, clock: Clock) -> list[tuple[str, int]]:
    """What may be chosen instead of now: minutes from now, and the whole hours that they are (0 for less than one)."""
    return [(_minutes(one, clock), int(_minutes(one, clock)) // 60) for one in found.later]


def _minutes(until: datetime, clock: Clock) -> str:
    return str(round((until - clock.now).total_seconds() / 60))


def feed(person: Person, now: datetime, *, anew: bool = False) -> Feed:
    """The address of the calendar; ``anew`` makes another and ends the one before."""
    if anew:
        Feed.objects.filter(person=person).delete()
    found, _ = Feed.objects.get_or_create(person=person, defaults={"token": secrets.token_urlsafe(32), "made_at": now})
    return found


def written(person: Person, now: datetime) -> bytes:
    """The calendar as a file. It says nothing about health unless the person's own title does."""
    row = person_row(person)
    return calendar(
        reminders_of(row),
        answers_of(row),
        now,
        name=render("app.reminders.calendar_name"),
        title=render("app.reminders.calendar_title"),
        id=f"{person.made_at:%Y%m%d%H%M%S}@unknot",
    )


def _sessions(person: Person, now: datetime) -> list[datetime]:
    since = instant(now - LOOK_BACK)
    return [
        moment(one)
        for one in SessionTable.objects.filter(person=person, started__gte=since).values_list("started", flat=True)
    ]
