"""Linear theory of a thin incompressible layer bonded to rigid bone: an oracle for the finite elements.

The frictionless press of an axisymmetric rigid tool on such a layer is one Fredholm equation of the second kind
(Lebedev and Ufliand 1958; Hayes et al. 1972, DOI 10.1016/0021-9290(72)90010-3), solved here by Gauss quadrature. It
contains Hertz (thick layer), Dimitriadis (2002, DOI 10.1016/S0006-3495(02)75620-8) and the flat punch of Hayes.
"""

from __future__ import annotations

import numpy as np

from unknot.lab.reference.material import Array

_POINTS = 48
_WAVES = 400
_LONGEST = 40.0  # beyond this wave number (in 1/height) the bone is not felt: 1 - M < 1e-30


def punch_force(half_width: float, height: float, shear: float, depth: float) -> float:
    """Force (N) that a flat punch needs for ``depth`` mm; lengths in mm, shear modulus in MPa."""
    _, weights, flat, _ = _solutions(half_width / height)
    return float(8 * shear * half_width * depth * (weights @ flat))


def ball_press(radius: float, height: float, shear: float, contact: float) -> tuple[float, float]:
    """Depth (mm) and force (N) at which a ball of ``radius`` touches the skin out to ``contact`` mm (a paraboloid)."""
    _, weights, flat, bowl = _solutions(contact / height)
    scale = contact**2 / radius
    depth = scale * bowl[-1] / flat[-1]
    return float(depth), float(8 * shear * contact * (weights[:-1] @ (depth * flat - scale * bowl)[:-1]))


def _solutions(ratio: float) -> tuple[Array, Array, Array, Array]:
    """Points on (0, 1] (the last is 1, with weight 0), weights, and the solutions for the right sides 1 and t^2."""
    t, weights = np.polynomial.legendre.leggauss(_POINTS)
    t, weights = np.append((t + 1) / 2, 1.0), np.append(weights / 2, 0.0)
    s, wave = np.polynomial.legendre.leggauss(_WAVES)
    s, wave = (s + 1) / 2 * _LONGEST, wave / 2 * _LONGEST
    felt = wave * (1 - _compliance(s))
    cosines = np.cos(np.outer(t * ratio, s))
    kernel = 2 * ratio / np.pi * (cosines * felt) @ cosines.T
    matrix = np.eye(len(t)) - kernel * weights
    flat, bowl = np.linalg.solve(matrix, np.stack([np.ones_like(t), t**2], axis=1)).T
    return t, weights, flat, bowl


def _compliance(s: Array) -> Array:
    """Sinking of the layer under a wave of pressure, as a share of the half-space's; ``s`` = wave number x height."""
    e2 = np.exp(-2 * s)
    return np.asarray(((1 - e2**2) / 4 - s * e2) / ((1 + e2) ** 2 / 4 + s**2 * e2))
