"""Pressing a rigid tool into tissue: a curve of force against depth, and what the tissue feels on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.linalg import splu

from unknot.lab.reference.material import Array, determinant
from unknot.lab.reference.profile import Profile
from unknot.lab.reference.tissue import Tissue

_TOLERANCE = 1e-6  # of the largest contact force at a node
_NEWTON_STEPS = 20
_HALVINGS = 10
_SHORTER = 6
_OVERSHOOT = 0.8
_SYMMETRIC = {"SymmetricMode": True}  # the matrix is: a third of the time of factoring it as if it were not
_GROWTH = 1.4
_PENALTY = 2000.0  # shear moduli of the stiffest layer per element width: tissue that hardens presses back far harder
_ROUNDING = 0.004  # of the element's width: over this length contact begins without a jump


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """One converged state. ``depth`` in mm, ``force`` in N (N/mm in plane strain), ``u`` all displacements in mm."""

    depth: float
    force: float
    u: Array
    newton_steps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The whole way down; ``complete`` is False when the solver stopped before the depth or the force asked for."""

    tissue: Tissue
    profile: Profile
    penalty: float
    states: tuple[Press, ...]
    complete: bool

    def at_force(self, force: float, read: Callable[[Press], float]) -> float:
        """A quantity at a force, by a straight line between states. Raises ValueError outside the curve."""
        forces = np.array([state.force for state in self.states])
        if not self.states or not forces[0] <= force <= forces[-1]:
            raise ValueError(f"force: {force} N lies outside the computed curve")
        return float(np.interp(force, forces, [read(state) for state in self.states]))


class Contact:
    """Penalty contact between the skin and a rigid profile: half of stiffness times overlap squared over the skin."""

    def __init__(self, tissue: Tissue, profile: Profile, penalty: float) -> None:
        self.tissue, self.profile, self.penalty = tissue, profile, penalty
        self.rounding = _ROUNDING * _width(tissue)
        skin = tissue.skin
        self._points = np.asarray(skin.global_coordinates())
        self._shapes = np.stack([np.asarray(field) for (field,) in skin.basis], axis=1)  # (2, dofs, facets, points)
        self._dofs = skin.element_dofs

    def moved(self, u: Array) -> Array:
        """Where the skin's quadrature points lie now, shape (2, facets, points)."""
        return np.asarray(self._points + np.einsum("iaep,ae->iep", self._shapes, u[self._dofs]))

    def overlap(self, u: Array, depth: float) -> tuple[Array, Array, Array]:
        """Penetration of the skin into the tool at its quadrature points, with its gradient and its Hessian."""
        moved = self.moved(u)
        return self.profile.overlap(moved[0], moved[1], self.tissue.height - depth)

    def smooth(self, gap: Array) -> tuple[Array, Array]:
        """The positive part of the overlap, rounded at zero, and its slope.

        softplus(gap) over ``rounding`` mm: pressure starts smoothly, so that Newton's method sees no sudden contact.
        """
        x = gap / self.rounding
        positive = self.rounding * np.logaddexp(0.0, x)
        share = 1 / (1 + np.exp(-np.clip(x, -40, 40)))
        return positive, share

    def traction(self, u: Array, depth: float) -> Array:
        """Contact pressure on the undeformed skin, MPa, at its quadrature points."""
        return self.penalty * self.smooth(self.overlap(u, depth)[0])[0]

    def energy(self, u: Array, depth: float) -> float:
        """What the penalty stores, N mm: the pressure times the overlap, gathered from the first touch on."""
        x = self.overlap(u, depth)[0] / self.rounding
        steps = np.linspace(0.0, 1.0, 201)
        start = -12.0  # below it the rounded pressure is nothing
        path = start + np.maximum(x - start, 0.0)[..., None] * steps
        gathered = np.trapezoid(np.logaddexp(0.0, path), path, axis=-1) * self.rounding**2
        return float((self.penalty * self.tissue.skin_weight * gathered).sum())

    def response(self, u: Array, depth: float) -> tuple[Array, csr_matrix, float]:
        """What the contact adds: forces on every degree of freedom, their stiffness, and the push along z, N."""
        gap, normal, curve = self.overlap(u, depth)
        gap, share = self.smooth(gap)
        weight = self.penalty * self.tissue.skin_weight
        size = self.tissue.basis.N
        push = np.einsum("iaep,iep->ae", self._shapes, weight * gap * normal)
        force = np.bincount(self._dofs.ravel(), push.ravel(), minlength=size)
        H = weight * (share * normal[:, None] * normal[None, :] + gap * curve)
        local = np.einsum("iaep,ijep,jbep->abe", self._shapes, H, self._shapes, optimize=True)
        rows, columns = np.broadcast_arrays(self._dofs[:, None], self._dofs[None, :])
        stiffness = coo_matrix((local.ravel(), (rows.ravel(), columns.ravel())), shape=(size, size)).tocsr()
        return force, stiffness, float((weight * gap * normal[1]).sum())


def press(
    tissue: Tissue,
    profile: Profile,
    *,
    to_depth: float,
    to_force: float = np.inf,
    steps: int = 20,
    penalty: float | None = None,
) -> Curve:
    """Press until ``to_depth`` (mm) or ``to_force`` is reached, in about ``steps`` states.

    Newton's method with a linear predictor along the path, a line search on the residual and halved steps where it does
    not converge. ``penalty`` (MPa/mm) defaults to 2000 shear moduli of the stiffest layer per element width.
    """
    penalty = penalty or _PENALTY * max(layer.shear for layer in tissue.layers) / _width(tissue)
    contact = Contact(tissue, profile, penalty)
    states: list[Press] = []
    u, before, depth, last = np.zeros(tissue.basis.N), None, 0.0, 0.0
    step, halved = to_depth / steps, 0
    while depth < to_depth * (1 - 1e-9) and halved < _HALVINGS:
        target = min(depth + step, to_depth)
        guess = u if before is None else u + (u - before) * min((target - depth) / (depth - last), 1.5)
        solved = _newton(contact, guess, target) or (_newton(contact, u, target) if before is not None else None)
        if solved is None:
            step, halved = step / 2, halved + 1
            continue
        before, last = u, depth
        u, depth = solved.u, solved.depth
        states.append(solved)
        halved = 0
        if solved.force >= to_force:
            break
        if solved.newton_steps <= 6:
            step = min(step * _GROWTH, to_depth / steps)
    done = bool(states) and (states[-1].depth >= to_depth * (1 - 1e-9) or states[-1].force >= to_force)
    return Curve(tissue=tissue, profile=profile, penalty=penalty, states=tuple(states), complete=done)


def _width(tissue: Tissue) -> float:
    """Width of the elements under the tip, mm."""
    return float(tissue.radial[1] - tissue.radial[0])


def _newton(contact: Contact, guess: Array, depth: float) -> Press | None:
    """Newton's method at one depth; None where it does not settle, which a shorter step of the tool may cure."""
    tissue, free = contact.tissue, contact.tissue.free
    u = guess.copy()
    F = tissue.gradient(u)
    if _inverted(F):
        return None
    for step in range(_NEWTON_STEPS):
        pushed, contact_stiffness, total = contact.response(u, depth)
        residual = (tissue.force(F) + pushed)[free]
        if step and np.abs(residual).max() < _TOLERANCE * max(np.abs(pushed).max(), 1e-9):
            return Press(depth=depth, force=total, u=u, newton_steps=step)
        matrix = (tissue.stiffness(F) + contact_stiffness)[free][:, free].tocsc()
        try:
            move = -splu(matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options=_SYMMETRIC).solve(residual)
        except RuntimeError:  # a singular matrix: the step was too long
            return None
        if not np.isfinite(move).all():
            return None
        found = _line_search(contact, u, depth, move, float(residual @ move))
        if found is None:
            return None
        u, F = found
    return None


def _line_search(contact: Contact, u: Array, depth: float, move: Array, slope: float) -> tuple[Array, Array] | None:
    """The first share of the move, by secants, that inverts no element and does not overshoot the valley of energy.

    ``slope`` is the energy's slope along the move at its start. The penalty makes residuals rise on paths that
    converge; the slope along the move tells better (Crisfield 1991, Non-linear Finite Element Analysis, 9.2).
    """
    tissue, free = contact.tissue, contact.tissue.free
    share = 1.0
    for _ in range(_SHORTER):
        trial = u.copy()
        trial[free] += share * move
        F = tissue.gradient(trial)
        if _inverted(F):
            share *= 0.4
            continue
        there = float((tissue.force(F) + contact.response(trial, depth)[0])[free] @ move)
        if there < _OVERSHOOT * abs(slope):
            return trial, F
        share *= float(np.clip(slope / (slope - there), 0.1, 0.7))
    return None


def _inverted(F: Array) -> bool:
    J = determinant(F)
    return not np.isfinite(J).all() or float(J.min()) <= 0
