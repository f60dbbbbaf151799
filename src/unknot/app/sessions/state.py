"""One session as it stands, and whether its person may press now. Read only; the rules are the safety gate's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Literal

from django.http import Http404

from unknot.app.cases.state import CaseState, load_case
from unknot.app.journal.models import SessionTable
from unknot.app.journal.shelf import row_document
from unknot.app.journal.write import Clock
from unknot.app.people.models import Person
from unknot.record import SessionRow, parse_instant
from unknot.safety import Clearance, Stop, gate
from unknot.script import Text

Way = Literal["stop", "questions", "short_form", "look_back", "wait"]
"""Where a person without leave goes: the stop page, the open questions, the short form, the look-back, or nowhere."""


@dataclass(frozen=True, slots=True)
class Refused:
    """No session now: why, what opens the way again, and when if that is only time."""

    reasons: tuple[Text, ...]
    way: Way
    until: datetime | None = None


def leave(state: CaseState) -> Clearance | Refused:
    """Leave to press for this complaint now, or why not. A short form older than 12 hours is no leave."""
    if state.case is None or state.triage is None:
        return Refused((Text(id="app_sessions.closed.unfinished"),), "questions")
    answer = gate(state.case, state.history, state.clock.now, state.knowledge)
    if isinstance(answer, Stop):
        return Refused(answer.reasons, _way(state, answer), answer.until)
    if not state.screened_lately:
        return Refused((Text(id="app_sessions.closed.short_form"),), "short_form")
    return answer


def _way(state: CaseState, stop: Stop) -> Way:
    if state.triage is not None and state.triage.level != "self_care":
        return "stop"
    if stop.unanswered == ("after_session_signs",):
        return "look_back"
    if stop.unanswered:
        return "questions"
    return "wait" if state.screened_lately else "short_form"


@dataclass
class SessionState:
    """A session with its complaint. ``before`` is the complaint as it would be without this session."""

    row: SessionRow
    case: CaseState

    @property
    def id(self) -> str:
        return self.row.id

    @cached_property
    def before(self) -> CaseState:
        others = [row for row in self.case.sessions if row.id != self.id]
        return replace(self.case, sessions=others)

    @property
    def stage(self) -> Literal["planned", "started", "over"]:
        if self.row.finished:
            return "over"
        return "started" if self.row.started else "planned"

    @property
    def expired(self) -> bool:
        """Whether the answers behind the script are too old to begin now."""
        return parse_instant(self.row.script["expires_at"]) <= self.case.clock.now

    def leave(self) -> Clearance | Refused:
        """Leave for this very session, which does not count against itself."""
        if self.expired and self.stage == "planned":
            return Refused((Text(id="app_sessions.closed.expired"),), "short_form")
        return leave(self.before)


def load_session(person: Person, id: str, clock: Clock) -> SessionState:
    """The session with this id. Raises Http404 for one that is not this person's or was never planned."""
    kept = SessionTable.objects.filter(pk=id, person=person).first()
    if kept is None or not kept.script:
        raise Http404
    return SessionState(SessionRow(**row_document(kept)), load_case(person, kept.case, clock))
