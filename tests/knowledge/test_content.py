"""What the facts must hold to, whatever they are."""

from __future__ import annotations

import re

from unknot import messages
from unknot.knowledge import load

KNOWN = load()


def test_every_muscle_site_and_region_is_there():
    assert (len(KNOWN.muscles), len(KNOWN.sites), len(KNOWN.regions)) == (61, 122, 98)


def test_every_region_can_be_reached_from_every_other_over_shared_borders():
    areas = {region.id for region in KNOWN.regions.values() if region.shape == "area"}
    reached, edge = {"lumbar_paraspinal"}, ["lumbar_paraspinal"]
    while edge:
        for other in KNOWN.regions[edge.pop()].neighbours:
            if other not in reached:
                reached.add(other)
                edge.append(other)
    assert reached == areas


def test_the_midline_regions_lie_on_the_spine_the_pelvis_and_nowhere_else():
    assert {region.id for region in KNOWN.regions.values() if not region.lateral} == {
        "neck_midline", "spine_thoracic", "midback_band", "lumbar_midline", "lumbar_band", "sacrum", "coccyx",
        "genitals",
    }  # fmt: skip


def test_the_low_back_touches_the_pelvis_and_the_mid_back_but_not_the_leg():
    near = set(KNOWN.regions["lumbar_paraspinal"].neighbours)
    assert {"midback_paraspinal", "iliac_crest_back", "si_joint", "lumbar_midline", "lumbar_lateral"} <= near
    assert not any(KNOWN.regions[other].group == "hip_leg" for other in near)


def test_something_makes_every_muscle_worse():
    assert [muscle.id for muscle in KNOWN.muscles.values() if not muscle.worse_with] == []


def test_a_short_muscle_limits_movement_away_from_it_and_is_told_for_the_right_side():
    assert "neck_tilt_left" in KNOWN.muscles["trapezius_upper"].limited_movements
    assert "back_side_left" in KNOWN.muscles["quadratus_lumborum_deep"].limited_movements
    assert "neck_tilt_left" in KNOWN.muscles["scalenes"].limited_movements
    assert not any("_tilt_right" in x for muscle in KNOWN.muscles.values() for x in muscle.limited_movements)


def test_every_muscle_has_a_movement_and_all_but_five_a_strengthening_exercise():
    without = set()
    for muscle in KNOWN.muscles.values():
        kinds = {KNOWN.exercises[id_].kind for id_ in muscle.exercises}
        assert kinds & {"stretch", "movement"}, muscle.id
        if "strength" not in kinds:
            without.add(muscle.id)
    assert without == {
        "serratus_posterior_superior", "occipitofrontalis", "subclavius", "intercostals", "pelvic_floor_obturator",
    }  # fmt: skip


def test_nobody_presses_belly_groin_armpit_throat_or_pelvis_by_himself():
    untouched = {site.id for site in KNOWN.sites.values() if not site.self_press}
    assert untouched == {
        "ps1", "ps2", "il1", "sub1", "pec1", "am2", "dig_p", "dig_a", "cor1", "pt_l", "pt_m", "pop1", "tp1", "pfl1",
        "obi1", "sca1",
    }  # fmt: skip


def test_a_spot_that_nobody_presses_says_so_where_it_is_described():
    for site in KNOWN.sites.values():
        words = messages.render(f"site.{site.id}.where")
        assert site.self_press != ("ot to be pressed" in words or "annot be reached" in words), site.id


def test_a_muscle_with_no_spot_to_press_has_no_way_of_reaching_it():
    for muscle in KNOWN.muscles.values():
        if not any(site.self_press for site in muscle.sites):
            assert muscle.access == (), muscle.id
            assert muscle.pressure_class == "none_tool", muscle.id


def test_the_gun_never_goes_to_head_neck_chest_belly_or_calf():
    with_gun = {muscle.id for muscle in KNOWN.muscles.values() if "gun" in muscle.access}
    groups = {KNOWN.regions[site.home].group for id_ in with_gun for site in KNOWN.muscles[id_].sites}
    assert not groups & {"head", "neck"}
    assert not with_gun & {"gastrocnemius", "tibialis_anterior", "latissimus_dorsi", "rectus_abdominis", "obliques"}


def test_an_interval_that_is_partly_assumed_is_never_called_measured():
    for muscle in KNOWN.muscles.values():
        for group, prior in muscle.priors.items():
            if KNOWN.sources[prior.source].seen in ("memory", "own"):
                assert prior.basis not in ("measured", "published"), (muscle.id, group)


def test_doubtful_patterns_are_marked():
    assert KNOWN.sites["so_u"].doubtful == ("si_joint",)
    assert KNOWN.sites["qls1"].doubtful == ("genitals",)
    assert {KNOWN.sites[id_].pattern for id_ in ("rh1", "spi1", "del3", "sup2", "gmd3")} == {"memory"}


def test_every_way_of_lying_on_the_floor_is_known_to_be_on_the_floor():
    for posture in KNOWN.postures.values():
        assert posture.on_floor == posture.id.startswith("floor_"), posture.id


def test_lying_loads_a_tool_more_than_leaning_on_a_wall():
    for group in ("mid_back_chest", "low_back_buttock"):
        floor = KNOWN.postures["floor_supine"].load_by_group[group].value
        wall = KNOWN.postures["wall_lean"].load_by_group[group].value
        assert floor is not None and wall is not None
        assert floor > 1.5 * wall


def test_popular_claims_without_support_are_named_as_such():
    for id_ in ("adhesions", "toxins", "organs", "mostly_muscular", "sarapin", "steroid", "performance", "cortisol"):
        assert KNOWN.claims[id_].verdict in ("unsupported", "contradicted"), id_
    assert KNOWN.modalities["injection_sarapin"].grade == "unsupported"
    assert KNOWN.modalities["exercise"].grade < KNOWN.modalities["self_massage"].grade


def test_every_benefit_that_massage_is_said_to_have_has_a_claim_with_what_was_measured():
    benefits = {
        "pain": "pain_relief", "painkiller use": "painkillers", "headaches": "headache", "posture": "posture_massage",
        "flexibility, range of motion, mobility": "flexibility", "local tension, relaxation": "tension",
        "warmth, circulation": "circulation", "sleep": "sleep", "concentration": "concentration",
        "stress": "stress_mood", "soreness": "soreness", "recovery time": "recovery_time",
        "daily tasks": "daily_life", "sport": "performance",
    }  # fmt: skip
    assert set(benefits.values()) <= KNOWN.claims.keys()
    for claim in KNOWN.claims.values():
        told = messages.render(f"claim.{claim.id}.measured")
        assert re.search(r"\d|[Oo]ne |[Tt]wo |[Ww]e found no|nobody counted", told), claim.id


def test_every_claim_is_met_on_a_card_of_advice_or_stands_under_its_topic():
    linked = {id for modality in KNOWN.modalities.values() for id in modality.claims}
    assert linked <= KNOWN.claims.keys()
    assert len(linked) > 25


def test_no_grade_pretends_that_papers_were_read_in_full():
    for entry in (*KNOWN.claims.values(), *KNOWN.modalities.values()):
        if any(KNOWN.sources[id_].seen != "full" for id_ in entry.sources):
            assert not entry.checked_in_full, entry.id


def test_another_person_presses_no_neck_belly_rib_or_groin_muscle():
    homes = {site.home for muscle in KNOWN.muscles.values() if "partner" in muscle.access for site in muscle.sites}
    assert not {id_ for id_ in homes if id_.startswith(("neck_", "chest_", "abdomen_", "groin", "flank", "armpit"))}
    assert "partner" in KNOWN.muscles["rhomboids"].access
