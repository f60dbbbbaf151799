"""From entries to what they mean: one function for each entry as it arrives and for rebuilding everything.

Every step is a maximum, a minimum, a union or "the later one", so that the order of arrival never changes the result
and hearing an entry twice changes nothing. A store that applies entries as they come therefore equals a replay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from unknot.record import claims
from unknot.record.event import Event, instant, parse_instant
from unknot.record.kinds import SCRIPT_HEAD
from unknot.record.merge import union
from unknot.record.rows import CaseRow, Memory, PersonRow, RatingRow, SessionRow, Shelf, StopRow


def fold(events: Iterable[Event]) -> Memory:
    """Everything that these entries say, in any order."""
    shelf = Memory()
    for event in events:
        apply(event, shelf)
    return shelf


def apply(event: Event, shelf: Shelf) -> None:
    """Bring one entry into the tables."""
    _STEPS[event.kind](event, event.payload, shelf)


def _person(event: Event, shelf: Shelf) -> PersonRow:
    return shelf.people.get(str(event.person)) or PersonRow(id=str(event.person))


def _case(event: Event, id: str, shelf: Shelf, *, touch: bool = True) -> CaseRow:
    row = shelf.cases.get(id) or CaseRow(id=id, person=str(event.person), opened=event.stamp)
    row.opened = min(row.opened, event.stamp)
    if touch:
        row.touched = max(row.touched, event.stamp)
    return row


def _session(event: Event, id: str, shelf: Shelf) -> SessionRow:
    row = shelf.sessions.get(id) or SessionRow(id=id, person=str(event.person))
    row.last = max(row.last, event.stamp)
    return row


def _person_described(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _person(event, shelf)
    for key, value in payload["person"].items():
        claims.say(row.facts, key, value, event.stamp)
    shelf.people[row.id] = row


def _person_amended(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _person(event, shelf)
    for key, value in payload["person"].items():
        claims.take_back(row.facts, key, event.stamp, _amended(event))
        claims.say(row.facts, key, value, event.stamp)
    shelf.people[row.id] = row


def _settings_changed(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _person(event, shelf)
    for key, value in payload["settings"].items():
        claims.say(row.settings, key, value, event.stamp)
    shelf.people[row.id] = row


def _reminders_set(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _person(event, shelf)
    if event.stamp >= row.reminders.get("stamp", ""):
        row.reminders = {**payload, "stamp": event.stamp}
    shelf.people[row.id] = row


def _reminder_answered(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _person(event, shelf)
    key = f"{payload['day']} {payload['time']}"
    old = row.reminder_answers.get(key, {"skipped": "", "later": []})
    skipped = max(old["skipped"], event.stamp) if payload["what"] == "skipped" else old["skipped"]
    later = sorted({*old["later"], *([instant(parse_instant(payload["until"]))] if "until" in payload else [])})
    answers = {**row.reminder_answers, key: {"skipped": skipped, "later": later}}
    # The latest days only: the largest keys of a union are the same in whatever order it grew.
    row.reminder_answers = {key: answers[key] for key in sorted(answers)[-REMINDERS_KEPT:]}
    shelf.people[row.id] = row


def _reminders_kept(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _person(event, shelf)
    row.reminders_kept = max(row.reminders_kept, event.stamp)
    shelf.people[row.id] = row


def _routine_saved(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _person(event, shelf)
    kept = row.routines.setdefault(payload["routine"], {"stamp": "", "removed": ""})
    if event.stamp >= kept["stamp"]:
        kept |= {"stamp": event.stamp, "name": payload["name"], "items": list(payload["items"])}
    shelf.people[row.id] = row


def _routine_removed(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _person(event, shelf)
    kept = row.routines.setdefault(payload["routine"], {"stamp": "", "removed": ""})
    kept["removed"] = max(kept["removed"], event.stamp)
    shelf.people[row.id] = row


def _case_started(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _case(event, payload["case"], shelf)
    shelf.cases[row.id] = row


def _case_closed(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _case(event, payload["case"], shelf, touch=False)
    row.closed = max(row.closed, event.stamp)
    shelf.cases[row.id] = row


def _pain_painted(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _case(event, payload["case"], shelf)
    if event.stamp >= row.pain.get("stamp", ""):
        row.pain = {
            "stamp": event.stamp,
            "areas": list(payload["pain"]),
            "confirmed": payload.get("confirmed", False),
        }
    for area in payload["pain"]:
        row.painted[area["region"]] = min(event.stamp, row.painted.get(area["region"], event.stamp))
    shelf.cases[row.id] = row


def _answers_given(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _case(event, payload["case"], shelf)
    for key, value in payload["answers"].items():
        claims.say(row.answers, key, value, event.stamp)
    shelf.cases[row.id] = row


def _answer_amended(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _case(event, payload["case"], shelf)
    for key, value in payload["answers"].items():
        claims.take_back(row.answers, key, event.stamp, _amended(event))
        claims.say(row.answers, key, value, event.stamp)
        if payload["reason"] == "mistake":
            row.mistakes[key] = max(row.mistakes.get(key, ""), event.stamp)
    shelf.cases[row.id] = row


def _amended(event: Event) -> str | None:
    return None if event.amends is None else str(event.amends)


def _clinician_seen(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    """A visit to a clinician answers three questions of the complaint, as seen from the day it is told."""
    row = _case(event, payload["case"], shelf)
    days_ago = max((event.local_date - event.local_date.fromisoformat(payload["on"])) // timedelta(days=1), 0)
    claims.say(row.answers, "clinician_seen_days_ago", days_ago, event.stamp)
    claims.say(row.answers, "clinician_ruled_out", sorted(payload.get("ruled_out", ())), event.stamp)
    if "new_since" in payload:
        claims.take_back(row.answers, "new_since_clinician", event.stamp, None)
        claims.say(row.answers, "new_since_clinician", payload["new_since"], event.stamp)
    shelf.cases[row.id] = row


def _palpated(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _case(event, payload["case"], shelf)
    press = payload["press"]
    key = f"{press['site']}|{press['side']}"
    if event.stamp >= row.presses.get(key, {}).get("stamp", ""):
        row.presses[key] = {"stamp": event.stamp, "press": dict(press)}
    shelf.cases[row.id] = row


def _screened(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _case(event, payload["case"], shelf)
    row.screened = max(row.screened, event.stamp)
    shelf.cases[row.id] = row


def _assessed(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _case(event, payload["case"], shelf, touch=False)
    if event.stamp >= row.assessed.get("stamp", ""):
        row.assessed = {**payload, "stamp": event.stamp, "knowledge": event.knowledge}
    shelf.cases[row.id] = row
    for reason in payload["reasons"]:
        if reason["level"] != "self_care":
            _stop(event, payload, reason, shelf)


def _stop(event: Event, payload: Mapping[str, Any], reason: Mapping[str, Any], shelf: Shelf) -> None:
    id = f"{payload['case']}|{reason['id']}"
    row = shelf.stops.get(id) or StopRow(
        id=id,
        person=str(event.person),
        case=payload["case"],
        rule=reason["id"],
        level=reason["level"],
        since=event.stamp,
        last=event.stamp,
    )
    row.level = min(row.level, reason["level"], key=LEVELS.index)
    row.since = min(row.since, event.stamp)
    row.last = max(row.last, event.stamp)
    row.regions = sorted({*row.regions, *payload.get("blocked_regions", ())})
    row.facts = sorted({*row.facts, *reason.get("facts", ())})
    shelf.stops[id] = row


def _stop_dismissed(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _case(event, payload["case"], shelf, touch=False)
    for rule in payload["rules"]:
        row.dismissed[rule] = max(row.dismissed.get(rule, ""), event.stamp)
    shelf.cases[row.id] = row


def _session_planned(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _session(event, payload["session"], shelf)
    row.case = payload["case"]
    if event.stamp >= row.planned:
        row.planned = event.stamp
        row.routine = payload.get("routine", "")
        row.script = dict(payload["script"])
        row.head = {key: row.script[key] for key in (*SCRIPT_HEAD, "spots") if key in row.script}
    shelf.sessions[row.id] = row


def _session_started(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _session(event, payload["session"], shelf)
    row.started = min(row.started or event.stamp, event.stamp)
    shelf.sessions[row.id] = row


def _session_event(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _session(event, payload["session"], shelf)
    if payload["what"] == "comfort" and "value" in payload:
        row.comfort_peak = _highest(row.comfort_peak, payload["value"])
    if payload["what"] == "stop" and "reason" in payload:
        _name(row, [payload["reason"]], event.stamp)
    shelf.sessions[row.id] = row


def _session_finished(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _session(event, payload["session"], shelf)
    if event.stamp >= row.finished:
        row.finished = event.stamp
        row.completed = payload["completed"]
    row.hold_s = max(row.hold_s, payload["hold_s"])  # two reports of one session: the longer hold is the cautious one
    if payload.get("stopped_for"):
        _name(row, [payload["stopped_for"]], event.stamp)
    shelf.sessions[row.id] = row


def _name(row: SessionRow, signs: Iterable[str], stamp: str) -> None:
    for sign in signs:
        row.named[sign] = max(row.named.get(sign, ""), stamp)
    _settle_signs(row)


def _settle_signs(row: SessionRow) -> None:
    """A sign stands unless it was taken back after it was last named."""
    row.stopped_for = sorted(sign for sign, stamp in row.named.items() if stamp > row.struck.get(sign, ""))


def _session_amended(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    """A sign was named by mistake: the session no longer holds it, and the stop of it may fall (``views.stands``)."""
    row, sign = _session(event, payload["session"], shelf), payload["sign"]
    row.struck[sign] = max(row.struck.get(sign, ""), event.stamp)
    _settle_signs(row)
    shelf.sessions[row.id] = row
    case = _case(event, payload["case"], shelf)
    rule = DURING + sign
    case.mistakes[rule] = max(case.mistakes.get(rule, ""), event.stamp)
    shelf.cases[case.id] = case


def _adverse_event(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    case = _case(event, payload["case"], shelf)
    shelf.cases[case.id] = case
    if "session" in payload:
        row = _session(event, payload["session"], shelf)
        row.adverse = sorted({*row.adverse, payload["what"]})
        _name(row, payload.get("stops", ()), event.stamp)
        if payload.get("signs"):
            row.signs = union([row.signs or [], payload["signs"]])
        shelf.sessions[row.id] = row


def _rated(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    shelf.ratings[str(event.id)] = RatingRow(
        id=str(event.id),
        person=str(event.person),
        at=instant(event.at),
        local_date=event.local_date.isoformat(),
        what=payload["what"],
        value=payload["value"],
        moment=payload["moment"],
        case=payload.get("case"),
        session=payload.get("session"),
    )


def _look_back(event: Event, payload: Mapping[str, Any], shelf: Shelf) -> None:
    row = _session(event, payload["session"], shelf)
    row.looked_back = sorted({*row.looked_back, payload["moment"]})
    if "soreness" in payload:
        row.soreness = _highest(row.soreness, payload["soreness"])
    if "bruise_cm" in payload:
        row.bruise_cm = _highest(row.bruise_cm, payload["bruise_cm"])
    if "signs" in payload:
        row.signs = union([row.signs or [], payload["signs"]])
    shelf.sessions[row.id] = row


def _highest(old: float | None, new: float) -> float:
    return new if old is None else max(old, new)


REMINDERS_KEPT = 60
"""How many answers to reminders are remembered: more than advice looks back on."""

DURING = "during."
"""Begins the id of a stop that stands because of a sign during a session."""

LEVELS = ("emergency", "same_day", "provider", "self_care")
"""Most urgent first."""

_STEPS: Mapping[str, Callable[[Event, Mapping[str, Any], Shelf], None]] = {
    "person_described": _person_described,
    "person_amended": _person_amended,
    "settings_changed": _settings_changed,
    "case_started": _case_started,
    "case_closed": _case_closed,
    "pain_painted": _pain_painted,
    "answers_given": _answers_given,
    "answer_amended": _answer_amended,
    "clinician_seen": _clinician_seen,
    "palpated": _palpated,
    "screened": _screened,
    "assessed": _assessed,
    "stop_dismissed": _stop_dismissed,
    "session_planned": _session_planned,
    "session_started": _session_started,
    "session_event": _session_event,
    "session_finished": _session_finished,
    "session_amended": _session_amended,
    "adverse_event": _adverse_event,
    "rated": _rated,
    "reminders_set": _reminders_set,
    "reminder_answered": _reminder_answered,
    "reminders_kept": _reminders_kept,
    "look_back": _look_back,
    "routine_saved": _routine_saved,
    "routine_removed": _routine_removed,
}
