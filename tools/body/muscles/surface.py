"""The rest body's skin as a place to measure on: points under the skin, plane cuts, nearest skin.

Decimetres; +x the person's left, +y up, +z forward. Everything is authored on the left half.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import coo_array
from scipy.spatial import cKDTree

from ..atlas import Atlas
from ..label.skin import BONES

MM = 100.0  # millimetres in a decimetre
SMOOTHINGS = 12  # rounds of averaging that take the small folds out of the normals


@dataclass(frozen=True)
class Surface:
    """points: (n, 3) skin at rest; triangles: (m, 3); groups: (n, k) bone shares; posed: pose name -> (n, 3)."""

    points: np.ndarray
    triangles: np.ndarray
    groups: np.ndarray
    posed: dict[str, np.ndarray]

    @classmethod
    def of(cls, atlas: Atlas) -> Surface:
        """Drop what is not skin of the figure (eyeballs, mouth) as far as it would be found from outside."""
        posed = {"standing": atlas.poses[False], "reaching": atlas.poses[True]}
        return cls(atlas.rest, atlas.triangles, atlas.groups, posed)

    @cached_property
    def arm(self) -> np.ndarray:
        """(n,) share of the arm's bones."""
        return self.groups[:, list(BONES).index("arm")]

    @cached_property
    def leg(self) -> np.ndarray:
        """(n,) share of the leg's bones."""
        return self.groups[:, list(BONES).index("leg")]

    @cached_property
    def used(self) -> np.ndarray:
        """Indices of vertices that a triangle uses."""
        return np.unique(self.triangles)

    @cached_property
    def tree(self) -> cKDTree:
        """Nearest skin vertex."""
        return cKDTree(self.points[self.used])

    @cached_property
    def normals(self) -> np.ndarray:
        """(n, 3) unit normals, smoothed over about a centimetre."""
        corners = self.points[self.triangles]
        flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        normals = np.zeros_like(self.points)
        for k in range(3):
            np.add.at(normals, self.triangles[:, k], flat)
        a, b = self.triangles.ravel(), np.roll(self.triangles, 1, axis=1).ravel()
        around = coo_array((np.ones(2 * len(a)), (np.r_[a, b], np.r_[b, a])), shape=(len(normals),) * 2).tocsr()
        for _ in range(SMOOTHINGS):
            normals = normals + around @ normals
            normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
        return normals

    def nearest(self, points: np.ndarray, count: int = 6) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Skin point, smooth normal and its vertices (n, count) nearest to (n, 3) points, by inverse distance."""
        distance, at = self.tree.query(points, k=count)
        at = self.used[at]
        weight = 1 / np.maximum(distance, 1e-4) ** 2
        weight /= weight.sum(axis=1, keepdims=True)
        skin = np.einsum("nk,nkd->nd", weight, self.points[at])
        normal = np.einsum("nk,nkd->nd", weight, self.normals[at])
        return skin, normal / np.linalg.norm(normal, axis=1, keepdims=True), at

    def through(self, axis: int, u: float, v: float, *, largest: bool, with_arm: bool = False) -> np.ndarray:
        """Skin met by the line along ``axis`` at the other two coordinates; the outermost hit on one end.

        ValueError where the line misses the body.
        """
        others = [k for k in range(3) if k != axis]
        corners = self.points[self.triangles]
        if not with_arm:
            corners = corners[(self.arm[self.triangles] < 0.5).all(axis=1)]
        flat = corners[:, :, others]
        low, high = flat.min(axis=1), flat.max(axis=1)
        near = (low[:, 0] <= u) & (high[:, 0] >= u) & (low[:, 1] <= v) & (high[:, 1] >= v)
        corners, flat = corners[near], flat[near]
        (ax, ay), (bx, by), (cx, cy) = (flat[:, k].T for k in range(3))
        area = (by - cy) * (ax - cx) + (cx - bx) * (ay - cy)
        solid = np.abs(area) > 1e-12
        area = np.where(solid, area, 1)
        a = ((by - cy) * (u - cx) + (cx - bx) * (v - cy)) / area
        b = ((cy - ay) * (u - cx) + (ax - cx) * (v - cy)) / area
        inside = solid & (a >= -1e-9) & (b >= -1e-9) & (a + b <= 1 + 1e-9)
        if not inside.any():
            raise ValueError(f"no skin along axis {axis} at {u}, {v}")
        hits = (np.c_[a, b, 1 - a - b][inside, :, None] * corners[inside]).sum(axis=1)
        return np.asarray(hits[hits[:, axis].argmax() if largest else hits[:, axis].argmin()])

    def cut(self, origin: np.ndarray, normal: np.ndarray, keep: np.ndarray | None = None) -> np.ndarray:
        """(k, 2, 3) segments in which the plane cuts the skin; ``keep`` marks the vertices that count."""
        triangles = self.triangles if keep is None else self.triangles[keep[self.triangles].all(axis=1)]
        side = (self.points - origin) @ normal
        value = side[triangles]
        crossed = (value.min(axis=1) < 0) & (value.max(axis=1) >= 0)
        triangles, value = triangles[crossed], value[crossed]
        segments = np.zeros((len(triangles), 2, 3))
        found = np.zeros(len(triangles), int)
        for i, j in ((0, 1), (1, 2), (2, 0)):
            hit = np.flatnonzero((value[:, i] < 0) != (value[:, j] < 0))
            t = (value[hit, i] / (value[hit, i] - value[hit, j]))[:, None]
            p, q = self.points[triangles[hit, i]], self.points[triangles[hit, j]]
            segments[hit, found[hit]] = p + t * (q - p)
            found[hit] += 1
        return segments[found == 2]

    def carried(self, points: np.ndarray, pose: str) -> np.ndarray:
        """Points under the rest skin moved along with its pose: each keeps its place in the skin's own frames."""
        _, _, at = self.nearest(points, count=12)
        rest, moved = self.points[at], self.posed[pose][at]
        weight = 1 / np.maximum(np.linalg.norm(points[:, None] - rest, axis=2), 0.02) ** 2
        weight /= weight.sum(axis=1, keepdims=True)
        a = np.einsum("nk,nkd->nd", weight, rest)
        b = np.einsum("nk,nkd->nd", weight, moved)
        spread = np.einsum("nk,nki,nkj->nij", weight, moved - b[:, None], rest - a[:, None])
        u, _, vt = np.linalg.svd(spread)
        turn = np.sign(np.linalg.det(u @ vt))
        u[:, :, 2] *= turn[:, None]
        return b + np.einsum("nij,nj->ni", u @ vt, points - a)
