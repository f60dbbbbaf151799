"""Assemble the body map: every view's outlines, cell raster and surface areas, as plain JSON values."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from . import pose
from .clean import clean, from_neighbours
from .label import BONES, MIDLINE_REGIONS, Labeller, bone_groups
from .mesh import Mesh, halves
from .outline import Outline, creases, label_point, outline, run_lengths
from .raster import BACK, FRONT, LEFT, MM, PIXEL, SOLES, Picture, View, render, vertex_normals
from .refine import refine

CELL_MM = 4  # side of the coarse cells that drawings are counted in
MARGIN_MM = 12
LEAST_SHOWN = 0.06  # a view must show this share of a region, against the view that shows most, to keep it
LOST = -1


@dataclass(frozen=True)
class Shot:
    """How one view is taken. half: only the person's left half is drawn, the other is its mirror image."""

    view: View
    half: bool
    reaching: bool = False
    feet_only: bool = False


SHOTS = (
    Shot(FRONT, half=True),
    Shot(BACK, half=True),
    Shot(LEFT, half=False, reaching=True),
    Shot(SOLES, half=True, feet_only=True),
)


@dataclass(frozen=True)
class Plate:
    """One view before it is written: the labelled picture and its measures."""

    shot: Shot
    picture: Picture
    codes: np.ndarray  # (h, w) cleaned, 0 outside, index into names + 1
    names: list[str]
    normals: np.ndarray  # (h, w, 3) posed normals in the view's own axes
    box: tuple[float, float, float, float]  # whole view, both halves

    @property
    def surface_cm2(self) -> dict[str, float]:
        """Skin seen of each region: each cell of picture stands for 1 / cos of skin."""
        skin = 1 / np.clip(self.normals[..., 2], 0.2, 1)
        return {name: float(skin[self.codes == k].sum()) * PIXEL**2 / 100 for k, name in enumerate(self.names, 1)}


def best_surface(plates: list[Plate]) -> dict[str, float]:
    """The most that any one view shows of each region, cm2."""
    best: dict[str, float] = {}
    for plate in plates:
        for name, area in plate.surface_cm2.items():
            best[name] = max(best.get(name, 0.0), area)
    return best


def replace_codes(plate: Plate, codes: np.ndarray) -> Plate:
    """The plate with other codes; names that no longer occur are dropped and the codes renumbered."""
    kept = sorted(set(np.unique(codes).tolist()) - {0})
    names = [plate.names[k - 1] for k in kept]
    return replace(plate, codes=np.searchsorted(np.array([0, *kept]), codes), names=names)


def _kept(plate: Plate) -> np.ndarray:
    lost = plate.codes == LOST
    return clean(from_neighbours(np.where(lost, 0, plate.codes), lost), mirrored=plate.shot.half)


def _box(shot: Shot, points: np.ndarray) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the whole view in millimetres, whole cells, symmetric where it is mirrored."""
    x, y, _ = shot.view.project(points)
    left, right = _up_to_cell(-x.min()), _up_to_cell(x.max())
    if shot.half:
        left = right = max(left, right)
    return -left, -_up_to_cell(y.max()), right, _up_to_cell(-y.min())


class Atlas:
    """Holds the mesh, its two poses and the label function while the views are made.

    reference: the body whose rest coordinates say which region a point of the skin belongs to (default: the mesh
    itself). All bodies share one topology, so a region covers the same skin on each of them.
    """

    def __init__(self, mesh: Mesh, reference: Mesh | None = None) -> None:
        reference = reference or mesh
        self.labeller = Labeller.of(reference)
        stencil, quads = refine(mesh.quads, len(mesh.vertices))
        self.triangles = halves(quads)
        self.rest = stencil @ reference.vertices
        self.poses = {False: stencil @ pose.standing(mesh), True: stencil @ pose.reaching(mesh)}
        self.rest_normals = vertex_normals(self.rest, self.triangles)
        self.groups = stencil @ bone_groups(mesh)

    def plates(self, shots: tuple[Shot, ...] = SHOTS) -> list[Plate]:
        """Draw and label all views; a region leaves a view that shows hardly anything of it."""
        plates = [self._plate(shot) for shot in shots]
        best = best_surface(plates)
        for plate in plates:
            for name, area in plate.surface_cm2.items():
                if area < LEAST_SHOWN * best[name]:
                    plate.codes[plate.codes == plate.names.index(name) + 1] = LOST
        return [replace_codes(plate, _kept(plate)) for plate in plates]

    def _plate(self, shot: Shot) -> Plate:
        posed, triangles = self.poses[shot.reaching], self._triangles(shot)
        box = _box(shot, posed[np.unique(triangles)])
        # The half is drawn with the person's left to the right, whatever the view; the back view negates x when stored.
        view = View(shot.view.name, (1.0, 0.0, 0.0), shot.view.towards, shot.view.up) if shot.half else shot.view
        picture = render(view, posed, triangles, (0.0 if shot.half else box[0], *box[1:]))
        normals = np.stack(view.project(vertex_normals(posed, self.triangles)), -1)
        carried = picture.carry(triangles, np.c_[self.rest, self.rest_normals, self.groups, normals])
        seen = picture.triangle >= 0
        rest, rest_normals, groups, facing = np.split(carried, [3, 6, 6 + len(BONES)], axis=-1)
        labels = self.labeller(rest[seen], rest_normals[seen], groups[seen]).astype(str)
        names, inverse = np.unique(labels, return_inverse=True)
        codes = np.zeros(seen.shape, int)
        codes[seen] = inverse + 1
        facing = facing / np.maximum(np.linalg.norm(facing, axis=-1, keepdims=True), 1e-9)
        plate = Plate(shot, picture, codes, names.tolist(), facing, box)
        return replace_codes(plate, clean(codes, mirrored=shot.half))

    def _triangles(self, shot: Shot) -> np.ndarray:
        if not shot.feet_only:
            return self.triangles
        low = self.rest[:, 1] < -7.35
        return self.triangles[low[self.triangles].all(axis=1)]

    def areas_cm2(self) -> dict[str, float]:
        """True skin area of one side of each region (a midline region: all of it), on the rest body."""
        corners = self.rest[self.triangles]
        size = 0.5 * np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
        total: dict[str, float] = {}
        names = self.labeller(*(v[self.triangles].mean(axis=1) for v in (self.rest, self.rest_normals, self.groups)))
        for name in np.unique(names.astype(str)):
            total[name] = float(size[names == name].sum()) * 100
        return {n: a if n in MIDLINE_REGIONS else a / 2 for n, a in sorted(total.items())}


def _up_to_cell(dm: float) -> float:
    return float(np.ceil((dm * MM + MARGIN_MM) / CELL_MM) * CELL_MM)


def document(plate: Plate, best_cm2: dict[str, float]) -> dict[str, object]:
    """The stored form of one view. ``best_cm2``: the most that any view shows of a region."""
    shot, (left, top, right, bottom) = plate.shot, plate.box
    midline = {k for k, name in enumerate(plate.names, 1) if name in MIDLINE_REGIONS}
    origin = 0.0 if shot.half else left
    drawn: Outline = outline(plate.codes, origin, top, mirrored=shot.half, midline=midline if shot.half else set())
    flip = -1 if shot.view.name == "back" else 1
    regions = []
    for code, name in enumerate(plate.names, 1):
        x, y = label_point(plate.codes == code, origin, top, on_midline=shot.half and code in midline)
        regions.append(
            {
                "id": name,
                "side": "midline" if name in MIDLINE_REGIONS else "left",
                "rings": drawn.chains[code],
                "at": [flip * round(x), round(y)],
                "shows": round(min(plate.surface_cm2[name] / best_cm2[name], 1.0), 2),
            }
        )
    step = round(CELL_MM / PIXEL)
    half = slice(step // 2, None, step)
    cells = plate.codes[half, half]
    depth = np.where(plate.codes > 0, plate.picture.depth, -np.inf)
    return {
        "view": shot.view.name,
        "box": [left, top, right - left, bottom - top],
        "mirror": "half" if shot.half else "view",
        "arcs": [_flip(arc, flip) for arc in drawn.arcs],
        "silhouette": drawn.silhouette,
        "creases": [_flip(line, flip) for line in creases(depth, origin, top)],
        "regions": regions,
        "cells": {
            "size": CELL_MM,
            "columns": cells.shape[1],
            "rows": cells.shape[0],
            "runs": run_lengths(cells),
        },
    }


def _flip(arc: list[int], sign: int) -> list[int]:
    return [sign * v if k % 2 == 0 else v for k, v in enumerate(arc)]
