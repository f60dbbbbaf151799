"""Erasing everything: rows go, ids stay as tombstones so that no copy brings an entry back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from django.db import connection, transaction

from unknot.app.journal.models import ROW_TABLES, Device, Entry, Tombstone
from unknot.app.people.models import Person
from unknot.app.phones.pairing import unpair_all


def erase(person: Person, copies: Path | None = None) -> int:
    """Erase this person's whole record and the copies that the program itself made. Returns the number of entries."""
    now = datetime.now(UTC)
    with transaction.atomic(durable=True):
        Person.objects.select_for_update().get(pk=person.pk)
        ids = list(Entry.objects.filter(person=person).values_list("id", flat=True))
        gone = [*ids, person.id]  # the person's own id tells a phone that comes later that there is nothing to add to
        Tombstone.objects.bulk_create([Tombstone(id=id, erased_at=now) for id in gone], 500, ignore_conflicts=True)
        Entry.objects.filter(person=person)._raw_delete(using="default")  # type: ignore[attr-defined]
        for table in (*ROW_TABLES, Device):
            table.objects.filter(person=person).delete()
        person.delete()
    unpair_all(now)
    _scrub()
    for copy in sorted(copies.glob("*.sqlite3")) if copies else []:
        copy.unlink()
    return len(ids)


def _scrub() -> None:
    """Nothing of the erased rows may stay in the file or its write-ahead log. (PostgreSQL frees its pages itself.)"""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
