"""A stopped person gets no session, whichever way is tried."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from planned import STOPS, Ready, now, stopped

from unknot.app.cases import use_cases as cases
from unknot.app.cases.state import load_case
from unknot.app.ids import new_id
from unknot.app.journal.models import Entry, SessionTable
from unknot.app.journal.write import Clock
from unknot.app.people.models import Person
from unknot.app.sessions import use_cases as sessions
from unknot.app.sessions.state import Refused, RefusedError, leave


@pytest.fixture
def ready(person: Person) -> Ready:
    return Ready(person)


def test_a_person_who_may_press_can_begin(ready: Ready) -> None:
    assert ready.event().status_code == 200
    assert SessionTable.objects.get().started


@pytest.mark.parametrize("how", STOPS)
def test_the_gate_says_no_and_no_session_can_be_planned(person: Person, how: str) -> None:
    ready = stopped(person, how)
    assert isinstance(leave(load_case(ready.person, ready.case, now())), Refused)
    with pytest.raises(RefusedError):
        sessions.plan(ready.person, now(), ready.case, ready.made.spot, ready.made.reach.key, 6)


def test_the_player_is_told_why_it_cannot_begin(ready: Ready) -> None:
    ready.stop("emergency")
    for answer in (ready.event(), ready.walker.client.get(f"/api/sessions/{ready.session}/script")):
        assert answer.status_code == 409
        assert answer.json()["reasons"]
    assert not SessionTable.objects.get().started


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
