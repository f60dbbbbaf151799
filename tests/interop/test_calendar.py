"""What a calendar program makes of the reminders is what the engine means: the same instants, whatever the clock does.

The reader here is not ours: dateutil expands the series, and the zones are those that stand in the file.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from unknot.interop.calendar import calendar
from unknot.plan.reminders import Answer, Answers, Reminders, occurrences

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SPRING_AND_AUTUMN = (date(2026, 3, 2), date(2026, 11, 30))
ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo", "Africa/Casablanca")
walls = st.times().map(lambda one: one.replace(minute=one.minute // 15 * 15, second=0, microsecond=0))
near_the_change = st.sampled_from([time(0, 30), time(1, 30), time(2), time(2, 30), time(3)])
plans = st.builds(
    Reminders,
    times=st.lists(walls | near_the_change, min_size=1, max_size=3).map(lambda times: tuple(sorted(set(times)))),
    days=st.sets(st.integers(1, 7), min_size=1).map(frozenset),
    zone=st.sampled_from(ZONES),
    quiet_from=walls,
    quiet_to=walls | st.just(time(3, 30)),
    since=st.just(datetime(2026, 3, 1, 0, 5, tzinfo=UTC)),
)


def _written(plan: Reminders, answers: Answers | None = None) -> Calendar:
    content = calendar(plan, answers or {}, NOW, name="Unknot", title="Unknot: five minutes", id="x@unknot")
    return Calendar.from_ical(content)


def _instants(read: Calendar) -> set[datetime]:
    """The instants of all events in the days looked at, as a calendar program works them out."""
    first, last = map(datetime.combine, SPRING_AND_AUTUMN, (time.min, time.max))
    zones = {zone["TZID"]: zone.to_tz() for zone in read.walk("VTIMEZONE")}
    found: set[datetime] = set()
    moved: set[tuple[str, datetime]] = set()
    for event in read.walk("VEVENT"):
        start = event["DTSTART"]
        zone = zones[start.params["TZID"]]
        if "RECURRENCE-ID" in event:
            moved.add((event["UID"], event["RECURRENCE-ID"].dt.replace(tzinfo=zone).astimezone(UTC)))
            found.add(start.dt.replace(tzinfo=zone).astimezone(UTC))
    for event in read.walk("VEVENT"):
        if "RRULE" not in event:
            continue
        zone = zones[event["DTSTART"].params["TZID"]]
        left_out = {one.dt.replace(tzinfo=None) for one in event["EXDATE"].dts} if "EXDATE" in event else set()
        rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=event["DTSTART"].dt.replace(tzinfo=None))
        for wall in rule.between(first, last, inc=True):
            shown = wall.replace(tzinfo=zone).astimezone(UTC)
            if wall not in left_out and (event["UID"], shown) not in moved:
                found.add(shown)
    return found


@given(plan=plans)
@settings(max_examples=6, deadline=None)
def test_a_calendar_program_reminds_at_the_instants_that_the_engine_means(plan: Reminders) -> None:
    first, last = SPRING_AND_AUTUMN
    assert _instants(_written(plan)) == {one.at for one in occurrences(plan, first, last)}


def test_the_rules_of_the_zone_in_the_file_begin_when_the_clock_really_changes() -> None:
    """Europe/London 2026: 29 March and 25 October, both at 01:00 UTC (EU directive 2000/84/EC)."""
    plan = Reminders(
        times=(time(8),), days=frozenset({1}), zone="Europe/London", quiet_from=time(22), quiet_to=time(7), since=NOW
    )
    (zone,) = _written(plan).walk("VTIMEZONE")
    onsets = {
        rule.name: (rule["DTSTART"].dt - rule["TZOFFSETFROM"].td).isoformat()
        for rule in zone.subcomponents
        if rule["TZOFFSETFROM"].td != rule["TZOFFSETTO"].td
    }
    assert onsets == {"DAYLIGHT": "2026-03-29T01:00:00", "STANDARD": "2026-10-25T01:00:00"}


def test_a_skipped_reminder_is_left_out_and_one_that_was_put_off_is_moved() -> None:
    plan = Reminders(
        times=(time(8),),
        days=frozenset({1, 2, 3}),
        zone="Europe/London",
        quiet_from=time(22),
        quiet_to=time(7),
        since=datetime(2026, 3, 1, tzinfo=UTC),
    )
    later = datetime(2026, 3, 3, 9, tzinfo=UTC)
    answers = {
        "2026-03-02 08:00": Answer(skipped_at=NOW, later=()),
        "2026-03-03 08:00": Answer(skipped_at=None, later=(later,)),
    }
    before, after = _instants(_written(plan)), _instants(_written(plan, answers))
    assert before - after == {datetime(2026, 3, 2, 8, tzinfo=UTC), datetime(2026, 3, 3, 8, tzinfo=UTC)}
    assert after - before == {later}


def test_the_calendar_says_nothing_about_health() -> None:
    plan = Reminders(
        times=(time(8),), days=frozenset({1}), zone="UTC", quiet_from=time(22), quiet_to=time(7), since=NOW
    )
    read = _written(plan)
    (event,) = read.walk("VEVENT")
    assert str(event["SUMMARY"]) == "Unknot: five minutes"
    assert "DESCRIPTION" not in event
    assert [str(alarm["ACTION"]) for alarm in event.walk("VALARM")] == ["DISPLAY"]


def test_without_reminders_the_calendar_is_there_and_empty() -> None:
    content = calendar(None, {}, NOW, name="Unknot", title="x", id="x")
    assert not Calendar.from_ical(content).walk("VEVENT")
