"""Geometry against rules: which sites touch a danger zone although tools or hands are allowed there."""

from __future__ import annotations

from pathlib import Path

from unknot import body, knowledge
from unknot.safety.sites import site_plans, zones

KNOWLEDGE = knowledge.load()
PLANS = site_plans(KNOWLEDGE)
TOUCHES_MM = 8
# What the drawing says and the rules allow: each was put before people, with its reason, in docs/atlas/zones.md.
TO_BE_DECIDED = {
    "tri3": {"outer_arm_nerve"},
    "spi1": {"kidney"},
    "icl1": {"kidney"},
    "ml3": {"spine"},
    "qls1": {"kidney"},
    "te1": {"temple"},
    "te2": {"temple"},
    "ma3": {"carotid"},
    "of_f": {"eye"},
    "sc1": {"upper_neck_artery"},
    "scv1": {"upper_neck_artery"},
    "scv2": {"spine"},
    "ss2": {"spine"},
    "lat1": {"armpit"},
}


def touched(site):
    return {name for name, distance in body.zones_near(site).items() if distance <= TOUCHES_MM}


def test_the_sites_that_touch_a_danger_zone_though_they_may_be_pressed_are_the_listed_ones():
    found = {site: touched(site) for site, plan in PLANS.items() if plan.access and touched(site)}
    assert found == TO_BE_DECIDED


def test_every_listed_site_stands_in_the_page_for_people_to_decide():
    page = (Path(__file__).parents[2] / "docs" / "atlas" / "zones.md").read_text(encoding="utf-8")
    assert all(f"`{site}`" in page for site in TO_BE_DECIDED)


def test_a_site_whose_home_is_a_forbidden_region_lies_in_or_near_a_danger_zone():
    never = zones(KNOWLEDGE).never
    abdomen = {"abdomen_upper", "abdomen_lower", "neck_front", "groin", "knee_back", "armpit"}
    for site, plan in PLANS.items():
        if plan.press and plan.site.home in never & abdomen:
            assert body.zones_near(site), site
