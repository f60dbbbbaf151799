"""What a person does with routines. Every function returns after its entries are on the disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import Http404

from unknot.app.cases.state import CaseState, person_row
from unknot.app.ids import new_id
from unknot.app.journal.write import Clock, writing
from unknot.app.people.models import Person
from unknot.app.sessions.state import Refused, RefusedError, leave
from unknot.assessment_json import session_to_json
from unknot.knowledge import load
from unknot.plan.choose import asked_for
from unknot.record import routines
from unknot.record.routine import Item, Routine, item_document, items_of
from unknot.safety import Clearance
from unknot.script import Session, Text


@dataclass(frozen=True, slots=True)
class Turn:
    """One item when the routine is started: a session built for this person now, or why there is none."""

    item: Item
    session: Session | None
    because: tuple[Text, ...]
    done: bool


def all_of(person: Person) -> dict[str, Routine]:
    """The person's routines by id, the one changed last first."""
    kept = routines(person_row(person))
    return {id: Routine(name=one["name"], items=items_of(one["items"])) for id, one in kept.items()}


def one_of(person: Person, id: str) -> Routine:
    """The routine with this id. Raises Http404."""
    found = all_of(person).get(id)
    if found is None:
        raise Http404
    return found


def save(person: Person, clock: Clock, routine: Routine, id: str = "") -> str:
    """Keep a routine, a new one under a new id. Returns the id. Raises RecordError."""
    id = id or str(new_id())
    items = [item_document(item) for item in routine.items]
    with writing(person, clock, load().content_hash) as write:
        write("routine_saved", {"routine": id, "name": routine.name, "items": items})
    return id


def remove(person: Person, clock: Clock, id: str) -> None:
    """Take a routine off the list."""
    with writing(person, clock) as write:
        write("routine_removed", {"routine": id})


def turns(state: CaseState, clearance: Clearance, routine: Routine) -> list[Turn]:
    """Every item asked of the safety gate for this person now. What was pressed in this visit is done."""
    if state.case is None:
        raise ValueError("a clearance without a case")
    pressed = {(past.site, past.side, past.tool) for past in clearance.past.current}
    found = []
    for item in routine.items:
        made = asked_for(clearance, item, state.case, state.history)
        done = (item.site, item.side, item.tool) in pressed
        session, because = (made, ()) if isinstance(made, Session) else (None, made)
        found.append(Turn(item, None if done else session, because, done))
    return found


def plan(person: Person, state: CaseState, routine_id: str, item: Item, pain_now: float) -> str:
    """Ask the gate again, build the session of one item, and keep it. Returns its id. Raises RefusedError."""
    clearance = leave(state)
    if isinstance(clearance, Refused):
        raise RefusedError(clearance)
    turn = turns(state, clearance, Routine(name="", items=(item,)))[0]
    if turn.session is None:
        raise RefusedError(Refused(turn.because or (Text(id="app_sessions.closed.no_way"),), "wait"))
    id = str(new_id())
    with writing(person, state.clock, load().content_hash) as write:
        script = session_to_json(turn.session)
        write("session_planned", {"case": state.id, "session": id, "script": script, "routine": routine_id})
        write("rated", {"what": "pain", "value": pain_now, "moment": "before", "case": state.id, "session": id})
    return id


def with_items(routine: Routine, items: Sequence[Item]) -> Routine:
    """The routine with other items."""
    return replace(routine, items=tuple(items))
