"""The tables of the record as the fold reads and writes them: read once, kept in memory, written at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Generic, TypeVar

from unknot.app.journal.models import (
    CaseTable,
    PersonTable,
    RatingTable,
    RowTable,
    SessionTable,
    StopTable,
)
from unknot.record import CaseRow, Memory, PersonRow, RatingRow, SessionRow, StopRow

Row = TypeVar("Row", PersonRow, CaseRow, SessionRow, StopRow, RatingRow)


class TableRows(Generic[Row]):
    """One table as a mapping from id to row."""

    def __init__(self, table: type[RowTable], row: type[Row], columns: Callable[[Row], dict[str, Any]]) -> None:
        self.table, self.row, self.columns = table, row, columns
        self.seen: dict[str, Row | None] = {}
        self.changed: dict[str, Row] = {}

    def get(self, key: str, /) -> Row | None:
        if key not in self.seen:
            kept = self.table.objects.filter(pk=key).first()
            self.seen[key] = None if kept is None else self.row(**row_document(kept))
        return self.seen[key]

    def __setitem__(self, key: str, row: Row, /) -> None:
        self.seen[key] = self.changed[key] = row

    def flush(self) -> None:
        """Write the changed rows in one statement."""
        rows = [
            self.table(id=key, person_id=_person(row), document=_document(row), **self.columns(row))
            for key, row in self.changed.items()
        ]
        self.changed.clear()
        if rows:
            names = [field.name for field in self.table._meta.local_fields if field.name not in ("id", "person")]
            self.table.objects.bulk_create(rows, 100, update_conflicts=True, update_fields=names, unique_fields=["id"])


def row_document(kept: RowTable) -> dict[str, Any]:
    """The fields of a row as the table keeps them."""
    return {**kept.document, "script": kept.script} if isinstance(kept, SessionTable) else kept.document


def _document(row: Any) -> dict[str, Any]:
    document = asdict(row)
    if isinstance(row, SessionRow):
        del document["script"]
    return document


def _person(row: Any) -> str:
    return str(row.id if isinstance(row, PersonRow) else row.person)


class TableShelf:
    """All tables of the record."""

    def __init__(self) -> None:
        self.people = TableRows(PersonTable, PersonRow, lambda row: {})
        self.cases = TableRows(CaseTable, CaseRow, lambda row: {"open": row.open, "touched": row.touched})
        self.sessions = TableRows(
            SessionTable,
            SessionRow,
            lambda row: {"script": row.script, "case": row.case, "started": row.started, "last": row.last},
        )
        self.stops = TableRows(StopTable, StopRow, lambda row: {})
        self.ratings = TableRows(
            RatingTable, RatingRow, lambda row: {"at": row.at, "local_date": row.local_date, "what": row.what}
        )

    def flush(self) -> None:
        for table in (self.people, self.cases, self.sessions, self.stops, self.ratings):
            table.flush()

    def fill(self, memory: Memory) -> None:
        """Write everything that a fold in memory found."""
        for name in ("people", "cases", "sessions", "stops", "ratings"):
            for key, row in getattr(memory, name).items():
                getattr(self, name)[key] = row
        self.flush()
