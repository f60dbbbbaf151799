"""Rigid tools of any round shape: a curve measured from the tip outwards, and the ball that stands for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.interpolate import CubicSpline

from unknot.lab.reference.material import Array

_NEAREST_STEPS = 8
_SAMPLES = 400


@dataclass(frozen=True)
class Measured:
    """A tip whose height above its lowest point was measured: ``across`` (mm from the axis, from 0) and ``up`` (mm).

    The curve is a cubic spline, level on the axis, and has to rise outwards and bend away from the skin, because the
    distance to it is taken along its normal. Raises ValueError where it does not.
    """

    across: tuple[float, ...]
    up: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.across) < 4 or self.across[0] != 0 or self.up[0] != 0:
            raise ValueError("across: needs at least four points, the first at 0, 0")
        if (np.diff(self.across) <= 0).any() or (np.diff(self.up) < 0).any():
            raise ValueError("across: must rise from point to point, and up must not fall")
        if (self._curve(np.linspace(0.0, self.across[-1], _SAMPLES), 2) < -1e-3 / self.across[-1]).any():
            raise ValueError("up: the curve must bend away from the skin everywhere")

    @cached_property
    def _curve(self) -> CubicSpline:
        return CubicSpline(self.across, self.up, bc_type=((1, 0.0), (2, 0.0)), extrapolate=True)

    @property
    def radius(self) -> float:
        """The radius of curvature at the tip, no more than the tool is wide."""
        return float(min(1 / max(float(self._curve(0.0, 2)), 1e-9), self.across[-1]))

    def overlap(self, r: Array, z: Array, tip: float) -> tuple[Array, Array, Array]:
        """Signed distance to the nearest point of the curve, found by Newton's method, with gradient and Hessian."""
        side, at, up = np.where(r < 0, -1.0, 1.0), np.abs(r), z - tip
        near = np.clip(at, 0.0, self.across[-1])
        for _ in range(_NEAREST_STEPS):
            height, slope, bend = (self._curve(near, order) for order in (0, 1, 2))
            miss = (near - at) + (height - up) * slope
            near = np.clip(near - miss / np.maximum(1 + slope**2 + (height - up) * bend, 0.2), 0.0, self.across[-1])
        height, slope, bend = (self._curve(near, order) for order in (0, 1, 2))
        length = np.hypot(1.0, slope)
        depth = ((near - at) * slope - (height - up)) / length
        normal = np.stack([-side * slope, np.ones_like(slope)]) / length
        curvature = np.maximum(bend, 0.0) / length**3
        along = np.stack([normal[1], -normal[0]])
        bending = curvature / np.maximum(1 - curvature * depth, 0.05)
        return depth, normal, -bending * along[:, None] * along[None, :]


def stands_for(across: Array, up: Array, depth: float) -> float:
    """The radius (mm) of the ball that stands for a tip at one depth: as wide as it where the skin's plane cuts.

    ``across`` and ``up`` are the tip's curve (mm), ``depth`` how far it has sunk in.
    """
    wide = float(np.interp(depth, up, across))
    return (wide**2 + depth**2) / (2 * depth)
