"""What conditions, age and answers do to pressing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people import KNOWN, NOW, cleared, everything, may_press, options, person, reasons, regular, stopped, without

from unknot.knowledge.conditions import Condition, facts_in, walk
from unknot.messages import has
from unknot.safety import Clearance, gate
from unknot.safety.compiled import language
from unknot.safety.places import named, sites_at

PRECAUTIONS = KNOWN.safety["precautions"]
SITE_RULES = KNOWN.safety["site_rules"]


def rules_on_pressing():
    """Every condition of the rule language in precautions and site rules."""
    words = language(KNOWN)
    for table in PRECAUTIONS["precaution"]:
        yield words.parse(table["when"], table["id"])
    for table in SITE_RULES["site_rule"]:
        for key in ("blocked_when", "hands_only_when"):
            if key in table:
                yield words.parse(table[key], table["id"])


# --- nothing is forgotten


def test_every_condition_has_an_effect_on_pressing_or_a_reason_why_not():
    used = {id for rule in rules_on_pressing() for part in walk(rule) if isinstance(part, Condition) for id in part.ids}
    without_effect = {entry["condition"]: entry["reason"] for entry in PRECAUTIONS["no_effect"]}
    assert used | without_effect.keys() == set(KNOWN.conditions)
    assert not used & without_effect.keys()
    assert all(without_effect.values())


@pytest.mark.parametrize(
    "question",
    [
        "skin_at_site",
        "numb_skin_at_site",
        "numbing_cream_at_site",
        "medicine_patch_at_site",
        "alcohol_or_sedative_now",
        "bruise_after_pressure",
        "hard_exercise_48h",
        "lump_signs",
        "answered_by_other",
        "pop_or_gap",
        "joint_hot_swollen",
        "dizziness",
        "fever",
        "chills",
        "spinal_procedure_recent",
        "needling_trunk_48h",
        "neck_trauma_recent",
        "neck_manipulation_recent",
        "pregnancy_possible",
        "leg_numb_or_tingling",
        "arm_numb_or_tingling",
        "leg_weakness",
        "arm_weakness",
        "leg_pain_walking_distance",
    ],
)
def test_every_answer_about_today_is_read(question):
    assert any(question in facts_in(rule) for rule in rules_on_pressing())


def test_the_questions_about_places_are_read_by_an_effect():
    read = {effect.get("at") for table in PRECAUTIONS["precaution"] for effect in table["effects"]}
    assert {"implant_place", "treated_place", "related"} <= read


def test_every_precaution_has_a_sentence_review_rows_and_sources():
    for table in PRECAUTIONS["precaution"]:
        assert has(f"precaution.{table['id']}.because"), table["id"]
        assert table["review"]
        assert all(source in KNOWN.sources for source in table["sources"])
        assert all(has(f"need.{need}") for effect in table["effects"] for need in effect.get("needs", ()))


# --- who gets no session


@pytest.mark.parametrize(
    "condition",
    [
        "bleeding_disorder",
        "low_platelets",
        "osteomyelitis",
        "bone_metastasis",
        "cancer_active",
        "cancer_immunotherapy",
        "spinal_cord_injury",
        "uncontrolled_hypertension",
        "cannot_report_pain",
    ],
)
def test_some_conditions_forbid_any_session(condition):
    assert stopped(person(conditions=(condition,))).reasons


@pytest.mark.parametrize("answer", ["alcohol_or_sedative_now", "numbing_cream_at_site", "fever", "chills"])
def test_some_answers_about_today_forbid_any_session(answer):
    assert stopped(person(**{answer: True})).reasons
    assert not may_press(person(**{answer: True}))


def test_nobody_under_18_gets_a_session():
    assert stopped(person(age=17.9))
    assert options(cleared(person(age=18)))


def test_sickle_cell_after_hard_exercise_is_no_day_for_a_session():
    assert "precaution.sickle_cell_exercise.because" in reasons(
        stopped(person(conditions=("sickle_cell",), hard_exercise_48h=True))
    )


# --- bleeding


@pytest.mark.parametrize(
    ("conditions", "age"),
    [
        (("anticoagulant",), 44),
        (("antiplatelet_dual",), 44),
        (("liver_disease",), 44),
        (("dialysis",), 44),
        (("antiplatelet", "steroids_long_term"), 44),
        (("antiplatelet",), 76),
    ],
)
def test_people_who_bleed_more_easily_get_60_kpa_soft_tools_and_comfort_3(conditions, age):
    clearance = cleared(person(conditions=conditions, age=age, implant_place=[]))
    found = options(clearance)
    assert found
    assert all(option.cap_kpa <= 60 for option in found)
    assert all(option.comfort_max <= 3 and option.comfort_stop <= 5 and option.max_hold_s <= 30 for option in found)
    assert all(option.soft_only and option.access not in ("gun", "cane", "elbow_tool") for option in found)
    assert clearance.session_limits.look_again_h == (24, 72)


def test_aspirin_alone_lowers_the_class_by_one_and_drops_the_gun():
    plain, aspirin = cleared(person()), cleared(person(conditions=("antiplatelet",)))
    assert all(option.access != "gun" for option in options(aspirin))
    assert aspirin.options("mt1", "left")[0].cap_kpa == 75  # medium -> low, halved on a first visit
    assert plain.options("mt1", "left")[0].cap_kpa == 125
    assert options(aspirin)[0].cap_kpa > 60


def test_a_site_over_the_lowest_ribs_is_closed_to_people_who_bleed_more_easily():
    clearance = cleared(person(conditions=("anticoagulant",)))
    assert not clearance.options("qls1", "left")
    assert [text.id for text in clearance.closed_because("qls1", "left")] == ["site_rule.lowest_ribs.blocked"]
    assert clearance.options("qls2", "left")


# --- age


def test_from_65_the_pressure_is_halved_and_nobody_lies_on_a_tool_for_the_back():
    clearance = cleared(person(age=65))
    found = clearance.options("qld2", "left")
    assert {option.posture for option in found} <= {"wall_lean", "wall_corner", "chair_back", "hand_held", "seated"} | {
        "bed_supine"
    }
    assert all(option.posture != "bed_supine" or option.access == "fingers" for option in found)
    assert all(option.cap_kpa <= 125 for option in found)


def test_from_75_there_is_no_floor_and_no_gun_anywhere():
    for option in options(cleared(person(age=75))):
        assert not KNOWN.postures[option.posture].on_floor
        assert option.access != "gun"


# --- places


def test_a_pacemaker_asks_where_it_lies_before_anything_else():
    stop = stopped(without(person(conditions=("pacemaker",)), "implant_place"))
    assert "implant_place" in stop.unanswered


def test_the_place_of_an_implant_and_the_places_beside_it_are_closed_on_both_sides():
    clearance = cleared(person(conditions=("implanted_device",), implant_place=["buttock_mid"]))
    for site in ("gmx1", "pf1", "gmx2", "gmd1"):
        assert not clearance.options(site, "left") and not clearance.options(site, "right")
    assert clearance.options("rh1", "left")


def test_not_knowing_where_an_implant_lies_closes_everything():
    assert "precaution.not_sure_where" in reasons(stopped(person(conditions=("vascular_access",), implant_place=None)))


def test_a_line_in_the_arm_closes_the_whole_arm():
    clearance = cleared(person(conditions=("vascular_access",), implant_place=["forearm_radial"]))
    arm = sites_at(named(("ARM", "SHOULDER", "CHEST", "NECK"), KNOWN), KNOWN)
    assert not any(clearance.options(site, side) for site in arm for side in ("left", "right"))
    assert clearance.options("qls2", "left")


def test_a_healing_place_closes_itself_and_leaves_the_rest_open():
    clearance = cleared(person(conditions=("recent_fracture",), treated_place=["forearm_radial"]))
    assert not clearance.options("fe1", "left")
    assert clearance.options("qls2", "left")


@pytest.mark.parametrize(
    "answer",
    [
        {"skin_at_site": ["rash"]},
        {"bruise_after_pressure": True},
        {"medicine_patch_at_site": True},
        {"pop_or_gap": True},
        {"lump_signs": ["longer_than_6_weeks"]},
    ],
)
def test_what_is_wrong_where_one_would_press_closes_every_spot_of_this_complaint(answer):
    found = gate(person(**answer), None, NOW, KNOWN)
    if isinstance(found, Clearance):
        assert not found.options("qls2", "left")
        assert not found.options("lgt2", "left")
        assert not found.options("ict2", "left")  # refers into the painful region from elsewhere
    assert not may_press(person(**answer)) & {"qls2", "lgt2", "ict2", "ml1"}


def test_a_clot_risk_closes_calf_and_inner_thigh():
    clearance = cleared(person("thigh_outer left 4", conditions=("estrogen_therapy",)))
    assert not any(
        clearance.options(site, "left") for site in ("gc1", "gc2", "so_l", "so_u", "al1", "al2", "am1", "gra1")
    )
    assert clearance.options("vl", "left")


def test_a_neck_artery_problem_closes_the_neck_and_nothing_else():
    clearance = cleared(person(conditions=("carotid_disease",)))
    neck = sites_at(named(("NECK",), KNOWN), KNOWN)
    assert not any(clearance.options(site, "left") for site in neck)
    assert clearance.options("qls2", "left")


def test_pregnancy_leaves_hands_in_side_lying_and_sitting_away_from_low_back_and_calf():
    clearance = cleared(person("scapula_body left 4", conditions=("pregnancy",), pregnancy_bleeding=False))
    found = options(clearance)
    assert found
    assert {option.posture for option in found} <= {"seated", "chair_back", "floor_side", "hand_held"}
    closed = sites_at(named(("LOW_BACK", "CALF", "ABDOMEN", "groin"), KNOWN), KNOWN)
    assert not any(clearance.options(site, "left") for site in closed)


# --- not sure


def test_not_sure_counts_as_yes_and_names_the_question():
    clearance = cleared(person(sleepy_now=None))
    texts = [text for text in clearance.options("qls2", "left")[0].because if text.id == "precaution.not_sure"]
    assert [text.params for text in texts] == [{"question": "@question.sleepy_now.ask"}]
    assert not any(
        option.posture.startswith("floor")
        for option in options(clearance)
        if option.tool not in ("fingers", "partner_hand")
    )


def test_not_sure_about_the_skin_or_a_patch_forbids_or_closes():
    for question in ("skin_at_site", "medicine_patch_at_site", "numb_skin_at_site", "lump_signs"):
        found = gate(person(**{question: None}), None, NOW, KNOWN)
        assert not isinstance(found, Clearance) or not found.options("qls2", "left")


# --- laws

conditions = st.frozensets(st.sampled_from(sorted(KNOWN.conditions)), max_size=4)
places = {"implant_place": ["armpit"], "treated_place": ["armpit"], "after_session_signs": []}


DEVICES = next(screen for screen in KNOWN.safety["gate"]["screen"] if screen["id"] == "device_place")["when"][
    "condition"
]


def of(age, some, used_to_it):
    """The gate's word for a person, new to pressing or used to it. Who has no device was not asked where it lies."""
    asked = places if set(some) & set(DEVICES) else {**places, "implant_place": []}
    return gate(person(age=age, conditions=tuple(some), **asked), regular() if used_to_it else None, NOW, KNOWN)


@settings(max_examples=30, deadline=None)
@given(conditions, st.sampled_from(sorted(KNOWN.conditions)), st.integers(18, 95), st.booleans())
def test_another_condition_never_opens_a_spot_raises_a_cap_or_lengthens_a_hold(some, more, age, used_to_it):
    before, after = of(age, some, used_to_it), of(age, some | {more}, used_to_it)
    if not isinstance(after, Clearance):
        return
    assert isinstance(before, Clearance)
    earlier = everything(before)
    for spot, found in everything(after).items():
        by_way = {(option.access, option.posture): option for option in earlier[spot]}
        for option in found:
            was = by_way[option.access, option.posture]
            assert option.cap_kpa <= was.cap_kpa
            assert option.comfort_max <= was.comfort_max
            assert option.comfort_stop <= was.comfort_stop
            assert option.max_hold_s <= was.max_hold_s
            assert option.max_spot_s <= was.max_spot_s
            assert option.soft_only or not was.soft_only
    assert after.session_limits.max_spots <= before.session_limits.max_spots


@settings(max_examples=20, deadline=None)
@given(st.integers(18, 95), st.integers(1, 20), conditions, st.booleans())
def test_a_higher_age_never_opens_a_spot_or_raises_a_cap(age, more, some, used_to_it):
    before, after = of(age, some, used_to_it), of(age + more, some, used_to_it)
    if isinstance(before, Clearance) and isinstance(after, Clearance):
        earlier = everything(before)
        for spot, found in everything(after).items():
            by_way = {(option.access, option.posture): option for option in earlier[spot]}
            assert all(option.cap_kpa <= by_way[option.access, option.posture].cap_kpa for option in found)


@settings(max_examples=15, deadline=None)
@given(conditions)
def test_the_order_of_conditions_never_matters(some):
    one = gate(person(conditions=tuple(sorted(some)), **places), None, NOW, KNOWN)
    other = gate(person(conditions=tuple(sorted(some, reverse=True)), **places), None, NOW, KNOWN)
    assert type(one) is type(other)
    if isinstance(one, Clearance) and isinstance(other, Clearance):
        assert everything(one) == everything(other)


def test_an_artificial_joint_leaves_hands_there_and_closes_nothing():
    hip = cleared(person(conditions=("joint_replacement",), implant_place=["buttock_upper"]))
    assert {option.access for option in hip.options("gmd1", "left")} <= {"fingers", "partner"}
    assert hip.options("gmd1", "left")
    assert "gun" not in {option.access for option in options(hip)}
    port = cleared(person(conditions=("joint_replacement", "implanted_device"), implant_place=["buttock_upper"]))
    assert not port.options("gmd1", "left")


def test_on_a_blood_thinner_a_sore_low_back_still_has_soft_spots_at_60_kpa():
    clearance = cleared(person("lumbar_paraspinal left 5", age=68, conditions=("anticoagulant",)))
    low_back = [site for site in ("qls2", "qld2", "ml1", "gmd1", "gmx1") if clearance.options(site, "left")]
    assert {"qls2", "gmd1"} <= set(low_back)
    for site in low_back:
        assert all(option.cap_kpa <= 60 and option.soft_only for option in clearance.options(site, "left"))


def test_a_steady_daily_painkiller_lowers_the_dose_and_a_new_one_forbids_the_session():
    steady = cleared(person(conditions=("strong_painkiller_regular",), drowsy_or_new_dose=False))
    found = options(steady)
    assert found and all(option.comfort_max <= 3 and option.max_hold_s <= 30 for option in found)
    assert not {option.access for option in found} & {"ball_floor", "lie_on", "roller", "cane", "elbow_tool", "gun"}
    for answer in (True, None):
        assert stopped(person(conditions=("strong_painkiller_regular",), drowsy_or_new_dose=answer))
    unasked = without(person(conditions=("strong_painkiller_regular",), drowsy_or_new_dose=False), "drowsy_or_new_dose")
    assert stopped(unasked).unanswered == ("drowsy_or_new_dose",)


@pytest.mark.parametrize("answer", [True, None])
def test_nobody_lies_on_a_tool_when_sleep_is_near(answer):
    awake = options(cleared(person(sleepy_now=False)))
    found = options(cleared(person(sleepy_now=answer)))
    assert any(option.access == "lie_on" for option in awake)
    lying = {id for id, posture in KNOWN.postures.items() if posture.on_floor} | {"bed_supine"}
    assert not any(option.posture in lying for option in found if option.access not in ("fingers", "partner"))
    assert any(option.access == "ball_wall" for option in found)


def test_aspirin_with_an_antidepressant_of_the_ssri_kind_counts_as_a_blood_thinner():
    found = options(cleared(person(conditions=("antiplatelet", "ssri"))))
    assert {option.cap_kpa <= 60 for option in found} == {True}
    assert max(option.cap_kpa for option in options(cleared(person(conditions=("ssri",))))) > 60
