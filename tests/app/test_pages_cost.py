"""Ten times the rows, not one query more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from journal_entries import some_entries
from walk import Walker

from unknot.app.cases.use_cases import close
from unknot.app.journal.write import Clock, writing
from unknot.app.people.models import Person

LOW_BACK = "lumbar_paraspinal|left"


def clock(days_ago: float = 0) -> Clock:
    return Clock(datetime.now(UTC) - timedelta(days=days_ago), "Europe/London")


def fill(person: Person, days: int) -> None:
    """A complaint with a session and two ratings on each of the last days, each put away."""
    for day in range(days, 0, -1):
        case = some_entries(person, clock(day))
        with writing(person, clock(day - 0.5)) as write:
            for value in (3, 4):
                write("rated", {"what": "pain", "value": value, "moment": "evening"})
        close(person, clock(day - 0.6), case)


def queries(walker: Walker, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        walker.get(url)
    assert walker.status == 200, url
    return len(caught)


@pytest.mark.parametrize("page", ["/today/", "/history/", "/settings/", "/case/{}/answers/", "/case/{}/spots/"])
def test_a_page_asks_the_database_no_more_when_the_record_is_ten_times_as_long(person: Person, page: str) -> None:
    walker = Walker().begin(LOW_BACK).check()
    url = page.format(walker.case)
    fill(person, 3)
    few = queries(walker, url)
    fill(person, 30)
    assert queries(walker, url) == few


def test_answering_asks_the_database_no_more_when_the_record_is_ten_times_as_long(person: Person) -> None:
    counts: list[Any] = []
    for days in (3, 30):
        fill(person, days)
        walker = Walker().begin(LOW_BACK)
        with CaptureQueriesContext(connection) as caught:
            walker.send(press="none")
        counts.append(len(caught))
    assert counts[0] == counts[1]
