"""The journal (entries, only ever added) and the tables that are rebuilt from it.

The database itself refuses a change of an entry, its removal without a tombstone, and its return after erasing:
see the triggers in the first migration.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from unknot.app.people.models import Person


class AppendOnlyError(Exception):
    """Raised when code tries to change or remove an entry of the journal."""


class Entry(models.Model):
    """One entry; the columns are the envelope of ``unknot.record.Event``."""

    id = models.UUIDField(primary_key=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="entries")
    device = models.UUIDField()
    device_seq = models.BigIntegerField()
    at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    local_date = models.DateField()
    received_at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    kind_version = models.PositiveSmallIntegerField()
    payload = models.JSONField()
    knowledge = models.CharField(max_length=128, blank=True)
    amends = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [models.Index(fields=["person", "at", "id"], name="entry_by_person")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["device", "device_seq"], name="entry_device_seq")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("an entry of the journal is never changed; write an amendment")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError("an entry of the journal is removed only by erasing, which leaves a tombstone")


class Tombstone(models.Model):
    """The id of an erased entry, so that no copy brings it back. Nothing else of it is kept."""

    id = models.UUIDField(primary_key=True, editable=False)
    erased_at = models.DateTimeField()


class Device(models.Model):
    """A device that writes entries; ``next_seq`` numbers the ones that this machine writes."""

    id = models.UUIDField(primary_key=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="devices")
    next_seq = models.BigIntegerField(default=0)
    last_at = models.DateTimeField(null=True)
    here = models.BooleanField(default=False)  # this machine itself, for pages without script


class RowTable(models.Model):
    """One row of what the journal adds up to, as a document, with the columns that pages ask by."""

    id = models.CharField(primary_key=True, max_length=200)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    document = models.JSONField()

    class Meta:
        abstract = True


class PersonTable(RowTable):
    pass


class CaseTable(RowTable):
    open = models.BooleanField()
    touched = models.CharField(max_length=70)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "open", "touched"], name="case_by_person")]


class SessionTable(RowTable):
    script = models.JSONField(default=dict)  # apart from the document: only the player needs its many steps
    case = models.CharField(max_length=36)
    started = models.CharField(max_length=70, blank=True)
    last = models.CharField(max_length=70)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "started"], name="session_by_start"),
            models.Index(fields=["person", "last"], name="session_by_last"),
        ]


class StopTable(RowTable):
    pass


class RatingTable(RowTable):
    at = models.CharField(max_length=40)
    local_date = models.DateField()
    what = models.CharField(max_length=80)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "what", "at"], name="rating_by_time")]


ROW_TABLES: tuple[type[RowTable], ...] = (PersonTable, CaseTable, SessionTable, StopTable, RatingTable)
