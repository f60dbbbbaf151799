"""What a state of a press means: depth, contact, pressure on the skin, stress and strain in the muscle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from unknot.lab.reference import material
from unknot.lab.reference.material import Array
from unknot.lab.reference.press import Contact, Curve, Press

KPA = 1000.0


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
    """
    tissue = curve.tissue
    radius = _contact_radius(curve, state)
    area = 2 * radius if tissue.plane else np.pi * radius**2
    F = tissue.gradient(state.u)
    down = -_cauchy_zz(curve, F)
    stretch = _smallest_stretch(F).mean(axis=1)
    column = _under_the_tip(curve)
    own, fatty = (
        column[tissue.layer[column] == muscle],
        column[tissue.layer[column] == min(fat, len(tissue.layers) - 1)],
    )
    top = tissue.basis.nodal_dofs[1, int(np.argmax(tissue.mesh.p[1] - tissue.mesh.p[0]))]
    return Felt(
        force=state.force,
        depth=-float(state.u[top]),
        contact_radius=radius,
        mean_pressure=KPA * state.force / area,
        peak_pressure=KPA * _peak(curve, state),
        muscle_surface_stress=KPA * float(down[own[-1]].mean()),
        mid_muscle_stress=KPA * float(down[own].mean(axis=1)[len(own) // 2]),
        muscle_strain=1 - float(stretch[tissue.layer == muscle].min()),
        fat_strain=1 - float(stretch[fatty].mean()),
    )


def _contact_radius(curve: Curve, state: Press) -> float:
    contact = Contact(curve.tissue, curve.profile, curve.penalty)
    overlap = contact.overlap(state.u, state.depth)[0].ravel()
    across = contact.moved(state.u)[0].ravel()
    order = np.argsort(across)
    overlap, across = overlap[order], across[order]
    last = int(np.flatnonzero(overlap > 0)[-1]) if (overlap > 0).any() else 0
    if last + 1 >= len(across):
        return float(across[last])
    share = overlap[last] / max(overlap[last] - overlap[last + 1], 1e-12)
    return float(across[last] + np.clip(share, 0.0, 1.0) * (across[last + 1] - across[last]))


def _peak(curve: Curve, state: Press) -> float:
    """The largest contact pressure on the skin as it lies now (traction over the stretch of its area), MPa."""
    contact = Contact(curve.tissue, curve.profile, curve.penalty)
    skin = curve.tissue.skin
    slope = np.stack([np.stack([field.grad[0, 0], field.grad[1, 0]]) for (field,) in skin.basis], axis=1)
    along = np.einsum("iaep,ae->iep", slope, state.u[skin.element_dofs])
    stretch = np.hypot(1 + along[0], along[1])
    if not curve.tissue.plane:
        points = np.asarray(skin.global_coordinates())
        stretch = stretch * contact.moved(state.u)[0] / points[0]
    return float((contact.traction(state.u, state.depth) / stretch).max())


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
