"""What else could be done: every way is shown, with its grade, how it fits this person, and why."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan.test_choose import detected
from safety.people import KNOWN, NOW, person

from unknot.case import Case
from unknot.messages import render
from unknot.plan.choose import Choice, choose
from unknot.plan.modality import FITS, advise, place
from unknot.record import History
from unknot.safety import Clearance, gate, screen

LOW_BACK = "lumbar_paraspinal left 5"
NEEDLES = [id for id, modality in KNOWN.modalities.items() if modality.kind == "needle"]
ASKED = ("numb_skin_at_site", "medicine_patch_at_site", "pregnancy_possible", "recent_infection", "pop_or_gap")


def cards(case: Case, *spots):
    """The cards by modality, in their order."""
    detection = detected(*(spots or (("icl1", 0.6),)))
    leave = gate(case, History(screened_at=NOW), NOW, KNOWN)
    cleared = isinstance(leave, Clearance)
    choice = choose(leave, detection, case, KNOWN) if cleared else Choice(session=None, because=leave.reasons)
    found = advise(case, screen(case, None, KNOWN), detection, choice, cleared, KNOWN)
    return {card.modality: card for card in found}


def because(card):
    return [text.id for text in card.because]


def test_every_modality_is_shown_whoever_asks_with_its_grade_and_sources():
    for case in (person(LOW_BACK), person(LOW_BACK, age=79, conditions=("anticoagulant", "osteoporosis"))):
        found = cards(case)
        assert found.keys() == KNOWN.modalities.keys()
        assert {id: card.grade for id, card in found.items()} == {id: m.grade for id, m in KNOWN.modalities.items()}
        assert all(card.sources for card in found.values())


@given(
    conditions=st.lists(st.sampled_from(sorted(KNOWN.conditions)), max_size=3, unique=True),
    weeks=st.sampled_from([1, 5, 6, 30]),
    tools=st.lists(st.sampled_from(sorted(KNOWN.tools)), max_size=3, unique=True),
)
@settings(max_examples=10, deadline=None)
def test_the_order_follows_kind_then_fit_then_grade_and_nothing_else(conditions, weeks, tools):
    case = person(LOW_BACK, conditions=tuple(conditions), tools=tuple(tools), duration_weeks=weeks)
    found = list(cards(case).values())
    assert [place(card, KNOWN) for card in found] == sorted(place(card, KNOWN) for card in found)


@given(condition=st.sampled_from(sorted(KNOWN.conditions)), weeks=st.sampled_from([1, 20]))
@settings(max_examples=15, deadline=None)
def test_an_illness_never_makes_a_card_fit_better(condition, weeks):
    well = cards(person(LOW_BACK, duration_weeks=weeks))
    for id, card in cards(person(LOW_BACK, conditions=(condition,), duration_weeks=weeks)).items():
        if "advice.because.out_of_reach" not in because(card):  # what is lost to one's own hands, a trained hand keeps
            assert FITS.index(card.fit) >= FITS.index(well[id].fit), (condition, id)


@pytest.mark.parametrize("question", ASKED)
def test_not_sure_is_never_better_than_no_and_names_the_question(question):
    no, unsure = cards(person(LOW_BACK, **{question: False})), cards(person(LOW_BACK, **{question: None}))
    changed = [id for id in unsure if unsure[id].fit != no[id].fit]
    assert all(FITS.index(unsure[id].fit) > FITS.index(no[id].fit) for id in changed)
    named = {text.params.get("question") for card in unsure.values() for text in card.because}
    assert f"@question.{question}.ask" in named


@pytest.mark.parametrize("condition", ["anticoagulant", "antiplatelet", "liver_disease"])
def test_with_thin_blood_a_needle_is_asked_about_first(condition):
    found = cards(person(LOW_BACK, conditions=(condition,), duration_weeks=20, treatments_helped=["dry_needling"]))
    assert found["dry_needling"].fit == "ask"
    assert "caution.needle_bleeding" in because(found["dry_needling"])
    assert "caution.hands_bleeding" in because(found["professional_massage"])


@pytest.mark.parametrize(
    ("facts", "modality", "fit", "reason"),
    [
        ({"conditions": ("bleeding_disorder",)}, "dry_needling", "not", "caution.needle_no_clotting"),
        ({"conditions": ("diabetes",)}, "injection_anaesthetic", "ask", "caution.needle_infection"),
        ({"conditions": ("lymphoedema",)}, "dry_needling", "ask", "caution.needle_swollen_limb"),
        ({"conditions": ("osteoporosis",)}, "manual_therapy", "ask", "caution.hands_bones"),
        ({"conditions": ("upper_neck_instability",)}, "manual_therapy", "ask", "caution.thrust_neck"),
        ({"conditions": ("spinal_stenosis",)}, "manual_therapy", "ask", "caution.thrust_spine"),
        ({"conditions": ("dvt_ever",)}, "professional_massage", "ask", "caution.hands_clot"),
        ({"conditions": ("kidney_special",)}, "professional_massage", "ask", "caution.hands_vessels"),
        ({"conditions": ("pregnancy",)}, "professional_massage", "ask", "caution.hands_pregnant"),
        ({"conditions": ("neuropathy",)}, "heat", "not", "caution.heat_numb"),
        ({"medicine_patch_at_site": True}, "heat", "not", "caution.heat_patch"),
        ({"conditions": ("heart_failure",)}, "exercise", "ask", "caution.exercise_heart"),
    ],
)
def test_a_fact_about_the_person_speaks_against_a_treatment_and_says_why(facts, modality, fit, reason):
    assert reason not in because(cards(person(LOW_BACK))[modality])
    card = cards(person(LOW_BACK, **facts))[modality]
    assert card.fit == fit
    assert reason in because(card)


def test_a_needle_near_the_lung_is_asked_about_and_one_in_the_low_back_is_not():
    assert "caution.needle_lung" in because(cards(person("suprascapular left 5"))["dry_needling"])
    assert "caution.needle_lung" not in because(cards(person(LOW_BACK))["dry_needling"])


def test_every_caution_can_hold_and_has_its_own_sentence():
    sentences = {render(f"caution.{id}") for id in KNOWN.cautions}
    assert len(sentences) == len(KNOWN.cautions)
    assert {one for caution in KNOWN.cautions.values() for one in caution.modalities} <= KNOWN.modalities.keys()


def test_what_nothing_speaks_for_is_shown_and_never_recommended():
    found = cards(person(LOW_BACK, duration_weeks=40, treatments_helped=["injection"]))
    for id in ("injection_steroid", "injection_sarapin"):
        assert found[id].fit == "not"
        assert "advice.because.unsupported" in because(found[id])


def test_needles_are_no_first_step_but_possible_and_fit_who_was_helped_by_them_before():
    assert cards(person(LOW_BACK))["dry_needling"].fit == "possible"
    helped = person(LOW_BACK, duration_weeks=20, treatments_helped=["dry_needling"])
    assert cards(helped)["dry_needling"].fit == "now"


def test_movement_fits_now_and_stands_first():
    found = list(cards(person(LOW_BACK)).values())
    assert (found[0].modality, found[0].fit) == ("exercise", "now")


def test_a_tool_that_the_person_owns_fits_and_one_that_is_closed_to_them_does_not():
    owned = cards(person(LOW_BACK, tools=("massage_ball",)))
    assert owned["by_ball"].fit == "now"
    assert because(owned["by_cane"]) == ["advice.because.no_tool"]
    assert cards(person(LOW_BACK, age=78))["massage_gun"].fit == "not"


@pytest.mark.parametrize(("weeks", "fit"), [(5.9, "possible"), (6, "now")])
def test_pain_lasts_from_the_sixth_week_on(weeks, fit):
    assert cards(person(LOW_BACK, duration_weeks=weeks, course="improving"))["manual_therapy"].fit == fit


def test_with_thin_blood_only_hands_and_soft_tools_fit_and_the_reason_is_said():
    found = cards(person("buttock_mid left 5", conditions=("anticoagulant",)), ("gmx1", 0.6))
    assert found["by_ball"].fit == found["massage_gun"].fit == found["by_cane"].fit == "not"
    assert because(found["by_ball"]) == ["precaution.bleeding_medicine.because"]
    assert found["by_lie_on"].fit == "now"
    assert found["by_fingers"].fit != "not"


def test_an_owned_tool_that_does_not_fit_the_likely_spots_waits():
    found = cards(person("lumbar_paraspinal left 5", tools=("massage_gun", "massage_ball")), ("icl1", 0.6))
    assert because(found["massage_gun"]) == ["advice.because.no_reach"]
    assert found["by_ball"].fit == "now"


def test_heat_is_for_a_new_low_back():
    assert cards(person(LOW_BACK, duration_weeks=5.9))["heat"].fit == "now"
    assert cards(person(LOW_BACK, duration_weeks=6, course="improving"))["heat"].fit == "possible"
    assert cards(person(LOW_BACK, duration_weeks=1))["heat"].fit == "now"
    assert cards(person("neck_back_lower left 5", duration_weeks=1))["heat"].fit == "possible"
    assert cards(person(LOW_BACK, duration_weeks=20))["heat"].fit == "possible"


def test_a_professional_comes_first_where_pain_is_strong_a_spot_out_of_reach_or_nobody_showed_how():
    assert cards(person(LOW_BACK, duration_weeks=1))["professional_massage"].fit == "possible"
    strong = cards(person("lumbar_paraspinal left 8", duration_weeks=1))["professional_massage"]
    assert (strong.fit, because(strong)) == ("now", ["advice.because.severe"])
    unreachable = cards(person(LOW_BACK, tools=(), duration_weeks=1), ("ps1", 0.8))["professional_massage"]
    assert (unreachable.fit, because(unreachable)) == ("now", ["advice.because.out_of_reach"])
    lasting = cards(person(LOW_BACK, duration_weeks=12, course="improving"))["professional_massage"]
    assert "advice.because.learn" in because(lasting)
    shown = person(LOW_BACK, duration_weeks=12, course="improving", treatments_helped=["massage"])
    assert because(cards(shown)["professional_massage"]) == []


def test_a_spot_that_is_closed_to_this_person_sends_nobody_elses_hand_there_unasked():
    found = cards(person(LOW_BACK, skin_at_site=["rash"]))
    assert found["self_massage"].fit == "not"
    assert found["professional_massage"].fit == "ask"
    assert "advice.because.closed" in because(found["professional_massage"])


def test_without_a_spot_to_press_pressing_waits():
    found = cards(person(LOW_BACK), ("icl1", 0.01))
    assert found["self_massage"].fit == "possible"
    assert because(found["self_massage"]) == ["advice.because.no_spot"]


def test_while_a_clinician_should_look_first_every_card_says_so():
    case = person(LOW_BACK, conditions=("bone_metastasis",))
    assert screen(case, None, KNOWN).level == "provider"
    for card in cards(case).values():
        assert card.fit in ("ask", "not")
        assert "advice.because.clinician_first" in because(card)


def test_nobody_is_advised_before_the_danger_signs_are_answered_or_at_an_urgent_level():
    assert cards(person(LOW_BACK, ces_saddle=True)) == {}
    assert cards(person(LOW_BACK, fever=True)) == {}
    open_gate = person(LOW_BACK)
    answers = {key: value for key, value in open_gate.answers.items() if key != "ces_saddle"}
    assert cards(Case(person=open_gate.person, pain=open_gate.pain, answers=answers, palpation=())) == {}
