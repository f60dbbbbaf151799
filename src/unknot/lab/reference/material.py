"""Soft tissue: an isochoric exponential energy (Demiray 1972, DOI 10.1016/0021-9290(72)90047-4) and its derivatives.

W = mu / (2 b) (exp(b (I1bar - 3)) - 1), which is neo-Hooke for b -> 0. A deformation gradient that is axisymmetric or
plane has five entries that may differ from zero; ``F`` is that vector (rr, rz, zr, zz, hoop), shape (5, ...).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_M = -2.0 / 3.0
_LARGEST_EXPONENT = 30.0  # beyond this the tissue is rigid for every purpose and exp() would only overflow


def determinant(F: Array) -> Array:
    """J, the ratio of volumes."""
    return (F[0] * F[3] - F[1] * F[2]) * F[4]


def cofactor(F: Array) -> Array:
    """dJ/dF."""
    plane = F[0] * F[3] - F[1] * F[2]
    return np.stack([F[3] * F[4], -F[2] * F[4], -F[1] * F[4], F[0] * F[4], plane])


def cofactor_slope(F: Array) -> Array:
    """d2J/dF2, shape (5, 5, ...)."""
    slope = np.zeros((5, *F.shape))
    for i, j, value in ((0, 3, F[4]), (1, 2, -F[4]), (0, 4, F[3]), (3, 4, F[0]), (1, 4, -F[2]), (2, 4, -F[1])):
        slope[i, j] = slope[j, i] = value
    return slope


def energy(F: Array, mu: Array, b: Array) -> Array:
    """Stored energy of the isochoric part, MPa."""
    return mu / (2 * b) * np.expm1(_exponent(F, b))


def stress(F: Array, mu: Array, b: Array) -> Array:
    """dW/dF, the isochoric first Piola-Kirchhoff stress, MPa."""
    return mu / 2 * np.exp(_exponent(F, b)) * _invariant_slope(F)


def stiffness(F: Array, mu: Array, b: Array) -> Array:
    """d2W/dF2, shape (5, 5, ...), MPa."""
    J, cof = determinant(F), cofactor(F)
    invariant = (F * F).sum(axis=0)
    slope = _invariant_slope(F)
    first = mu / 2 * np.exp(_exponent(F, b))
    cross = 2 * F[:, None] * cof[None, :]
    curvature = _M * J ** (_M - 1) * (cross + cross.swapaxes(0, 1))
    curvature += _M * (_M - 1) * invariant * J ** (_M - 2) * cof[:, None] * cof[None, :]
    curvature += _M * invariant * J ** (_M - 1) * cofactor_slope(F)
    for i in range(5):
        curvature[i, i] += 2 * J**_M
    return first * (curvature + b * slope[:, None] * slope[None, :])


def _exponent(F: Array, b: Array) -> Array:
    invariant = determinant(F) ** _M * (F * F).sum(axis=0)
    return np.minimum(b * (invariant - 3), _LARGEST_EXPONENT)


def _invariant_slope(F: Array) -> Array:
    J = determinant(F)
    return J**_M * 2 * F + _M * (F * F).sum(axis=0) * J ** (_M - 1) * cofactor(F)
