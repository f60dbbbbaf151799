"""What a person does with a session. Every function returns after its entries are on the disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from unknot.app.cases import use_cases as cases
from unknot.app.cases.state import CaseState, load_case
from unknot.app.ids import new_id
from unknot.app.journal.models import Entry
from unknot.app.journal.write import Clock, Writing, writing
from unknot.app.people.models import Person
from unknot.app.sessions.pressed import Told, pressed_s
from unknot.app.sessions.scripts import script_document
from unknot.app.sessions.spot import SetUp
from unknot.app.sessions.state import Refused, SessionState, load_session
from unknot.knowledge import load
from unknot.record import SessionRow, moment
from unknot.safety.stops import DURING, StopRule, during, during_rules

LATE = timedelta(hours=1)
"""A page that was out of touch may tell what happened up to so long ago; beyond that the time of arrival counts."""

Change = Literal["started", "step", "paused", "resumed", "comfort", "more", "less", "stopped", "finished"]
ENDING: frozenset[Change] = frozenset(("paused", "comfort", "less", "stopped", "finished"))
"""What is always taken: nobody is kept from easing off, from stopping, or from saying how it felt."""

_WHAT: Mapping[str, str] = {"paused": "pause", "resumed": "resume", "stopped": "stop"}


class RefusedError(Exception):
    """The session is over, or there is no leave for it (any more)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One change as the player tells it."""

    id: UUID
    at: datetime
    kind: Change
    step: int = 0
    value: float | None = None
    reason: str | None = None


def plan(person: Person, clock: Clock, state: CaseState, made: SetUp, pain_now: float | None) -> str:
    """Keep the script of a session that the gate has cleared. Returns the id of the session."""
    id = str(new_id())
    with writing(person, clock, load().content_hash) as write:
        write("session_planned", {"case": state.id, "session": id, "script": script_document(made.script)})
        if pain_now is not None:
            write(
                "rated", {"what": "pain", "value": pain_now, "moment": "before", "case": state.id, "session": id}
            )
    return id


def begin(person: Person, clock: Clock, id: str) -> None:
    """The person begins, on a page without script. Raises RefusedError."""
    state = load_session(person, id, clock)
    _may(state, "started")
    with writing(person, clock, load().content_hash) as write:
        write("session_started", {"session": id})


def tell(person: Person, clock: Clock, id: str, said: Said) -> None:
    """Keep one change that the player tells, once. Raises RefusedError; Http404 for a session that is not there."""
    if Entry.objects.filter(pk=said.id, person=person).exists():
        return
    state = load_session(person, id, clock)
    _may(state, said.kind)
    told_at = said.at if clock.now - LATE <= said.at <= clock.now else clock.now
    with writing(person, Clock(told_at, clock.zone), load().content_hash) as write:
        if Entry.objects.filter(pk=said.id).exists():  # told twice at the same time: the first is kept
            return
        _write(write, state.row, said)


def end(person: Person, clock: Clock, id: str, *, completed: bool) -> None:
    """Finished or stopped, on a page without script. Twice is once."""
    state = load_session(person, id, clock)
    if state.stage == "over":
        return
    with writing(person, clock, load().content_hash) as write:
        if state.stage == "planned":
            write("session_started", {"session": id})
        _finish(write, state.row, completed=completed, stopped_for=None)


def stopped_because(person: Person, clock: Clock, id: str, sign: str) -> StopRule:
    """Keep the sign that a session was stopped for. One above self-care stands until a clinician has looked at it.

    Raises KeyError for an unknown sign.
    """
    rule = during(sign, load())
    state = load_session(person, id, clock)
    with writing(person, clock, load().content_hash) as write:
        if state.stage != "over":
            if state.stage == "planned":
                write("session_started", {"session": id})
            _finish(write, state.row, completed=False, stopped_for=sign)
        else:
            write("session_event", {"session": id, "what": "stop", "reason": sign})
        if rule.level != "self_care":
            triage = state.case.triage
            reason = {"id": DURING + sign, "level": rule.level, "facts": []}
            complete = triage is not None and triage.complete
            write("assessed", {"case": state.case.id, "level": rule.level, "complete": complete, "reasons": [reason]})
    if rule.level != "self_care":
        cases.assess_again(person, clock, state.case.id)
    return rule


def rate(person: Person, clock: Clock, id: str, pain: float, comfort_peak: float | None) -> None:
    """Keep how the pain is after a session and, where the player did not hear it, how strong it was at most."""
    state = load_session(person, id, clock)
    with writing(person, clock, load().content_hash) as write:
        rated = {"what": "pain", "value": pain, "moment": "after", "case": state.case.id, "session": id}
        write("rated", rated)
        if comfort_peak is not None:
            write("session_event", {"session": id, "what": "comfort", "value": comfort_peak})


def _may(state: SessionState, kind: Change) -> None:
    """Whether the session takes this change. Raises RefusedError."""
    if state.stage == "over":
        raise RefusedError("over")
    if kind not in ENDING and isinstance(state.leave(), Refused):
        raise RefusedError("no_leave")


def _write(write: Writing, row: SessionRow, said: Said) -> None:
    session = {"session": row.id}
    if said.kind == "started":
        write("session_started", session, id=said.id)
        return
    if not row.started and said.kind in ("stopped", "finished"):
        write("session_started", session)
    if said.kind == "finished":
        _finish(write, row, completed=True, stopped_for=None, id=said.id)
        return
    payload: dict[str, Any] = {**session, "what": _WHAT.get(said.kind, said.kind)}
    if said.kind == "step":
        payload["value"] = said.step
    elif said.value is not None:
        payload["value"] = said.value
    sign = said.reason if said.reason in during_rules(load()) else None  # "person" is no sign: it is asked
    if said.kind == "stopped" and sign:
        payload["reason"] = sign
    write("session_event", payload, id=said.id)
    if said.kind == "stopped":
        _finish(write, row, completed=False, stopped_for=sign)


def _finish(
    write: Writing, row: SessionRow, *, completed: bool, stopped_for: str | None, id: UUID | None = None
) -> None:
    """The end of a session. Where nobody knows how long it pressed, the whole planned hold counts."""
    told = pressed_s(row.script["steps"], _told(write.person, row), write.clock.now)
    hold_s = row.head["total_hold_s"] if told is None else told
    payload = {"session": row.id, "hold_s": round(hold_s, 1), "completed": completed, "stopped_for": stopped_for}
    write("session_finished", payload, id=id)


def _told(person: Person, row: SessionRow) -> list[Told]:
    """What the player told about this session so far."""
    entries = Entry.objects.filter(person=person, at__gte=moment(row.planned), kind="session_event")
    return [
        Told(payload["what"], at, payload.get("value"))
        for at, payload in entries.values_list("at", "payload")
        if payload["session"] == row.id
    ]
