"""A session from the choice of tool to the days after it. Only the safety gate lets one begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404

from unknot.app.cases.state import CaseState, load_case
from unknot.app.ids import new_id
from unknot.app.journal.models import Entry, SessionTable
from unknot.app.journal.shelf import row_document
from unknot.app.journal.write import Clock, writing
from unknot.app.people.models import Person
from unknot.assessment_json import session_to_json
from unknot.knowledge import load
from unknot.knowledge.model import Side
from unknot.plan.session import build
from unknot.record import SessionRow, parse_instant
from unknot.safety import Clearance, Option, Stop, check, gate
from unknot.safety.stops import during_rules
from unknot.script import Text

LATE = timedelta(days=7)
"""A player that was out of reach for longer than this tells the time of the server, not its own."""


class RefusedError(Exception):
    """There is no session; ``stop`` holds the reasons."""

    def __init__(self, stop: Stop) -> None:
        super().__init__("no session")
        self.stop = stop


def leave(state: CaseState, playing: str | None = None) -> Clearance | Stop:
    """What the safety gate says now. ``playing``: a session that is under way is not counted against itself."""
    if state.case is None:
        return Stop(reasons=(Text(id="app.choose.unknown_person"),))
    if not state.screened_lately:
        return Stop(reasons=(Text(id="app.choose.before_first"),))
    past = state
    if playing is not None:
        past = replace(state, sessions=[row for row in state.sessions if row.id != playing])
    return gate(state.case, past.history, state.clock.now, state.knowledge)


def plan(person: Person, clock: Clock, case: str, site: str, side: Side, option: Option) -> str:
    """Plan a session with one of the options that the gate holds. Returns its id. Raises RefusedError."""
    state = load_case(person, case, clock)
    clearance = leave(state)
    if isinstance(clearance, Stop) or state.case is None:
        raise RefusedError(clearance if isinstance(clearance, Stop) else Stop(reasons=()))
    if option not in clearance.options(site, side):
        raise RefusedError(Stop(reasons=clearance.closed_because(site, side)))
    script = build(clearance, site, side, state.case, state.knowledge, history=state.history, option=option)
    if script is None:
        raise RefusedError(Stop(reasons=(Text(id="closed.no_way_left"),)))
    violations = check(script, clearance)
    if violations:
        raise RefusedError(Stop(reasons=violations))
    id = str(new_id())
    with writing(person, clock, state.knowledge.content_hash) as write:
        write("session_planned", {"case": case, "session": id, "script": session_to_json(script)})
    return id


def load_session(person: Person, id: str) -> SessionRow:
    """The session with this id. Raises Http404 for one that is not this person's or was never planned."""
    kept = SessionTable.objects.filter(pk=id, person=person).first()
    if kept is None or not kept.script:
        raise Http404
    return SessionRow(**row_document(kept))


def may_play(person: Person, clock: Clock, row: SessionRow) -> CaseState:
    """The state of the complaint, if this script may be played now. Raises RefusedError."""
    state = load_case(person, row.case, clock)
    clearance = leave(state, playing=row.id)
    if isinstance(clearance, Stop):
        raise RefusedError(clearance)
    script = row.script
    if clock.now >= parse_instant(script["expires_at"]):
        raise RefusedError(Stop(reasons=(Text(id="app.session.expired"),)))
    still = [
        option
        for option in clearance.options(script["site"], script["side"])
        if (option.tool, option.posture) == (script["tool"], script["posture"]) and option.cap_kpa >= script["cap_kpa"]
    ]
    if not still:
        reasons = clearance.closed_because(script["site"], script["side"])
        raise RefusedError(Stop(reasons=reasons or (Text(id="app.session.expired"),)))
    return state


def tell(person: Person, clock: Clock, row: SessionRow, change: Mapping[str, Any]) -> None:
    """Keep what the player tells. Telling the same change again (same id) changes nothing. Raises RefusedError when a
    session begins that may not."""
    id = UUID(change["id"])
    if Entry.objects.filter(pk=id, person=person).exists():
        return
    if change["kind"] == "started" and not row.started:
        may_play(person, clock, row)
    kind, payload = _entry(row, change)
    with writing(person, replace(clock, now=_when(change.get("at"), clock.now)), load().content_hash) as write:
        write(kind, payload, id=id)


def finish(person: Person, clock: Clock, row: SessionRow, *, completed: bool) -> None:
    """A session that was done by reading its steps."""
    hold = row.script["total_hold_s"] if completed else 0.0
    with writing(person, clock, load().content_hash) as write:
        if not row.started:
            write("session_started", {"session": row.id})
        write("session_finished", {"session": row.id, "hold_s": hold, "completed": completed})


def name_stop(person: Person, clock: Clock, row: SessionRow, sign: str) -> None:
    """Why the session was stopped: one of the signs, which decides what stays closed. Raises KeyError."""
    if sign not in during_rules(load()):
        raise KeyError(sign)
    with writing(person, clock, load().content_hash) as write:
        if not row.started:
            write("session_started", {"session": row.id})
        payload = {"session": row.id, "hold_s": row.hold_s, "completed": False, "stopped_for": sign}
        write("session_finished", payload)


def rate(person: Person, clock: Clock, row: SessionRow, what: str, value: float, moment: str) -> None:
    """How the pain is: before, after, the next morning."""
    with writing(person, clock, load().content_hash) as write:
        write("rated", {"what": what, "value": value, "moment": moment, "session": row.id, "case": row.case})


def look_back(
    person: Person,
    clock: Clock,
    row: SessionRow,
    moment: str,
    signs: Sequence[str],
    soreness: float | None,
    bruise_cm: float | None,
) -> None:
    """What was noticed since a session."""
    payload: dict[str, Any] = {"session": row.id, "moment": moment, "signs": list(signs)}
    if soreness is not None:
        payload["soreness"] = soreness
    if bruise_cm is not None:
        payload["bruise_cm"] = bruise_cm
    with writing(person, clock, load().content_hash) as write:
        write("look_back", payload)


_SIMPLE = {"comfort": "comfort", "more": "more", "less": "less", "paused": "pause", "resumed": "resume", "step": "step"}


def _entry(row: SessionRow, change: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The entry that a change of the player becomes."""
    kind, step = change["kind"], int(change.get("step", 0))
    if kind == "started":
        return "session_started", {"session": row.id}
    if kind in _SIMPLE:
        value = step if kind == "step" else change.get("value")
        told = {"session": row.id, "what": _SIMPLE[kind]}
        return "session_event", told if value is None else {**told, "value": value}
    done = kind == "finished"
    payload = {"session": row.id, "hold_s": held(row.script, step, done), "completed": done}
    sign = change.get("reason")
    if sign in during_rules(load()):
        payload["stopped_for"] = sign
    return "session_finished", payload


def held(script: Mapping[str, Any], step: int, done: bool) -> float:
    """Seconds under load up to a step; the step itself counts whole, because how far it came is not known."""
    if done:
        return float(script["total_hold_s"])
    under_load = [one["duration_s"] for one in script["steps"][: step + 1] if one["comfort"] is not None]
    return float(sum(under_load))


def _when(told: Any, now: datetime) -> datetime:
    """The player's own time of a change, where it can be true."""
    try:
        at = parse_instant(told).astimezone(UTC)
    except (TypeError, ValueError):
        return now
    return at if now - LATE <= at <= now else now
