"""Laws of drawings set beside each other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unknot import body
from unknot.body import compare

PLACES = st.tuples(st.integers(-90, 90), st.integers(-400, -160)).map(lambda p: (float(p[0]), float(p[1])))
STROKES = st.lists(
    st.builds(
        body.Stroke,
        points=st.lists(PLACES, min_size=1, max_size=3),
        radius=st.floats(8, 20),
    ),
    min_size=1,
    max_size=2,
)
DRAWINGS = st.dictionaries(st.sampled_from(["front", "back"]), STROKES, min_size=1)
few = settings(max_examples=20, deadline=None)  # a drawing covers thousands of cells
FLANK = {"back": [body.Stroke(points=[(-90, -330), (-85, -250)], radius=16)]}


@few
@given(DRAWINGS, DRAWINGS)
def test_overlap_lies_between_nothing_and_all_whichever_comes_first(first, second):
    found = compare.overlap(first, second)
    assert found == compare.overlap(second, first)
    assert found is None or 0 <= found <= 1


@few
@given(DRAWINGS)
def test_a_drawing_overlaps_itself_wholly_and_mirrored_twice_it_is_itself(drawing):
    assert compare.overlap(drawing, drawing) in (1.0, None)
    assert compare.overlap(compare.mirrored(compare.mirrored(drawing)), drawing) in (1.0, None)


@few
@given(DRAWINGS)
def test_the_mirror_image_covers_the_same_regions_on_the_other_side(drawing):
    turned = compare.mirrored(drawing)
    for view, strokes in drawing.items():
        there = {(region, body.OTHER[side]): cm2 for (region, side), cm2 in compare.painted_cm2(view, strokes).items()}
        found = compare.painted_cm2(view, turned[view])
        assert found.keys() == there.keys()
        assert all(abs(found[area] - there[area]) < 1e-9 for area in found)


def test_nothing_drawn_has_no_overlap():
    assert compare.overlap({}, {"back": []}) is None


def test_a_retest_on_the_other_side_asks_whether_the_sides_were_swapped():
    assert compare.sides_swapped(FLANK, compare.mirrored(FLANK))
    assert not compare.sides_swapped(FLANK, FLANK)


def test_a_wholly_painted_region_covers_its_skin():
    painted = compare.painted_cm2("back", [body.Stroke(points=[(0, -300)], radius=900)])
    skin = body.provenance()["areas_cm2"]
    assert abs(painted["lumbar_paraspinal", "left"] - skin["lumbar_paraspinal"]) < 0.1


KEPT = st.dictionaries(
    st.sampled_from(
        [("lumbar_paraspinal", "left"), ("lumbar_paraspinal", "right"), ("flank", "left"), ("sacrum", "midline")]
    ),
    st.floats(0.1, 1.0),
    min_size=1,
)


@settings(max_examples=60, deadline=None)
@given(KEPT, KEPT)
def test_kept_drawings_overlap_alike_in_both_orders_and_wholly_with_themselves(first, second):
    assert body.shares_overlap(first, first) == pytest.approx(1)
    assert body.shares_overlap(first, second) == pytest.approx(body.shares_overlap(second, first))
    assert 0 <= body.shares_overlap(first, second) <= 1
    assert body.skin_cm2(first) > 0


def test_a_kept_drawing_of_the_other_side_is_told_from_another_place():
    left, right = {("flank", "left"): 1.0}, {("flank", "right"): 1.0}
    assert body.shares_swapped(left, right)
    assert not body.shares_swapped(left, left)
    assert not body.shares_swapped(left, {("sacrum", "midline"): 1.0})
    assert body.shares_overlap({}, {}) is None
