"""A person's own times: kept over every change of the clock, never in the quiet hours, never insisting."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unknot.plan.reminders import (
    MOST_LATER,
    Answer,
    Occurrence,
    Reminders,
    ask_about_times,
    at,
    due,
    later_choices,
    occurrences,
)

ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo", "Africa/Casablanca", "Asia/Tehran")
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
walls = st.times().map(lambda one: one.replace(second=0, microsecond=0))
plans = st.builds(
    Reminders,
    times=st.lists(walls, min_size=1, max_size=4).map(lambda times: tuple(sorted(set(times)))),
    days=st.sets(st.integers(1, 7), min_size=1).map(frozenset),
    zone=st.sampled_from(ZONES),
    quiet_from=walls,
    quiet_to=walls,
    since=st.just(SINCE),
)
days = st.dates(date(2026, 2, 20), date(2026, 11, 10))
instants = st.datetimes(datetime(2026, 2, 20), datetime(2026, 11, 10), timezones=st.just(UTC))


def _london(*times: str, quiet: tuple[str, str] = ("22:00", "07:00")) -> Reminders:
    return Reminders(
        times=tuple(map(time.fromisoformat, times)),
        days=frozenset(range(1, 8)),
        zone="Europe/London",
        quiet_from=time.fromisoformat(quiet[0]),
        quiet_to=time.fromisoformat(quiet[1]),
        since=SINCE,
    )


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _skipped(*found: Occurrence) -> dict[str, Answer]:
    return {one.key: Answer(skipped_at=one.at, later=()) for one in found}


@pytest.mark.parametrize(
    ("day", "wall", "instant"),
    [
        ("2026-03-28", "08:00", "2026-03-28T08:00"),
        ("2026-03-29", "08:00", "2026-03-29T07:00"),  # summer time has begun in the night
        ("2026-03-29", "01:30", "2026-03-29T01:30"),  # a time that was jumped over: the clock shows 02:30
        ("2026-10-25", "01:30", "2026-10-25T00:30"),  # a time that came twice: the first one
        ("2026-10-25", "08:00", "2026-10-25T08:00"),
    ],
)
def test_a_time_stays_the_same_on_the_wall_when_the_clock_changes(day: str, wall: str, instant: str) -> None:
    found = at(_london(wall, quiet=("00:00", "00:00")), date.fromisoformat(day), time.fromisoformat(wall))
    assert found is not None
    assert found.at == _utc(instant)


@given(plan=plans, first=days)
@settings(max_examples=40, deadline=None)
def test_nothing_ever_comes_in_the_quiet_hours_and_everything_else_comes_once_at_its_time(
    plan: Reminders, first: date
) -> None:
    last = first + timedelta(days=9)
    found = list(occurrences(plan, first, last))
    assert len({one.key for one in found}) == len(found)
    for one in found:
        shown = one.at.astimezone(ZoneInfo(plan.zone))
        assert not plan.quiet(shown.time())
        assert shown.date() == one.day
        assert shown.isoweekday() in plan.days
        assert shown.time() == one.time or not _exists(one, plan.zone)
    wanted = {
        (first + timedelta(days=n), wall)
        for n in range(10)
        for wall in plan.times
        if (first + timedelta(days=n)).isoweekday() in plan.days and not plan.quiet(wall)
    }
    jumped = {(one.day, one.time) for one in found} ^ wanted
    assert all(not _exists(Occurrence(day=day, time=wall, at=SINCE), plan.zone) for day, wall in jumped)


def _exists(one: Occurrence, zone: str) -> bool:
    """Whether the clock of the zone ever shows this time on this day."""
    wall = datetime.combine(one.day, one.time, ZoneInfo(zone))
    return wall.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall.replace(tzinfo=None)


@given(plan=plans, now=instants)
@settings(max_examples=40, deadline=None)
def test_what_is_put_off_comes_the_same_day_outside_the_quiet_hours_and_twice_at_most(
    plan: Reminders, now: datetime
) -> None:
    one, answers = due(plan, {}, (), now), dict[str, Answer]()
    for number in range(MOST_LATER + 1):
        if one is None:
            return
        choices = later_choices(plan, answers, one, now)
        for until in choices:
            shown = plan.wall(until)
            assert until > now
            assert shown.date() == one.day
            assert not plan.quiet(shown.time())
        if not choices:
            return
        assert number < MOST_LATER
        earlier = answers[one.key].later if one.key in answers else ()
        answers[one.key] = Answer(skipped_at=None, later=(*earlier, choices[-1]))
        assert due(plan, answers, (), now) is None
        now = choices[-1]
        assert due(plan, answers, (), now) == one
    pytest.fail("it could be put off without end")


def test_a_skip_is_for_that_one_only() -> None:
    plan = _london("08:00", "18:00")
    morning = due(plan, {}, (), _utc("2026-03-01T09:00"))
    assert morning is not None
    answers = _skipped(morning)
    assert due(plan, answers, (), _utc("2026-03-01T17:59")) is None
    evening = due(plan, answers, (), _utc("2026-03-01T18:00"))
    assert evening is not None
    assert evening.time == time(18)


def test_only_the_last_one_stands_and_it_is_gone_the_next_day() -> None:
    plan = _london("08:00", "18:00")
    found = due(plan, {}, (), _utc("2026-03-01T20:00"))
    assert found is not None
    assert found.time == time(18)
    assert due(plan, {}, (), _utc("2026-03-02T07:30")) is None
    assert due(plan, {}, (), _utc("2026-03-01T22:00")) is None, "quiet hours"


@pytest.mark.parametrize(("begun", "stands"), [("06:59", True), ("07:00", False), ("08:10", False)])
def test_a_session_that_was_begun_answers_the_reminder(begun: str, stands: bool) -> None:
    found = due(_london("08:00"), {}, (_utc(f"2026-03-01T{begun}"),), _utc("2026-03-01T09:00"))
    assert (found is not None) == stands


def test_times_that_passed_before_they_were_set_are_not_asked_about() -> None:
    plan = _london("08:00")
    assert due(plan, {}, (), SINCE.replace(hour=7)) is None
    late = Reminders(**{**{name: getattr(plan, name) for name in plan.__slots__}, "since": _utc("2026-03-01T08:30")})
    assert due(late, {}, (), _utc("2026-03-01T09:00")) is None


def test_three_skips_in_a_row_ask_about_the_times_once() -> None:
    plan, now = _london("08:00"), _utc("2026-03-05T09:00")
    past = list(occurrences(plan, date(2026, 3, 1), date(2026, 3, 5)))
    assert not ask_about_times(plan, _skipped(*past[-2:]), (), None, now)
    assert ask_about_times(plan, _skipped(*past[-3:]), (), None, now)
    assert ask_about_times(plan, _skipped(past[0], past[2], past[4]), (), None, now), "unanswered ones say nothing"
    assert not ask_about_times(plan, _skipped(*past[-3:]), (), now, now), "asked and found to suit"
    session = _utc("2026-03-03T08:05")
    assert not ask_about_times(plan, _skipped(past[0], past[1], past[3], past[4]), (session,), None, now)
