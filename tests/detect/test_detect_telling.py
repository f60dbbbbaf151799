"""What else it could be, what would change the ranking, and how two spots differ."""

from __future__ import annotations

import numpy as np
import pytest
from detect_cases import KNOWLEDGE, NETWORK, a_case, cases, pain
from hypothesis import given, settings

from unknot.case import Case, Press
from unknot.detect import detect, differ
from unknot.detect.told import band
from unknot.messages import has, render

SHOULDER = a_case(pain("shoulder_front", "right", 6), pain("arm_side", "right"), activities=("mouse_work",))
LEG = a_case(pain("buttock_mid", "left"), pain("thigh_back_upper", "left"), pain("calf_upper", "left"))


def test_pain_down_the_leg_names_the_nerve_of_that_side_as_one_cause() -> None:
    first = detect(LEG, KNOWLEDGE).causes[0]
    assert (first.id, first.mechanism, first.side) == ("nerve_low_back", "nerve_root", "left")


def test_the_causes_of_a_mechanism_never_claim_more_than_it() -> None:
    found = detect(LEG, KNOWLEDGE)
    assert sum(c.probability for c in found.causes if c.mechanism == "nerve_root") <= found.mechanism.nerve_root + 1e-9
    assert [c.probability for c in found.causes] == sorted((c.probability for c in found.causes), reverse=True)


def test_every_cause_has_a_plain_name() -> None:
    assert all(has(f"cause.{cause.told}") for cause in NETWORK.parameters.causes)


@pytest.mark.parametrize(
    ("probability", "word"), [(0.9, "likely"), (0.3, "possible"), (0.1, "less likely"), (0.01, "unlikely")]
)
def test_a_probability_is_said_as_a_word(probability: float, word: str) -> None:
    text = band(probability, NETWORK.parameters.report)
    assert render(text.id) == word


def test_what_is_said_to_change_the_ranking_does_change_it() -> None:
    found = detect(SHOULDER, KNOWLEDGE)
    first, second = found.candidates[:2]
    said = {text.id for text in found.would_change}
    no = Press(site=first.site, side=first.side, tender=False, familiar=False)
    after = detect(a_case(*SHOULDER.pain, presses=(no,), **SHOULDER.answers), KNOWLEDGE).candidates[0]
    assert ("detect.change.press_no" in said) == ((after.site, after.side) != (first.site, first.side))
    yes = Press(site=second.site, side=second.side, tender=True, familiar=True)
    after = detect(a_case(*SHOULDER.pain, presses=(yes,), **SHOULDER.answers), KNOWLEDGE).candidates[0]
    if (after.site, after.side) == (second.site, second.side):
        assert "detect.change.press_yes" in said


def test_two_spots_differ_by_what_was_marked_and_what_was_not() -> None:
    case = a_case(pain("shoulder_front", "right", 6), pain("arm_side", "right"), pain("hand_radial", "right"))
    found = differ(case, KNOWLEDGE, ("inf1", "right"), ("ut1", "right"))
    assert "detect.differ.marked" in {text.id for text in found.for_one}
    assert "detect.differ.unmarked" in {text.id for text in found.for_one}


def test_a_spot_does_not_differ_from_itself() -> None:
    found = differ(SHOULDER, KNOWLEDGE, ("inf1", "right"), ("inf1", "right"))
    assert found.for_one == found.for_other == ()
    assert found.tell_apart.id == "detect.differ.alike"


@settings(max_examples=15, deadline=None)
@given(cases())
def test_everything_told_can_be_read_out(case: Case) -> None:
    found = detect(case, KNOWLEDGE)
    texts = [text for cause in found.causes for text in (cause.name, cause.band)] + list(found.would_change)
    if len(found.candidates) > 1:
        one, other = ((c.site, c.side) for c in found.candidates[:2])
        difference = differ(case, KNOWLEDGE, one, other)
        texts += [*difference.for_one, *difference.for_other, difference.tell_apart]
    assert all(render(text.id, text.params) for text in texts)
    assert np.isfinite([cause.probability for cause in found.causes]).all()
