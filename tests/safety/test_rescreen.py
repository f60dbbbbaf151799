"""Another body part or another course asks the whole screening again; the same place painted again does not."""

from datetime import UTC, datetime, timedelta

import pytest

from unknot.knowledge import load
from unknot.safety.rescreen import changed_at, stale

FIRST = datetime(2026, 3, 1, 9, tzinfo=UTC)
WEEK = FIRST + timedelta(days=7)
SAID = {"fever": FIRST, "course": FIRST, "headache": WEEK - timedelta(hours=1)}


@pytest.mark.parametrize(
    ("first_painted", "course", "asked_again"),
    [
        ({"lumbar_paraspinal": FIRST}, {"steady": FIRST}, set()),
        ({"lumbar_paraspinal": FIRST, "buttock_mid": WEEK}, {"steady": FIRST}, set()),
        ({"lumbar_paraspinal": FIRST, "neck_angle": WEEK}, {"steady": FIRST}, {"fever"}),
        ({"lumbar_paraspinal": FIRST}, {"steady": FIRST, "worsening": WEEK}, {"fever"}),
    ],
)
def test_what_is_asked_again(first_painted, course, asked_again):
    changed = changed_at(first_painted, first_painted, course, load())
    assert stale(SAID, changed) == asked_again


def test_a_place_that_no_longer_hurts_changes_nothing():
    first = {"lumbar_paraspinal": FIRST, "neck_angle": WEEK}
    assert changed_at(first, ["lumbar_paraspinal"], {}, load()) is None
