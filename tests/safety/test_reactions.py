"""What the last session on a spot changes in the next one there."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import KNOWN, NOW, cleared, history, person, regular, session

from unknot.messages import has
from unknot.safety import reactions

LAST = session(NOW - timedelta(days=6))
TOLD = person(after_session_signs=())


def limits(last):
    """The limits of the spot after two quiet months and this last session."""
    past = regular()
    past = replace(past, sessions=(*(one for one in past.sessions if one.at < last.at), last))
    return {option.access: option for option in cleared(TOLD, past).options("qls2", "left")}


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        (None, {}),
        (None, {"soreness_next_day": 3.0, "comfort_peak": 5.0, "pain_before": 5.0, "pain_after": 6.0}),
        ("bruise", {"bruise_cm": 0.5}),
        ("sore", {"soreness_next_day": 4.0}),
        ("stopped", {"stopped_for": "too_strong"}),
        ("too_strong", {"comfort_peak": 7.0}),
        ("worse_after", {"pain_before": 4.0, "pain_after": 6.0}),
        (None, {"pain_before": 4.0, "pain_after": 6.0, "pain_later": 4.0}),
        ("worse_after", {"pain_before": 4.0, "pain_after": 4.0, "pain_later": 6.0}),
        ("left_over", {"left_over": 4.0}),
        ("strong", {"comfort_peak": 6.0}),
        ("bruise", {"bruise_cm": 1.0, "soreness_next_day": 6.0, "comfort_peak": 8.0}),
    ],
)
def test_the_weightiest_thing_that_was_told_of_the_last_session_comes_first(rule, facts):
    found = reactions(replace(LAST, **facts), KNOWN)
    assert (found[0].id if found else None) == rule
    assert all(has(one.because.id) for one in found)


def test_after_a_sore_day_the_next_session_is_shorter_aims_lower_and_has_half_the_cap():
    before, after = limits(LAST)["ball_wall"], limits(replace(LAST, soreness_next_day=5.0))["ball_wall"]
    assert (before.max_hold_s, after.max_hold_s) == (90, 30)
    assert (before.comfort_max, after.comfort_max) == (5, 3)
    assert after.cap_kpa <= before.cap_kpa / 2
    assert "next.sore.because" in [text.id for text in after.because]


def test_a_better_session_after_it_ends_the_caution():
    sore = session(NOW - timedelta(days=9), soreness_next_day=5.0)
    past = history(sore, LAST)
    assert "next.sore.because" not in [
        text.id for option in cleared(TOLD, past).options("qls2", "left") for text in option.because
    ]


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "soreness_next_day": st.floats(0, 10),
            "bruise_cm": st.floats(0, 9),
            "comfort_peak": st.floats(0, 10),
            "left_over": st.floats(0, 10),
            "pain_after": st.floats(0, 10),
        },
    )
)
def test_no_reaction_ever_loosens_a_limit(facts):
    before = limits(LAST)
    for access, option in limits(replace(LAST, pain_before=3.0, **facts)).items():
        assert option.cap_kpa <= before[access].cap_kpa
        assert option.comfort_max <= before[access].comfort_max
        assert option.max_hold_s <= before[access].max_hold_s
