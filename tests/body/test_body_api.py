"""Where it hurts: points, shapes and drawings agree, and left is the person's own left in every view."""

from __future__ import annotations

import pytest

from unknot import body
from unknot.knowledge import load


@pytest.fixture(scope="module")
def regions():
    return load().regions


def test_every_area_region_is_shown_on_both_sides_and_nothing_else_is(regions):
    areas = {r.id for r in regions.values() if r.shape == "area"}
    shown = {(s.region, s.side) for view in body.views() for s in body.region_paths(view)}
    wanted = {(r, s) for r in areas for s in (("left", "right") if regions[r].lateral else ("midline",))}
    assert shown == wanted


@pytest.mark.parametrize(("view", "persons_left_is"), [("front", 1), ("back", -1), ("soles", 1)])
def test_left_is_the_persons_own_left(view, persons_left_is):
    for shape in body.region_paths(view):
        if shape.side != "midline":
            assert (shape.at[0] * persons_left_is > 0) == (shape.side == "left"), shape.region


@pytest.mark.parametrize("view", ["left", "right"])
def test_a_side_view_shows_that_side_only(view):
    assert {s.side for s in body.region_paths(view)} <= {view, "midline"}


@pytest.mark.parametrize("view", body.views())
def test_each_label_point_lies_in_its_region(view):
    for shape in body.region_paths(view):
        assert body.region_at(view, *shape.at) == (shape.region, shape.side)


@pytest.mark.parametrize("view", body.views())
def test_outside_the_body_there_is_no_region(view):
    x, y, width, height = body.view_box(view)
    for point in ((x + 1, y + 1), (x + width - 1, y + height - 1), (x - 500, y), (0, y + height + 500)):
        assert body.region_at(view, *point) is None


@pytest.mark.parametrize("view", body.views())
def test_two_points_that_mirror_each_other_are_the_same_region_on_the_other_side(view):
    twin = {"left": "right", "right": "left"}.get(view, view)
    x0, y0, width, height = body.view_box(view)
    found = 0
    for column in range(2, int(width), 17):
        for row in range(2, int(height), 23):
            here = body.region_at(view, x0 + column + 0.5, y0 + row + 0.5)
            there = body.region_at(twin, -(x0 + column + 0.5), y0 + row + 0.5)
            if here is None:
                assert there is None
            else:
                found += 1
                assert there == (here[0], body.OTHER[here[1]])
    assert found > 20


def test_some_places_a_therapist_knows():
    low_back_beside_the_spine = (-38, -230)
    assert body.region_at("back", *low_back_beside_the_spine) == ("lumbar_paraspinal", "left")
    assert body.region_at("back", 0, -230) == ("lumbar_midline", "midline")
    assert body.region_at("back", 45, -145) == ("si_joint", "right")
    assert body.region_at("back", 70, -480) == ("scapula_medial_border", "right")
    assert body.region_at("front", 100, -420) == ("chest_breast", "left")
    assert body.region_at("left", -20, -220) == ("flank", "left")
    assert body.region_at("right", 20, -220) == ("flank", "right")


def test_painting_a_whole_region_covers_it_and_erasing_uncovers_it():
    spot = body.Stroke(points=[(-38, -300), (-38, -170)], radius=40)
    painted = body.coverage("back", [spot])
    assert painted["lumbar_paraspinal", "left"] > 0.9
    assert next(iter(painted)) == ("lumbar_paraspinal", "left")
    wiped = body.coverage("back", [spot, body.Stroke(points=spot.points, radius=60, erase=True)])
    assert wiped == {}


def test_more_paint_never_covers_less():
    strokes = [body.Stroke(points=[(x, -300), (x + 10, -150)], radius=12) for x in range(-120, 120, 30)]
    before: dict[body.Area, float] = {}
    for count in range(1, len(strokes) + 1):
        now = body.coverage("back", strokes[:count])
        assert all(now[area] >= share for area, share in before.items())
        before = now


def test_a_region_painted_at_the_rim_of_a_view_is_not_counted_as_a_whole_region():
    x, y, width, height = body.view_box("front")
    middle = (x + width / 2, y + height / 2)
    everything = body.coverage("front", [body.Stroke(points=[middle], radius=width + height)])
    assert everything["thigh_front_upper", "left"] == pytest.approx(1)
    assert everything["thigh_outer", "left"] < 0.7
    assert all(0 < share <= 1 for share in everything.values())


def test_the_same_drawing_in_the_mirror_covers_the_other_side():
    stroke = [(-60, -500), (-90, -430), (-40, -200)]
    left = body.coverage("back", [body.Stroke(points=stroke, radius=15)])
    right = body.coverage("back", [body.Stroke(points=[(-x, y) for x, y in stroke], radius=15)])
    assert right == {(region, body.OTHER[side]): share for (region, side), share in left.items()}


def test_bands_and_depths_are_made_of_areas(regions):
    assert body.made_of("lumbar_band", "midline", regions) == (
        ("lumbar_paraspinal", "left"),
        ("lumbar_paraspinal", "right"),
        ("lumbar_midline", "midline"),
    )
    assert body.made_of("scapula_deep", "right", regions)[0] == ("suprascapular", "right")
    assert body.made_of("flank", "left", regions) == (("flank", "left"),)


def test_an_unknown_view_is_named_in_the_error():
    with pytest.raises(KeyError, match="sideways"):
        body.region_at("sideways", 0, 0)
