"""What a state of a press means: depth, contact, pressure on the skin, stress and strain in the muscle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from unknot.lab.reference import material
from unknot.lab.reference.material import Array
from unknot.lab.reference.press import Contact, Curve, Press

KPA = 1000.0
_EDGE = 0.02  # of the peak: where pressure is lower, the skin is no longer touched


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """One state in words of the tissue. Lengths in mm, pressures and stresses in kPa (compression positive)."""

    force: float
    depth: float
    contact_radius: float
    mean_pressure: float
    peak_pressure: float
    muscle_surface_stress: float
    mid_muscle_stress: float
    muscle_strain: float
    fat_strain: float


def felt(curve: Curve, state: Press, *, muscle: int = 0, fat: int = 1) -> Felt:
    """Read a state; ``muscle`` and ``fat`` are the indices of these layers, counted from the bone.

    ``depth`` is how far the skin under the tip has gone down, which leaves out the small overlap of the penalty.
    ``contact_radius`` is the half width of the touched skin, seen along z; the mean pressure is force over its area.
    Strain is one minus the smallest principal stretch, the largest over the muscle; fat's is the mean under the tip.
    Stresses are read along the axis at the muscle's own surface and at half its height, whatever the elements are.
    """
    tissue = curve.tissue
    across, pressure, peak = _pressed_skin(curve, state)
    radius = _edge(across, pressure, _EDGE * peak)
    area = 2 * radius if tissue.plane else np.pi * radius**2
    F = tissue.gradient(state.u)
    stretch = _smallest_stretch(F)
    column = _under_the_tip(curve)
    fatty = column[tissue.layer[column] == min(fat, len(tissue.layers) - 1)]
    surface, middle = _muscle_stress(curve, F, column[tissue.layer[column] == muscle])
    top = tissue.basis.nodal_dofs[1, int(np.argmax(tissue.mesh.p[1] - tissue.mesh.p[0]))]
    return Felt(
        force=state.force,
        depth=-float(state.u[top]),
        contact_radius=radius,
        mean_pressure=KPA * state.force / area,
        peak_pressure=KPA * peak,
        muscle_surface_stress=KPA * surface,
        mid_muscle_stress=KPA * middle,
        muscle_strain=1 - float(stretch[tissue.layer == muscle].min()),
        fat_strain=1 - float(stretch[fatty].mean()),
    )


def _pressed_skin(curve: Curve, state: Press) -> tuple[Array, Array, float]:
    """Where the skin's points lie along r (mm, from the axis out), the pressure on them and its peak, MPa.

    Pressure is per area of the skin as it lies now. The peak is taken of a straight line through each facet's points:
    the penalty holds at every point, more of them than the displacement can follow, and single values swing around it.
    """
    contact = Contact(curve.tissue, curve.profile, curve.penalty)
    skin = curve.tissue.skin
    points, moved = np.asarray(skin.global_coordinates()), contact.moved(state.u)
    slope = np.stack([np.stack([field.grad[0, 0], field.grad[1, 0]]) for (field,) in skin.basis], axis=1)
    along = np.einsum("iaep,ae->iep", slope, state.u[skin.element_dofs])
    stretch = np.hypot(1 + along[0], along[1])
    if not curve.tissue.plane:
        stretch = stretch * moved[0] / points[0]
    pressure = contact.traction(state.u, state.depth) / stretch
    order = np.argsort(moved[0], axis=None)
    return moved[0].ravel()[order], pressure.ravel()[order], float(_straight(points[0], pressure).max())


def _straight(places: Array, values: Array) -> Array:
    """The least-squares line through each row's ``values`` at ``places``, at these places."""
    centred = places - places.mean(axis=1, keepdims=True)
    slope = (centred * values).sum(axis=1, keepdims=True) / (centred**2).sum(axis=1, keepdims=True)
    return np.asarray(values.mean(axis=1, keepdims=True) + slope * centred)


def _edge(across: Array, pressure: Array, least: float) -> float:
    """Where the pressure ends: it falls there with the square root of the distance, so its square is a line."""
    last = int(np.flatnonzero(pressure > least)[-1])
    if last + 1 >= len(across):
        return float(across[last])
    inner, outer = pressure[last] ** 2, pressure[last + 1] ** 2
    return float(across[last] + (inner - least**2) / (inner - outer) * (across[last + 1] - across[last]))


def _muscle_stress(curve: Curve, F: Array, column: Array) -> tuple[float, float]:
    """Compression along z (MPa) in the muscle's column of elements, at its surface and at half its height."""
    tissue = curve.tissue
    down = -_cauchy_zz(curve, F)[column].mean(axis=1)
    height = tissue.mesh.p[1, tissue.mesh.t[:, column]]
    middle, top, bone = height.mean(axis=0), height.max(), height.min()
    slope = (down[-1] - down[-2]) / (middle[-1] - middle[-2])
    return float(down[-1] + slope * (top - middle[-1])), float(np.interp((top + bone) / 2, middle, down))


def _cauchy_zz(curve: Curve, F: Array) -> Array:
    tissue = curve.tissue
    P = material.stress(F, tissue.shear, tissue.hardening) + tissue.pressure(F) * material.cofactor(F)
    return np.asarray((P[2] * F[2] + P[3] * F[3]) / material.determinant(F))


def _smallest_stretch(F: Array) -> Array:
    a = F[0] ** 2 + F[2] ** 2
    d = F[1] ** 2 + F[3] ** 2
    b = F[0] * F[1] + F[2] * F[3]
    plane = np.sqrt(np.maximum((a + d) / 2 - np.hypot((a - d) / 2, b), 1e-12))
    return np.asarray(np.minimum(plane, F[4]))


def _under_the_tip(curve: Curve) -> Array:
    """The elements along the axis, from the bone up."""
    mesh = curve.tissue.mesh
    middle = mesh.p[:, mesh.t].mean(axis=1)
    first = np.flatnonzero(np.isclose(middle[0], middle[0].min()))
    return np.asarray(first[np.argsort(middle[1, first])])
