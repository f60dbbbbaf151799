"""From the set-up of a session to its end, by plain forms and as the player tells it."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from ready_case import browser, later, ready_case

from unknot.app.ids import new_id
from unknot.app.journal.models import Entry, RatingTable, SessionTable
from unknot.app.journal.shelf import row_document
from unknot.app.journal.write import Clock
from unknot.app.people.models import Person
from unknot.app.shell import clock as machine_clock
from unknot.app.shell.pages import code
from unknot.knowledge import load
from unknot.messages import render
from unknot.record import SessionRow, instant
from unknot.safety.stops import during_rules


class World:
    """One person with an open gate, their browser, and a clock that the test moves."""

    def __init__(self, person: Person, clock: Clock, **facts: Any) -> None:
        self.person, self.clock = person, clock
        self.case = ready_case(person, clock, **facts)
        self.client: Client = browser()
        self.later(minutes=1)

    def later(self, **time: float) -> None:
        self.clock = later(self.clock, **time)

    def plan(self) -> str:
        page = self.client.get(f"/case/{self.case}/choose/")
        assert page.status_code == 200
        way = re.search(r'name="way" value="([^"]+)"', page.content.decode())
        assert way
        answer = self.client.post(f"/case/{self.case}/choose/", {"way": way[1], "pain": "6", "press": "plan"})
        assert answer.status_code == 302, answer.content.decode()
        return answer.headers["Location"].split("/")[-2]

    def tell(self, session: str, kind: str, id: str = "", **more: Any) -> int:
        change = {"id": id or str(new_id()), "at": instant(self.clock.now), "kind": kind, "step": 0, **more}
        url = f"/api/sessions/{session}/events"
        return self.client.post(url, json.dumps(change), content_type="application/json").status_code

    def row(self, session: str) -> SessionRow:
        return SessionRow(**row_document(SessionTable.objects.get(pk=session)))


@pytest.fixture
def world(person: Person, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> World:
    made = World(person, clock)
    monkeypatch.setattr(machine_clock, "now", lambda: made.clock.now)
    return made


# --- set-up


def test_the_set_up_says_position_weight_in_kilograms_and_why_it_is_gentle(world: World) -> None:
    text = world.client.get(f"/case/{world.case}/choose/").content.decode()
    for words in (
        "Leaning on a wall",
        "Massage ball",
        "start 3 kg",
        "most 10 kg",
        '<li aria-current="true">light</li>',
        "A fuller weight could be too much for this spot",
        "first two sessions",
    ):
        assert words in text, re.findall(r"start [\d.]+ kg|most [\d.]+ kg", text)


def test_what_a_household_scale_shows_is_told_in_words_and_held_to_the_weight_of_the_page(world: World) -> None:
    url = f"/case/{world.case}/choose/"
    way = re.search(r'name="way" value="([^"]+)"', world.client.get(url).content.decode())
    assert way
    said = {
        shown: world.client.post(url, {"look": way[1], "scale_kg": shown}) for shown in ("3,5", "25", "a lot", "9999")
    }
    assert "At 3.5 kg the pressure is light" in said["3,5"].content.decode()
    assert "25 kg is more than this spot should get" in said["25"].content.decode()
    for wrong in ("a lot", "9999"):
        assert said[wrong].status_code == 422
        assert "Please type the kilograms as a number" in said[wrong].content.decode()


def test_a_reading_of_the_scale_stands_for_the_force_of_the_session(world: World) -> None:
    url = f"/case/{world.case}/choose/"
    weighed = world.client.post(url, {"scale_kg": "3.5"}).content.decode()
    assert '<input type="hidden" name="scale_kg" value="3.5">' in weighed
    assert 'type="hidden" name="scale_kg"' not in world.client.post(url, {"scale_kg": "25"}).content.decode()
    way = re.search(r'name="way" value="([^"]+)"', weighed)
    assert way
    for shown, known in (("3.5", [3.5]), ("25", [])):
        given = {"way": way[1], "pain": "6", "press": "plan", "scale_kg": shown}
        row = world.row(world.client.post(url, given).headers["Location"].split("/")[-2])
        kept = [row_document(one) for one in RatingTable.objects.filter(what="scale_kg")]
        assert [one["value"] for one in kept if one["session"] == row.id] == known


def test_pressure_units_stand_one_tap_deeper_and_what_makes_it_gentler_is_listed(world: World) -> None:
    text = world.client.get(f"/case/{world.case}/choose/").content.decode()
    first_view = re.sub(r"<details.*?</details>", "", text, flags=re.DOTALL)
    assert "kPa" in text and "kPa" not in first_view
    assert "A larger ball, about 10 cm across" in text
    assert all(render(f"dose.explain.{name}").split()[0] in text for name in ("how", "band", "compare", "gentler"))


def test_another_way_is_one_tap_away_and_planned_when_chosen(world: World) -> None:
    url = f"/case/{world.case}/choose/"
    page = world.client.post(url, {"look": "fingers|hand_held"}).content.decode()
    assert "By hand" in page
    answer = world.client.post(url, {"way": "fingers|hand_held", "pain": "4", "press": "plan"})
    row = world.row(answer.headers["Location"].split("/")[-2])
    assert (row.head["tool"], row.head["posture"]) == ("fingers", "hand_held")


def test_only_tools_that_the_person_has_are_offered(world: World) -> None:
    text = world.client.get(f"/case/{world.case}/choose/").content.decode()
    assert "roller" not in text
    assert "gun" not in text


def test_without_a_word_about_tools_they_are_asked_for_first(
    person: Person, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(person, clock, tools=None)
    monkeypatch.setattr(machine_clock, "now", lambda: world.clock.now)
    answer = world.client.get(f"/case/{world.case}/choose/")
    assert answer.headers["Location"].endswith("/tools/")
    world.client.post(answer.headers["Location"], {"value": ["foam_roller"], "press": "save"})
    assert world.client.get(f"/case/{world.case}/choose/").status_code == 200


def test_nothing_is_planned_without_a_number_for_the_pain_before(world: World) -> None:
    assert world.client.post(f"/case/{world.case}/choose/", {"press": "plan"}).status_code == 422
    assert not SessionTable.objects.exists()


def test_addresses_carry_no_health_value(world: World) -> None:
    session = world.plan()
    for url in (f"/session/{session}/", f"/case/{world.case}/choose/"):
        text = world.client.get(url).content.decode()
        addresses = re.findall(r'(?:href|action|data-[a-z-]*url|data-events)="([^"]*)"', text)
        for word in ("lumbar", "left", "ql", "ilio", "ball", "pain="):
            assert not [one for one in addresses if word in one], word


# --- the script


def test_the_planned_script_is_kept_whole_and_shown_to_read_and_to_the_player(world: World) -> None:
    session = world.plan()
    script = world.row(session).script
    assert script["schema"] == "unknot.session/1"
    page = world.client.get(f"/session/{session}/").content.decode()
    shown = re.search(r'<script type="application/json" data-script>(.*?)</script>', page, re.DOTALL)
    assert shown
    assert json.loads(shown[1]) == script
    words = re.search(r'<script type="application/json" data-words>(.*?)</script>', page, re.DOTALL)
    assert words
    assert json.loads(words[1])["player.stop"] == "STOP"
    for step in script["steps"]:
        assert step["text"].replace("'", "&#x27;") in page.replace("&quot;", '"')


def test_the_page_has_no_inline_script_and_no_inline_style(world: World) -> None:
    session = world.plan()
    for url in (f"/session/{session}/", f"/case/{world.case}/choose/", "/today/", "/history/"):
        text = world.client.get(url).content.decode()
        assert "style=" not in text
        assert not re.search(r"<script(?![^>]*(?:src=|application/json))", text)
        assert text.count("<h1") == 1


# --- what the player tells


def test_a_session_told_by_the_player_ends_with_its_hold_and_comfort(world: World) -> None:
    session = world.plan()
    steps = world.row(session).script["steps"]
    assert world.tell(session, "started") == 200
    for index, step in enumerate(steps):
        assert world.tell(session, "step", step=index) == 200
        world.later(seconds=step["duration_s"])
        if step["comfort"]:
            assert world.tell(session, "comfort", step=index, value=4) == 200
    assert world.tell(session, "finished", step=len(steps) - 1) == 200
    row = world.row(session)
    assert row.completed
    assert row.hold_s == pytest.approx(row.head["total_hold_s"])
    assert row.comfort_peak == 4


def test_a_pause_is_no_pressure_and_a_stop_counts_what_was_pressed(world: World) -> None:
    session = world.plan()
    hold = next(n for n, step in enumerate(world.row(session).script["steps"]) if step["kind"] == "hold")
    world.tell(session, "started")
    world.tell(session, "step", step=hold)
    world.later(seconds=10)
    world.tell(session, "paused", step=hold)
    world.later(seconds=60)
    world.tell(session, "resumed", step=hold)
    world.later(seconds=5)
    world.tell(session, "stopped", step=hold, reason="person")
    row = world.row(session)
    assert not row.completed
    assert row.hold_s == pytest.approx(15, abs=0.2)
    assert row.stopped_for == []


def test_the_same_change_told_twice_is_kept_once(world: World) -> None:
    session = world.plan()
    id = str(new_id())
    assert [world.tell(session, "started", id) for _ in range(3)] == [200, 200, 200]
    assert Entry.objects.filter(kind="session_started").count() == 1


def test_a_finished_session_takes_no_more(world: World) -> None:
    session = world.plan()
    world.tell(session, "started")
    world.tell(session, "finished")
    assert world.tell(session, "step", step=1) == 409
    assert world.tell(session, "started") == 409


def test_an_automatic_stop_is_a_sign_and_closes_what_its_rule_closes(world: World) -> None:
    session = world.plan()
    world.tell(session, "started")
    world.tell(session, "step", step=0)
    world.tell(session, "stopped", reason="no_answer")
    assert world.row(session).stopped_for == ["no_answer"]
    world.later(hours=3)
    assert world.client.get(f"/case/{world.case}/choose/").status_code in (302, 409)


def test_a_message_that_was_held_up_counts_from_when_it_happened_within_an_hour(world: World) -> None:
    session = world.plan()
    world.later(minutes=30)
    world.tell(session, "started", at=instant(world.clock.now - timedelta(minutes=20)))
    assert world.row(session).started.startswith(instant(world.clock.now - timedelta(minutes=20))[:16])


@pytest.mark.parametrize(
    "change", [{"kind": "dance"}, {"id": "x"}, {"at": "noon"}, {"value": 11}, {"extra": 1}, {"reason": "a b"}]
)
def test_a_change_that_cannot_be_read_is_refused(world: World, change: dict[str, Any]) -> None:
    session = world.plan()
    body = {"id": str(new_id()), "at": instant(world.clock.now), "kind": "started", "step": 0, **change}
    url = f"/api/sessions/{session}/events"
    assert world.client.post(url, json.dumps(body), content_type="application/json").status_code == 422


# --- without script


def test_a_session_can_be_begun_and_finished_by_plain_forms(world: World) -> None:
    session = world.plan()
    assert world.client.post(f"/session/{session}/").status_code == 302
    assert "I have finished" in world.client.get(f"/session/{session}/").content.decode()
    answer = world.client.post(f"/session/{session}/done/", {"press": "finished"})
    assert answer.headers["Location"].endswith("/rate/")
    row = world.row(session)
    assert row.started and row.completed and row.hold_s == row.head["total_hold_s"]


def test_a_stop_without_script_counts_the_whole_planned_hold(world: World) -> None:
    session = world.plan()
    world.client.post(f"/session/{session}/done/", {"press": "stopped"})
    row = world.row(session)
    assert row.hold_s == row.head["total_hold_s"]
    assert not row.completed


# --- after a stop


@pytest.mark.parametrize("sign", ["chest_pain", "limb_cold", "new_weakness"])
def test_a_serious_sign_stands_and_forbids_every_session_by_every_route(world: World, sign: str) -> None:
    session, other = world.plan(), world.plan()
    world.tell(session, "started")
    world.tell(session, "stopped", reason="person")
    answer = world.client.post(f"/session/{session}/stopped/", {"sign": code(session, sign)})
    means = world.client.get(answer.headers["Location"]).content.decode()
    assert "until a doctor has looked at this" in means
    level = during_rules(load())[sign].level
    assert_no_session(world, other, level)


def assert_no_session(world: World, planned: str, level: str = "") -> None:
    """Every route that could lead to a session, typed by hand or told by a program."""
    before = SessionTable.objects.count()
    for url in (f"/case/{world.case}/choose/", f"/session/{planned}/"):
        page = world.client.get(url)
        assert page.status_code in (302, 409), url
        assert b"data-script" not in page.content
    for url, fields in (
        (f"/case/{world.case}/choose/", {"way": "fingers|hand_held", "pain": "3", "press": "plan"}),
        (f"/case/{world.case}/choose/", {"look": "fingers|hand_held"}),
        (f"/session/{planned}/", {}),
    ):
        answer = world.client.post(url, fields)
        assert answer.status_code in (302, 409)
        assert f"/session/{planned}/" not in answer.headers.get("Location", "")
    for kind in ("started", "step", "more", "resumed"):
        assert world.tell(planned, kind) == 409
    assert world.client.get(f"/api/sessions/{planned}/script").status_code == 409
    assert SessionTable.objects.count() == before
    assert not world.row(planned).started
    if level:
        today = world.client.get("/today/").content.decode()
        assert "This comes first" in today
        assert "Plan a session" not in today


def test_just_enough_is_no_sign(world: World) -> None:
    session = world.plan()
    world.tell(session, "started")
    world.tell(session, "stopped", reason="person")
    answer = world.client.post(f"/session/{session}/stopped/", {"enough": "yes"})
    assert answer.headers["Location"].endswith("/rate/")
    assert world.row(session).stopped_for == []


def test_the_first_sign_in_the_list_is_an_emergency_and_every_sign_is_there(world: World) -> None:
    session = world.plan()
    text = world.client.get(f"/session/{session}/stopped/").content.decode()
    assert text.index("Pain, pressure or tightness in the chest") < text.index("Tingling or numbness")
    assert text.count('name="sign"') == len(during_rules(load())) - 1  # the alarm is the player's own


# --- the picture of the position


def test_the_set_up_shows_the_position_with_its_size_and_its_words(world: World) -> None:
    text = world.client.get(f"/case/{world.case}/choose/").content.decode()
    found = re.search(
        r'<svg class="position" viewBox="0 0 \d+ \d+" role="img" aria-label="([^"]+)"><use href="([^#]+)#p"', text
    )
    assert found and "with a ball between the wall and your" in found[1]
    answer = world.client.get(found[2])
    assert answer.headers["Content-Type"] == "image/svg+xml" and "immutable" in answer.headers["Cache-Control"]
    assert b'id="p"' in answer.content
    assert world.client.get(found[2].replace("/picture/", "/picture/0")).status_code == 404
