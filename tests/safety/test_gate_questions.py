"""What must be asked before a session, in which order, on which screens."""

import pytest
from safety_cases import make_case

from unknot.knowledge import load
from unknot.safety import before_session, screen, screens, unanswered

CES = (
    "ces_saddle",
    "ces_bladder_retention",
    "ces_bladder_leak",
    "ces_bladder_sensation",
    "ces_bowel_control",
    "ces_bowel_sensation",
)


def ids(case):
    return [screen.id for screen in screens(case, load())]


def harmless_answer(question):
    """What a harmless person answers to one gate question."""
    kind = load().questions[question]
    harmless = {"number": 2, "bool": False, "one_of": None, "many_of": []}[kind.type]
    return {
        "onset": "over_days",
        "onset_event": ["new_or_harder_exercise"],
        "course": "improving",
        "duration_weeks": 2,
        "first_onset_age_years": 30,
        "morning_stiffness_minutes": 5,
    }.get(question, harmless)


def answered(pain, person):
    """The case of somebody harmless after the whole interview, and the number of rounds it took."""
    answers: dict = {}
    for rounds in range(1, 12):
        case = make_case(pain, {"conditions": [], "sex": "male", **person}, answers)
        waiting = unanswered(case, load())
        if not waiting:
            return case, rounds
        answers |= {question: harmless_answer(question) for question in waiting}
    raise AssertionError(waiting)


@pytest.mark.parametrize(
    "region",
    [
        "lumbar_paraspinal",
        "buttock_mid",
        "neck_angle",
        "scapula_body",
        "head_temple",
        "interscapular",
        "hip_side",
        "calf_upper",
    ],
)
@pytest.mark.parametrize("age", [30, 55, 72])
def test_a_harmless_person_gets_through_the_interview_to_self_care(region, age):
    case, rounds = answered([f"{region} left 5"], {"age": age})
    found = screen(case, None, load())
    assert found.level == "self_care"
    assert found.complete
    assert found.session_forbidden_by == ()
    assert rounds <= 3


def test_the_shared_opening_comes_first_and_the_dangers_of_the_region_next():
    shown = ids(make_case(["lumbar_paraspinal left"]))
    assert shown[:5] == ["about_you", "right_now", "health", "health_more", "onset"]
    assert shown[5] == "bladder_bowel_saddle"


def test_two_body_parts_are_asked_about_together_dangers_first_and_nothing_twice():
    waiting = unanswered(make_case(["lumbar_paraspinal left", "neck_back_upper left"]), load())
    assert len(waiting) == len(set(waiting))
    assert waiting.index("neck_pain_unlike_any") < waiting.index("leg_weakness")
    assert waiting.index("ces_saddle") < waiting.index("double_vision")
    assert set(CES) <= set(waiting)


def test_headache_opens_the_headache_questions():
    assert "headache_thunderclap" not in unanswered(make_case(["neck_back_upper left"]), load())
    assert "headache_thunderclap" in unanswered(make_case(["neck_back_upper left"], answers={"headache": True}), load())


def test_a_place_named_by_an_answer_opens_its_questions_while_nothing_is_painted():
    waiting = unanswered(make_case(answers={"chest_pain": True}), load())
    assert waiting[0] == "pain"
    assert "sharp_on_breathing" in waiting


@pytest.mark.parametrize(
    ("pain", "person", "answers", "question"),
    [
        ("lumbar_paraspinal left", {}, {"ces_bladder_leak": True}, "ces_new_14_days"),
        ("lumbar_paraspinal left", {}, {"leg_symptoms_both": True}, "leg_symptoms_both_new"),
        ("lumbar_paraspinal left", {}, {"leg_weakness": True}, "weakness_progressing"),
        ("lumbar_paraspinal left", {"age": 75}, {}, "midline_bone_pain"),
        ("lumbar_paraspinal left", {}, {"onset_event": ["fall"]}, "fall_or_blow_hard"),
        ("lumbar_paraspinal left", {"age": 65}, {}, "smoker"),
        ("lumbar_paraspinal left", {"age": 30}, {"duration_weeks": 20}, "first_onset_age_years"),
        ("lumbar_paraspinal left", {"age": 30, "sex": "female"}, {}, "pregnancy_possible"),
        ("neck_angle left", {"age": 50}, {"duration_weeks": 5}, "cough_persistent"),
        ("neck_angle left", {}, {"neck_trauma_recent": True}, "neck_cannot_turn_45"),
        ("neck_angle left", {}, {"cold_sweat": True}, "chest_pain_timing"),
        ("neck_angle left", {}, {"onset_event": ["needle_or_injection"]}, "needling_trunk_48h"),
        ("head_temple left", {"age": 50}, {}, "scalp_tender"),
        ("interscapular left", {"conditions": ["osteoporosis"]}, {}, "height_loss_or_stoop"),
        ("thigh_front_upper left", {"conditions": ["anticoagulant"]}, {}, "knee_giving_way"),
        ("thigh_front_upper left", {}, {"leg_symptoms_both": True}, "ces_saddle"),
        ("thigh_front_upper left", {}, {"history_cancer": True}, "history_cancer_kind"),
        ("thigh_front_upper left", {"conditions": ["implanted_device"]}, {}, "implant_place"),
    ],
)
def test_an_answer_that_asks_for_more_opens_the_next_question(pain, person, answers, question):
    plain = make_case([pain], {"age": 35, "sex": "male", "conditions": []})
    assert question not in unanswered(plain, load())
    assert question in unanswered(
        make_case([pain], {"age": 35, "sex": "male", "conditions": [], **person}, answers), load()
    )


def test_not_sure_is_an_answer_but_forbids_the_session():
    case, _ = answered(["lumbar_paraspinal left 5"], {"age": 40})
    unsure = make_case(
        ["lumbar_paraspinal left 5"],
        {"age": 40, "sex": "male", "conditions": []},
        {**case.answers, "weight_loss_unexplained": None},
    )
    found = screen(unsure, None, load())
    assert found.complete
    assert [text.id for text in found.session_forbidden_by] == ["screening.not_sure_gate"]


def test_not_sure_about_the_course_forbids_nothing():
    case, _ = answered(["lumbar_paraspinal left 5"], {"age": 40})
    unsure = make_case(
        ["lumbar_paraspinal left 5"], {"age": 40, "sex": "male", "conditions": []}, {**case.answers, "course": None}
    )
    assert screen(unsure, None, load()).session_forbidden_by == ()


def test_none_of_these_is_offered_only_where_it_answers_every_tile():
    for shown in screens(make_case(["lumbar_paraspinal left", "neck_angle left"]), load()):
        asked = {q for tile in shown.tiles for q in tile.questions if not q.startswith("conditions.")}
        kinds = {load().questions[q].type if q in load().questions else "" for q in asked}
        assert shown.none_of_these == (kinds <= {"bool", "many_of"})


def test_a_screen_says_what_of_it_is_still_open():
    case = make_case(["lumbar_paraspinal left"], answers={"ces_saddle": False, "ces_bladder_leak": None})
    shown = next(screen for screen in screens(case, load()) if screen.id == "bladder_bowel_saddle")
    assert set(shown.unanswered) == set(CES) - {"ces_saddle", "ces_bladder_leak"}


def test_the_short_form_before_a_session_fits_the_person_and_the_place():
    back = [tile.id for tile in before_session(make_case(["lumbar_paraspinal left"], {"sex": "male"}), load())]
    neck = [tile.id for tile in before_session(make_case(["neck_angle left"], {"age": 30, "sex": "female"}), load())]
    assert {"before_bladder_legs", "before_fever", "before_alcohol", "before_skin"} <= set(back)
    assert set(neck) - set(back) == {"before_head", "before_pregnancy"}


def test_what_to_watch_for_belongs_to_the_painted_part():
    back = {text.id for text in screen(make_case(["lumbar_paraspinal left"]), None, load()).watch_for}
    neck = {text.id for text in screen(make_case(["neck_angle left"]), None, load()).watch_for}
    assert "watch_for.bladder_or_saddle" in back
    assert "watch_for.bladder_or_saddle" not in neck
    assert "watch_for.face_speech_sight" in neck
