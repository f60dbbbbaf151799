"""The published cases: that each can be read, that they are told as the app would ask, and what they show."""

from __future__ import annotations

from datetime import date

import pytest

from unknot.knowledge import load
from unknot.lab import triage
from unknot.lab.published import published_cases, read_published
from unknot.safety.interview import interviewed

CASES = published_cases()
DAY = date(2026, 11, 22)
ENTRY = {
    "id": "a_case",
    "about": "muscle",
    "told": "A sore back.",
    "expect": "self_care",
    "why": "No danger sign.",
    "source": "doi:10.1000/1",
    "checked": "abstract",
    "person": {"age": 40, "sex": "male", "conditions": []},
    "pain": ["lumbar_paraspinal left 4"],
    "says": {"duration_weeks": 1},
}


def test_there_are_more_than_sixty_cases_and_a_third_are_controls():
    controls = [case for case in CASES if case.expect == "self_care"]
    assert len(CASES) >= 60
    assert len(controls) >= len(CASES) / 3
    assert len({case.id for case in CASES}) == len(CASES)


def test_the_set_holds_every_kind_of_danger():
    about = {case.about for case in CASES if case.expect != "self_care"}
    assert about >= {
        *(
            "cauda equina",
            "aorta",
            "abdominal aneurysm",
            "neck artery",
            "brain bleed",
            "lung clot",
            "leg clot",
            "heart",
        ),
        *("spinal infection", "sepsis", "cancer", "fracture", "arteritis", "polymyalgia", "cord", "nerve", "shingles"),
        *("kidney", "joint infection", "muscle breakdown", "bleeding", "child", "pregnancy", "lump"),
    }


@pytest.mark.parametrize("key", sorted(set(ENTRY) - {"id"}))
def test_a_case_that_lacks_something_is_refused_by_its_name(key):
    with pytest.raises(ValueError, match=f"a_case: lacks {key}"):
        read_published({name: value for name, value in ENTRY.items() if name != key}, DAY)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"expekt": "x"}, "knows nothing of expekt"),
        ({"expect": "soon"}, "expect is one of"),
        ({"checked": "heard"}, "checked is one of"),
        ({"inferred": ["fever"]}, "fever is inferred but not said"),
        ({"says": {"feever": True}}, "a_case: .*feever"),
    ],
)
def test_a_case_that_says_what_nobody_knows_is_refused_by_its_name(change, fault):
    with pytest.raises(ValueError, match=fault):
        read_published(ENTRY | change, DAY)


def test_a_sign_that_no_screen_asks_for_is_not_counted():
    entry = ENTRY | {"says": {"duration_weeks": 1, "uveitis": True}}
    assert "uveitis" not in interviewed(read_published(entry, DAY).case, load()).case.answers


def test_an_emergency_ends_the_questions():
    entry = ENTRY | {"expect": "emergency", "says": {"duration_weeks": 1, "speech_trouble": True}}
    (outcome,) = triage.outcomes([read_published(entry, DAY)], load())
    assert outcome.level == "emergency"
    assert outcome.too_low == 0
    assert outcome.screens < 6


def test_advice_is_too_low_by_the_steps_between_the_levels():
    expected = read_published(ENTRY | {"expect": "same_day"}, DAY)
    assert triage.Outcome(published=expected, level="self_care", screens=1).too_low == 2
    assert triage.Outcome(published=expected, level="emergency", screens=1).too_low == -1


@pytest.fixture(scope="module")
def found():
    """The rows of the section by id; walking everybody takes seconds, so it is done once."""
    return {row.id: row for row in triage.rows(0)}


def test_the_published_people_are_told_what_they_needed(found):
    assert not [f"{row.id}: {row.value} of {row.of}" for row in found.values() if row.passed is False]


def test_a_control_that_is_sent_away_counts_against_us_and_one_that_stays_does_not(found):
    assert found["controls_sent_away"].value == pytest.approx(1 - found["controls_kept"].value)
    assert found["emergencies_found"].interval[0] < found["emergencies_found"].value
