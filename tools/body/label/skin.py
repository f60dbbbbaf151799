"""Points of the skin to be labelled, folded onto the person's left half, and the brush that labels them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from scipy.ndimage import gaussian_filter1d

from ..mesh import Mesh

BONES = {
    "arm": ("upperarm", "lowerarm", "wrist", "metacarpal", "finger"),
    "hand": ("wrist", "metacarpal", "finger"),
    "thumb": ("finger1",),
    "index": ("metacarpal1", "finger2"),
    "middle": ("metacarpal2", "finger3"),
    "ring": ("metacarpal3", "finger4"),
    "little": ("metacarpal4", "finger5"),
    "fingers": ("finger",),
    "leg": ("upperleg", "lowerleg", "foot", "toe"),
    "big_toe": ("toe1",),
    "toes": ("toe",),
    "little_toe": ("toe5",),
}


def bone_groups(mesh: Mesh) -> np.ndarray:
    """(n, len(BONES)) summed skinning weights of each bone group, both sides together."""
    sums = np.zeros((len(mesh.vertices), len(BONES)))
    for bone, (ids, share) in mesh.weights.items():
        for column, prefixes in enumerate(BONES.values()):
            if bone.startswith(prefixes):
                sums[ids, column] += share
    return sums


@dataclass(frozen=True)
class Skin:
    """n points in rest-pose decimetres, x folded to >= 0; unit normals folded alike; bone groups by name."""

    x: np.ndarray
    y: np.ndarray
    z: np.ndarray
    normal: np.ndarray
    bone: dict[str, np.ndarray]
    names: np.ndarray = field(repr=False)

    @classmethod
    def of(cls, points: np.ndarray, normals: np.ndarray, groups: np.ndarray) -> Skin:
        """Fold (n, 3) rest points, (n, 3) rest normals and (n, k) bone groups."""
        fold = np.where(points[:, 0] < 0, -1.0, 1.0)
        normal = normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
        normal = np.c_[normal[:, 0] * fold, normal[:, 1:]]
        bone = {name: groups[:, k] for k, name in enumerate(BONES)}
        names = np.full(len(points), "", dtype=object)
        return cls(np.abs(points[:, 0]), points[:, 1], points[:, 2], normal, bone, names)

    @property
    def xyz(self) -> np.ndarray:
        """(n, 3) folded points."""
        return np.c_[self.x, self.y, self.z]

    def paint(self, region: str, where: np.ndarray) -> None:
        """Label points; the last paint wins."""
        self.names[where] = region


def polyline(value: np.ndarray, knots: Iterable[tuple[float, float]]) -> np.ndarray:
    """Piecewise linear border: knots are (value, result) in any order."""
    table = sorted(knots)
    return np.interp(value, [k for k, _ in table], [v for _, v in table])


@dataclass(frozen=True)
class Core:
    """Centre line of an upright part: for a height, the middle and the half widths of the cross-section."""

    height: np.ndarray
    table: np.ndarray  # columns: x middle, z middle, x half width, z half width

    @classmethod
    def of(cls, points: np.ndarray, triangles: np.ndarray, low: float, high: float, *, midline: bool) -> Core:
        """Cut the triangles at many heights; ``midline`` parts (trunk, neck) are centred on x = 0."""
        edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
        a, b = points[edges[:, 0]], points[edges[:, 1]]
        heights, rows = [], []
        for y in np.arange(low, high + 1e-9, 0.1):
            crossing = (a[:, 1] - y) * (b[:, 1] - y) < 0
            p, q = a[crossing], b[crossing]
            if len(p):
                cut = p + ((y - p[:, 1]) / (q[:, 1] - p[:, 1]))[:, None] * (q - p)
                x0, x1 = (-cut[:, 0].max() if midline else cut[:, 0].min()), cut[:, 0].max()
                z0, z1 = cut[:, 2].min(), cut[:, 2].max()
                heights.append(y)
                rows.append([(x0 + x1) / 2, (z0 + z1) / 2, (x1 - x0) / 2, (z1 - z0) / 2])
        return cls(np.array(heights), gaussian_filter1d(np.array(rows), 2.0, axis=0, mode="nearest"))

    def azimuth(self, skin: Skin) -> np.ndarray:
        """Degrees around the part: 0 front, 90 the outer side, 180 back, -90 the inner side."""
        xc, zc, xh, zh = (np.interp(skin.y, self.height, column) for column in self.table.T)
        return np.degrees(np.arctan2((skin.x - xc) / xh, (skin.z - zc) / zh))
