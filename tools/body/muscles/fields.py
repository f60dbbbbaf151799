"""Soft fields over the skin: referral zones from regions, danger zones from paths and areas; drawn as contours."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from scipy import ndimage
from scipy.sparse import coo_array, csr_array

from .. import fit
from ..label import MIDLINE_REGIONS, Labeller
from ..raster import BACK, FRONT, LEFT, Picture, render
from ..trace import rings, trace
from .places import Places
from .surface import MM, Surface
from .views import POSES, SCALE

ZONES = Path(__file__).parents[1] / "data" / "zones.toml"
CELL = 2.0  # millimetres of the coarse pictures that contours are traced on
ROUNDS = 18  # of averaging over neighbours: softens a border over about two centimetres
SIGMA, TOLERANCE, LEAST_MM2 = 5.0, 1.0, 120.0
VIEWS = {"front": FRONT, "back": BACK, "left": LEFT}
Rings = list[list[int]]


@dataclass(frozen=True)
class Skin:
    """The surface with its region names, ready to carry fields into the views."""

    surface: Surface
    labels: np.ndarray

    @classmethod
    def of(cls, surface: Surface, labeller: Labeller) -> Skin:
        """Name every vertex."""
        names = labeller(surface.points, surface.normals, surface.groups).astype(str)
        return cls(surface, names)

    @cached_property
    def pictures(self) -> dict[str, Picture]:
        """The whole figure in every view."""
        out = {}
        for name, view in VIEWS.items():
            posed = self.surface.posed[POSES[name]]
            x, y, _ = view.project(posed[self.surface.used])
            low, high = np.floor(x.min() * MM) - 12, np.floor(-y.max() * MM) - 12
            wide, tall = np.ceil((x.max() * MM + 12 - low) / CELL), np.ceil((-y.min() * MM + 12 - high) / CELL)
            box = (float(low), float(high), float(low + wide * CELL), float(high + tall * CELL))
            out[name] = render(view, posed, self.surface.triangles, box, CELL)
        return out

    @cached_property
    def seen(self) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """View by view: which cells show skin, the vertices behind each of them and their shares."""
        out = {}
        for name, picture in self.pictures.items():
            shown = picture.triangle >= 0
            out[name] = (shown, self.surface.triangles[picture.triangle[shown]], picture.bary[shown])
        return out

    @cached_property
    def average(self) -> csr_array:
        """One round of averaging: half itself, half its neighbours."""
        a, b = self.surface.triangles.ravel(), np.roll(self.surface.triangles, 1, axis=1).ravel()
        count = len(self.surface.points)
        around = coo_array((np.ones(2 * len(a)), (np.r_[a, b], np.r_[b, a])), shape=(count, count)).tocsr()
        degree = np.maximum(np.asarray(around.sum(axis=1)).ravel(), 1)
        scale = coo_array((0.5 / degree, (np.arange(count), np.arange(count))), shape=(count, count))
        stay = coo_array((np.full(count, 0.5), (np.arange(count), np.arange(count))), shape=(count, count))
        return csr_array(scale.tocsr() @ around + stay)

    def named(self, areas: set[tuple[str, str]]) -> np.ndarray:
        """(n,) 1 where the vertex belongs to one of (region, side)."""
        inside = np.zeros(len(self.labels))
        left = self.surface.points[:, 0] >= 0
        for region, side in areas:
            here = self.labels == region
            if region not in MIDLINE_REGIONS and side != "midline":
                here &= left if side == "left" else ~left
            inside[here] = 1
        return inside

    def softened(self, field: np.ndarray) -> np.ndarray:
        """The field after ``ROUNDS`` of averaging over the surface."""
        for _ in range(ROUNDS):
            field = self.average @ field
        return field

    def contours(self, field: np.ndarray, level: float = 0.5) -> dict[str, Rings]:
        """Closed outlines, view by view, of where the field is above that share of its highest value."""
        out = {}
        level *= float(field.max())
        for name, picture in self.pictures.items():
            seen, corners, shares = self.seen[name]
            mask = np.zeros(picture.triangle.shape, bool)
            mask[seen] = (field[corners] * shares).sum(axis=1) > level
            shape = _rings(mask, picture)
            if shape:
                out[name] = shape
        return out


def _rings(mask: np.ndarray, picture: Picture) -> Rings:
    if not mask.any():
        return []
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    top, left = max(int(rows[0]) - 4, 0), max(int(columns[0]) - 4, 0)
    mask = mask[top : int(rows[-1]) + 5, left : int(columns[-1]) + 5]
    corner = np.array([picture.left + left * CELL, picture.top + top * CELL])
    parts, count = ndimage.label(mask)
    sizes = ndimage.sum(mask, parts, range(1, count + 1)) * CELL**2
    mask = np.isin(parts, 1 + np.flatnonzero(sizes > LEAST_MM2))
    mask = ndimage.binary_opening(ndimage.binary_closing(mask))
    if not mask.any():
        return []
    arcs = trace(_joined(mask).astype(int), mirrored=False)
    stored = []
    for chain in rings(arcs, 1):
        line = np.concatenate([(arcs[i].points if i >= 0 else arcs[~i].points[::-1])[:-1] for i in chain])
        smooth = fit.smooth(np.vstack([line, line[:1]]), SIGMA / CELL)
        curves = fit.cubics(smooth, TOLERANCE / CELL)
        points = np.round((curves * CELL + corner) * SCALE).astype(int)
        flat = points[0, 0].tolist()
        for curve in points:
            flat += (curve[1:] - curve[0]).ravel().tolist()
        stored.append(flat)
    return stored


def _joined(mask: np.ndarray) -> np.ndarray:
    """Fill one of two cells that touch at a corner only."""
    out = mask.copy()
    for _ in range(4):
        a, b, c, d = out[:-1, :-1], out[:-1, 1:], out[1:, :-1], out[1:, 1:]
        cross = (a & d & ~b & ~c) | (b & c & ~a & ~d)
        if not cross.any():
            break
        out[:-1, :-1] |= cross
        out[:-1, 1:] |= cross
        out[1:, :-1] |= cross
        out[1:, 1:] |= cross
    return out


def read_zones() -> dict[str, dict[str, Any]]:
    """The authored danger zones."""
    return tomllib.loads(ZONES.read_text(encoding="utf-8"))


def zone_field(zone: dict[str, Any], places: Places) -> np.ndarray:
    """(n,) 1 for the skin of a zone, both sides."""
    points = places.surface.points
    folded = points * np.array([-1.0, 1, 1]) * (points[:, :1] < 0) + points * (points[:, :1] >= 0)
    inside = np.zeros(len(points))
    for line in zone.get("paths", []):
        inside[_distance(folded, [places[p] for p in line]) * MM < zone["radius_mm"]] = 1
    for area in zone.get("areas", []):
        axes = [0, 1] if area["view"] in ("front", "back") else [2, 1]
        facing = {"front": (2, 1), "back": (2, -1), "left": (0, 1)}[area["view"]]
        border = np.array([places[p][axes] for p in area["border"]])
        fold_normal = places.surface.normals * np.where(points[:, :1] < 0, [[-1.0, 1, 1]], [[1.0, 1, 1]])
        towards = fold_normal[:, facing[0]] * facing[1] > -0.1
        trunk = places.surface.arm < 0.5
        inside[_within(folded[:, axes], border) & towards & trunk] = 1
    skin = np.zeros(len(points))
    skin[places.surface.used] = 1  # the mesh holds points that no face uses
    return inside * skin


def _distance(points: np.ndarray, line: list[np.ndarray]) -> np.ndarray:
    """Distance of (n, 3) points from a polyline, decimetres."""
    best = np.full(len(points), np.inf)
    for a, b in zip(line, line[1:] or line, strict=False):
        way = b - a
        t = np.clip((points - a) @ way / max(float(way @ way), 1e-9), 0, 1)
        best = np.minimum(best, np.linalg.norm(points - a - t[:, None] * way, axis=1))
    return best


def _within(points: np.ndarray, border: np.ndarray) -> np.ndarray:
    """Even-odd test of (n, 2) points against a closed polygon."""
    inside = np.zeros(len(points), bool)
    x, y = points.T
    for (ax, ay), (bx, by) in zip(border, np.roll(border, -1, axis=0), strict=True):
        if ay == by:
            continue
        crosses = (ay > y) != (by > y)
        inside ^= crosses & (x < (bx - ax) * (y - ay) / (by - ay) + ax)
    return inside
