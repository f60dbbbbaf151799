"""Orthographic z-buffer: which triangle each fine cell of a view shows, and what it carries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

MM = 100.0  # view units (millimetres) in a decimetre
PIXEL = 0.5  # side of the fine cells that outlines are traced on, millimetres


@dataclass(frozen=True)
class View:
    """One direction of looking: unit vectors of the picture's x, of its upward direction and towards the viewer."""

    name: str
    right: tuple[float, float, float]
    towards: tuple[float, float, float]
    up: tuple[float, float, float] = (0.0, 1.0, 0.0)

    def project(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """x to the right, y up, depth towards the viewer, in the points' own unit."""
        return points @ np.array(self.right), points @ np.array(self.up), points @ np.array(self.towards)


FRONT = View("front", (1.0, 0.0, 0.0), (0.0, 0.0, 1.0))
BACK = View("back", (-1.0, 0.0, 0.0), (0.0, 0.0, -1.0))
LEFT = View("left", (0.0, 0.0, -1.0), (1.0, 0.0, 0.0))
SOLES = View("soles", (1.0, 0.0, 0.0), (0.0, -1.0, 0.0), up=(0.0, 0.0, 1.0))


@dataclass(frozen=True)
class Picture:
    """A raster of one view.

    triangle: (h, w) index or -1. bary: (h, w, 3) corner shares. depth: (h, w) decimetres towards the viewer.
    left, top: millimetres of the first cell's outer corner (x to the right, y down from the mesh's y = 0).
    """

    view: View
    triangle: np.ndarray
    bary: np.ndarray
    depth: np.ndarray
    left: float
    top: float
    cell: float

    def carry(self, triangles: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Interpolate (n, k) vertex values to (h, w, k); cells that show nothing hold zero."""
        corners = values[triangles[np.maximum(self.triangle, 0)]]
        return np.einsum("hwc,hwck->hwk", self.bary, corners) * (self.triangle >= 0)[..., None]


def render(
    view: View, points: np.ndarray, triangles: np.ndarray, box: tuple[float, float, float, float], cell: float = PIXEL
) -> Picture:
    """Draw posed points (decimetres) into the box (left, top, right, bottom) in cells of so many millimetres."""
    x, y, z = view.project(points)
    left, top, right, bottom = box
    width, height = round((right - left) / cell), round((bottom - top) / cell)
    px, py = (x * MM - left) / cell - 0.5, (-y * MM - top) / cell - 0.5
    depth = np.full((height, width), -np.inf)
    index = np.full((height, width), -1, np.int32)
    bary = np.zeros((height, width, 3), np.float32)
    for number, corners in enumerate(triangles):
        _draw(number, px[corners], py[corners], z[corners], depth, index, bary)
    return Picture(view, index, bary, depth, left, top, cell)


def _draw(
    number: int,
    xs: np.ndarray,
    ys: np.ndarray,
    zs: np.ndarray,
    depth: np.ndarray,
    index: np.ndarray,
    bary: np.ndarray,
) -> None:
    height, width = depth.shape
    x0, x1 = max(int(np.ceil(xs.min() - 1e-6)), 0), min(int(np.floor(xs.max() + 1e-6)), width - 1)
    y0, y1 = max(int(np.ceil(ys.min() - 1e-6)), 0), min(int(np.floor(ys.max() + 1e-6)), height - 1)
    area = (ys[1] - ys[2]) * (xs[0] - xs[2]) + (xs[2] - xs[1]) * (ys[0] - ys[2])
    if x1 < x0 or y1 < y0 or abs(area) < 1e-12:
        return
    gx, gy = np.arange(x0, x1 + 1)[None, :], np.arange(y0, y1 + 1)[:, None]
    a = ((ys[1] - ys[2]) * (gx - xs[2]) + (xs[2] - xs[1]) * (gy - ys[2])) / area
    b = ((ys[2] - ys[0]) * (gx - xs[2]) + (xs[0] - xs[2]) * (gy - ys[2])) / area
    c = 1 - a - b
    z = a * zs[0] + b * zs[1] + c * zs[2]
    window = depth[y0 : y1 + 1, x0 : x1 + 1]
    shown = (a >= -1e-6) & (b >= -1e-6) & (c >= -1e-6) & (z > window)
    if shown.any():
        window[shown] = z[shown]
        index[y0 : y1 + 1, x0 : x1 + 1][shown] = number
        bary[y0 : y1 + 1, x0 : x1 + 1][shown] = np.stack([a, b, c], -1)[shown]


def vertex_normals(points: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """Area-weighted unit normals, (n, 3)."""
    p, q, r = (points[triangles[:, k]] for k in range(3))
    flat = np.cross(q - p, r - p)
    normals = np.zeros_like(points)
    for k in range(3):
        np.add.at(normals, triangles[:, k], flat)
    return normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
