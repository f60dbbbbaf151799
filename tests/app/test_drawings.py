"""Drawings of several days side by side: skin in cm2, how much of the same place, left and right exchanged."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from unknot.app.cases.drawings import beside_the_last, drawings
from unknot.app.cases.use_cases import paint
from unknot.app.ids import new_id
from unknot.app.journal.write import Clock, writing
from unknot.app.people.models import Person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def drawn(person: Person, days_ago: int, *areas: tuple[str, str, float]) -> None:
    clock, case = Clock(NOW - timedelta(days=days_ago), "Europe/London"), str(new_id())
    with writing(person, clock) as write:
        write("case_started", {"case": case})
    pain = [{"region": region, "side": side, "coverage": share} for region, side, share in areas]
    paint(person, clock, case, pain, confirmed=True)


def test_each_day_counts_once_and_is_set_beside_the_day_before(person: Person) -> None:
    drawn(person, 9, ("flank", "left", 1.0))
    drawn(person, 2, ("sacrum", "midline", 1.0))
    drawn(person, 2, ("flank", "left", 0.5))
    newest, oldest = drawings(person)
    assert (newest.same, newest.swapped, newest.before) == (50, False, date(2026, 11, 13))
    assert oldest.same is None
    assert oldest.cm2 == pytest.approx(2 * newest.cm2, abs=1)


def test_a_drawing_of_the_other_side_is_asked_about(person: Person) -> None:
    assert beside_the_last(person, [{"region": "flank", "side": "right"}], NOW.date()) is None
    drawn(person, 3, ("flank", "left", 1.0))
    beside = beside_the_last(person, [{"region": "flank", "side": "right"}], NOW.date())
    assert beside is not None
    assert beside.swapped
    assert beside.same == 0


def test_a_band_counts_as_the_areas_it_lies_over(person: Person) -> None:
    drawn(person, 1, ("lumbar_band", "midline", 1.0))
    (only,) = drawings(person)
    assert only.cm2 > 100
