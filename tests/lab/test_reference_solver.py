"""The reference solver against theory that it does not share a line with."""

from itertools import pairwise
from math import pi

import numpy as np
import pytest

from unknot.lab.reference import Layer, Sphere, cases, press
from unknot.lab.reference.layer_theory import ball_press, punch_force
from unknot.lab.reference.meshing import tissue
from unknot.lab.reference.read import felt
from unknot.lab.reference.shapes import Measured, stands_for

pytestmark = pytest.mark.programs

SOFT = (
    Layer(thickness=30.0, shear=0.008, hardening=1.0),
    Layer(thickness=12.0, shear=0.004, hardening=2.0),
    Layer(thickness=2.0, shear=0.020, hardening=1.0),
)


def test_on_very_deep_ground_the_layer_theory_is_that_of_hertz() -> None:
    depth, force = ball_press(radius=20.0, height=1e4, shear=0.01, contact=4.0)
    assert depth == pytest.approx(4.0**2 / 20, rel=1e-3)
    assert force == pytest.approx(16 / 3 * 0.01 * 20**0.5 * depth**1.5, rel=1e-3)


@pytest.mark.parametrize(("ratio", "stiffening"), [(0.2, 1.281), (0.4, 1.683), (0.6, 2.211), (0.8, 2.855)])
def test_a_flat_punch_on_a_layer_has_the_stiffening_of_hayes(ratio: float, stiffening: float) -> None:
    assert punch_force(ratio, 1.0, 1.0, 1.0) / (8 * ratio) == pytest.approx(stiffening, rel=0.003)


def test_a_ball_on_a_layer_needs_the_force_of_linear_theory() -> None:
    error, _ = cases.ball_errors([(200.0, 12.0)])
    assert error < 0.02


def test_an_even_stretch_stays_even_inside() -> None:
    assert cases.patch_error() < 1e-9


def test_turning_a_deformed_block_does_not_change_its_energy() -> None:
    assert cases.rotation_error() < 1e-12


def test_smaller_elements_settle_with_nearly_the_fourth_power() -> None:
    assert cases.observed_order() > 3.5


def test_deeper_needs_more_force_and_presses_harder_on_muscle() -> None:
    curve = press(tissue(SOFT, fine_to=26.0, size=6.0), Sphere(31.5), to_depth=9.0, steps=4)
    states = [felt(curve, state) for state in curve.states]
    assert curve.complete
    for shallow, deep in pairwise(states):
        assert shallow.force < deep.force
        assert shallow.muscle_surface_stress < deep.muscle_surface_stress
        assert shallow.contact_radius < deep.contact_radius
    assert states[-1].mean_pressure == pytest.approx(1000 * states[-1].force / (pi * states[-1].contact_radius ** 2))


def test_a_layer_without_thickness_is_refused() -> None:
    with pytest.raises(ValueError, match="thickness"):
        tissue((Layer(thickness=0.0, shear=0.01),), fine_to=5.0, size=1.0)


def test_a_ball_measured_point_by_point_presses_like_the_ball() -> None:
    across = np.linspace(0.0, 24.0, 25)
    measured = Measured(tuple(across), tuple(30.0 - np.sqrt(900.0 - across**2)))
    r = np.linspace(-18.0, 18.0, 37)
    z = 10.0 + 30.0 - np.sqrt(900.0 - r**2) + np.sin(r)
    for found, wanted in zip(measured.overlap(r, z, 10.0), Sphere(30.0).overlap(r, z, 10.0), strict=True):
        assert found == pytest.approx(wanted, abs=4e-3)


def test_the_ball_that_stands_for_a_ball_is_that_ball() -> None:
    across = np.linspace(0.0, 24.0, 241)
    assert stands_for(across, 30.0 - np.sqrt(900.0 - across**2), 6.0) == pytest.approx(30.0, rel=1e-3)


@pytest.mark.parametrize("up", [(0.0, 1.0, 0.5, 2.0), (0.0, 3.0, 4.0, 4.2)])
def test_a_tip_that_turns_back_or_hollows_is_refused(up: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match=r"across|up"):
        Measured((0.0, 2.0, 4.0, 6.0), up)
