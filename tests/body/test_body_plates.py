"""Plates, referral zones, danger zones and cuts: what the written SVG holds."""

from __future__ import annotations

import gzip
import re
from xml.etree import ElementTree

import pytest

from unknot import body, knowledge
from unknot.body.plates import scene
from unknot.body.scene import DARK, LIGHT

KNOWLEDGE = knowledge.load()
SVG = "{http://www.w3.org/2000/svg}"


def test_a_plate_can_stand_inside_a_page_with_a_strict_content_policy():
    text = body.plate("gluteus_medius", art="/static/body", felt=["gmd1"], danger=True)
    tree = ElementTree.fromstring(text)
    assert {"script", "style", "foreignObject"} & {element.tag.removeprefix(SVG) for element in tree.iter()} == set()
    assert not [e for e in tree.iter() if "style" in e.attrib or any(name.startswith("on") for name in e.attrib)]
    assert set(re.findall(r'href="([^"]+)"', text)) == {
        f"/static/body/left-{part}.webp" for part in ("shadow", "light")
    }


def test_the_same_plate_is_the_same_text():
    assert body.plate("deltoid", felt=["del1"]) == body.plate("deltoid", felt=["del1"])


@pytest.mark.parametrize("muscle", ["trapezius_upper", "latissimus_dorsi", "pectoralis_major", "masseter"])
def test_a_muscle_without_ground_is_small(muscle):
    assert len(gzip.compress(body.plate(muscle, art=None, context=False).encode())) < 25_000


def test_every_name_of_a_reference_inside_the_plate_is_defined_in_it():
    text = body.plate("infraspinatus", felt=["inf1"], danger=True, ids="here")
    used, defined = set(re.findall(r"url\(#([^)]+)\)", text)), set(re.findall(r' id="([^"]+)"', text))
    assert used <= defined
    assert all(name.startswith("here-") for name in defined)


def test_a_page_may_decide_the_colours():
    text = body.plate("soleus", theme="variables", art=None)
    assert f"var(--plate-muscle,{LIGHT['muscle']})" in text
    assert DARK["muscle"] in body.plate("soleus", theme="dark", art=None)
    assert set(LIGHT) == set(DARK)


def test_a_muscle_of_the_back_is_not_drawn_on_the_front():
    for muscle in ("rhomboids", "multifidi_lumbar", "trapezius_lower", "semispinalis_capitis"):
        assert "front" not in body.views_of(muscle)
        with pytest.raises(KeyError):
            body.plate(muscle, view="front")


def test_the_right_side_is_the_mirror_image_of_the_left():
    left, right = (scene("rhomboids", side=side).box for side in ("left", "right"))
    assert right[0] == pytest.approx(-(left[0] + left[2]), abs=0.2)
    assert right[1:] == pytest.approx(left[1:], abs=0.2)
    assert body.best_view("masseter", "right") == "right"


def test_every_site_is_felt_somewhere_in_a_view():
    for site in KNOWLEDGE.sites:
        assert any(body.referral(site, "left", view).primary for view in ("front", "back", "left")), site


def middle(paths):
    """Mean x of the paths' points."""
    points = [x for path in paths for x, _ in path[::3]]
    return sum(points) / len(points)


def test_pain_on_the_same_side_glows_on_the_same_side():
    for site, view in (("gmn_b", "back"), ("qls1", "back"), ("rf", "front"), ("bb1", "front")):
        turn = -1 if view == "back" else 1
        assert middle(body.referral(site, "left", view).primary) * turn > 0, site
        assert middle(body.referral(site, "right", view).primary) * turn < 0, site


def test_danger_zones_name_what_the_issue_of_pressing_is_about():
    zones = {name for view in ("front", "back", "left") for name in body.danger_zones(view)}
    wanted = {"spine", "kidney", "floating_ribs", "throat", "carotid", "armpit", "groin", "back_of_knee", "abdomen"}
    assert wanted | {"sciatic", "outer_knee_nerve", "elbow_inner_nerve", "outer_arm_nerve"} <= zones


def test_a_cut_says_that_it_is_a_drawing_and_shows_the_tool():
    tool = KNOWLEDGE.tools["massage_ball"]
    text = body.section("qls1", "left", tool=tool)
    assert "A drawing to explain" in text
    assert LIGHT["tool"] in text
    assert LIGHT["tool"] not in body.section("qls1", "left")


def test_every_site_of_back_belly_and_buttock_has_a_cut():
    for site in KNOWLEDGE.sites.values():
        if KNOWLEDGE.regions[site.home].group in ("mid_back_chest", "low_back_buttock"):
            assert body.has_section(site.id), site.id


def test_every_area_region_has_a_name_elsewhere_and_no_segment_is_left_out():
    areas = {r.id for r in KNOWLEDGE.regions.values() if r.shape == "area"}
    assert set(body.elsewhere()) == areas
    everything = [(region, side) for region in areas for side in ("left", "right")]
    assert body.cbm_segments(everything) == (*range(101, 137), *range(201, 239))
    assert len(body.widespread_areas(everything)) == 19
    codes = [row.uberon for row in body.elsewhere().values() if row.uberon]
    assert all(re.fullmatch(r"UBERON:\d{7}", code) for code in codes)


def test_left_stays_left_in_other_systems():
    assert body.cbm_segments([("shoulder_front", "left")]) == (110,)
    assert body.cbm_segments([("shoulder_front", "right")]) == (107,)
    assert body.widespread_areas([("hip_side", "left"), ("sacrum", "midline")]) == ("hip.left", "lower_back")


def test_the_muscles_under_a_tool_are_named_from_the_skin_to_the_pressed_one():
    found = body.under("qls1")
    assert [one.muscle for one in found] == [
        "latissimus_dorsi", "iliocostalis_lumborum", "quadratus_lumborum_superficial",
    ]  # fmt: skip
    assert [one.near for one in found] == sorted(one.near for one in found)
    with pytest.raises(KeyError):
        body.under("ma1")


def test_layers_that_lie_over_a_muscle_are_marked_so_that_a_page_can_leave_them_off():
    text = body.plate("quadratus_lumborum_superficial", peel=True, art=None)
    assert 'class="plate-layer plate-superficial plate-above"' in text
    assert 'class="plate-layer plate-deep"' in text
    assert "plate-layer" not in body.plate("quadratus_lumborum_superficial", art=None)


def test_a_second_view_is_named_only_where_the_first_hardly_shows_the_zone():
    assert body.felt_view(["inf1"], "left", "back") == "front"
    assert body.felt_view(["qls2"], "right", "back") is None
    text = body.felt_plate(["inf1"], "left", "front", [("shoulder_front", "left")], art=None, title="Felt here")
    assert "<title>Felt here</title>" in text
    assert LIGHT["referral"] in text
    with pytest.raises(ValueError, match="vl"):
        body.felt_plate(["vl"], "left", "soles")
