"""The whole record as one file (``unknot.record/1``), and back again on any machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from unknot import __version__
from unknot.app.journal.models import Entry, Tombstone
from unknot.app.journal.rebuild import rebuild
from unknot.app.journal.write import from_entry, to_entry
from unknot.app.people.models import Person
from unknot.case import Fault
from unknot.record import Event, RecordError, instant, read_event, write_event
from unknot.record.checks import fault, identifier, many
from unknot.record.vocabulary import vocabulary_faults

SCHEMA = "unknot.record/1"


def export(person: Person, now: datetime) -> dict[str, Any]:
    """Everything that is kept about this person, as one JSON document."""
    return {
        "schema": SCHEMA,
        "version": __version__,
        "exported_at": instant(now),
        "person": str(person.id),
        "events": [write_event(from_entry(entry)) for entry in Entry.objects.filter(person=person).iterator(2000)],
        "erased": sorted(str(id) for id in Tombstone.objects.values_list("id", flat=True)),
    }


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: entries that were new here, that were here already, and that stay erased."""

    added: int
    known: int
    erased: int


def import_record(document: Any) -> Imported:
    """Take in a whole record, or nothing of it. Entries that are here already are left as they are.

    Raises RecordError with one fault per thing that is wrong with the file, or when another person's record is here.
    """
    owner, events, erased = _read(document)
    with transaction.atomic():
        person = _person(owner)
        return _take_in(person, events, erased)


def _read(document: Any) -> tuple[UUID, list[Event], set[UUID]]:
    faults = list(_frame_faults(document))
    if faults:
        raise RecordError(tuple(faults))
    events: list[Event] = []
    for index, item in enumerate(document["events"]):
        try:
            event = read_event(item)
        except RecordError as error:
            faults += [replace(each, path=f"events[{index}].{each.path}") for each in error.faults]
            continue
        unknown = vocabulary_faults(event.kind, event.payload)
        faults += [replace(each, path=f"events[{index}].payload.{each.path}") for each in unknown]
        if str(event.person) != document["person"]:
            faults.append(fault(f"events[{index}].person", "other_person_in_file"))
        events.append(event)
    if faults:
        raise RecordError(tuple(faults))
    return UUID(document["person"]), events, {UUID(id) for id in document.get("erased", [])}


def _frame_faults(document: Any) -> Iterator[Fault]:
    if not isinstance(document, Mapping) or document.get("schema") != SCHEMA:
        yield fault("schema", "no_record")
        return
    yield from identifier(document.get("person"), "person")
    yield from many(identifier, 10_000_000)(document.get("erased", []), "erased")
    if not isinstance(document.get("events"), list):
        yield fault("events", "no_list")


def _person(owner: UUID) -> Person:
    """The person of the file: known here, or in the place of one about whom nothing is kept yet."""
    known = Person.objects.filter(pk=owner).first()
    if known is not None:
        return known
    if Entry.objects.exists():
        raise RecordError((fault("person", "other_person_here"),))
    Person.objects.filter(account=None).delete()
    return Person.objects.create(id=owner)


def _take_in(person: Person, events: list[Event], erased: set[UUID]) -> Imported:
    now = datetime.now(UTC)
    Tombstone.objects.bulk_create([Tombstone(id=id, erased_at=now) for id in erased], 500, ignore_conflicts=True)
    gone = set(Tombstone.objects.values_list("id", flat=True))
    Entry.objects.filter(id__in=erased)._raw_delete(using="default")  # type: ignore[attr-defined]
    here = {entry.id: from_entry(entry) for entry in Entry.objects.filter(person=person).iterator(2000)}
    changed = [event for event in events if event.id in here and here[event.id] != event]
    if changed:
        raise RecordError(tuple(fault(str(event.id), "says_something_else") for event in changed))
    fresh = {event.id: event for event in events if event.id not in here and event.id not in gone}
    Entry.objects.bulk_create([to_entry(event) for event in fresh.values()], 500)
    rebuild(person)
    return Imported(len(fresh), len(events) - len(fresh), len(gone))
