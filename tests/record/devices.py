"""Two or three devices that write while nothing connects them, and a network that loses, doubles and reorders.

``play(seed)`` runs one schedule to its end and says what broke. Every device holds the whole record here, which is
stricter than the app, where a phone keeps only what it has not sent yet.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from record_entries import CASE, PERSON, SCRIPT

from unknot.case import read_case
from unknot.knowledge import load
from unknot.knowledge.conditions import facts_in
from unknot.record import Event, Memory, apply, case_document, fold, history, uuid7
from unknot.record.claims import standing
from unknot.safety import Clearance, gate, screen
from unknot.safety.rulebook import rulebook

KNOWN = load()
BASE = json.loads((Path(__file__).parents[2] / "examples" / "low-back-left.json").read_text())
"""Somebody who may press: every question answered, nothing dangerous."""
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DANGERS = ("ces_saddle", "ces_bladder_retention", "fever", "leg_weakness", "chest_pain", "breathless")
SIGNS = ("too_strong", "tingling_or_numb", "chest_pain")
WRONG_CLOCKS = (0, 0, 0, 90, -90, 4_000, -4_000)  # seconds; most clocks are right


class Device:
    """A store of entries, a clock that may be wrong, and what of its own was not acknowledged yet."""

    def __init__(self, number: int, draw: Random) -> None:
        self.id = uuid7(number + 1, bytes(10))
        self.draw, self.seq, self.clock = draw, 0, timedelta(seconds=draw.choice(WRONG_CLOCKS))
        self.heard: dict[UUID, Event] = {}
        self.shelf = Memory()
        self.unsent: dict[UUID, Event] = {}
        self.last = NOON - timedelta(days=1)

    def hear(self, event: Event) -> None:
        """Take an entry in. The store keys entries by id, so hearing one twice is hearing it once."""
        if event.id not in self.heard:
            self.heard[event.id] = event
            apply(event, self.shelf)

    def say(self, kind: str, payload: dict[str, object], now: datetime, amends: UUID | None = None) -> Event:
        self.seq += 1
        at = max(now + self.clock, self.last + timedelta(microseconds=1))  # one device never speaks backwards
        self.last = at
        id = uuid7(int(at.timestamp() * 1000), self.draw.randbytes(10))
        event = Event(
            id=id, person=PERSON, device=self.id, device_seq=self.seq, at=at, zone="UTC", local_date=at.date(),
            received_at=at, kind=kind, payload=payload, amends=amends,
        )  # fmt: skip
        self.hear(event)
        self.unsent[id] = event
        return event

    def case(self, now: datetime) -> dict[str, object]:
        person = self.shelf.people.get(str(PERSON))
        return case_document(self.shelf.cases[CASE], person, KNOWN.questions, now)

    def may_press(self, now: datetime) -> bool:
        """Whether the gate would let this person begin on this device."""
        past = history(self.shelf.sessions.values(), self.shelf.stops.values(), self.shelf.cases)
        return isinstance(gate(read_case(self.case(now)), past, now, KNOWN), Clearance)

    def assess(self, now: datetime) -> None:
        """Screen what this device knows and keep the outcome, as the app does after every answer."""
        found = screen(read_case(self.case(now)), None, KNOWN, now=now)
        rules = rulebook(KNOWN)
        told = [
            {"id": one.id, "level": one.level, "facts": sorted(facts_in(rules[one.id].when)) if one.id in rules else []}
            for one in found.reasons
        ]
        self.say("assessed", {"case": CASE, "level": found.level, "complete": True, "reasons": told}, now)


class World:
    """The devices, the server (the first of the stores), and the messages that are under way."""

    def __init__(self, seed: int) -> None:
        self.draw = draw = Random(seed)
        self.devices = [Device(number, draw) for number in range(1 + draw.choice((2, 3)))]
        self.server, self.now = self.devices[0], NOON
        self.server.clock = timedelta()
        self.loss, self.doubling = draw.uniform(0, 0.6), draw.uniform(0, 0.4)
        self.sessions = 0
        for kind, payload in _beginning():
            self.server.say(kind, payload, NOON - timedelta(minutes=90))
        for device in self.devices:
            for event in self.server.heard.values():
                device.hear(event)

    def run(self) -> None:
        for _ in range(self.draw.randint(6, 16)):
            self.now += timedelta(minutes=self.draw.uniform(0.1, 12))
            device = self.draw.choice(self.devices)
            if self.draw.random() < 0.35:
                self.exchange(device)
            else:
                self.act(device)
        self.loss = self.doubling = 0.0
        for _ in range(2):
            for device in self.devices[1:]:
                self.exchange(device)

    def exchange(self, device: Device) -> None:
        """Send what waits, hear what others said; every message and every answer may be lost, doubled or late."""
        arrived = list(self._carried(device.unsent.values()))
        for event in arrived:
            self.server.hear(event)
        for event in self._carried(arrived):  # the acknowledgements
            device.unsent.pop(event.id, None)
        for event in self._carried(one for id, one in self.server.heard.items() if id not in device.heard):
            device.hear(event)

    def _carried(self, events: Iterator[Event] | list[Event]) -> list[Event]:
        sent = [event for event in events if self.draw.random() >= self.loss]
        sent += [event for event in sent if self.draw.random() < self.doubling]
        self.draw.shuffle(sent)
        return sent

    def act(self, device: Device) -> None:
        """One thing that a person does on one device, knowing only what this device has heard."""
        draw, now = self.draw, self.now
        what = draw.choice(("danger", "no", "no", "unsure", "back", "back", "session", "session", "rate", "condition"))
        question = draw.choice(DANGERS)
        if what in ("danger", "no", "unsure"):
            value = {"danger": True, "no": False, "unsure": None}[what]
            device.say("answers_given", {"case": CASE, "answers": {question: value}}, now)
            if what == "danger":
                device.assess(now)
        elif what == "back":
            said = standing(device.shelf.cases[CASE].answers, question)
            amends = UUID(said[-1][0].partition("|")[2]) if said else None
            reason = draw.choice(("mistake", "gone"))
            told = {"case": CASE, "answers": {question: False}, "reason": reason, "confirmed": True}
            device.say("answer_amended", told, now, amends)
            device.assess(now)
        elif what == "session":
            self._session(device)
        elif what == "rate":
            device.say("rated", {"what": "pain", "value": draw.randint(0, 10), "moment": "now", "case": CASE}, now)
        else:
            device.say("person_described", {"person": {"conditions": draw.choice(([], ["anticoagulant"]))}}, now)

    def _session(self, device: Device) -> None:
        self.sessions += 1
        session = {"session": str(uuid7(1_000 + self.sessions, bytes(10)))}
        device.say("session_planned", {"case": CASE, **session, "script": SCRIPT}, self.now)
        device.say("session_started", session, self.now)
        device.say("session_event", {**session, "what": "comfort", "value": self.draw.randint(0, 9)}, self.now)
        sign = self.draw.choice((None, *SIGNS))
        told = {"hold_s": self.draw.randint(1, 90), "completed": sign is None, "stopped_for": sign}
        device.say("session_finished", {**session, **told}, self.now)

    @property
    def said(self) -> list[Event]:
        """Every entry that any device ever made."""
        return sorted({e.id: e for d in self.devices for e in d.heard.values()}.values(), key=lambda e: e.stamp)


def _beginning() -> Iterator[tuple[str, dict[str, object]]]:
    yield "case_started", {"case": CASE}
    yield "person_described", {"person": BASE["person"]}
    yield "pain_painted", {"case": CASE, "pain": BASE["pain"], "confirmed": True}
    yield "answers_given", {"case": CASE, "answers": BASE["answers"]}


def dangers_that_stand(said: list[Event]) -> set[str]:
    """The danger answers that nobody took back after they were given: found by looking, not by the fold."""
    given: list[tuple[str, Event]] = []
    backs: list[tuple[str, Event]] = []
    for event in said:
        for key, value in event.payload.get("answers", {}).items():
            if event.kind == "answers_given" and value is True and key in DANGERS:
                given.append((key, event))
            elif event.kind == "answer_amended":
                backs.append((key, event))
    return {
        key
        for key, yes in given
        if not any(one == key and (back.stamp > yes.stamp or back.amends == yes.id) for one, back in backs)
    }


def play(seed: int, *, every_gate: bool = True) -> tuple[list[str], dict[str, int]]:
    """One schedule: what broke (nothing, one hopes), and what happened in it.

    ``every_gate``: ask the safety gate of every device at the end, not only that of the last one.
    """
    world = World(seed)
    lost_before = {device.id: set(device.heard) for device in world.devices}
    world.run()
    said, broken = world.said, []
    whole = fold(said)
    for device in world.devices:
        if set(device.heard) != {event.id for event in said} or not lost_before[device.id] <= set(device.heard):
            broken.append("an entry is missing on a device")
        if device.shelf != whole:
            broken.append("two devices read the same entries differently")
    now = max(event.at for event in said) + timedelta(minutes=20)
    stand = dangers_that_stand(said)
    answers = world.server.case(now)["answers"]
    assert isinstance(answers, dict)
    broken += [f"{key} was named and is lost" for key in stand if answers.get(key) is not True]
    press = {device.may_press(now) for device in (world.devices if every_gate else world.devices[-1:])}
    if stand and True in press:
        broken.append("a danger sign stands and a device lets somebody press")
    told = {
        "schedules": 1,
        "entries": len(said),
        "with_a_danger_sign": bool(stand),
        "sign_from_one_device_only": any(len(_tellers(key, said)) == 1 for key in stand),
        "may_press_at_the_end": press == {True},
    }
    return [f"seed {seed}: {one}" for one in broken], {key: int(value) for key, value in told.items()}


def _tellers(key: str, said: list[Event]) -> set[UUID]:
    return {e.device for e in said if e.payload.get("answers", {}).get(key) is True}
