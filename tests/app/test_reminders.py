"""Reminders in the app: set, answered, read by a calendar, taken along with the record."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.test import Client
from planned import Ready
from walk import browser

from unknot.app.journal.portable import export, import_record
from unknot.app.journal.write import Clock, writing
from unknot.app.people.models import Person
from unknot.app.reminders import use_cases
from unknot.messages import render as say
from unknot.plan.reminders import Occurrence

TOLD = {"on": True, "times": ["08:00"], "days": [1, 2, 3, 4, 5, 6, 7], "quiet": {"from": "22:00", "to": "07:00"}}
FORM = {"on": "yes", "time": ["08:00", "", "18:30"], "day": ["1", "3"], "quiet_from": "22:00", "quiet_to": "07:00"}


def _at(text: str) -> Clock:
    return Clock(datetime.fromisoformat(text).replace(tzinfo=UTC), "Europe/London")


@pytest.fixture
def reminded(person: Person) -> Person:
    use_cases.keep(person, _at("2026-03-01T06:00"), TOLD)
    return person


def test_a_reminder_stands_until_it_is_skipped(reminded: Person) -> None:
    assert use_cases.card(reminded, _at("2026-03-01T07:59")) is None
    found = use_cases.card(reminded, _at("2026-03-01T08:30"))
    assert found is not None
    assert found.reminder is not None
    assert use_cases.answer(reminded, _at("2026-03-01T08:31"), found.reminder.key, "")
    assert use_cases.card(reminded, _at("2026-03-01T09:00")) is None
    assert use_cases.card(reminded, _at("2026-03-02T08:00")) is not None, "that one only"


def test_a_reminder_that_is_put_off_comes_back_then(reminded: Person) -> None:
    assert use_cases.answer(reminded, _at("2026-03-01T08:30"), "2026-03-01 08:00", "60")
    assert use_cases.card(reminded, _at("2026-03-01T09:29")) is None
    assert use_cases.card(reminded, _at("2026-03-01T09:30")) is not None


def test_only_what_is_offered_can_be_chosen(reminded: Person) -> None:
    assert not use_cases.answer(reminded, _at("2026-03-01T08:30"), "2026-03-01 08:00", "45")
    assert not use_cases.answer(reminded, _at("2026-03-01T08:30"), "2026-02-28 08:00", "")
    assert not use_cases.answer(reminded, _at("2026-03-01T21:30"), "2026-03-01 08:00", "60"), "into the quiet hours"


def test_after_three_skips_it_asks_and_takes_no_for_an_answer(reminded: Person) -> None:
    for day in (1, 2, 3):
        assert use_cases.answer(reminded, _at(f"2026-03-0{day}T08:30"), f"2026-03-0{day} 08:00", "")
    found = use_cases.card(reminded, _at("2026-03-03T12:00"))
    assert found is not None
    assert (found.reminder, found.ask) == (None, True)
    use_cases.times_suit(reminded, _at("2026-03-03T12:01"))
    assert use_cases.card(reminded, _at("2026-03-03T12:02")) is None


def test_the_record_carries_them_to_another_machine(reminded: Person) -> None:
    use_cases.answer(reminded, _at("2026-03-01T08:30"), "2026-03-01 08:00", "")
    before = use_cases.person_row(reminded)
    document = export(reminded, datetime(2026, 3, 2, tzinfo=UTC))
    assert {event["kind"] for event in document["events"]} >= {"reminders_set", "reminder_answered"}
    import_record(document)
    assert use_cases.person_row(reminded) == before


def test_the_page_keeps_times_and_refuses_one_in_the_quiet_hours(person: Person) -> None:
    client = browser()
    assert client.post("/reminders/", FORM).status_code == 302
    row = use_cases.person_row(person)
    assert row is not None
    assert row.reminders["times"] == ["08:00", "18:30"]
    assert row.reminders["days"] == [1, 3]
    late = client.post("/reminders/", {**FORM, "time": ["23:00"]})
    assert late.status_code == 422
    assert say("app.reminders.in_quiet") in late.content.decode()
    assert client.post("/reminders/", {**FORM, "day": []}).status_code == 422


def test_the_calendar_is_read_with_its_address_only_and_an_ended_one_is_gone(reminded: Person) -> None:
    client, program = browser(), Client(headers={"host": "127.0.0.1"})
    client.post("/reminders/address/", {})
    first = f"/calendar/{use_cases.feed(reminded, datetime.now(UTC)).token}.ics"
    answer = program.get(first)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert b"SUMMARY:Unknot: five minutes" in answer.content
    assert program.get("/calendar/guess.ics").status_code == 404
    assert program.get("/reminders/file/").status_code == 403, "the file is for the person"
    client.post("/reminders/address/", {})
    assert program.get(first).status_code == 404
    client.post("/reminders/address/", {"press": "end"})
    assert not hasattr(Person.objects.get(), "feed")


@pytest.mark.parametrize("how", ["emergency", "appointment"])
def test_nobody_is_reminded_while_a_stop_stands(person: Person, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Occurrence(day=date(2026, 3, 1), time=time(8), at=datetime(2026, 3, 1, 8, tzinfo=UTC))
    monkeypatch.setattr(use_cases, "card", lambda person, clock: use_cases.Card(one, (), True))
    ready = Ready(person)
    asked = [say("app.reminders.due"), say("app.reminders.ask")]
    page = ready.walker.client.get("/today/").content.decode()
    assert [words in page for words in asked] == [True, True]
    ready.stop(how)
    page = ready.walker.client.get("/today/").content.decode()
    assert [words in page for words in asked] == [False, False]


def test_two_devices_that_answered_apart_agree_in_any_order(reminded: Person) -> None:
    """Put off on one, skipped on the other: it is skipped, and nothing is lost."""
    with writing(reminded, _at("2026-03-01T08:10")) as write:
        write("reminder_answered", {"day": "2026-03-01", "time": "08:00", "what": "skipped"})
        until = "2026-03-01T09:00:00.000000Z"
        write("reminder_answered", {"day": "2026-03-01", "time": "08:00", "what": "later", "until": until})
    assert use_cases.card(reminded, _at("2026-03-01T09:30")) is None
