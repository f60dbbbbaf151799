"""One session as it stands, and whether its person may press now. Read only; the rules are the safety gate's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Literal

from django.http import Http404

from unknot.app.cases.state import CaseState, load_case
from unknot.app.cases.steps import open_page
from unknot.app.journal.models import SessionTable
from unknot.app.journal.shelf import row_document
from unknot.app.journal.write import Clock
from unknot.app.people.models import Person
from unknot.record import SessionRow, moment, parse_instant
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


RUNNING = timedelta(hours=1)
"""So long a session that was begun is under way at most; then it counts as left."""


class RefusedError(Exception):
    """There is no session, or not any more; ``stop`` says why."""

    def __init__(self, stop: Refused) -> None:
        super().__init__("no session")
        self.stop = stop


def leave(state: CaseState) -> Clearance | Refused:
    """Leave to press for this complaint now, or why not. A short form older than 12 hours is no leave."""
    if state.case is None or state.triage is None or not state.row.pain.get("confirmed"):
        return Refused((Text(id="app_sessions.closed.unfinished"),), "questions")
    answer = gate(state.case, state.history, state.clock.now, state.knowledge)
    if isinstance(answer, Stop):
        return Refused(answer.reasons, _way(state, answer), answer.until)
    if state.stale and open_page(state) is not None:
        return Refused((Text(id="app_sessions.closed.changed"),), "questions")
    if not state.screened_lately:
        return Refused((Text(id="app_sessions.closed.short_form"),), "short_form")
    return answer


def _way(state: CaseState, stop: Stop) -> Way:
    if state.triage is not None and (state.triage.level != "self_care" or state.triage.session_forbidden_by):
        return "stop"
    if stop.unanswered == ("after_session_signs",):
        return "look_back"
    if stop.unanswered:
        return "questions"
    too_old = any(reason.id == "refuse.answers_too_old" for reason in stop.reasons)
    return "short_form" if too_old or not state.screened_lately else "wait"


def leave_for(state: CaseState, row: SessionRow) -> Clearance | Refused:
    """Leave for a session that is planned or under way, which does not count against itself."""
    expires = parse_instant(row.script["expires_at"])
    if row.started and not row.finished and state.clock.now - moment(row.started) < RUNNING:
        # One that was begun in time may be ended in peace; what was answered since then counts all the same.
        state = replace(state, clock=Clock(min(state.clock.now, expires - timedelta(seconds=1)), state.clock.zone))
    elif expires <= state.clock.now:
        return Refused((Text(id="app_sessions.closed.expired"),), "short_form")
    others = [one for one in state.sessions if one.id != row.id]
    answer = leave(replace(state, sessions=others))
    if isinstance(answer, Refused):
        return answer
    script = row.script
    fits = any(
        (option.tool, option.posture) == (script["tool"], script["posture"]) and option.cap_kpa >= script["cap_kpa"]
        for option in answer.options(script["site"], script["side"])
    )
    if fits:
        return answer
    reasons = answer.closed_because(script["site"], script["side"])
    return Refused(reasons or (Text(id="app_sessions.closed.expired"),), "wait")


@dataclass
class SessionState:
    """A session with its complaint."""

    row: SessionRow
    case: CaseState

    @property
    def stage(self) -> Literal["planned", "started", "over"]:
        if self.row.finished:
            return "over"
        return "started" if self.row.started else "planned"

    @cached_property
    def leave(self) -> Clearance | Refused:
        """Leave for this session now."""
        return leave_for(self.case, self.row)


def load_session(person: Person, id: str) -> SessionRow:
    """The session with this id. Raises Http404 for one that is not this person's or was never planned."""
    kept = SessionTable.objects.filter(pk=id, person=person).first()
    if kept is None or not kept.script:
        raise Http404
    return SessionRow(**row_document(kept))


def session_state(person: Person, row: SessionRow, clock: Clock) -> SessionState:
    """The session with its complaint as it is now."""
    return SessionState(row, load_case(person, row.case, clock))
