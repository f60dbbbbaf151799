"""What a person does with a session. Every function returns after its entries are on the disk."""

from __future__ import annotations

from collections.abc import Mapping
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
from unknot.app.sessions.spot import SetUp, Spot, set_up
from unknot.app.sessions.state import Refused, RefusedError, SessionState, leave, load_session, session_state
from unknot.assessment_json import session_to_json
from unknot.knowledge import load
from unknot.knowledge.model import Level
from unknot.record import SessionRow, moment, parse_instant
from unknot.record.fold import DURING, LEVELS
from unknot.safety.adverse import Consequence, Severity, consequence
from unknot.safety.stops import STILL, Still, StopRule, automatic, during, during_rules
from unknot.script import FULL, Form, Text

__all__ = ["RefusedError", "load_session", "may_play", "tell"]  # what the API speaks to

LATE = timedelta(hours=1)
"""A page that was out of touch may tell what happened up to so long ago; beyond that the time of arrival counts."""

Change = Literal["started", "step", "paused", "resumed", "comfort", "more", "less", "stopped", "finished"]
ENDING: frozenset[Change] = frozenset(("paused", "comfort", "less", "stopped", "finished"))
"""What is always taken: nobody is kept from easing off, from stopping, or from saying how it felt."""

_WHAT: Mapping[str, str] = {"paused": "pause", "resumed": "resume", "stopped": "stop"}


def plan(
    person: Person,
    clock: Clock,
    case: str,
    spot: Spot,
    way: str,
    pain_now: float,
    form: Form = FULL,
    scale_kg: float | None = None,
) -> str:
    """Ask the gate, build the script of one way of reaching a spot, and keep it. Returns the id of the session.

    ``scale_kg``: what a household scale showed under the tool; it stands for the force of this session from then on.
    Raises RefusedError.
    """
    state = load_case(person, case, clock)
    clearance = leave(state)
    if isinstance(clearance, Refused):
        raise RefusedError(clearance)
    made = set_up(state, clearance, spot, way, form)
    if not isinstance(made, SetUp):
        raise RefusedError(Refused(made, "wait"))
    id = str(new_id())
    with writing(person, clock, load().content_hash) as write:
        write("session_planned", {"case": case, "session": id, "script": session_to_json(made.script)})
        before = {"moment": "before", "case": case, "session": id}
        write("rated", {"what": "pain", "value": pain_now, **before})
        if scale_kg is not None:
            write("rated", {"what": "scale_kg", "value": scale_kg, **before})
    return id


def may_play(person: Person, clock: Clock, row: SessionRow) -> CaseState:
    """The complaint of a session that may be played now. Raises RefusedError."""
    state = session_state(person, row, clock)
    _may(state, "started")
    return state.case


def begin(person: Person, clock: Clock, row: SessionRow) -> None:
    """The person begins, on a page without script. Raises RefusedError."""
    may_play(person, clock, row)
    with writing(person, clock, load().content_hash) as write:
        write("session_started", {"session": row.id})


def tell(person: Person, clock: Clock, row: SessionRow, change: Mapping[str, Any]) -> None:
    """Keep one change that the player tells (id, at, kind, step, value, reason). Told again, it changes nothing.

    Raises RefusedError when the session is over, or when it goes on without leave.
    """
    id = UUID(change["id"])
    if Entry.objects.filter(pk=id, person=person).exists():
        return
    may_change(person, clock, row, change["kind"])
    keep_change(person, Clock(_told_at(change, clock), clock.zone), row, change)


def may_change(person: Person, clock: Clock, row: SessionRow, kind: Change) -> None:
    """Whether a session takes this change now. Raises RefusedError."""
    _may(session_state(person, row, clock), kind)


def keep_change(
    person: Person, clock: Clock, row: SessionRow, change: Mapping[str, Any], device: UUID | None = None
) -> None:
    """Keep one change of a session as of ``clock``. It happened, so nobody is asked for leave."""
    id = UUID(change["id"])
    with writing(person, clock, load().content_hash, device) as write:
        if not Entry.objects.filter(pk=id).exists():  # told twice at the same time: the first is kept
            _write(write, row, change, id)


def _told_at(change: Mapping[str, Any], clock: Clock) -> datetime:
    """The player's own time of a change, where it can be true."""
    try:
        at = parse_instant(change["at"])
    except ValueError:
        return clock.now
    return at if clock.now - LATE <= at <= clock.now else clock.now


def end(person: Person, clock: Clock, row: SessionRow, *, completed: bool) -> None:
    """Finished or stopped, on a page without script. Twice is once. Ending needs no leave."""
    if row.finished:
        return
    with writing(person, clock, load().content_hash) as write:
        _started(write, row)
        _finish(write, row, completed=completed, stopped_for=None)


def stopped_because(
    person: Person, clock: Clock, row: SessionRow, sign: str, *, id: UUID | None = None, device: UUID | None = None
) -> StopRule:
    """Keep the sign that a session was stopped for. One above self-care stands until a clinician has looked at it.

    ``id`` and ``device``: of the phone that the word waited on. Raises KeyError for an unknown sign.
    """
    rule = during(sign, load())
    stands = None if rule.level == "self_care" else _stop(person, clock, row.case, sign, rule.level)
    with writing(person, clock, load().content_hash, device) as write:
        if row.finished:
            write("session_event", {"session": row.id, "what": "stop", "reason": sign}, id=id)
        else:
            _started(write, row)
            _finish(write, row, completed=False, stopped_for=sign, id=id)
        if stands is not None:
            write("assessed", stands)
    if stands is not None:
        cases.assess_again(person, clock, row.case)
    return rule


def still_there(person: Person, clock: Clock, row: SessionRow) -> Still | None:
    """Keep that a sign is still there. Returns the most urgent thing that follows by now; None while it is too early.

    What follows above self-care stands until a clinician has looked at it.
    """
    if not row.finished:
        return None
    minutes = (clock.now - moment(row.finished)) / timedelta(minutes=1)
    found = [(rule, still) for rule in _named(row) for still in rule.still if still.after_min <= minutes]
    if not found:
        return None
    rule, worst = min(found, key=lambda pair: LEVELS.index(pair[1].level))
    with writing(person, clock, load().content_hash) as write:
        write("session_event", {"session": row.id, "what": "stop", "reason": rule.id + STILL})
    if worst.level != "self_care":
        _let_stand(person, clock, row.case, rule.id, worst.level)
    return worst


def _named(row: SessionRow) -> list[StopRule]:
    """The signs that a session was stopped for, the most urgent first."""
    return [rule for rule in during_rules(load()).values() if rule.id in row.stopped_for]


def _let_stand(person: Person, clock: Clock, case: str, sign: str, level: Level) -> None:
    """A sign above self-care stands from now on, whatever is answered later."""
    with writing(person, clock, load().content_hash) as write:
        write("assessed", _stop(person, clock, case, sign, level))
    cases.assess_again(person, clock, case)


def _stop(person: Person, clock: Clock, case: str, sign: str, level: Level) -> dict[str, Any]:
    """The entry that lets a sign stand."""
    triage = load_case(person, case, clock).triage
    complete = triage is not None and triage.complete
    reason = {"id": DURING + sign, "level": level, "facts": []}
    return {"case": case, "level": level, "complete": complete, "reasons": [reason]}


def take_back_sign(person: Person, clock: Clock, row: SessionRow, sign: str) -> CaseState:
    """A sign was named by mistake. Its stop falls too, unless another session was stopped for the same."""
    amended = _entries_naming(person, row, sign)
    with writing(person, clock, load().content_hash) as write:
        payload = {"case": row.case, "session": row.id, "sign": sign, "confirmed": True}
        write("session_amended", payload, amended[-1] if amended else None)
    state = cases.assess_again(person, clock, row.case)
    rule = during_rules(load()).get(sign.removesuffix(STILL))
    again = any(sign in other.stopped_for for other in state.sessions if other.case == row.case and other.id != row.id)
    if rule is not None and rule.level != "self_care" and again:
        _let_stand(person, clock, row.case, sign, rule.level)
    return load_case(person, row.case, clock)


def _entries_naming(person: Person, row: SessionRow, sign: str) -> list[UUID]:
    """The entries that named a sign in this session, oldest first."""
    since = moment(row.planned)
    naming = ("session_event", "session_finished", "adverse_event")
    kept = Entry.objects.filter(person=person, at__gte=since, kind__in=naming)
    return [
        id
        for id, payload in kept.order_by("at").values_list("id", "payload")
        if payload.get("session") == row.id
        and sign in (payload.get("reason"), payload.get("stopped_for"), *payload.get("stops", ()))
    ]


def report(
    person: Person,
    clock: Clock,
    case: str,
    row: SessionRow | None,
    *,
    what: str,
    severity: Severity,
    when: str,
    still: bool | None,
) -> CaseState:
    """Keep that something went wrong, and let it change what is allowed at once. Returns the complaint as it is now."""
    follows = consequence(what, severity, still=still, during=when == "during", knowledge=load())
    told = {"case": case, "what": what, "severity": severity, "when": when, "still": still}
    with writing(person, clock, load().content_hash) as write:
        if row is not None:
            told |= {"session": row.id, "signs": list(follows.signs), "stops": list(follows.stops)}
        write("adverse_event", told)
        if follows.answers:
            write("answers_given", {"case": case, "answers": dict.fromkeys(follows.answers, True)})
    worst = _stands_for(follows, row)
    if worst is not None:
        _let_stand(person, clock, case, *worst)
    return cases.assess_again(person, clock, case)


def _stands_for(follows: Consequence, row: SessionRow | None) -> tuple[str, Level] | None:
    """What stands until a clinician has looked at it. Without a session to hang on, so does a sign that was noticed."""
    if follows.level != "self_care":
        return follows.because, follows.level
    serious = {"numb_or_weak": "tingling_or_numb", "dizziness_or_vision": "dizziness", "bruise_large": "colour_change"}
    noticed = [serious[sign] for sign in follows.signs if sign in serious]
    return (noticed[0], "same_day") if row is None and noticed else None


def rate(
    person: Person,
    clock: Clock,
    row: SessionRow,
    pain: float,
    comfort_peak: float | None,
    *,
    comfort: float | None = None,
    id: UUID | None = None,
    device: UUID | None = None,
) -> None:
    """Keep how the pain and the spot are after a session and, where the player did not hear it, how strong it was."""
    with writing(person, clock, load().content_hash, device) as write:
        told = {"what": "pain", "value": pain, "moment": "after", "case": row.case, "session": row.id}
        write("rated", told, id=id)
        if comfort is not None:
            write("rated", {**told, "what": "comfort", "value": comfort})
        if comfort_peak is not None:
            write("session_event", {"session": row.id, "what": "comfort", "value": comfort_peak})
            if sign := _noticed_late(row, comfort_peak):
                write("session_event", {"session": row.id, "what": "stop", "reason": sign})


def _noticed_late(row: SessionRow, comfort_peak: float) -> str | None:
    """The sign that the player would have stopped for, had it heard how strong it was; None if there was none."""
    stops = [step["comfort"]["stop"] for step in row.script.get("steps", []) if step.get("comfort")]
    return automatic({"above_stop": comfort_peak - min(stops)}, load()) if stops else None


def _may(state: SessionState, kind: Change) -> None:
    """Whether the session takes this change. Raises RefusedError."""
    if state.stage == "over":
        raise RefusedError(Refused((Text(id="app_sessions.refused.over"),), "wait"))
    if kind not in ENDING and isinstance(state.leave, Refused):
        raise RefusedError(state.leave)


def _started(write: Writing, row: SessionRow) -> None:
    """Whoever ends a session has begun it, even if nobody heard of it."""
    if not row.started:
        write("session_started", {"session": row.id})


def _write(write: Writing, row: SessionRow, change: Mapping[str, Any], id: UUID) -> None:
    kind, session = change["kind"], {"session": row.id}
    if kind == "started":
        write("session_started", session, id=id)
        return
    if kind == "finished":
        _started(write, row)
        _finish(write, row, completed=True, stopped_for=None, id=id)
        return
    payload: dict[str, Any] = {**session, "what": _WHAT.get(kind, kind)}
    value = change.get("step", 0) if kind == "step" else change.get("value")
    if value is not None:
        payload["value"] = value
    reason = change.get("reason")
    sign = reason if reason in during_rules(load()) else None  # "person" is no sign: it is asked afterwards
    if kind == "stopped":
        _started(write, row)
        write("session_event", {**payload, "reason": sign} if sign else payload, id=id)
        _finish(write, row, completed=False, stopped_for=sign)
    else:
        write("session_event", payload, id=id)


def _finish(
    write: Writing, row: SessionRow, *, completed: bool, stopped_for: str | None, id: UUID | None = None
) -> None:
    """The end of a session. Finished, or where nobody knows how long it pressed, the whole planned hold counts."""
    told = None if completed else pressed_s(row.script["steps"], _told(write.person, row), write.clock.now)
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
