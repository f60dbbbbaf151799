"""What a phone keeps so that a session runs on it without a connection. Only the gate puts a session in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from unknot.app.cases.fields import field
from unknot.app.cases.state import CaseState
from unknot.app.journal.models import SessionTable
from unknot.app.journal.shelf import row_document
from unknot.app.journal.write import Clock
from unknot.app.people.country import emergency_number
from unknot.app.people.models import Person
from unknot.app.sessions.look_back import bruises_matter
from unknot.app.sessions.pictures import shown
from unknot.app.sessions.scripts import minutes, title, where
from unknot.app.sessions.state import RUNNING, session_state
from unknot.app.sync import passes
from unknot.body import positions
from unknot.knowledge import Knowledge, load
from unknot.messages import render
from unknot.record import SessionRow, instant, moment, parse_instant
from unknot.safety import Clearance, before_session
from unknot.safety.limits import caps
from unknot.safety.on_device import all_denied, screening
from unknot.safety.stops import after, during_rules, for_player

SCHEMA = "unknot.kept/1"
MOST_SESSIONS = 3


def package(person: Person, clock: Clock) -> dict[str, Any]:
    """The sessions that may be played now, with all that they need; no session where the gate says no."""
    knowledge = load()
    return {
        "schema": SCHEMA,
        "person": str(person.id),
        "now": instant(clock.now),
        "number": emergency_number(person, knowledge),
        "sessions": [_session(person, row, state, knowledge) for row, state in _cleared(person, clock)],
        "stops": for_player(knowledge),
        "signs": _signs(knowledge),
    }


def _cleared(person: Person, clock: Clock) -> list[tuple[SessionRow, CaseState]]:
    """Planned sessions, and the one under way, for which the gate gives leave now; the latest first."""
    since = instant(clock.now - timedelta(days=1))
    kept = SessionTable.objects.filter(person=person, last__gte=since).order_by("-last")[:20]
    found = []
    for row in (SessionRow(**row_document(one)) for one in kept):
        left = row.started and clock.now - moment(row.started) >= RUNNING
        if not row.script or row.finished or left or parse_instant(row.script["expires_at"]) <= clock.now:
            continue
        state = session_state(person, row, clock)
        if isinstance(state.leave, Clearance):
            found.append((row, state.case))
    return found[:MOST_SESSIONS]


def _session(person: Person, row: SessionRow, state: CaseState, knowledge: Knowledge) -> dict[str, Any]:
    if state.case is None:
        raise ValueError("a clearance without a case")
    script = row.script
    picture = shown(script["posture"], script["tool"], script["site"], script["side"], knowledge)
    tiles = before_session(state.case, knowledge)
    questions = dict.fromkeys(question for tile in tiles for question in tile.questions)
    return {
        "session": row.id,
        "pass": passes.make(person, row),
        "expires_at": script["expires_at"],
        "started": bool(row.started),
        "title": title(script),
        "where": where(script),
        "minutes": minutes(script),
        "script": script,
        "picture": picture and {**_picture(picture), "svg": positions.svg(positions.by_digest()[_digest(picture.url)])},
        "form": [
            {"id": tile.id, "label": render(tile.label.id, tile.label.params), "questions": list(tile.questions)}
            for tile in tiles
        ],
        "none": all_denied(state.case, knowledge),
        "questions": {id: _question(id, knowledge) for id in questions},
        "case": {key: state.document[key] for key in ("person", "pain", "answers") if key in state.document},
        "screening": _with_reasons(screening(state.case, knowledge)),
        "bruise": _bruise(state, knowledge),
    }


def _picture(picture: Any) -> dict[str, Any]:
    return {name: getattr(picture, name) for name in ("url", "width", "height", "mirrored", "alt")}


def _digest(url: str) -> str:
    return url.rpartition("/")[2].removesuffix(".svg")


def _question(id: str, knowledge: Knowledge) -> dict[str, Any]:
    asked = field(id, knowledge, "")
    choices = [{"value": choice.value, "label": choice.label} for choice in asked.choices]
    return {"type": asked.type, "ask": asked.ask, "help": asked.help, "choices": choices}


def _with_reasons(rules: dict[str, Any]) -> dict[str, Any]:
    """The rules with their sentences, and what to do at each level."""
    told = [{**rule, "reason": render(f"rule.{rule['id']}.reason")} for rule in rules["rules"]]
    actions = {name: render(f"action.{name}") for name in ("call", "go", "same_day", "provider")}
    return {**rules, "rules": told, "actions": actions}


def _signs(knowledge: Knowledge) -> list[dict[str, Any]]:
    """The signs during a session, the most urgent first, with what to do."""
    return [
        {
            "id": rule.id,
            "level": rule.level,
            "alarm": rule.action == "alarm",
            "closes": rule.closes,
            "hours": rule.hours,
            "sign": render(rule.sign.id),
            "do": render(rule.do.id),
        }
        for rule in during_rules(knowledge).values()
    ]


def _bruise(state: CaseState, knowledge: Knowledge) -> dict[str, Any] | None:
    """Who bleeds easily is asked for a bruise: from what width it is large, and what each kind asks for."""
    if state.case is None or not bruises_matter(state):
        return None
    follows = {sign: after([sign], state.case, knowledge) for sign in ("bruise_small", "bruise_large")}
    return {
        "large_cm": caps(knowledge).of("recovery", "large_bruise"),
        "do": {sign: [render(rule.do.id) for rule in rules] for sign, rules in follows.items()},
    }
