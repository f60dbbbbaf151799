"""A person's record: entries that are only ever added, what they add up to, and the history that advice depends on.

``read_event`` and ``write_event`` are the border to JSON; ``apply`` and ``fold`` turn entries into rows;
``case_document`` and ``history`` read the rows for the engine.
"""

from unknot.record.event import (
    Event,
    RecordError,
    canonical,
    instant,
    parse_instant,
    payload_faults,
    read_event,
    write_event,
)
from unknot.record.fold import apply, fold
from unknot.record.history import History, PainRating, PastPress, PastSession, StandingStop
from unknot.record.ids import uuid7
from unknot.record.kinds import KIND_VERSION, KINDS
from unknot.record.rows import CaseRow, Memory, PersonRow, RatingRow, SessionRow, Shelf, StopRow
from unknot.record.views import case_document, history, moment, person_facts, routines, settings, stands

__all__ = [
    "KINDS",
    "KIND_VERSION",
    "CaseRow",
    "Event",
    "History",
    "Memory",
    "PainRating",
    "PastPress",
    "PastSession",
    "PersonRow",
    "RatingRow",
    "RecordError",
    "SessionRow",
    "Shelf",
    "StandingStop",
    "StopRow",
    "apply",
    "canonical",
    "case_document",
    "fold",
    "history",
    "instant",
    "moment",
    "parse_instant",
    "payload_faults",
    "person_facts",
    "read_event",
    "routines",
    "settings",
    "stands",
    "uuid7",
    "write_event",
]
