"""How a patch looks in a view: the outline of what can be seen of it, and its fibres, in view millimetres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from .. import fit
from ..raster import BACK, FRONT, LEFT, Picture, View, render
from ..trace import rings, trace
from .patch import Patch, bilinear
from .surface import MM, Surface

CELL = 0.5  # millimetres
SCALE = 10  # stored numbers are tenths of a millimetre
SIGMA, TOLERANCE = 1.1, 0.25  # smoothing and allowed deviation of outlines, millimetres
DEEP_MM = 150.0  # in its own views a deep muscle is shown through what lies before it
CRUMB_MM2 = 12.0
PROUD_MM = 12.0  # posing may lift a patch a little out of the skin
POSES = {"front": "standing", "back": "standing", "left": "reaching"}
VIEWS = {"front": FRONT, "back": BACK, "left": LEFT}


@dataclass(frozen=True)
class Stage:
    """One view's skin: its picture, its depth and how much of each cell's skin belongs to the arm."""

    view: View
    picture: Picture
    arm: np.ndarray
    facing: np.ndarray

    @classmethod
    def of(cls, name: str, surface: Surface) -> Stage:
        """Draw the left half (front, back) or the left side."""
        view, posed = VIEWS[name], surface.posed[POSES[name]]
        x, y, _ = view.project(posed[surface.used])
        box = (x.min() * MM - 4, -y.max() * MM - 4, x.max() * MM + 4, -y.min() * MM + 4)
        whole = tuple(float(np.round(v)) for v in box)
        picture = render(view, posed, surface.triangles, (whole[0], whole[1], whole[2], whole[3]), CELL)
        corners = posed[surface.triangles]
        flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        normals = np.zeros_like(posed)
        for k in range(3):
            np.add.at(normals, surface.triangles[:, k], flat)
        normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
        carried = picture.carry(surface.triangles, np.c_[surface.arm, normals @ np.array(view.towards)])
        return cls(view, picture, carried[..., 0], carried[..., 1])

    def cell_of(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Row and column of view millimetres."""
        column = np.clip(((x - self.picture.left) / CELL).astype(int), 0, self.picture.depth.shape[1] - 1)
        row = np.clip(((y - self.picture.top) / CELL).astype(int), 0, self.picture.depth.shape[0] - 1)
        return row, column


@dataclass(frozen=True)
class Shown:
    """A patch in one view. rings: closed cubics as stored. fibres: (fibres, samples, 2) tenths of a millimetre.

    share: seen area against the area of the whole sheet. behind: mean millimetres behind the skin that the view shows.
    sites: id -> (x, y, depth in mm along the line of sight) of the sites that the view shows.
    """

    rings: list[list[int]]
    fibres: np.ndarray
    share: float
    behind: float
    sites: dict[str, tuple[float, float, float]]


def show(patch: Patch, stage: Stage, posed: np.ndarray, *, own: bool) -> Shown | None:
    """Draw one part; ``posed`` is its grid in the view's pose. None where the view shows (nearly) nothing of it."""
    x, y, z = stage.view.project(posed)
    x, y = x * MM, -y * MM
    limit = np.where(own, DEEP_MM, 6 + 1.5 * patch.deep)
    mask, seen, whole, behind = _mask(stage, x, y, z, limit, patch.arm)
    if seen < max(CRUMB_MM2, (0.04 if own else 0.12) * whole):
        return None
    outline = _rings(mask[0], mask[1], mask[2])
    if not outline:
        return None
    fibres = np.round(np.stack([x, y], -1) * SCALE).astype(int)
    sites = {}
    for name, (along, across) in patch.sites.items():
        px, py, pz = bilinear(np.stack([x, y, z], -1), along, across)
        row, column = stage.cell_of(np.array(px), np.array(py))
        top, left = mask[2], mask[1]
        r, c = int((py - top) / CELL), int((px - left) / CELL)
        inside = 0 <= r < mask[0].shape[0] and 0 <= c < mask[0].shape[1] and mask[0][r, c]
        if inside:
            sites[name] = (float(px), float(py), float((stage.picture.depth[row, column] - pz) * MM))
    return Shown(outline, fibres, seen / whole, behind, sites)


def _mask(
    stage: Stage, x: np.ndarray, y: np.ndarray, z: np.ndarray, limit: np.ndarray, arm: np.ndarray
) -> tuple[tuple[np.ndarray, float, float], float, float, float]:
    """Cells in which the sheet is seen, with the corner they start at; seen and whole area in mm2; mean depth."""
    left, top = np.floor(x.min()) - 4, np.floor(y.min()) - 4
    width, height = int((x.max() + 4 - left) / CELL) + 1, int((y.max() + 4 - top) / CELL) + 1
    fibres, samples = x.shape
    index = np.arange(fibres * samples).reshape(fibres, samples)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    triangles = np.concatenate([np.stack(t, -1).reshape(-1, 3) for t in ((a, b, c), (a, c, d))])
    flat = View("flat", (1.0, 0.0, 0.0), (0.0, 0.0, 1.0))
    points = np.stack([x.ravel() / MM, -y.ravel() / MM, z.ravel()], -1)
    picture = render(flat, points, triangles, (left, top, left + width * CELL, top + height * CELL), CELL)
    drawn = picture.triangle >= 0
    carried = picture.carry(triangles, np.c_[limit.ravel(), arm.ravel()])
    rows, columns = np.mgrid[: picture.depth.shape[0], : picture.depth.shape[1]]
    row, column = stage.cell_of(left + (columns + 0.5) * CELL, top + (rows + 0.5) * CELL)
    skin = stage.picture.depth[row, column]
    gap = np.where(drawn & np.isfinite(skin), (skin - np.where(drawn, picture.depth, 0)) * MM, np.inf)
    slope = np.clip(stage.facing[row, column], 0.22, 1)
    same = np.abs(stage.arm[row, column] - carried[..., 1]) < 0.62
    seen = drawn & (gap > -PROUD_MM) & (gap < carried[..., 0] / slope) & same
    seen = ndimage.binary_opening(ndimage.binary_closing(seen, iterations=2), iterations=1)
    parts, count = ndimage.label(seen)
    if count:
        sizes = ndimage.sum(seen, parts, range(1, count + 1))
        seen &= np.isin(parts, 1 + np.flatnonzero(sizes * CELL**2 >= CRUMB_MM2))
    known = gap[seen & np.isfinite(gap)]
    behind = float(known.mean()) if len(known) else 0.0
    return (seen, float(left), float(top)), float(seen.sum()) * CELL**2, max(float(drawn.sum()) * CELL**2, 1e-6), behind


def _rings(mask: np.ndarray, left: float, top: float) -> list[list[int]]:
    """Smooth closed outlines, as [x, y, then per cubic three (dx, dy) from its start] in tenths of a millimetre."""
    mask = ndimage.binary_fill_holes(_parted(mask))
    arcs = trace(mask.astype(int), mirrored=False)
    stored = []
    for chain in rings(arcs, 1):
        line = np.concatenate([(arcs[i].points if i >= 0 else arcs[~i].points[::-1])[:-1] for i in chain])
        line = np.vstack([line, line[:1]])
        smooth = fit.smooth(line, SIGMA / CELL)
        curves = fit.cubics(smooth, TOLERANCE / CELL)
        points = np.round((curves * CELL + [left, top]) * SCALE).astype(int)
        flat = points[0, 0].tolist()
        for curve in points:
            flat += (curve[1:] - curve[0]).ravel().tolist()
        stored.append(flat)
    return stored


def _parted(mask: np.ndarray) -> np.ndarray:
    """Cells that touch at a corner only get a neighbour, so that the outline does not cross itself."""
    out = mask.copy()
    for _ in range(4):
        a, b, c, d = out[:-1, :-1], out[:-1, 1:], out[1:, :-1], out[1:, 1:]
        cross = (a & d & ~b & ~c) | (b & c & ~a & ~d)
        if not cross.any():
            break
        for rows in (slice(None, -1), slice(1, None)):
            for columns in (slice(None, -1), slice(1, None)):
                out[rows, columns] |= cross
    return out
