"""How many pages a person sees from opening to the first result, and what a tick on a tile opens."""

from dataclasses import replace

import pytest
from safety_cases import make_case

from unknot.knowledge import load
from unknot.safety import next_page, screens
from unknot.safety.interview import interviewed

STRAIN = {"onset": "over_days", "onset_event": ["lifting"], "duration_weeks": 2, "course": "improving"}
KNOWN = load()

PLAIN = [
    # who                     where                 age  sex       pages at most
    ("plain low back pain", "lumbar_paraspinal", 44, "male", 12),
    ("plain low back pain", "lumbar_paraspinal", 30, "female", 12),
    ("buttock", "buttock_mid", 44, "female", 12),
    ("plain neck pain", "neck_angle", 44, "male", 13),
    ("plain neck pain", "neck_back_lower", 30, "female", 13),
    ("shoulder", "shoulder_back", 38, "male", 13),
    ("arm", "arm_side", 38, "female", 13),
    ("hip", "hip_side", 55, "female", 12),
    ("calf", "calf_upper", 28, "male", 12),
    ("between the shoulder blades", "interscapular", 44, "male", 13),
    ("temple", "head_temple", 44, "male", 14),
]


def pages(region, age=44, sex="male", conditions=(), **answers):
    person = {"age": age, "sex": sex, "conditions": list(conditions)}
    return interviewed(make_case([f"{region} left 5"], person, {**STRAIN, **answers}), KNOWN).pages


@pytest.mark.parametrize(("who", "region", "age", "sex", "most"), PLAIN)
def test_a_plain_pain_is_asked_about_on_about_a_dozen_pages(who, region, age, sex, most):
    assert len(pages(region, age, sex)) <= most


def test_somebody_without_health_conditions_is_through_them_with_two_taps():
    assert [page for page in pages("lumbar_paraspinal") if page.startswith("health")] == ["health", "health_more"]


def test_a_medicine_opens_its_list_and_nothing_else():
    assert pages("lumbar_paraspinal", conditions=["statin"]).count("health") == 2


def test_an_emergency_ends_the_interview_at_once():
    assert pages("lumbar_paraspinal", ces_saddle=True)[-1] == "bladder_bowel_saddle"
    assert pages("neck_angle", speech_trouble=True)[-1] == "right_now"


def test_chest_pain_is_asked_after_at_once():
    asked = pages("neck_angle", chest_pain=True, chest_pain_timing="longer_ago")
    assert asked[asked.index("right_now") + 1] == "chest_when"


@pytest.mark.parametrize("region", ["buttock_mid", "arm_side", "calf_upper", "interscapular", "head_temple"])
def test_no_question_stands_on_two_screens_and_no_screen_holds_more_than_six_facts(region):
    shown = screens(make_case([f"{region} left", "neck_angle right", "lumbar_paraspinal left"]), KNOWN)
    asked = [question for screen in shown for tile in screen.tiles for question in tile.questions]
    assert len(asked) == len(set(asked))
    assert all(len(screen.tiles) <= 6 for screen in shown)


def test_a_ticked_tile_of_several_facts_opens_them_and_the_others_stay_denied():
    case = make_case(["lumbar_paraspinal left"], {"sex": "male", "conditions": []}, STRAIN)
    page = next_page(case, KNOWN)
    denied = dict.fromkeys((q for tile in page.tiles if tile.id != "face_speech_side" for q in tile.questions), False)
    opened = next_page(replace(case, answers={**case.answers, **denied}), KNOWN, ticked=["face_speech_side"])
    assert opened.kind == "tiles"
    assert opened.questions == ("face_numb_or_droop", "speech_trouble", "one_side_numb_or_weak")
    assert [tile.id for tile in opened.tiles] == list(opened.questions)


def test_not_sure_opens_the_facts_of_a_screen_singly():
    case = make_case(["lumbar_paraspinal left"], {"sex": "male", "conditions": []}, STRAIN)
    assert next_page(case, KNOWN, singly=True).kind == "question"
    assert next_page(case, KNOWN, singly=True).questions == ("chest_pain",)


def test_an_answer_that_is_too_old_is_asked_again():
    case = make_case(["lumbar_paraspinal left"], {"sex": "male", "conditions": []}, {**STRAIN, "ces_saddle": False})
    assert "ces_saddle" in {q for s in screens(case, KNOWN, stale={"ces_saddle"}) for q in s.unanswered}
    assert "ces_saddle" not in {q for s in screens(case, KNOWN) for q in s.unanswered}
