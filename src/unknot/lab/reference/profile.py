"""Rigid tool profiles: how far a point of the tissue lies inside the tool, and the slopes of that distance.

A tool stands with its lowest point at (0, tip); ``overlap`` returns the signed penetration in mm (positive inside), its
gradient and its Hessian with respect to (r, z). Gradients have length 1, so contact tractions are normal to the tool.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from unknot.lab.reference.material import Array


class Profile(Protocol):
    """Any rigid shape that can be pressed in along z."""

    @property
    def radius(self) -> float:
        """The radius of the tip, mm: it sets the size of the elements under the tool."""

    def overlap(self, r: Array, z: Array, tip: float) -> tuple[Array, Array, Array]:
        """Penetration (n,), gradient (2, n) and Hessian (2, 2, n)."""


@dataclass(frozen=True, slots=True)
class Sphere:
    """A ball or a dome of one radius (in plane strain: a cylinder, which is a roller)."""

    radius: float

    def overlap(self, r: Array, z: Array, tip: float) -> tuple[Array, Array, Array]:
        x, y = r, z - (tip + self.radius)
        distance = np.maximum(np.hypot(x, y), 1e-9)
        normal = np.stack([x, y]) / distance
        curvature = _across(normal) / distance
        return self.radius - distance, -normal, -curvature


@dataclass(frozen=True, slots=True)
class FlatPunch:
    """A flat-ended cylinder, the tip of an algometer; ``edge`` rounds its rim, mm."""

    half_width: float
    edge: float

    @property
    def radius(self) -> float:
        return self.half_width

    def overlap(self, r: Array, z: Array, tip: float) -> tuple[Array, Array, Array]:
        inner = self.half_width - self.edge
        across = np.abs(r) - inner
        down = (tip + self.edge) - z
        corner = (across > 0) & (down > 0)
        distance = np.maximum(np.hypot(across, down), 1e-9)
        side = (across > 0) & ~corner
        depth = np.where(corner, self.edge - distance, np.where(side, self.edge - across, self.edge - down))
        sign = np.sign(r)
        normal = np.stack([np.where(corner, -sign * across / distance, 0.0), np.where(corner, down / distance, 1.0)])
        normal[0] = np.where(side, -sign, normal[0])
        normal[1] = np.where(side, 0.0, normal[1])
        curvature = np.where(corner, _across(normal) / distance, 0.0)
        return depth, normal, -curvature


@dataclass(frozen=True, slots=True)
class Capped:
    """A rounded tip of ``radius`` that runs out into a cone of ``slope_deg`` against the skin (an elbow-type tip)."""

    radius: float
    slope_deg: float

    def overlap(self, r: Array, z: Array, tip: float) -> tuple[Array, Array, Array]:
        round_depth, round_normal, round_curve = Sphere(self.radius).overlap(r, z, tip)
        angle = np.radians(self.slope_deg)
        centre = tip + self.radius
        direction = np.array([np.sin(angle), -np.cos(angle)])  # from the centre to where ball and cone meet
        side = np.sign(r)
        beyond = np.abs(r) * direction[1] * -1 - (centre - z) * direction[0] > 0
        depth = self.radius - (np.abs(r) * direction[0] + (z - centre) * direction[1])
        normal = np.stack([-side * direction[0], np.full_like(r, -direction[1])])
        return (
            np.where(beyond, depth, round_depth),
            np.where(beyond, normal, round_normal),
            np.where(beyond, 0.0, round_curve),
        )


def _across(normal: Array) -> Array:
    """The projection on the directions across unit vectors (2, ...): shape (2, 2, ...)."""
    identity = np.eye(2).reshape(2, 2, *(1,) * (normal.ndim - 1))
    return np.asarray(identity - normal[:, None] * normal[None, :])
