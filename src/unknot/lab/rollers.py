"""The roller case (V9): a foam roller under the side of a thigh, against pressures that were measured on people.

Curran, Fiore and Crisco (2008, J Sport Rehabil 17:432, PMID 19160916) measured mean pressure and contact area of two
rollers under the side of the thigh. The thigh is round, so the roller's patch is cut into strips across: each strip is
a plane-strain press of a cylinder, as deep as the thigh's own curve leaves it, and the strips' forces add up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from unknot.lab.reference import Layer, Sphere, press
from unknot.lab.reference.material import Array
from unknot.lab.reference.meshing import tissue
from unknot.lab.reference.read import felt

ROLLER_MM = 75.0
THIGH_MM = 80.0
"""Radii. A roller is 15 cm thick; a thigh of 50 cm round (assumed, an adult of middle size)."""

LAYERS = (
    Layer(thickness=40.0, shear=0.0057, hardening=1.1),
    Layer(thickness=10.0, shear=0.0032, hardening=2.2),
    Layer(thickness=2.0, shear=0.0245, hardening=1.0),
)
"""Muscle, fat and skin at the side of a thigh: thicknesses assumed, moduli in the middle of the ranges of the reference
runs. None was fitted to the case."""

HELD = (replace(LAYERS[0], shear=2 * LAYERS[0].shear), *LAYERS[1:])
"""The same with the muscle twice as stiff: who lies on a roller holds the body up with that leg (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Mean and standard deviation of what the sensors showed: kPa and cm2."""

    pressure: tuple[float, float]
    area: tuple[float, float]

    @property
    def force(self) -> float:
        """What they imply: nobody weighed it. N, from kPa times cm2."""
        return self.pressure[0] * self.area[0] / 10.0


CURRAN = {
    "smooth": Measured(pressure=(33.4, 6.4), area=(68.4, 25.3)),
    "ridged": Measured(pressure=(51.8, 10.7), area=(47.0, 16.1)),
}
"""A smooth roller of foam, and a hard one with ridges, of which only a part touches."""


def under_roller(force: float, layers: tuple[Layer, ...] = LAYERS) -> tuple[float, float]:
    """Mean pressure (kPa) and contact area (cm2) under a smooth hard roller that carries ``force`` newtons."""
    soft = tissue(layers, fine_to=1.05 * ROLLER_MM * 0.75, size=6.0, reach=220.0, plane=True)
    curve = press(soft, Sphere(ROLLER_MM), to_depth=0.6 * soft.height, to_force=6.0, steps=10)
    states = [felt(curve, state) for state in curve.states]
    depths = np.array([0.0] + [state.depth for state in states])
    forces = np.array([0.0] + [state.force for state in states])
    widths = np.array([0.0] + [2 * state.contact_radius for state in states])
    carried, touched = np.array([_strips(depth, depths, forces, widths) for depth in depths]).T
    area = float(np.interp(force, carried, touched)) / 100.0
    return 10.0 * force / area, area


def _strips(deepest: float, depths: Array, forces: Array, widths: Array) -> tuple[float, float]:
    """Force (N) and area (mm2) of all strips when the middle one is ``deepest`` mm deep."""
    half = np.sqrt(2 * THIGH_MM * deepest)
    along = np.linspace(-half, half, 201)
    local = deepest - along**2 / (2 * THIGH_MM)
    force, area = (float(np.trapezoid(np.interp(local, depths, one), along)) for one in (forces, widths))
    return force, area


def away(measured: Measured, pressure: float, area: float) -> float:
    """The larger of the two distances from what was measured, in its standard deviations."""
    there = ((pressure, *measured.pressure), (area, *measured.area))
    return max(abs(value - mean) / sd for value, mean, sd in there)
