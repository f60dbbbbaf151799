"""The one label function: which region a point of the skin belongs to.

It reads rest-pose coordinates, the rest normal and the bone groups of the neutral body, never a picture, so every view
and every other body (which carries the same rest coordinates) is labelled alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..mesh import Mesh
from ..raster import vertex_normals
from .arm import ArmFrame, arm, armpit, shoulder_top
from .head import C7, head, neck
from .leg import LegFrame, leg
from .skin import BONES, Core, Skin, bone_groups, polyline
from .trunk import CREASE, LEG_TOP, back_fold, trunk

MIDLINE_REGIONS = frozenset({"neck_midline", "spine_thoracic", "lumbar_midline", "sacrum", "coccyx", "genitals"})


@dataclass(frozen=True)
class Labeller:
    """The label function together with the frames it measures once on the rest body."""

    arm: ArmFrame
    leg: LegFrame
    trunk: Core
    neck: Core

    @classmethod
    def of(cls, mesh: Mesh) -> Labeller:
        groups = dict(zip(BONES, bone_groups(mesh).T, strict=True))
        points, triangles = mesh.vertices, mesh.triangles
        left = points[:, 0] > -1e-6
        body = triangles[(left & (groups["arm"] < 0.3))[triangles].all(axis=1)]
        limb = triangles[(left & (groups["leg"] > 0.5))[triangles].all(axis=1)]
        legs = Core.of(points, limb, -7.7, -0.5, midline=False)
        return cls(
            ArmFrame.of(mesh.joints),
            LegFrame.of(mesh.joints, legs),
            Core.of(points, body, -0.4, 5.6, midline=True),
            Core.of(points, body, 6.1, 6.7, midline=True),
        )

    def __call__(self, points: np.ndarray, normals: np.ndarray, groups: np.ndarray) -> np.ndarray:
        """Region id of each of n points; (n, 3) rest points and normals, (n, k) bone groups."""
        skin = Skin.of(points, normals, groups)
        x, y, z = skin.x, skin.y, skin.z
        on_arm = skin.bone["arm"] > 0.5
        on_head = head(skin)
        # The neck ends on a line from C7 behind, over the slope, to the collarbone's inner end in front.
        root = polyline(x, ((0.0, C7), (0.45, 5.92), (0.62, 6.06), (0.80, 6.20)))
        front_root = polyline(x, ((0.0, 5.36), (0.4, 5.50), (0.58, 5.62), (0.68, 5.90), (0.80, 6.20)))
        forward = np.clip((z + 0.05) / 0.5, 0, 1)
        on_neck = ~on_head & ~on_arm & (y > (1 - forward) * root + forward * front_root)
        neck(skin, self.neck, on_neck)
        # The leg begins at the fold of the groin, below the bony point of the hip and at the fold of the buttock.
        around = self.trunk.azimuth(skin)
        fold = np.where(around < 50, polyline(x, CREASE), polyline(around, LEG_TOP))
        on_leg = ~on_arm & (y < fold) & (y < 0.7)
        on_trunk = ~on_head & ~on_arm & ~on_neck & ~on_leg
        leg(skin, self.leg, on_leg)
        trunk(skin, self.trunk, on_trunk)
        arm(skin, self.arm, on_arm)
        back_fold(skin, on_arm | on_trunk)
        armpit(skin, on_arm | on_trunk)
        shoulder_top(skin, on_arm | on_trunk)
        return skin.names


__all__ = ["BONES", "MIDLINE_REGIONS", "Labeller", "bone_groups", "vertex_normals"]
