"""Who may not press gets no session, whatever address is typed and whatever a program sends."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import Http404
from ready_case import told_danger
from test_sessions import World, assert_no_session, world

from unknot.app.cases import use_cases as cases
from unknot.app.cases.state import load_case
from unknot.app.journal.write import Clock
from unknot.app.people.models import Person
from unknot.app.sessions.state import load_session
from unknot.app.shell import clock as machine_clock
from unknot.knowledge import load

__all__ = ["world"]

DANGERS: dict[str, dict[str, Any]] = {
    "emergency": {"ces_saddle": True},
    "same_day": {"leg_weakness": True},
    "provider": {"weight_loss_unexplained": True, "pain_steadily_worsening": True},
    "not_sure": {"ces_bladder_retention": None},
    "no_session": {"alcohol_or_sedative_now": True},
}


@pytest.mark.parametrize("danger", DANGERS)
def test_a_danger_named_after_planning_forbids_the_planned_session_too(world: World, danger: str) -> None:
    planned = world.plan()
    told_danger(world.person, world.clock, world.case, **DANGERS[danger])
    world.later(minutes=1)
    state = load_case(world.person, world.case, world.clock)
    if danger in ("emergency", "same_day", "provider"):
        assert state.triage is not None
        assert state.triage.level == danger
    assert_no_session(world, planned)


def test_after_twelve_hours_the_short_form_comes_first(world: World) -> None:
    planned = world.plan()
    world.later(hours=12)
    answer = world.client.get(f"/case/{world.case}/choose/")
    assert answer.headers["Location"].endswith("/before/")
    assert_no_session(world, planned)


def test_an_unanswered_question_forbids_a_session(
    person: Person, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(person, clock)
    monkeypatch.setattr(machine_clock, "now", lambda: world.clock.now)
    planned = world.plan()
    neck = next(region.id for region in load().regions.values() if region.group == "neck" and region.lateral)
    pain = [{"region": neck, "side": "left", "intensity": 5.0}]
    cases.paint(person, world.clock, world.case, pain, confirmed=True)
    world.later(minutes=1)
    assert_no_session(world, planned)


def test_another_persons_session_is_not_there(world: World) -> None:
    from unknot.app.people.models import Person

    planned = world.plan()
    stranger = Person.objects.create()

    with pytest.raises(Http404):
        load_session(stranger, planned)


@pytest.mark.parametrize("page", ["", "stopped/", "means/", "rate/", "look-back/", "follows/"])
def test_a_session_that_never_was_is_not_found(world: World, page: str) -> None:
    assert world.client.get(f"/session/01a204b4-c010-762f-bde2-3298826fe66f/{page}").status_code == 404


def test_a_stop_is_always_taken_even_without_leave(world: World) -> None:
    session = world.plan()
    world.tell(session, "started")
    told_danger(world.person, world.clock, world.case, ces_saddle=True)
    world.later(minutes=1)
    assert world.tell(session, "step", step=1) == 409
    assert world.tell(session, "less") == 200
    assert world.tell(session, "stopped", reason="person") == 200
    assert world.row(session).finished
