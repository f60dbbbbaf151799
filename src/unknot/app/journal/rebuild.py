"""All tables anew from the journal: the same fold that runs as entries arrive."""

from __future__ import annotations

from django.db import transaction

from unknot.app.journal.models import ROW_TABLES, Entry
from unknot.app.journal.shelf import TableShelf
from unknot.app.journal.write import from_entry
from unknot.app.people.models import Person
from unknot.record import Memory, apply


def rebuild(person: Person) -> int:
    """Empty this person's tables and fill them from the journal. Returns the number of entries read."""
    with transaction.atomic():
        Person.objects.select_for_update().only("id").get(pk=person.pk)
        for table in ROW_TABLES:
            table.objects.filter(person=person).delete()
        memory = Memory()
        count = 0
        for entry in Entry.objects.filter(person=person).iterator(chunk_size=2000):
            apply(from_entry(entry), memory)
            count += 1
        TableShelf().fill(memory)
    return count
