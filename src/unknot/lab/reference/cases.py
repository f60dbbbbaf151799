"""Verification cases: does the reference solver solve its own equations, before anybody believes its tissue.

Relative errors against linear layer theory at small strain (the half-space of Hertz, a ball and a flat punch on a
bonded layer), a patch test, the energy balance of a whole press, indifference to rotation, the order of convergence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import log2, pi

import numpy as np
from scipy.sparse.linalg import splu

from unknot.lab.reference.layer_theory import ball_press, punch_force
from unknot.lab.reference.material import Array
from unknot.lab.reference.meshing import tissue
from unknot.lab.reference.press import Contact, press
from unknot.lab.reference.profile import FlatPunch, Profile, Sphere
from unknot.lab.reference.read import felt
from unknot.lab.reference.tissue import Layer, Tissue

SHEAR = 0.01
LAYER = 20.0
INCOMPRESSIBLE = 5000.0
LEVEL_0_SHARE = 0.8  # the simple formula's contact area is 0.8 pi R^2 whatever the force


def ball_errors(cases: Sequence[tuple[float, float]], height: float | None = LAYER) -> tuple[float, float]:
    """The largest relative error of the force, and that of the simple formula's mean pressure, over balls.

    ``cases`` are pairs (radius, contact radius) in mm; ``height`` None stands for soft ground without end.
    """
    found = [_ball(radius, contact, height or 40 * contact) for radius, contact in cases]
    return max(error for error, _ in found), max(simple for _, simple in found)


def _ball(radius: float, contact: float, height: float) -> tuple[float, float]:
    """Relative error of the force at one depth, and that of the simple formula's mean pressure."""
    depth, force = ball_press(radius, height, SHEAR, contact)
    rows = 16 if height <= 2 * LAYER else 30
    soft = _one_layer(height, fine_to=1.5 * contact, size=contact / 14, rows=rows, reach=max(8 * LAYER, 1.2 * height))
    found = _force_at(soft, Sphere(radius), depth)
    simple = force / (LEVEL_0_SHARE * pi * radius**2) / (force / (pi * contact**2))
    return abs(found / force - 1), abs(simple - 1)


def punch_error(half_width: float) -> float:
    """Relative error of the force under a flat punch on a layer."""
    depth = 0.2
    soft = _one_layer(LAYER, fine_to=1.2 * half_width, size=half_width / 24, rows=16, reach=8 * LAYER)
    found = _force_at(soft, FlatPunch(half_width, edge=half_width / 100), depth)
    return abs(found / punch_force(half_width, LAYER, SHEAR, depth) - 1)


def _one_layer(height: float, *, fine_to: float, size: float, rows: int, reach: float) -> Tissue:
    layers = (Layer(thickness=height, shear=SHEAR),)
    return tissue(layers, fine_to=fine_to, size=size, reach=reach, rows=(rows,), bulk_ratio=INCOMPRESSIBLE)


def _force_at(soft: Tissue, profile: Profile, depth: float) -> float:
    """The force at which the skin under the tip has gone down by ``depth``: a power law between the last two states."""
    curve = press(soft, profile, to_depth=1.05 * depth, steps=3)
    (f0, d0), (f1, d1) = [(state.force, felt(curve, state).depth) for state in curve.states[-2:]]
    power = np.log(f1 / f0) / np.log(d1 / d0)
    return float(f1 * (depth / d1) ** power)


def patch_error() -> float:
    """The largest departure (mm) from a displacement that is linear on the boundary and must be linear inside."""
    soft = tissue((Layer(thickness=4.0, shear=SHEAR),), fine_to=2.0, size=0.5, rows=(4,), reach=6.0, bulk_ratio=50.0)
    places = soft.basis.doflocs
    across = np.isin(np.arange(soft.basis.N), _component(soft, 0))
    # Stretching by lambda sideways and lambda^-2 along z keeps the volume.
    wanted = np.where(across, 0.05 * places[0], (1.05**-2 - 1) * places[1])
    edge = np.unique(np.concatenate([soft.basis.get_dofs().flatten()]))
    inside = np.setdiff1d(np.arange(soft.basis.N), edge)
    u = wanted.copy()
    u[inside] += 0.002 * np.sin(np.arange(len(inside)))
    for _ in range(12):
        F = soft.gradient(u)
        matrix = soft.stiffness(F)[inside][:, inside].tocsc()
        u[inside] -= splu(matrix).solve(soft.force(F)[inside])
    return float(np.abs(u - wanted).max())


def _component(soft: Tissue, which: int) -> Array:
    """The degrees of freedom along r (0) or z (1)."""
    basis = soft.basis
    return np.concatenate([basis.nodal_dofs[which], basis.facet_dofs[which], basis.interior_dofs[which]])


def rotation_error() -> float:
    """How much the stored energy of a deformed plane block changes when the block is turned by half a radian."""
    layers = (Layer(thickness=4.0, shear=SHEAR, hardening=1.0),)
    soft = tissue(layers, fine_to=2.0, size=1.0, rows=(4,), plane=True)
    F = soft.gradient(0.02 * np.sin(np.arange(soft.basis.N)))
    c, s = np.cos(0.5), np.sin(0.5)
    turned = np.stack([c * F[0] - s * F[2], c * F[1] - s * F[3], s * F[0] + c * F[2], s * F[1] + c * F[3], F[4]])
    return abs(soft.energy(turned) / soft.energy(F) - 1)


def energy_error() -> float:
    """Work of the tool on the way down against the energy stored in tissue and penalty, relative."""
    soft = tissue(BACK, fine_to=28.0, size=3.5)
    curve = press(soft, Sphere(31.5), to_depth=20.0, steps=40)
    depths = np.array([0.0] + [state.depth for state in curve.states])
    forces = np.array([0.0] + [state.force for state in curve.states])
    last = curve.states[-1]
    contact = Contact(soft, curve.profile, curve.penalty)
    stored = soft.energy(soft.gradient(last.u)) + contact.energy(last.u, last.depth)
    return abs(float(np.trapezoid(forces, depths)) / stored - 1)


BACK = (
    Layer(thickness=35.0, shear=0.008, hardening=1.0),
    Layer(thickness=15.0, shear=0.005, hardening=2.0),
    Layer(thickness=2.0, shear=0.020, hardening=1.0),
)
"""Muscle, fat and skin of a back, from the bone up: a case to compute with, not anybody's back."""


def observed_order() -> float:
    """The power of the element's size with which the stored energy settles, from three nested meshes.

    The skin of layered tissue is given a smooth dent of 2 mm, without a tool: where contact ends the solution has a
    kink, and its place, not the element, would set the order. Biquadratic elements settle with the fourth power.
    """
    soft = tissue(BACK, fine_to=40.0, size=10.0, reach=90.0, rows=(3, 2, 1), bulk_ratio=50.0)
    stored = []
    for _ in range(3):
        stored.append(_dented(soft, depth=2.0, width=25.0))
        soft = replace(
            soft,
            radial=_halved(soft.radial),
            heights=_halved(soft.heights),
            layer_of_row=np.repeat(soft.layer_of_row, 2),
        )
    return log2(abs(stored[0] - stored[1]) / abs(stored[1] - stored[2]))


def _dented(soft: Tissue, depth: float, width: float) -> float:
    skin = soft.basis.get_dofs(lambda x: np.isclose(x[1], soft.height))
    down = np.concatenate([skin.nodal["u^2"], skin.facet["u^2"]])
    far = soft.basis.get_dofs(lambda x: np.isclose(x[0], soft.radial[-1]))
    # A mirror at the far edge: free layers that end on bonded bone would have a corner, and its own order.
    inside = np.setdiff1d(soft.free, np.concatenate([down, far.nodal["u^1"], far.facet["u^1"]]))
    places = soft.basis.doflocs
    u = np.zeros(soft.basis.N)
    downward = _component(soft, 1)
    dent = -depth * np.exp(-((places[0, downward] / width) ** 2))
    u[downward] = dent * places[1, downward] / soft.height  # a start that inverts no element
    for _ in range(12):
        F = soft.gradient(u)
        matrix = soft.stiffness(F)[inside][:, inside].tocsc()
        u[inside] -= splu(matrix).solve(soft.force(F)[inside])
    return soft.energy(soft.gradient(u))


def _halved(points: Array) -> Array:
    return np.sort(np.concatenate([points, (points[1:] + points[:-1]) / 2]))
