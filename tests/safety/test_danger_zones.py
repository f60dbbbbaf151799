"""Geometry against rules: a spot that touches a danger zone has a rule that says how to keep off."""

from __future__ import annotations

from pathlib import Path

import pytest

from unknot import body, knowledge
from unknot.messages import has, render
from unknot.safety.keep_away import NEAR_MM, keep_away
from unknot.safety.sites import site_plans, zones

KNOWLEDGE = knowledge.load()
PLANS = site_plans(KNOWLEDGE)
RULES = {rule["id"]: rule for rule in KNOWLEDGE.safety["site_rules"]["site_rule"]}
TOUCHES_MM = 8
# Zones that a spot touches by the drawing though the rules let it be pressed, and the rule that answers for it. The
# reasons stand in docs/atlas/zones.md.
ANSWERED = {
    "tri3": ("outer_arm_nerve", "outer_arm_nerve"),
    "spi1": ("kidney", "lowest_ribs"),
    "icl1": ("kidney", "lowest_ribs"),
    "qls1": ("kidney", "lowest_ribs"),
    "ml3": ("spine", "beside_the_spine"),
    "te1": ("temple", "scalp_and_temple"),
    "te2": ("temple", "scalp_and_temple"),
    "ma3": ("carotid", "jaw_corner"),
    "of_f": ("eye", "brow"),
    "sc1": ("upper_neck_artery", "upper_neck_artery"),
    "scv1": ("upper_neck_artery", "upper_neck_artery"),
    "scv2": ("spine", "beside_neck_bones"),
    "ss2": ("spine", "beside_neck_bones"),
    "lat1": ("armpit", "armpit_folds"),
}


def touched(site):
    return {name for name, distance in body.zones_near(site).items() if distance <= TOUCHES_MM}


def test_the_sites_that_touch_a_danger_zone_though_they_may_be_pressed_are_the_answered_ones():
    found = {site: touched(site) for site, plan in PLANS.items() if plan.access and touched(site)}
    assert found == {site: {zone} for site, (zone, _) in ANSWERED.items()}


@pytest.mark.parametrize("site", ANSWERED)
def test_a_rule_says_how_to_keep_off_the_zone_that_a_spot_touches(site):
    zone, rule = ANSWERED[site]
    assert site in RULES[rule]["sites"]
    for access in PLANS[site].access or ("fingers",):
        assert any(text.id.startswith(f"site_rule.{rule}.how") for text in PLANS[site].how_by(access)), access
    assert f"danger.{zone}" in {text.id for text in keep_away(site)}


def test_over_the_outer_arm_nerve_and_under_the_skull_nothing_rolls_hammers_or_presses_hard():
    assert set(PLANS["tri3"].access) == {"fingers", "ball_wall", "partner"}
    for site in ("sc1", "scv1"):
        assert PLANS[site].limits.cap_kpa == 60
        assert PLANS[site].limits.soft_only


def test_every_zone_has_its_sentence_and_the_nearest_comes_first():
    for view in ("front", "back", "left"):
        assert all(has(f"danger.{zone}") for zone in body.danger_zones(view))
    assert [text.id for text in keep_away("te1")] == ["danger.temple", "danger.eye"]
    assert not keep_away("gmd2")
    near = {site: body.zones_near(site) for site in KNOWLEDGE.sites}
    assert all(near[site][text.id.split(".")[1]] <= NEAR_MM for site in near for text in keep_away(site))
    assert render(keep_away("qls1")[0].id).startswith("The kidney")


def test_every_answered_site_stands_in_the_page_with_its_reason():
    page = (Path(__file__).parents[2] / "docs" / "atlas" / "zones.md").read_text(encoding="utf-8")
    assert all(f"`{site}`" in page and f"`{rule}`" in page for site, (_, rule) in ANSWERED.items())


def test_a_site_whose_home_is_a_forbidden_region_lies_in_or_near_a_danger_zone():
    never = zones(KNOWLEDGE).never
    abdomen = {"abdomen_upper", "abdomen_lower", "neck_front", "groin", "knee_back", "armpit"}
    for site, plan in PLANS.items():
        if plan.press and plan.site.home in never & abdomen:
            assert body.zones_near(site), site
