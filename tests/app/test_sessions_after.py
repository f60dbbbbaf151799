"""After a session: ratings, look-backs at the right time, and what follows from what was noticed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from ready_case import later, told_danger
from test_sessions import World, world

from unknot.app.cases.state import load_case
from unknot.app.journal.models import RatingTable, SessionTable
from unknot.app.journal.write import Clock
from unknot.app.people.models import Person
from unknot.app.sessions.after import changes
from unknot.app.sessions.look_back import due
from unknot.app.sessions.pressed import Told, pressed_s
from unknot.app.shell import clock as machine_clock
from unknot.record import SessionRow, instant

__all__ = ["world"]

ID = "01a204b4-c010-762f-bde2-3298826fe66f"


def finished(world: World) -> str:
    session = world.plan()
    world.tell(session, "started")
    world.tell(session, "finished")
    return session


def test_the_pain_before_and_after_is_kept_with_the_session(world: World) -> None:
    session = finished(world)
    page = world.client.get(f"/session/{session}/rate/").content.decode()
    assert "Before the session it was 6." in page
    answer = world.client.post(f"/session/{session}/rate/", {"pain": "3", "strongest": "5"})
    assert answer.headers["Location"] == f"/session/{session}/after/"
    documents = RatingTable.objects.order_by("at").values_list("document", flat=True)
    assert [(one["moment"], one["value"], one["session"]) for one in documents] == [
        ("before", 6, session),
        ("after", 3, session),
    ]
    assert world.row(session).comfort_peak == 5


def test_a_rating_without_a_number_is_asked_again(world: World) -> None:
    session = finished(world)
    assert world.client.post(f"/session/{session}/rate/", {}).status_code == 422


def test_a_session_that_was_too_strong_by_its_own_number_counts_as_stopped_for_it(world: World) -> None:
    session = finished(world)
    world.client.post(f"/session/{session}/rate/", {"pain": "3", "strongest": "9"})
    assert SessionTable.objects.get(pk=session).document["stopped_for"] == ["too_strong"]


def test_only_who_bleeds_easily_is_asked_for_a_bruise_at_once(world: World) -> None:
    session = finished(world)
    assert "new bruise" not in world.client.get(f"/session/{session}/rate/").content.decode()


def test_who_bleeds_easily_is_asked_for_a_bruise_at_once(
    person: Person, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    thin = World(person, clock, conditions=["antiplatelet"])
    monkeypatch.setattr(machine_clock, "now", lambda: thin.clock.now)
    session = finished(thin)
    assert "new bruise" in thin.client.get(f"/session/{session}/rate/").content.decode()
    answer = thin.client.post(f"/session/{session}/rate/", {"pain": "3", "bruise": "yes"})
    assert answer.headers["Location"].endswith("/look-back/")


# --- ten minutes later


def test_pain_and_comfort_are_asked_again_at_ten_minutes_and_not_before_or_twice(world: World) -> None:
    session = finished(world)
    world.client.post(f"/session/{session}/rate/", {"pain": "3", "strongest": "5", "comfort": "2"})
    url = f"/session/{session}/after/"
    early = world.client.get(url).content.decode()
    assert "In 10 minutes we ask once more" in early and "data-now hidden" in early
    world.client.post(url, {"pain": "9"})
    assert not RatingTable.objects.filter(document__moment="after_10").exists()
    world.later(minutes=10)
    assert "Ten minutes after the session" in world.client.get("/today/").content.decode()
    assert "data-now hidden" not in world.client.get(url).content.decode()
    assert world.client.post(url, {}).status_code == 422
    world.client.post(url, {"pain": "2", "comfort": "1"})
    page = world.client.get(url).content.decode()
    assert "Pain before: 6. Right after: 3. Ten minutes later: 2." in page
    assert "Ten minutes after the session" not in world.client.get("/today/").content.decode()
    told = [(one.document["what"], one.document["value"]) for one in RatingTable.objects.order_by("at")]
    assert told == [("pain", 6), ("pain", 3), ("comfort", 2), ("pain", 2), ("comfort", 1)]


def test_after_two_hours_the_ten_minutes_are_not_asked_for_any_more(world: World) -> None:
    session = finished(world)
    world.later(hours=2, minutes=1)
    assert "data-now" not in world.client.get(f"/session/{session}/after/").content.decode()
    assert "Ten minutes after" not in world.client.get("/today/").content.decode()


def test_what_the_next_session_changes_is_said_at_once_and_again_at_the_set_up(world: World) -> None:
    session = finished(world)
    world.client.post(f"/session/{session}/rate/", {"pain": "3", "strongest": "5"})
    assert "Tell us tomorrow how sore the spot is." in world.client.get(f"/session/{session}/after/").content.decode()
    world.later(hours=24)
    world.client.post(f"/session/{session}/look-back/", {"press": "none", "soreness": "5"})
    page = world.client.get(f"/session/{session}/after/").content.decode()
    assert "This spot was sore after the last session." in page and "you can look again" in page
    world.later(days=5)
    line = changes(
        load_case(world.person, world.case, world.clock), *(world.row(session).head[k] for k in ("site", "side"))
    )
    assert line is not None and line.text.id == "next.sore.because"


# --- when a look-back is due

EVENING = datetime(2026, 3, 1, 20, tzinfo=UTC)


def row(**fields: object) -> SessionRow:
    return SessionRow(id=ID, person=ID, started=f"{instant(EVENING)}|{ID}", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("passed", "moment"),
    [
        (timedelta(hours=1, minutes=59), None),
        (timedelta(hours=2), "two_hours"),
        (timedelta(hours=5), "morning"),  # past midnight of the person's own calendar
        (timedelta(days=1), "morning"),
        (timedelta(days=3), "day_3"),
        (timedelta(days=8), None),
    ],
)
def test_a_look_back_is_due_after_two_hours_the_next_morning_and_on_day_three(
    passed: timedelta, moment: str | None
) -> None:
    assert due(row(), EVENING.date(), Clock(EVENING + passed, "Europe/London")) == moment


def test_a_look_back_that_was_answered_is_not_due_again() -> None:
    asked = row(looked_back=["morning"])
    assert due(asked, EVENING.date(), later(Clock(EVENING, "UTC"), days=1)) is None
    assert due(asked, EVENING.date(), later(Clock(EVENING, "UTC"), days=3)) == "day_3"


def test_the_morning_is_that_of_the_persons_calendar() -> None:
    late = Clock(EVENING + timedelta(hours=3), "Pacific/Auckland")  # the 2nd there since before the session
    assert due(row(), EVENING.date() + timedelta(days=1), late) == "two_hours"


# --- what follows


def test_today_asks_for_the_look_back_and_it_is_kept(world: World) -> None:
    session = finished(world)
    world.later(hours=20)
    assert "the morning after the session" in world.client.get("/today/").content.decode()
    answer = world.client.post(f"/session/{session}/look-back/", {"press": "none", "soreness": "2"})
    assert "changes the plan" not in world.client.get("/today/").content.decode()
    kept = world.row(session)
    assert (kept.soreness, kept.signs, kept.looked_back) == (2, ["soreness_only"], ["morning"])
    follows = world.client.get(answer.headers["Location"]).content.decode()
    assert "A little soreness is common" in follows
    assert "the morning after the session" not in world.client.get("/today/").content.decode()


def test_the_next_session_waits_for_the_look_back(world: World) -> None:
    session = finished(world)
    world.later(hours=20)
    world.client.post(f"/case/{world.case}/before/", {"stage": "ticked", "press": "none"})
    world.later(minutes=1)
    page = world.client.get(f"/case/{world.case}/choose/")
    assert page.status_code == 409
    assert f"/session/{session}/look-back/" in page.content.decode()
    world.client.post(f"/session/{session}/look-back/", {"press": "none"})
    assert world.client.get(f"/case/{world.case}/choose/").status_code == 200


@pytest.mark.parametrize(
    ("sign", "level"), [("dark_urine", "emergency"), ("calf_swelling", "same_day"), ("new_neck_pain", "provider")]
)
def test_a_danger_noticed_later_stops_everything(world: World, sign: str, level: str) -> None:
    session = finished(world)
    world.later(hours=20)
    answer = world.client.post(f"/session/{session}/look-back/", {"press": "save", "value": [sign]})
    follows = world.client.get(answer.headers["Location"])
    if level == "emergency":
        assert follows.headers["Location"].endswith("/stop/")
    else:
        assert "What to do and what to say" in follows.content.decode()
    assert world.client.get(f"/case/{world.case}/choose/").status_code in (302, 409)
    if level != "provider":
        assert "This comes first" in world.client.get("/today/").content.decode()


def test_the_width_of_a_bruise_is_a_sign_of_its_own(world: World) -> None:
    session = finished(world)
    world.later(hours=20)
    world.client.post(f"/session/{session}/look-back/", {"press": "none", "bruise_cm": "4,5"})
    kept = world.row(session)
    assert (kept.bruise_cm, kept.signs) == (4.5, ["bruise_large"])


@pytest.mark.parametrize("fields", [{"press": "save"}, {"press": "save", "value": "sparkles"}, {"bruise_cm": "wide"}])
def test_a_look_back_that_cannot_be_read_is_asked_again(world: World, fields: dict[str, str]) -> None:
    session = finished(world)
    assert world.client.post(f"/session/{session}/look-back/", fields).status_code == 422
    assert world.row(session).signs is None


def test_an_answer_to_the_look_back_never_lifts_what_stands(world: World) -> None:
    session = finished(world)
    told_danger(world.person, world.clock, world.case, ces_saddle=True)
    world.client.post(f"/session/{session}/look-back/", {"press": "none"})
    assert world.client.get(f"/case/{world.case}/choose/").status_code == 302


# --- a sign that stays


@pytest.mark.parametrize(("minutes", "level"), [(5, "self_care"), (15, "self_care"), (70, "same_day")])
def test_numbness_that_stays_for_an_hour_is_for_the_same_day(world: World, minutes: int, level: str) -> None:
    session = world.plan()
    world.tell(session, "started")
    world.tell(session, "stopped", reason="tingling_or_numb")
    world.later(minutes=minutes)
    assert "Is it still there?" in world.client.get("/today/").content.decode()
    answer = world.client.post(f"/session/{session}/means/")
    world.later(minutes=1)
    triage = load_case(world.person, world.case, world.clock).triage
    assert triage is not None
    assert triage.level == level
    assert answer.status_code == (200 if level == "self_care" else 302)


def test_pain_that_stays_closes_every_spot_for_the_day(world: World) -> None:
    session = world.plan()
    world.tell(session, "started")
    world.tell(session, "stopped", reason="too_strong")
    world.later(minutes=11)
    assert world.client.get(f"/case/{world.case}/choose/").status_code == 200  # another spot would be open
    world.client.post(f"/session/{session}/means/")
    world.later(minutes=1)
    page = world.client.get(f"/case/{world.case}/choose/")
    assert page.status_code == 409
    assert "You can look again" in page.content.decode()
    assert "stopped: Pain of 7 or more out of 10" in world.client.get("/history/").content.decode()


# --- how long was pressed


def test_nothing_told_means_that_nobody_knows_how_long() -> None:
    assert pressed_s([{"comfort": {}, "duration_s": 30}], [], EVENING) is None


def test_a_hold_counts_at_most_its_own_length() -> None:
    steps = [{"comfort": None, "duration_s": 30}, {"comfort": {"lo": 3}, "duration_s": 30}]
    told = [Told("step", EVENING, 0), Told("step", EVENING + timedelta(seconds=30), 1)]
    assert pressed_s(steps, told, EVENING + timedelta(seconds=90)) == 30
