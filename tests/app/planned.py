"""A person with a session that is planned and not begun, and every way in which the gate can be shut for them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from walk import Walker

from unknot.app.cases import use_cases as cases
from unknot.app.cases.pages_spots import spot_code
from unknot.app.cases.state import load_case
from unknot.app.ids import new_id
from unknot.app.journal.write import Clock
from unknot.app.people.models import Person
from unknot.app.sessions import use_cases as sessions
from unknot.app.sessions.spot import SetUp, set_up
from unknot.app.sessions.state import leave, load_session
from unknot.safety import Clearance

EXAMPLE = json.loads((Path(__file__).parents[2] / "examples" / "low-back-left.json").read_text())
"""Pain left of the low spine, every safety question answered."""


def now(hours_ago: float = 0) -> Clock:
    return Clock(datetime.now(UTC) - timedelta(hours=hours_ago), "Europe/London")


def told(person: Person, example: dict[str, Any], hours_ago: float = 0) -> str:
    """A complaint told from a case file; returns its id."""
    case = cases.start(person, now(hours_ago))
    cases.describe(person, now(hours_ago), example["person"])
    cases.paint(person, now(hours_ago), case, example["pain"], confirmed=True)
    cases.answer(person, now(hours_ago), case, example["answers"])
    cases.assess_again(person, now(hours_ago), case)
    return case


class Ready:
    """A person whom the gate lets press, with a session that is planned and not begun. ``hours_ago``: all of it."""

    def __init__(self, person: Person, hours_ago: float = 0) -> None:
        self.person = person
        self.walker = Walker()
        self.case = told(person, EXAMPLE, hours_ago)
        state = load_case(person, self.case, now(hours_ago))
        clearance = leave(state)
        assert isinstance(clearance, Clearance), clearance
        made = set_up(state, clearance, None, "")
        assert isinstance(made, SetUp), made
        self.made = made
        self.spot = spot_code(state, made.spot.site, made.spot.side)
        self.session = sessions.plan(person, now(hours_ago), self.case, made.spot, made.reach.key, 6)

    def event(self, kind: str = "started") -> Any:
        url = f"/api/sessions/{self.session}/events"
        return self.walker.client.post(url, json.dumps(change(kind)), content_type="application/json")

    def stop(self, how: str) -> None:
        STOPS[how](self)


def change(kind: str) -> dict[str, Any]:
    """What the player tells."""
    return {"id": str(new_id()), "at": datetime.now(UTC).isoformat(), "kind": kind, "step": 0}


def telling(person: Person, session: str, *told: dict[str, Any], device: str = "") -> dict[str, Any]:
    """What a phone sends that was without a connection: by default, that the session was begun."""
    head = {"at": datetime.now(UTC).isoformat(), "zone": "Europe/London", "session": session}
    messages = told or ({"kind": "change", "what": "started", "step": 0},)
    whole = [{"id": str(new_id()), **head, **message} for message in messages]
    return {"person": str(person.id), "device": device or str(new_id()), "told": whole}


def _says(**answers: Any) -> Callable[[Ready], None]:
    """The person changes answers of this complaint."""

    def stop(ready: Ready) -> None:
        cases.take_back(ready.person, now(), ready.case, answers, "gone")

    return stop


def _painted_elsewhere(ready: Ready) -> None:
    areas = [{"region": "neck_side", "side": "left", "intensity": 5}]
    cases.paint(ready.person, now(), ready.case, areas, confirmed=True)


def _under_age(ready: Ready) -> None:
    cases.describe(ready.person, now(), {"age": 15})
    cases.assess_again(ready.person, now(), ready.case)


def _danger_elsewhere(ready: Ready) -> None:
    """Another complaint of the same person was an emergency; it stands for every region."""
    other = {**EXAMPLE, "answers": {**EXAMPLE["answers"], "ces_saddle": True}}
    told(ready.person, other)


def _sign_in_a_session(ready: Ready) -> None:
    """Another session was stopped for a sign that a clinician must look at."""
    again = sessions.plan(ready.person, now(), ready.case, ready.made.spot, ready.made.reach.key, 6)
    sessions.stopped_because(ready.person, now(), load_session(ready.person, again), "chest_pain")


def _nothing(ready: Ready) -> None:
    """Time alone has shut the gate."""


STOPS: dict[str, Callable[[Ready], None]] = {
    "emergency": _says(ces_saddle=True),
    "same day": _says(fever=True),
    "appointment": _says(weight_loss_unexplained=True, pain_steadily_worsening=True),
    "alcohol": _says(alcohol_or_sedative_now=True),
    "not sure": _says(ces_saddle=None),
    "unanswered": _painted_elsewhere,
    "under age": _under_age,
    "danger elsewhere": _danger_elsewhere,
    "sign in a session": _sign_in_a_session,
    "old answers": _nothing,
}
"""Every kind of stop. The last one needs ``Ready(person, hours_ago=13)``."""


def stopped(person: Person, how: str) -> Ready:
    """A person with a planned session for whom the gate is shut in this way."""
    ready = Ready(person, hours_ago=13 if how == "old answers" else 0)
    ready.stop(how)
    return ready
