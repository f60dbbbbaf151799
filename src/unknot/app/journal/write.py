"""Adding entries to the journal: checked, kept durably, and brought into the tables in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from unknot.app.ids import new_id
from unknot.app.journal.models import Device, Entry
from unknot.app.journal.shelf import TableShelf
from unknot.app.people.models import Person
from unknot.case import Fault
from unknot.record import Event, RecordError, apply, payload_faults
from unknot.record.checks import fault

SMALL_STEP_BACK = timedelta(hours=2)
"""A clock set back by less than this (a wrong summer time) must not put new words before older ones."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The instant and the time zone in which something is said."""

    now: datetime
    zone: str

    @property
    def today(self) -> Any:
        return self.now.astimezone(ZoneInfo(self.zone)).date()


class Writing:
    """Entries being written in one transaction; ``shelf`` already shows what they add up to."""

    def __init__(self, person: Person, clock: Clock, knowledge: str, device: UUID | None = None) -> None:
        self.person, self.clock, self.knowledge = person, clock, knowledge
        self.shelf = TableShelf()
        self.device = _this_machine(person) if device is None else _phone(person, device)
        self.events: list[Event] = []

    def __call__(
        self, kind: str, payload: Mapping[str, Any], amends: UUID | None = None, *, id: UUID | None = None
    ) -> Event:
        """Add one entry, under a new id unless a browser has given it one.

        Raises RecordError when it says something that cannot be kept.
        """
        faults = (*payload_faults(kind, payload), *foreign_faults(payload, self.person, self.shelf))
        if faults:
            raise RecordError(faults)
        at = self._next_instant()
        event = Event(
            id=id or new_id(),
            person=self.person.id,
            device=self.device.id,
            device_seq=self.device.next_seq,
            at=at,
            zone=self.clock.zone,
            local_date=at.astimezone(ZoneInfo(self.clock.zone)).date(),
            received_at=datetime.now(UTC),
            kind=kind,
            payload=payload,
            knowledge=self.knowledge,
            amends=amends,
        )
        self.device.next_seq += 1
        self.device.last_at = at
        self.take(event)
        return event

    def take(self, event: Event) -> None:
        """Add an entry that is already made."""
        apply(event, self.shelf)
        self.events.append(event)

    def flush(self) -> None:
        if self.events:
            Entry.objects.bulk_create([to_entry(event) for event in self.events], 500)
            self.device.save()
            self.shelf.flush()

    def _next_instant(self) -> datetime:
        last = self.device.last_at
        if last is not None and self.clock.now <= last < self.clock.now + SMALL_STEP_BACK:
            return last + timedelta(microseconds=1)
        return self.clock.now


@contextmanager
def writing(person: Person, clock: Clock, knowledge: str = "", device: UUID | None = None) -> Iterator[Writing]:
    """Write entries. When the block ends they are on the disk; when it raises, none of them is.

    ``device``: the phone that they waited on (None = they are said to this machine now).
    """
    with transaction.atomic(durable=True):
        _one_writer(person)
        pen = Writing(person, clock, knowledge, device)
        yield pen
        pen.flush()


def _one_writer(person: Person) -> None:
    """PostgreSQL: one transaction at a time per person. (SQLite: IMMEDIATE already lets one writer in.)"""
    Person.objects.select_for_update().only("id").get(pk=person.pk)


def _this_machine(person: Person) -> Device:
    device = Device.objects.filter(person=person, here=True).first()
    return device or Device(id=new_id(), person=person, here=True)


def _phone(person: Person, id: UUID) -> Device:
    """A device of this person by the id that it gave itself. Raises RecordError for somebody else's."""
    device = Device.objects.filter(pk=id).first() or Device(id=id, person=person)
    if device.person_id != person.id or device.here:
        raise RecordError((fault("device", "not_known"),))
    return device


def foreign_faults(payload: Any, person: Person, shelf: TableShelf) -> Iterator[Fault]:
    """A complaint or session that belongs to somebody else cannot be written to."""
    if not isinstance(payload, Mapping):
        return
    for field, rows in (("case", shelf.cases), ("session", shelf.sessions)):
        key = payload.get(field)
        row = rows.get(key) if isinstance(key, str) else None
        if row is not None and row.person != str(person.id):
            yield fault(f"payload.{field}", "not_known")


def to_entry(event: Event) -> Entry:
    """The journal's row for an event."""
    return Entry(
        id=event.id,
        person_id=event.person,
        device=event.device,
        device_seq=event.device_seq,
        at=event.at,
        zone=event.zone,
        local_date=event.local_date,
        received_at=event.received_at,
        kind=event.kind,
        kind_version=event.kind_version,
        payload=event.payload,
        knowledge=event.knowledge,
        amends=event.amends,
    )


def from_entry(entry: Entry) -> Event:
    """The event that a row of the journal holds."""
    return Event(
        id=entry.id,
        person=entry.person_id,
        device=entry.device,
        device_seq=entry.device_seq,
        at=entry.at,
        zone=entry.zone,
        local_date=entry.local_date,
        received_at=entry.received_at,
        kind=entry.kind,
        kind_version=entry.kind_version,
        payload=entry.payload,
        knowledge=entry.knowledge,
        amends=entry.amends,
    )
