"""What a person would expect to hear, case by case. Nothing here is tuned to single numbers."""

from __future__ import annotations

import pytest
from detect_cases import KNOWLEDGE, NETWORK, a_case, pain

from unknot.assessment import Detection
from unknot.case import Case, Press
from unknot.detect import detect


def found(case: Case) -> Detection:
    return detect(case, KNOWLEDGE)


def muscles(detection: Detection, count: int) -> set[tuple[str, str]]:
    return {(candidate.muscle, candidate.side) for candidate in detection.candidates[:count]}


def probability(detection: Detection, muscle: str, side: str) -> float:
    """The likeliest spot of a muscle."""
    return max((c.probability for c in detection.candidates if (c.muscle, c.side) == (muscle, side)), default=0.0)


LOW_BACK = a_case(
    pain("lumbar_paraspinal", "left", 6),
    worse_with=("bending_forward", "sitting_long"),
    activities=("driving", "desk_work"),
)
NERVE_LEG = a_case(
    pain("buttock_mid", "left", 6),
    pain("thigh_back_upper", "left", 7),
    pain("thigh_back_lower", "left", 7),
    pain("calf_upper", "left", 7),
    leg_pain_below_knee=True,
    numb_strip=("little_toe",),
    cough_shoots_limb=True,
)


def test_low_back_pain_on_the_left_when_bending_points_to_muscles_beside_the_spine_of_the_left() -> None:
    detection = found(LOW_BACK)
    beside = {
        "iliocostalis_lumborum",
        "iliocostalis_thoracis",
        "longissimus_thoracis",
        "multifidi_lumbar",
        "quadratus_lumborum_deep",
    }
    assert {muscle for muscle, _ in muscles(detection, 3)} <= beside
    assert {side for _, side in muscles(detection, 3)} == {"left"}
    assert 0.1 <= detection.candidates[0].probability <= 0.6
    assert all(candidate.probability < 0.1 for candidate in detection.candidates if candidate.side == "right")


def test_pain_at_the_outer_low_back_when_rolling_over_and_coughing_points_to_quadratus_lumborum() -> None:
    detection = found(
        a_case(
            pain("lumbar_lateral", "left"),
            pain("iliac_crest_side", "left"),
            worse_with=("rolling_in_bed", "coughing"),
        )
    )
    assert detection.candidates[0].muscle == "quadratus_lumborum_superficial"
    assert detection.mechanism.muscle > 0.5


def test_neck_ache_with_the_temple_points_to_the_upper_trapezius() -> None:
    detection = found(
        a_case(pain("neck_back_upper", "right"), pain("head_temple", "right"), worse_with=("turning_head",))
    )
    assert detection.candidates[0].muscle == "trapezius_upper"
    assert detection.candidates[0].side == "right"


def test_a_band_around_the_back_of_the_head_points_to_the_suboccipitals_of_both_sides() -> None:
    both = [pain(region, side) for region in ("head_occiput", "head_side") for side in ("left", "right")]
    assert muscles(found(a_case(*both)), 2) == {("suboccipitals", "left"), ("suboccipitals", "right")}


def test_pain_at_the_front_of_the_shoulder_and_down_the_outer_arm_points_to_infraspinatus() -> None:
    detection = found(
        a_case(
            pain("shoulder_front", "right", 6),
            pain("arm_side", "right"),
            worse_with=("reaching_behind",),
            limited_movements=("hand_behind_back",),
        )
    )
    assert detection.candidates[0].muscle == "infraspinatus"
    others = [c.probability for c in detection.candidates if c.muscle != "infraspinatus"]
    assert detection.candidates[0].probability > 1.5 * max(others)


def test_pain_at_the_shin_and_the_front_of_the_ankle_points_to_the_muscle_at_the_shin() -> None:
    detection = found(a_case(pain("shin", "left"), pain("ankle_front", "left"), pain("big_toe", "left")))
    assert detection.candidates[0].muscle == "tibialis_anterior"


def test_leg_pain_below_the_knee_with_a_numb_strip_and_shooting_cough_is_a_nerve_first() -> None:
    detection = found(NERVE_LEG)
    assert detection.mechanism.nerve_root > 0.6
    assert detection.abstained is not None
    assert detection.abstained.id == "detect.abstained.nerve_root"


@pytest.mark.parametrize(
    "regions",
    [
        ("buttock_mid", "thigh_back_upper", "thigh_back_lower", "calf_upper", "calf_lower", "heel", "foot_outer"),
        ("buttock_mid", "thigh_outer", "leg_outer", "foot_top", "big_toe", "shin"),
        ("neck_back_lower", "arm_side", "forearm_radial", "hand_radial"),
    ],
)
def test_no_drawing_alone_decides_for_a_nerve_root(regions: tuple[str, ...]) -> None:
    assert found(a_case(*(pain(region, "left") for region in regions))).mechanism.nerve_root < 0.7


def test_sitting_and_bending_speak_for_the_deep_muscle_beside_the_waist() -> None:
    drawing = (pain("si_joint", "left"), pain("lumbar_lateral", "left"))
    said = found(a_case(*drawing, worse_with=("sitting_long", "bending_forward")))
    other = found(a_case(*drawing, worse_with=("looking_up",)))
    assert probability(said, "quadratus_lumborum_deep", "left") > probability(other, "quadratus_lumborum_deep", "left")


def test_pain_all_over_the_body_is_not_blamed_on_many_muscles() -> None:
    regions = ("head_temple", "neck_angle", "shoulder_top", "lumbar_paraspinal", "thigh_outer", "calf_upper")
    detection = found(a_case(*(pain(region, side) for region in regions for side in ("left", "right"))))
    assert detection.mechanism.muscle < 0.3
    assert "widespread" in {cause.id for cause in detection.causes[:2]}


def test_the_same_drawing_with_every_nerve_answer_no_is_a_nerve_much_less() -> None:
    yes, no = found(NERVE_LEG).mechanism.nerve_root, dict(NERVE_LEG.answers)
    no |= {"leg_pain_below_knee": False, "numb_strip": ("none_clear",), "cough_shoots_limb": False}
    assert found(a_case(*NERVE_LEG.pain, **no)).mechanism.nerve_root < yes / 2


def test_a_sore_buttock_spot_raises_the_nerve_root_instead_of_ruling_it_out() -> None:
    drawing = [pain(region, "left") for region in ("lumbar_paraspinal", "thigh_back_upper", "calf_upper")]
    before = found(a_case(*drawing)).mechanism.nerve_root
    press = Press(site="pf1", side="left", tender=True, familiar=True)
    assert found(a_case(*drawing, presses=(press,))).mechanism.nerve_root > before


@pytest.mark.parametrize(
    "region",
    ["elbow_tip", "wrist_back", "buttock_upper", "thigh_back_lower", "forearm_radial", "forearm_ulnar", "shin",
     "leg_inner", "ankle_inner", "foot_top", "foot_outer", "armpit", "armpit_back", "arm_inner", "elbow_front"],
)  # fmt: skip
def test_where_no_muscle_refers_first_unknown_wins(region: str) -> None:
    detection = found(a_case(pain(region, "left")))
    shares = detection.mechanism
    assert shares.unknown > max(shares.muscle, shares.nerve_root, shares.other)
    assert detection.abstained is not None


def test_pain_on_the_bones_of_the_neck_alone_names_no_spot() -> None:
    assert found(a_case(pain("neck_midline", "midline"))).abstained is not None


def test_pain_in_many_places_is_blamed_on_muscles_less_the_more_places_the_person_counts() -> None:
    regions = ("head_temple", "neck_angle", "shoulder_top", "lumbar_paraspinal", "thigh_outer", "calf_upper")
    everywhere = [pain(region, side) for region in regions for side in ("left", "right")]
    many, few = (found(a_case(*everywhere, pain_areas=count)).mechanism for count in (7.0, 2.0))
    assert many.muscle < 0.5
    assert many.other > few.other


def test_with_nothing_said_nothing_is_claimed() -> None:
    detection = found(a_case())
    assert detection.abstained is not None
    assert detection.abstained.id == "detect.abstained.nothing_said"
    assert detection.candidates == ()
    assert all(step.kind == "question" for step in detection.ask_next)


def test_answers_without_a_drawing_ask_for_the_drawing() -> None:
    detection = found(a_case(worse_with=("bending_forward",)))
    assert detection.abstained is not None
    assert detection.abstained.id == "detect.abstained.nothing_marked"


def test_pressing_that_brings_on_the_familiar_pain_raises_the_spot_and_the_opposite_lowers_it() -> None:
    top = found(LOW_BACK).candidates[0]
    yes = Press(site=top.site, side=top.side, tender=True, familiar=True)
    no = Press(site=top.site, side=top.side, tender=False, familiar=False)
    after_yes = found(a_case(*LOW_BACK.pain, presses=(yes,), **LOW_BACK.answers))
    after_no = found(a_case(*LOW_BACK.pain, presses=(no,), **LOW_BACK.answers))
    assert after_yes.candidates[0].site == top.site
    assert after_yes.candidates[0].probability > 1.5 * top.probability
    assert probability(after_no, top.muscle, top.side) < 0.6 * top.probability


def test_a_very_large_drawing_is_answered_by_sampling_and_says_so() -> None:
    groups = ("low_back_buttock", "mid_back_chest")
    places = [place for place in NETWORK.regions if KNOWLEDGE.regions[place[0]].group in groups]
    detection = found(a_case(*(pain(region, side) for region, side in places)))
    assert detection.approximate
    assert not found(LOW_BACK).approximate
