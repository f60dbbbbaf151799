from math import pi, radians

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unknot.dose import DoseError
from unknot.dose.rocking import edge_angle_deg, height_exponent, rights_itself, rock
from unknot.dose.spine import spine_gap
from unknot.knowledge import load

KNOWLEDGE = load()
MASSAGER = {"height_mm": 45.0, "tip_radius_mm": 25.0, "base_radius_mm": 90.0, "base_width_mm": 100.0}
ANGLE = st.floats(-40, 40)
SIZES = st.fixed_dictionaries(
    {
        "height_mm": st.floats(20, 100),
        "tip_radius_mm": st.floats(5, 20),
        "base_radius_mm": st.floats(20, 500),
        "base_width_mm": st.floats(20, 200),
    }
)


def test_upright_nothing_has_moved():
    still = rock(0, **MASSAGER)
    assert (still.contact_shift_mm, still.lift_mm, still.force_ratio, still.push_ratio) == (0, 0, 1, 0)
    assert not still.on_edge


def test_a_ball_rolls_its_own_circumference_and_stays_as_high():
    turned = rock(45, height_mm=63, tip_radius_mm=31.5, base_radius_mm=31.5, base_width_mm=63)
    assert turned.contact_shift_mm == pytest.approx(31.5 * pi / 4)
    assert turned.lift_mm == pytest.approx(0, abs=1e-9)
    assert turned.force_ratio == pytest.approx(1)


@given(ANGLE, SIZES)
@settings(max_examples=20)
def test_rocking_to_either_side_is_the_same(angle, sizes):
    one, other = rock(angle, **sizes), rock(-angle, **sizes)
    assert one.contact_shift_mm == pytest.approx(-other.contact_shift_mm)
    assert (one.lift_mm, one.force_ratio) == (other.lift_mm, other.force_ratio)


@given(st.floats(1, 40), SIZES)
@settings(max_examples=20)
def test_a_base_that_rights_itself_lifts_the_body_and_raises_the_force_and_another_does_not(angle, sizes):
    found = rock(angle, **sizes)
    stable = rights_itself(sizes["height_mm"], sizes["tip_radius_mm"], sizes["base_radius_mm"])
    assert (found.lift_mm > 0) == stable == (found.push_ratio > 0)
    assert (found.force_ratio > 1) == (stable and height_exponent("supine", "low_back") > 0)


def test_the_contact_moves_as_far_as_the_base_rolls_less_what_the_tip_swings_back():
    angle = radians(10)
    assert rock(10, **MASSAGER).contact_shift_mm == pytest.approx(90 * angle - 70 * angle, rel=0.02)


def test_beyond_the_round_part_of_the_base_the_tool_stands_on_its_rim():
    edge = edge_angle_deg(90, 100)
    assert not rock(edge - 1, **MASSAGER).on_edge
    assert rock(edge + 1, **MASSAGER).on_edge


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("height_mm", {"height_mm": -1}),
        ("height_mm", {"height_mm": float("nan")}),
        ("tip_radius_mm", {"tip_radius_mm": 60}),
        ("base_radius_mm", {"base_radius_mm": 0}),
        ("base_width_mm", {"base_width_mm": float("inf")}),
        ("part", {"part": "nose"}),
    ],
)
def test_sizes_that_cannot_be_are_refused_with_the_field_named(field, wrong):
    with pytest.raises(DoseError) as error:
        rock(10, **(MASSAGER | wrong))
    assert error.value.field == field


def test_an_angle_at_which_nobody_lies_is_refused():
    with pytest.raises(DoseError) as error:
        rock(80, **MASSAGER)
    assert error.value.field == "angle_deg"


ELBOWS = {"gap_mm": 50.0, "tip_radius_mm": 16.0, "recess_mm": 50.0, "sinks_mm": 16.0, "knowledge": KNOWLEDGE}


def test_the_two_sided_elbow_tool_clears_the_spine_over_the_whole_stated_anatomy():
    model = KNOWLEDGE.tool_models["deep_tissue_massager"]
    for gap in (model.gap_mm.lo, model.gap_mm.hi):
        for radius in (model.radius_mm.lo, model.radius_mm.hi):
            for sinks in (0.0, 10.0, 20.0, 30.0):
                found = spine_gap(
                    gap_mm=gap, tip_radius_mm=radius, recess_mm=model.recess_mm.lo, sinks_mm=sinks, knowledge=KNOWLEDGE
                )
                assert found.clear and found.flags == (), (gap, radius, sinks, found)


def test_two_balls_in_a_sock_may_reach_the_spine_and_are_flagged():
    model = KNOWLEDGE.tool_models["two_balls_63"]
    found = spine_gap(
        gap_mm=model.gap_mm.value, tip_radius_mm=32, recess_mm=model.recess_mm.lo, sinks_mm=25, knowledge=KNOWLEDGE
    )
    assert found.flags == ("spine",)


@given(st.floats(0, 200), st.floats(0, 200), st.floats(0, 60), st.floats(0, 60))
@settings(max_examples=20)
def test_a_wider_gap_never_comes_nearer_and_sinking_deeper_never_further(gap, other_gap, sinks, other_sinks):
    near, far = (spine_gap(**(ELBOWS | {"gap_mm": one})) for one in sorted((gap, other_gap)))
    assert near.beside_mm <= far.beside_mm
    shallow, deep = (spine_gap(**(ELBOWS | {"sinks_mm": one})) for one in sorted((sinks, other_sinks)))
    assert deep.above_mm <= shallow.above_mm and deep.beside_mm <= shallow.beside_mm


@pytest.mark.parametrize("field", ["gap_mm", "tip_radius_mm", "recess_mm", "sinks_mm"])
@pytest.mark.parametrize("wrong", [-1.0, float("nan"), 3000.0])
def test_a_gap_that_cannot_be_is_refused_with_the_field_named(field, wrong):
    with pytest.raises(DoseError) as error:
        spine_gap(**(ELBOWS | {field: wrong}))
    assert error.value.field == field
