"""What single spots allow, whoever presses them, and where nobody presses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people import KNOWN, NOW, SIDES, cleared, may_press, options, person, regular

from unknot.messages import has
from unknot.safety import Clearance, gate, zones
from unknot.safety.sites import HANDS, site_plans

NEVER = [
    "ps1",
    "ps2",
    "il1",
    "sub1",
    "pec1",
    "am2",
    "dig_p",
    "dig_a",
    "cor1",
    "pt_l",
    "pt_m",
    "pop1",
    "tp1",
    "pfl1",
    "obi1",
]
LOOK_ONLY = ["scm_s", "scm_c", "ra1", "ra2", "ra3", "ob1", "ob2"]
ANYBODY = person("lumbar_paraspinal left 3", conditions=())


def ways(site, clearance=None):
    return {option.access for side in SIDES for option in (clearance or cleared(ANYBODY)).options(site, side)}


# --- never


@pytest.mark.parametrize("site", NEVER)
def test_nobody_presses_here_not_even_to_look_for_the_spot(site):
    assert not ways(site)
    assert site not in may_press(ANYBODY)


def test_the_scalenes_are_checked_by_movement_only():
    assert not ways("sca1")
    assert "sca1" not in may_press(ANYBODY)


@pytest.mark.parametrize("site", LOOK_ONLY)
def test_these_spots_are_looked_for_at_most(site):
    assert not ways(site)
    assert site in may_press(person(age=30))


@settings(max_examples=40, deadline=None)
@given(
    st.integers(18, 95),
    st.frozensets(st.sampled_from(sorted(KNOWN.conditions)), max_size=3),
    st.sampled_from([region.id for region in KNOWN.regions.values() if region.lateral]),
)
def test_throat_groin_armpit_and_belly_never_have_options_for_anybody(age, conditions, region):
    case = person(f"{region} left 4", age=age, conditions=tuple(conditions), implant_place=[], treated_place=[])
    clearance = gate(case, None, NOW, KNOWN)
    if isinstance(clearance, Clearance):
        assert not any(clearance.options(site, side) for site in (*NEVER, *LOOK_ONLY, "sca1") for side in SIDES)
    assert not may_press(case) & {*NEVER, "sca1"}


def test_no_site_with_options_lies_in_a_forbidden_zone():
    never = zones(KNOWN).never
    for site, plan in site_plans(KNOWN).items():
        assert not (plan.access and plan.site.home in never), site


def test_what_lay_people_are_told_not_to_press_in_the_muscle_files_is_never_pressed():
    for site in KNOWN.sites.values():
        if not site.self_press:
            assert not site_plans(KNOWN)[site.id].press


# --- every site


def test_every_site_has_a_home_among_the_regions_that_tile_the_skin():
    for site in KNOWN.sites.values():
        assert KNOWN.regions[site.home].shape == "area", site.id


def test_every_reachable_site_keeps_the_caps_of_its_class():
    caps = KNOWN.safety["caps"]
    for case, past in ((ANYBODY, None), (person(after_session_signs=[]), regular(*KNOWN.sites))):
        clearance = cleared(case, past)
        for site, plan in site_plans(KNOWN).items():
            for side in SIDES:
                for option in clearance.options(site, side):
                    assert 0 < option.cap_kpa <= caps["class"][plan.pressure_class]["cap"]["value"]
                    assert option.comfort_max <= min(5, caps["class"][plan.pressure_class]["comfort_max"]["value"])
                    assert option.comfort_max < option.comfort_stop <= 7
                    assert 0 < option.max_hold_s <= min(90, option.max_spot_s) <= option.max_spot_s <= 120
                    assert option.posture in KNOWN.access[option.access].postures
                    assert option.tool == KNOWN.access[option.access].tool


def test_every_option_reason_and_advice_has_a_sentence():
    case = person(age=77, conditions=("antiplatelet", "joint_replacement", "heart_disease"), implant_place=[])
    for option in options(cleared(case)):
        assert all(has(text.id) for text in (*option.because, *option.how))
    clearance = cleared(case)
    for site in KNOWN.sites:
        assert all(has(text.id) for text in clearance.closed_because(site, "left"))


def test_every_site_rule_has_its_sentences():
    for table in KNOWN.safety["site_rules"]["site_rule"]:
        for key, name in (("how", "how"), ("blocked_when", "blocked"), ("hands_only_when", "hands_only")):
            assert (key in table) == has(f"site_rule.{table['id']}.{name}"), (table["id"], name)
        assert table["review"] and all(source in KNOWN.sources for source in table["sources"])


def test_a_closed_spot_always_says_why_and_an_open_one_never_does():
    clearance = cleared(ANYBODY)
    for site in KNOWN.sites:
        for side in SIDES:
            assert bool(clearance.options(site, side)) != bool(clearance.closed_because(site, side))


def test_an_unknown_site_is_an_error_and_a_wrong_side_has_no_options():
    with pytest.raises(KeyError):
        cleared(ANYBODY).options("no_such_site", "left")
    assert cleared(ANYBODY).options("qls2", "midline") == ()


# --- the rows of the review, one by one


def test_the_neck_shoulder_angle_has_hands_and_cane_only():
    for site in ("ut1", "ls1"):
        assert ways(site) <= {"fingers", "cane"}
    assert ways("ut2") == {"fingers", "cane", "partner"}  # another person's flat hand on the ridge, never a ball
    assert ways("ls2") == {"fingers", "cane", "ball_wall"}


@pytest.mark.parametrize("site", ["so1", "sc1", "ss1", "ss2", "mc1", "scv1"])
def test_the_back_of_the_neck_has_soft_balls_and_fingers_half_a_minute_twice(site):
    found = cleared(ANYBODY).options(site, "left")
    assert {option.access for option in found} == {"fingers", "ball_floor"}
    assert all(option.soft_only and option.max_hold_s <= 30 and option.max_spot_s <= 60 for option in found)
    assert ways(site, cleared(person(age=66))) == {"fingers"}
    assert ways(site, cleared(person(conditions=("osteoporosis",)))) == {"fingers"}
    assert not ways(site, cleared(person(conditions=("inflammatory_arthritis",))))
    for answer in ("dizziness", "headache_pattern_change"):
        found = gate(person(**{answer: True}), None, NOW, KNOWN)
        assert not isinstance(found, Clearance) or not ways(site, found)


@pytest.mark.parametrize("site", ["qls1", "qld1", "icl1", "lgt2", "ict2", "spi1", "lat2"])
def test_over_the_lowest_ribs_it_is_flat_soft_and_100_kpa_at_most(site):
    found = cleared(person(after_session_signs=[]), regular(site)).options(site, "left")
    assert {option.access for option in found} <= {"fingers", "ball_wall"}
    assert all(option.cap_kpa <= 100 and option.soft_only for option in found)
    for condition in ("kidney_special", "anticoagulant", "osteoporosis", "liver_disease"):
        assert not ways(site, cleared(person(conditions=(condition,))))


def test_above_the_pelvic_rim_the_elbow_tool_stays_at_100_kpa():
    clearance = cleared(person(after_session_signs=[]), regular("qls2"))
    caps = {option.access: option.cap_kpa for option in clearance.options("qls2", "left")}
    assert caps["elbow_tool"] == 100
    assert caps["lie_on"] == 250


def test_the_massage_gun_is_kept_for_thick_muscle_away_from_bone_vessels_and_lungs():
    with_gun = {site for site in KNOWN.sites if "gun" in ways(site)}
    assert with_gun == {"inf1", "gmx1", "gmd2", "rf", "vi", "vl", "ham1", "ham2", "del1"}
    for option in cleared(ANYBODY).options("gmx1", "left"):
        if option.access == "gun":
            assert option.max_hold_s == 15 and option.max_spot_s == 60


def test_a_massage_gun_runs_at_its_lowest_speed_within_its_own_booklet():
    guns = [option for option in options(cleared(ANYBODY)) if option.access == "gun"]
    assert guns
    assert all("need.gun_gently" in {text.id for text in option.how} for option in guns)
    assert all(option.max_hold_s <= 15 and option.max_spot_s <= 60 for option in guns)


def test_the_chest_wall_has_hands_only_for_twenty_seconds_and_waits_for_the_heart_questions():
    for site in ("pm1", "pm2", "pm3", "pm4", "scl1", "ic1", "sa1"):
        found = cleared(ANYBODY).options(site, "left")
        assert {option.access for option in found} == {"fingers"}
        assert all(option.max_hold_s <= 20 for option in found)
    unasked = {name: value for name, value in ANYBODY.answers.items() if name != "spreads_arm_or_jaw"}
    clearance = cleared(type(ANYBODY)(person=ANYBODY.person, pain=ANYBODY.pain, answers=unasked))
    assert not ways("pm1", clearance) and not ways("pmi1", clearance)
    for condition in ("breast_implant", "pacemaker"):
        assert not ways("pm1", cleared(person(conditions=(condition,), implant_place=[])))


def test_the_outer_leg_nerve_gets_fingers_for_twenty_seconds():
    for site in ("pl", "fe3"):
        assert ways(site) == {"fingers"}
        assert all(option.max_hold_s <= 20 for option in cleared(ANYBODY).options(site, "left"))
    assert "gun" not in ways("ta1") and "roller" not in ways("ptert")


def test_the_upper_calf_is_medium_and_closed_with_any_sign_or_chance_of_a_clot():
    assert site_plans(KNOWN)["gc1"].pressure_class == "medium"
    assert ways("gc1")
    for condition in ("varicose_veins", "dvt_ever", "dvt_history", "recent_surgery", "estrogen_therapy"):
        clearance = cleared(person(conditions=(condition,), treated_place=["forearm_back"]))
        assert not ways("gc1", clearance) and not ways("so_u", clearance)


def test_the_inner_thigh_starts_a_hand_width_below_the_groin_and_keeps_the_roller_off_its_top():
    assert ways("al1") == {"fingers"}
    assert ways("al2") == ways("am1") == ways("gra1") == {"fingers", "roller"}


@pytest.mark.parametrize("site", ["pf1", "pf2", "gmn_b", "gmx2"])
def test_near_the_leg_nerve_it_is_45_seconds_medium_and_nobody_sits_on_a_ball(site):
    found = cleared(ANYBODY).options(site, "left")
    assert found
    assert all(option.max_hold_s <= 45 and option.max_spot_s <= 90 and option.posture != "seated" for option in found)
    assert site_plans(KNOWN)[site].pressure_class == "medium"
    assert not ways(site, cleared(person(leg_numb_or_tingling=True)))


@pytest.mark.parametrize("site", ["so1", "ss1", "pmi1", "pf1", "pf2", "gmn_b", "gmx2", "pl", "ta1", "tfl1"])
def test_spots_near_a_nerve_are_held_45_seconds_and_90_a_day_at_most(site):
    plan = site_plans(KNOWN)[site]
    assert plan.limits.hold_max_s <= 45
    assert plan.limits.spot_max_s <= 90


def test_the_tailbone_gets_soft_tools_only():
    assert all(option.soft_only for option in cleared(ANYBODY).options("gmx3", "left"))


def test_lying_or_leaning_back_over_a_tool_is_out_with_a_narrow_slipped_fused_or_operated_spine():
    for condition in ("spondylolisthesis", "spinal_stenosis", "fused_spine_disease", "spinal_implant", "osteoporosis"):
        clearance = cleared(person(conditions=(condition,)))
        for site in ("ml1", "lgt1", "ict1"):
            for option in clearance.options(site, "left"):
                assert option.access in HANDS or not KNOWN.postures[option.posture].on_floor
                assert option.access != "elbow_tool"


def test_a_thigh_rests_after_a_hard_blow():
    fresh = cleared(person(onset_event=["blow"], duration_weeks=1.5, fall_or_blow_hard=False))
    assert not ways("vl", fresh)
    assert ways("vl", cleared(person(onset_event=["blow"], duration_weeks=3, fall_or_blow_hard=False)))
    assert ways("vl", cleared(person(conditions=("anticoagulant",)))) <= set(HANDS)


def test_the_shoulder_rests_after_an_injection():
    clearance = cleared(person(conditions=("recent_injection",), treated_place=["buttock_upper"]))
    assert not ways("del1", clearance) and not ways("inf1", clearance)
    assert ways("mt1", clearance)
