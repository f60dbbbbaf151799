"""Something went wrong: reported in two taps, acted on at once; and a sign tapped by mistake is taken back."""

from __future__ import annotations

import json
import re

import pytest
from planned import Ready, now
from ready_case import later, told_danger
from walk import Walker

from unknot.app.cases.state import load_case
from unknot.app.journal.adverse import adverse_events
from unknot.app.journal.models import Entry, SessionTable
from unknot.app.people.models import Person
from unknot.app.sessions import use_cases
from unknot.app.sessions.state import Refused, leave, load_session, session_state
from unknot.safety import Clearance

BAD = {"what": "numbness", "severity": "moderate", "when": "same_day", "still": "yes"}


@pytest.fixture
def walker(person: Person) -> Walker:
    return Walker()


@pytest.fixture
def ready(person: Person) -> Ready:
    made = Ready(person)
    row = load_session(person, made.session)
    use_cases.end(person, now(), row, completed=True)
    return made


def test_a_numb_hand_after_a_session_stops_everything_for_today(walker: Walker, person: Person, ready: Ready) -> None:
    walker.get("/today/")
    walker.get(walker.link("/wrong/")).send(**BAD)
    assert walker.place == "follows"
    state = load_case(person, ready.case, now())
    assert state.triage is not None and state.triage.level == "same_day"
    assert isinstance(leave(state), Refused)
    assert Entry.objects.get(kind="adverse_event").payload["signs"] == ["numb_or_weak"]


def test_a_small_bruise_rests_its_spot_and_nothing_else(walker: Walker, person: Person, ready: Ready) -> None:
    walker.get("/wrong/").send(what="bruise", severity="mild", when="next_day", still="yes")
    state = load_case(person, ready.case, later(now(), hours=1))
    assert state.triage is not None and state.triage.level == "self_care"
    assert SessionTable.objects.get(pk=ready.session).document["adverse"] == ["bruise"]


def test_a_report_that_says_nothing_is_asked_for_again(walker: Walker, ready: Ready) -> None:
    walker.get("/wrong/").post("/wrong/", what="bruise")
    assert walker.status == 422
    assert not Entry.objects.filter(kind="adverse_event").exists()


def test_a_serious_sign_tapped_by_mistake_is_taken_back_only_when_confirmed(
    walker: Walker, person: Person, ready: Ready
) -> None:
    row = load_session(person, ready.session)
    use_cases.stopped_because(person, now(), row, "chest_pain")
    assert isinstance(leave(load_case(person, ready.case, now())), Refused)
    walker.get(f"/session/{ready.session}/means/")
    walker.get(walker.link("/not-so/"))
    assert SessionTable.objects.get(pk=ready.session).document["stopped_for"] == ["chest_pain"]
    walker.send()
    assert walker.place == "stopped"
    assert SessionTable.objects.get(pk=ready.session).document["stopped_for"] == []
    entry = Entry.objects.get(kind="session_amended")
    assert entry.amends == Entry.objects.get(kind="session_event", payload__reason="chest_pain").id
    assert load_case(person, ready.case, later(now(), minutes=1)).triage.level == "self_care"  # type: ignore[union-attr]


@pytest.mark.parametrize(("begun", "goes_on"), [(True, True), (False, False)])
def test_a_session_that_runs_when_its_answers_grow_old_goes_on_but_none_begins(
    person: Person, begun: bool, goes_on: bool
) -> None:
    made = Ready(person, hours_ago=12.1)
    if begun:
        use_cases.begin(person, now(hours_ago=0.3), load_session(person, made.session))
    state = session_state(person, load_session(person, made.session), now())
    assert isinstance(state.leave, Clearance) == goes_on
    assert isinstance(leave(state.case), Refused)  # no other session is planned on answers that old


def test_a_danger_named_meanwhile_ends_a_session_that_runs(person: Person) -> None:
    made = Ready(person, hours_ago=12.1)
    use_cases.begin(person, now(hours_ago=0.3), load_session(person, made.session))
    told_danger(person, now(), made.case, ces_saddle=True)
    assert isinstance(session_state(person, load_session(person, made.session), now()).leave, Refused)


def test_reports_leave_the_machine_only_without_identity(walker: Walker, person: Person, ready: Ready) -> None:
    walker.get("/wrong/").send(**BAD)
    written = adverse_events(person)
    (event,) = written["events"]
    assert (event["what"], event["session"]["tool"]) == ("numbness", ready.made.script.tool)
    assert written["person"]["age_from"] == 40
    text = json.dumps(written)
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}|20[0-9]{2}-", text), text
