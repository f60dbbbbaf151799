"""One coordinate system under all bodies: what is painted on one lies on the same skin on every other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unknot import body
from unknot.body import places
from unknot.body.load import BODIES, NEUTRAL, VIEWS, document

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "body_places.json").read_text(encoding="utf-8"))
ON_TRUNK_AND_LEGS = st.tuples(st.floats(-150, 150), st.floats(-540, 700))
unhurried = settings(max_examples=60, deadline=None)  # the first use of a body reads its files
ANY_BODY = st.sampled_from(BODIES)
TRUNK_VIEWS = st.sampled_from(["front", "back"])


def well_inside(view: str) -> list[tuple[float, float]]:
    """Points whose region goes on for 16 mm around them."""
    grid = [(float(x), float(y)) for x in range(-280, 281, 35) for y in range(-780, 781, 35)]
    near = [(dx, dy) for dx in (-16, 0, 16) for dy in (-16, 0, 16)]
    found = ({body.region_at(view, x + dx, y + dy) for dx, dy in near} for x, y in grid)
    return [point for point, regions in zip(grid, found, strict=True) if len(regions) == 1 and None not in regions]


INSIDE = [(view, *point) for view in ("front", "back", "left") for point in well_inside(view)]


@unhurried
@given(st.sampled_from(INSIDE), ANY_BODY, ANY_BODY)
def test_from_one_body_to_another_and_back_is_the_same_point(place, first, second):
    view, x, y = place
    here = places.same_place(view, x, y, NEUTRAL, first)
    there = places.same_place(view, *here, first, second)
    assert places.same_place(view, *there, second, first) == pytest.approx(here, abs=1.0)


@unhurried
@given(st.sampled_from(INSIDE), ANY_BODY, ANY_BODY)
def test_the_same_place_lies_in_the_same_region_on_every_body(place, first, second):
    view, x, y = place
    there = places.same_place(view, x, y, NEUTRAL, first)
    assert body.region_at(view, *there, first) == body.region_at(view, x, y)
    assert body.region_at(view, *places.same_place(view, *there, first, second), second) == body.region_at(view, x, y)


@unhurried
@given(TRUNK_VIEWS, ON_TRUNK_AND_LEGS, ANY_BODY)
def test_left_and_right_are_carried_alike(view, point, other):
    x, y = places.same_place(view, *point, NEUTRAL, other)
    assert places.same_place(view, -point[0], point[1], NEUTRAL, other) == pytest.approx((-x, y))


@pytest.mark.parametrize("name", BODIES[1:])
def test_every_region_is_seen_on_every_body_in_some_view(name):
    def seen(which):
        return {(s.region, s.side) for view in VIEWS for s in body.region_paths(view, which)}

    assert seen(name) == seen(NEUTRAL)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['view']}-{v['source']}-{v['target']}")
def test_the_shared_places(vector):
    found = places.same_place(vector["view"], *vector["point"], vector["source"], vector["target"])
    assert found == pytest.approx(vector["place"], abs=1e-6)


def test_an_unknown_body_is_refused():
    with pytest.raises(KeyError):
        places.same_place("back", 0, 0, "giant")
    with pytest.raises(KeyError):
        body.region_paths("back", "giant")


def test_provenance_names_every_file_of_the_bodies():
    listed = document("bodies/index")["files"]
    assert {name.split("/")[0] for name in listed} == set(BODIES) - {NEUTRAL}
