"""A stopped person gets no session, whichever way is tried."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from walk import Walker

from unknot.app.cases import use_cases as cases
from unknot.app.cases.pages_spots import spot_code
from unknot.app.cases.state import load_case
from unknot.app.ids import new_id
from unknot.app.journal.models import Entry, SessionTable
from unknot.app.journal.write import Clock
from unknot.app.people.models import Person
from unknot.app.sessions import use_cases as sessions
from unknot.app.sessions.spot import SetUp, set_up
from unknot.app.sessions.state import Refused, RefusedError, leave
from unknot.safety import Clearance

EXAMPLE = json.loads((Path(__file__).parents[2] / "examples" / "low-back-left.json").read_text())
"""Pain left of the low spine, every safety question answered."""


def now() -> Clock:
    return Clock(datetime.now(UTC), "Europe/London")


def told(person: Person, example: dict) -> str:
    """A complaint told from a case file; returns its id."""
    case = cases.start(person, now())
    cases.describe(person, now(), example["person"])
    cases.paint(person, now(), case, example["pain"], confirmed=True)
    cases.answer(person, now(), case, example["answers"])
    cases.assess_again(person, now(), case)
    return case


class Ready:
    """A person whom the gate lets press, with a session that is planned and not begun."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.walker = Walker()
        self.case = told(person, EXAMPLE)
        state = load_case(person, self.case, now())
        clearance = leave(state)
        assert isinstance(clearance, Clearance), clearance
        self.made = set_up(state, clearance, None, "")
        assert isinstance(self.made, SetUp), self.made
        self.spot = spot_code(state, self.made.spot.site, self.made.spot.side)
        self.session = sessions.plan(person, now(), self.case, self.made.spot, self.made.reach.key, 6)

    def event(self, kind: str = "started") -> object:
        body = {"id": str(new_id()), "at": datetime.now(UTC).isoformat(), "kind": kind, "step": 0}
        url = f"/api/sessions/{self.session}/events"
        return self.walker.client.post(url, json.dumps(body), content_type="application/json")

    def stop(self, how: str) -> None:
        told = {
            "emergency": {"ces_saddle": True},
            "same day": {"fever": True},
            "not sure": {"ces_saddle": None},
            "unanswered": None,
            "old answers": None,
        }[how]
        if told:
            cases.take_back(self.person, now(), self.case, told, "gone")
        elif how == "unanswered":
            areas = [{"region": "neck_side", "side": "left", "intensity": 5}]
            cases.paint(self.person, now(), self.case, areas, confirmed=True)


@pytest.fixture
def ready(person: Person) -> Ready:
    return Ready(person)


def test_a_person_who_may_press_can_begin(ready: Ready) -> None:
    assert ready.event().status_code == 200
    assert SessionTable.objects.get().started


@pytest.mark.parametrize("how", ["emergency", "same day", "not sure", "unanswered"])
class TestStopped:
    def test_the_gate_says_no(self, ready: Ready, how: str) -> None:
        ready.stop(how)
        assert isinstance(leave(load_case(ready.person, ready.case, now())), Refused)

    def test_the_player_cannot_begin(self, ready: Ready, how: str) -> None:
        ready.stop(how)
        answer = ready.event()
        assert answer.status_code == 409
        assert answer.json()["reasons"]
        assert not SessionTable.objects.get().started

    def test_the_script_is_not_handed_out(self, ready: Ready, how: str) -> None:
        ready.stop(how)
        answer = ready.walker.client.get(f"/api/sessions/{ready.session}/script")
        assert answer.status_code == 409
        assert "steps" not in answer.json()

    def test_the_assessment_holds_no_session(self, ready: Ready, how: str) -> None:
        ready.stop(how)
        assert ready.walker.client.get(f"/api/cases/{ready.case}/assessment").json()["session"] is None

    def test_the_set_up_page_plans_nothing(self, ready: Ready, how: str) -> None:
        ready.stop(how)
        url = f"/case/{ready.case}/choose/{ready.spot}/"
        ready.walker.client.post(url, {"press": "plan", "pain": "4", "way": ready.made.reach.key})
        assert SessionTable.objects.count() == 1

    def test_no_session_can_be_planned(self, ready: Ready, how: str) -> None:
        ready.stop(how)
        with pytest.raises(RefusedError):
            sessions.plan(ready.person, now(), ready.case, ready.made.spot, ready.made.reach.key, 6)

    def test_no_address_of_the_app_begins_or_shows_one(self, ready: Ready, how: str) -> None:
        """Every address there is, typed by hand and posted to with all that a form of ours could hold."""
        ready.stop(how)
        planned = SessionTable.objects.count()
        everything = {
            "press": "finished",
            "way": "x",
            "look": "x",
            "pain": "5",
            "first": "danger",
            "value": "5",
            "intensity-0": "5",
            "age": "44",
            "sex": "male",
            "stage": "ticked",
            "kind": "started",
        }
        for url in addresses(ready):
            for answer in (ready.walker.client.get(url), ready.walker.client.post(url, everything)):
                assert b"total_hold_s" not in answer.content, url
                assert b"unknot-player" not in answer.content, url
            assert not SessionTable.objects.exclude(started="").exists(), url
            assert SessionTable.objects.count() == planned, url


def addresses(ready: Ready) -> Iterator[str]:
    """Every address of the app, filled with this person's ids; their own data and naming a sign are left out."""
    values = {"case": ready.case, "session": ready.session, "spot": ready.spot, "question": "x", "uuid": ready.session}
    for pattern in _patterns(get_resolver().url_patterns, ""):
        # Naming the sign that stopped a session is always taken, begun or not: it only ever closes things.
        if pattern.startswith(("new", "settings/")) or pattern.endswith("stopped/"):
            continue
        url = "/" + pattern
        for name, value in values.items():
            for kind in ("uuid:", "uuidstr:", "slug:", ""):
                url = url.replace(f"<{kind}{name}>", value)
        assert "<" not in url, url
        yield url


def _patterns(found: list, before: str) -> Iterator[str]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield before + str(one.pattern)


def test_answers_older_than_twelve_hours_need_the_short_form_first(ready: Ready) -> None:
    later = Clock(now().now + timedelta(hours=13), "Europe/London")
    refused = leave(load_case(ready.person, ready.case, later))
    assert isinstance(refused, Refused)
    assert refused.way == "short_form"


def test_a_script_expires_with_the_answers_behind_it(ready: Ready) -> None:
    later = Clock(now().now + timedelta(hours=13), "Europe/London")
    cases.screened(ready.person, later, ready.case)
    with pytest.raises(sessions.RefusedError):
        sessions.may_play(ready.person, later, sessions.load_session(ready.person, ready.session))


def test_a_session_of_somebody_else_is_not_found(ready: Ready) -> None:
    SessionTable.objects.update(person=Person.objects.create())
    assert ready.event().status_code == 404
    assert ready.walker.client.get(f"/api/sessions/{ready.session}/script").status_code == 404


def test_a_session_that_was_never_planned_is_not_found(ready: Ready) -> None:
    ready.session = str(new_id())
    assert ready.event().status_code == 404


def test_the_same_change_told_twice_is_kept_once(ready: Ready) -> None:
    id = str(new_id())
    body = {"id": id, "at": datetime.now(UTC).isoformat(), "kind": "started", "step": 0}
    for _ in range(2):
        url = f"/api/sessions/{ready.session}/events"
        answer = ready.walker.client.post(url, json.dumps(body), content_type="application/json")
        assert answer.json() == {"stored": id}
    assert Entry.objects.filter(pk=UUID(id)).count() == 1
    assert Entry.objects.filter(kind="session_started").count() == 1


def test_a_comfort_and_a_sign_are_kept_with_the_session(ready: Ready) -> None:
    ready.event()
    url = f"/api/sessions/{ready.session}/events"
    for change in (
        {"kind": "comfort", "step": 3, "value": 5},
        {"kind": "stopped", "step": 3, "reason": "tingling_or_numb"},
    ):
        body = {"id": str(new_id()), "at": datetime.now(UTC).isoformat(), **change}
        assert ready.walker.client.post(url, json.dumps(body), content_type="application/json").status_code == 200
    row = sessions.load_session(ready.person, ready.session)
    assert row.comfort_peak == 5
    assert row.stopped_for == ["tingling_or_numb"]
    assert row.finished and not row.completed


@pytest.mark.parametrize(
    "change",
    [{}, {"kind": "dance"}, {"step": -1}, {"id": "x"}, {"value": 11}, {"reason": "Robert'); --"}, {"mood": "good"}],
)
def test_a_change_that_cannot_be_read_is_refused_without_repeating_it(ready: Ready, change: dict) -> None:
    body = {"id": str(new_id()), "at": datetime.now(UTC).isoformat(), "kind": "comfort", "step": 1, **change}
    if not change:
        del body["at"]
    url = f"/api/sessions/{ready.session}/events"
    answer = ready.walker.client.post(url, json.dumps(body), content_type="application/json")
    assert answer.status_code == 422
    assert "Robert" not in answer.content.decode()
