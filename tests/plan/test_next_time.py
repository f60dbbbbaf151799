"""After a session one line says what it changes in the next one on that spot."""

from datetime import timedelta

import pytest
from safety.people import KNOWN, NOW, ago, history, person, session

from unknot.messages import render
from unknot.plan.next_time import last_on, next_time

TOLD = person(after_session_signs=())


def line(*sessions, case=TOLD):
    past = history(*sessions)
    last = last_on(past, "qls2", "left")
    found = next_time(last, case, past, NOW, KNOWN)
    assert render(found.text.id, found.text.params)
    return found


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("next_time.tell_us", {"soreness_next_day": None}),
        ("next_time.longer", {}),
        ("next_time.same", {"soreness_next_day": 3.5}),
        ("next.strong.because", {"comfort_peak": 6.0}),
        ("next.worse_after.because", {"pain_before": 2.0, "pain_after": 5.0}),
        ("next.stopped.because", {"stopped_for": "pain_rising"}),
    ],
)
def test_the_line_follows_what_was_told(said, facts):
    found = line(session(ago(days=3), **facts))
    assert (found.text.id, found.rests) == (said, False)


def test_a_spot_that_rests_says_until_when():
    found = line(session(ago(days=1), soreness_next_day=6.0))
    assert found.text.id == "closed.sore"
    assert found.until == NOW + timedelta(hours=48)
    bruised = line(session(ago(days=1), bruise_cm=1.0), case=person(conditions=("anticoagulant",)))
    assert bruised.text.id == "closed.bruise_large"


def test_after_every_second_session_that_was_borne_well_a_little_more_weight_is_allowed():
    ids = [line(*(session(ago(days=20 - 3 * n)) for n in range(count))).text.id for count in (1, 2, 3, 4)]
    assert ids == ["next_time.longer", "next_time.further", "next_time.same", "next_time.further"]
