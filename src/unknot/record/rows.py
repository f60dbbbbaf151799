"""What the fold of a record keeps: one row per person, complaint, session, stop and rating.

Rows hold only JSON values, so that a store may keep them in tables as they are. ``stamp`` texts order by time.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from unknot.record.claims import Book

Row = TypeVar("Row")


@dataclass(slots=True, kw_only=True)
class PersonRow:
    """Facts that outlast a complaint, and settings."""

    id: str
    facts: Book = field(default_factory=dict)
    settings: Book = field(default_factory=dict)
    reminders: dict[str, Any] = field(default_factory=dict)  # {"stamp", **payload}: as they were last set
    reminder_answers: dict[str, Any] = field(default_factory=dict)  # "day time" -> {"skipped": stamp, "later": [until]}
    routines: dict[str, Any] = field(default_factory=dict)  # id -> {"stamp", "name", "items", "removed"}
    reminders_kept: str = ""  # when the person last said that the times still suit


@dataclass(slots=True, kw_only=True)
class CaseRow:
    """One complaint as far as it is known."""

    id: str
    person: str
    opened: str = ""  # first entry about it
    touched: str = ""  # last thing the person said about it
    closed: str = ""
    answers: Book = field(default_factory=dict)
    pain: dict[str, Any] = field(default_factory=dict)  # {"stamp", "areas", "confirmed"}: the last drawing
    painted: dict[str, str] = field(default_factory=dict)  # region -> when it was first marked
    presses: dict[str, Any] = field(default_factory=dict)  # "site|side" -> {"stamp", "press"}
    assessed: dict[str, Any] = field(default_factory=dict)  # {"stamp", "knowledge", **payload} of the last assessment
    screened: str = ""
    mistakes: dict[str, str] = field(default_factory=dict)  # answer -> when it was last taken back as a mistake
    dismissed: dict[str, str] = field(default_factory=dict)  # rule -> when its stop page was put away; the stop stands

    @property
    def open(self) -> bool:
        return self.closed <= self.touched


@dataclass(slots=True, kw_only=True)
class SessionRow:
    """One session from its script to the days after it."""

    id: str
    person: str
    case: str = ""
    planned: str = ""
    routine: str = ""  # the routine it was planned from
    started: str = ""
    finished: str = ""
    last: str = ""  # last entry about it
    head: dict[str, Any] = field(default_factory=dict)  # site, side, tool, posture, total_hold_s, spots
    script: dict[str, Any] = field(default_factory=dict)
    hold_s: float = 0.0
    completed: bool = False
    stopped_for: list[str] = field(default_factory=list)  # every sign that was named and not taken back
    named: dict[str, str] = field(default_factory=dict)  # sign -> when it was last named
    struck: dict[str, str] = field(default_factory=dict)  # sign -> when it was last taken back as a mistake
    adverse: list[str] = field(default_factory=list)  # what went wrong, as reported
    comfort_peak: float | None = None
    soreness: float | None = None
    bruise_cm: float | None = None
    looked_back: list[str] = field(default_factory=list)  # moments that were asked
    signs: list[str] | None = None  # what was noticed since; None = not asked


@dataclass(slots=True, kw_only=True)
class StopRow:
    """One rule that fired in one complaint at a level above self-care."""

    id: str  # "case|rule"
    person: str
    case: str
    rule: str
    level: str
    since: str
    last: str
    regions: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)  # answers that the rule speaks of


@dataclass(slots=True, kw_only=True)
class RatingRow:
    """One number that the person gave: pain now, sleep, stiffness."""

    id: str
    person: str
    at: str
    local_date: str
    what: str
    value: float
    moment: str
    case: str | None = None
    session: str | None = None


class Rows(Protocol[Row]):
    """A table of rows by key: a dict, or a database table."""

    def get(self, key: str, /) -> Row | None: ...

    def __setitem__(self, key: str, row: Row, /) -> None: ...


class Shelf(Protocol):
    """The tables that the fold reads and writes."""

    @property
    def people(self) -> Rows[PersonRow]: ...
    @property
    def cases(self) -> Rows[CaseRow]: ...
    @property
    def sessions(self) -> Rows[SessionRow]: ...
    @property
    def stops(self) -> Rows[StopRow]: ...
    @property
    def ratings(self) -> Rows[RatingRow]: ...


@dataclass(slots=True)
class Memory:
    """The tables as dicts."""

    people: MutableMapping[str, PersonRow] = field(default_factory=dict)
    cases: MutableMapping[str, CaseRow] = field(default_factory=dict)
    sessions: MutableMapping[str, SessionRow] = field(default_factory=dict)
    stops: MutableMapping[str, StopRow] = field(default_factory=dict)
    ratings: MutableMapping[str, RatingRow] = field(default_factory=dict)
