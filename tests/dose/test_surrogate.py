"""The fit behind the dose: the laws of physics, its domain, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest

from unknot.dose.surrogate import INPUTS, load_surrogate

POINTS = 10_000
BACK = {
    "radius_mm": 31.5,
    "muscle_mm": 35.0,
    "fat_mm": 12.0,
    "muscle_kpa": 6.0,
    "fat_kpa": 3.0,
    "skin_kpa": 20.0,
    "hardening": 1.0,
    "force_n": 60.0,
}
PRESSED = ("mean_pressure_kpa", "peak_pressure_kpa", "muscle_surface_kpa", "mid_muscle_kpa")
ALL = ("depth_mm", "contact_radius_mm", *PRESSED, "muscle_strain", "fat_strain")


@pytest.fixture(scope="module")
def surrogate():
    return load_surrogate()


@pytest.fixture(scope="module")
def bodies(surrogate):
    """Bodies, tools and forces from the whole domain, drawn again until enough lie inside it."""
    rng = np.random.default_rng(5)
    low, high = np.log(np.array([surrogate.domain[name] for name in INPUTS])).T
    drawn = np.exp(rng.uniform(low, high, (4 * POINTS, len(INPUTS))))
    given = dict(zip(INPUTS, drawn.T, strict=True))
    inside = np.flatnonzero(surrogate.inside(**given))[:POINTS]
    assert len(inside) == POINTS
    return {name: value[inside] for name, value in given.items()}


@pytest.mark.parametrize(
    ("raised", "rise", "fall"),
    [
        ("force_n", ALL, ()),
        ("fat_mm", (), ("muscle_surface_kpa", "mid_muscle_kpa")),
        ("radius_mm", ("contact_radius_mm",), ("depth_mm", "mean_pressure_kpa", "peak_pressure_kpa")),
        ("muscle_kpa", (), ("depth_mm",)),
        ("fat_kpa", (), ("depth_mm",)),
        ("skin_kpa", (), ("depth_mm",)),
        ("hardening", (), ("depth_mm",)),
    ],
)
def test_what_physics_says_about_more_of_one_thing_holds_at_ten_thousand_points(surrogate, bodies, raised, rise, fall):
    share = np.random.default_rng(6).uniform(0.0, 1.0, POINTS)
    more = bodies | {raised: bodies[raised] * (surrogate.domain[raised][1] / bodies[raised]) ** share}
    both = surrogate.inside(**more)
    before, after = surrogate.evaluate(**bodies), surrogate.evaluate(**more)
    for name in rise:
        assert (after[name] >= before[name])[both].all(), name
    for name in fall:
        assert (after[name] <= before[name])[both].all(), name


def test_the_peak_is_never_below_the_mean_pressure(surrogate, bodies):
    found = surrogate.evaluate(**bodies)
    assert (found["peak_pressure_kpa"] >= found["mean_pressure_kpa"]).all()


def test_inputs_broadcast_and_the_answer_has_their_shape(surrogate):
    found = surrogate.evaluate(**BACK | {"force_n": np.array([[20.0], [40.0]]), "fat_mm": np.array([5.0, 10.0, 20.0])})
    assert set(found) == set(ALL)
    assert {value.shape for value in found.values()} == {(2, 3)}
    one = surrogate.evaluate(**BACK | {"force_n": 40.0, "fat_mm": 10.0})
    assert one["depth_mm"].shape == ()
    assert found["depth_mm"][1, 1] == pytest.approx(one["depth_mm"])


@pytest.mark.parametrize("name", INPUTS)
def test_beyond_either_end_of_any_range_an_answer_is_marked_as_outside(surrogate, name):
    assert surrogate.inside(**BACK)
    low, high = surrogate.domain[name]
    assert not surrogate.inside(**BACK | {name: low * 0.999})
    assert not surrogate.inside(**BACK | {name: high * 1.001})


def test_a_small_ball_under_a_great_load_bottoms_out_and_lies_outside(surrogate):
    deep = BACK | {"radius_mm": 12.0, "force_n": 250.0}
    assert surrogate.bottoming(**deep)
    assert not surrogate.inside(**deep)
    assert not surrogate.bottoming(**BACK)


@pytest.mark.parametrize("value", [0.0, -1.0, float("nan"), float("inf")])
def test_what_is_no_length_or_force_is_refused_by_its_name(surrogate, value):
    with pytest.raises(ValueError, match="fat_mm"):
        surrogate.evaluate(**BACK | {"fat_mm": value})
