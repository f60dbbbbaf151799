"""What was told on a phone while nothing connected it, taken in one by one: each is kept once, or refused alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404

from unknot.app.cases import use_cases as cases
from unknot.app.cases.state import load_case
from unknot.app.journal.models import Entry, Tombstone
from unknot.app.journal.write import Clock, writing
from unknot.app.people.models import Person
from unknot.app.sessions import use_cases as sessions
from unknot.app.sessions.look_back import look_back
from unknot.app.sessions.state import Refused, load_session, session_state
from unknot.app.sync import passes
from unknot.case import CaseError
from unknot.knowledge import load
from unknot.messages import render
from unknot.record import RecordError, SessionRow, moment
from unknot.record.event import zone_faults
from unknot.record.vocabulary import check_part
from unknot.safety.limits import caps
from unknot.safety.on_device import all_denied
from unknot.safety.stops import during_rules


@dataclass(frozen=True, slots=True)
class Taken:
    """``kept``: ids that are on the disk now (or stay erased); ``refused``: id -> why; ``stop``: session -> why."""

    kept: tuple[str, ...]
    refused: Mapping[str, list[str]]
    stop: Mapping[str, list[str]]


class UnkeepableError(Exception):
    """One message that cannot be kept; ``reason`` is the id of the sentence that says why."""

    def __init__(self, reason: str = "kept.refused.unreadable") -> None:
        super().__init__(reason)
        self.reason = reason


def take_in(person: Person, clock: Clock, device: UUID, told: Iterable[Mapping[str, Any]]) -> Taken:
    """Keep each message under its own id; a second time it changes nothing. One that is refused holds up no other."""
    kept: list[str] = []
    refused: dict[str, list[str]] = {}
    touched: dict[str, None] = {}
    for one in told:
        try:
            _keep(person, clock, device, one)
            kept.append(str(one["id"]))
            touched[str(one["session"])] = None
        except UnkeepableError as error:
            refused[str(one["id"])] = [render(error.reason)]
        except sessions.RefusedError as error:
            refused[str(one["id"])] = [render(text.id, text.params) for text in error.stop.reasons]
            touched[str(one["session"])] = None
        except (RecordError, CaseError, KeyError, Http404):
            refused[str(one["id"])] = [render("kept.refused.unreadable")]
    return Taken(tuple(kept), refused, _no_longer(person, clock, touched))


def _no_longer(person: Person, clock: Clock, ids: Iterable[str]) -> dict[str, list[str]]:
    """The sessions among these that may not go on, and why."""
    found = {}
    for id in ids:
        try:
            row = load_session(person, id)
        except Http404:
            continue
        leave = None if row.finished else session_state(person, row, clock).leave
        if isinstance(leave, Refused):
            found[id] = [render(text.id, text.params) for text in leave.reasons]
    return found


def _keep(person: Person, clock: Clock, device: UUID, one: Mapping[str, Any]) -> None:
    id = UUID(str(one["id"]))
    if Tombstone.objects.filter(pk=id).exists():
        return  # it was here and was erased: it stays erased, and the phone may forget it
    row = load_session(person, str(one["session"]))
    then = _then(one, row, clock)
    owner = Entry.objects.filter(pk=id).values_list("person_id", flat=True).first()
    if owner is not None and owner != person.id:
        raise UnkeepableError
    if owner is None:
        _KINDS[one["kind"]](person, then, device, row, one)
    if one["kind"] == "before":  # also when it was kept before: the power may have failed in between
        cases.assess_again(person, clock, row.case)


def _then(one: Mapping[str, Any], row: SessionRow, clock: Clock) -> Clock:
    """When it was said: not before the session was planned, and not later than now."""
    at: datetime = one["at"]
    zone = one["zone"] if not list(zone_faults(one["zone"], "zone")) else clock.zone
    return Clock(min(max(at, moment(row.planned)), clock.now), zone)


def _before(person: Person, clock: Clock, device: UUID, row: SessionRow, one: Mapping[str, Any]) -> None:
    """The answers of the short form. Only a plain "no" to every line of it makes the safety check anew."""
    answers = dict(one["answers"])
    state = load_case(person, row.case, clock)
    if not answers or state.case is None:
        raise UnkeepableError
    check_part({"answers": answers})
    with writing(person, clock, load().content_hash, device) as write:
        write("answers_given", {"case": row.case, "answers": answers}, id=UUID(str(one["id"])))
        if answers == all_denied(state.case, state.knowledge):
            write("screened", {"case": row.case})


def _change(person: Person, clock: Clock, device: UUID, row: SessionRow, one: Mapping[str, Any]) -> None:
    """What happened in the session. Without the pass of the gate it is held to what the gate says now."""
    change = {**one, "id": str(one["id"]), "kind": one["what"]}
    if not row.started and not passes.fits(one.get("leave") or "", person, row, clock.now):
        sessions.may_change(person, clock, row, change["kind"])
    sessions.keep_change(person, clock, row, change, device)


def _why(person: Person, clock: Clock, device: UUID, row: SessionRow, one: Mapping[str, Any]) -> None:
    if one["sign"] not in during_rules(load()):
        raise UnkeepableError
    sessions.stopped_because(person, clock, row, one["sign"], id=UUID(str(one["id"])), device=device)


def _rated(person: Person, clock: Clock, device: UUID, row: SessionRow, one: Mapping[str, Any]) -> None:
    id = UUID(str(one["id"]))
    sessions.rate(person, clock, row, one["pain"], one.get("strongest"), id=id, device=device)


def _bruise(person: Person, clock: Clock, device: UUID, row: SessionRow, one: Mapping[str, Any]) -> None:
    """A bruise seen right after the session."""
    large = one["cm"] > caps(load()).of("recovery", "large_bruise")
    signs = ["bruise_large" if large else "bruise_small"]
    id = UUID(str(one["id"]))
    look_back(person, clock, row, "two_hours", signs=signs, soreness=None, bruise_cm=one["cm"], id=id, device=device)


_KINDS = {"before": _before, "change": _change, "why": _why, "rated": _rated, "bruise": _bruise}
