"""Fibre patches: a ruled sheet from the origin over the vias to the insertion, pulled to its depth under the skin."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import gaussian_filter1d

from .places import Places
from .surface import MM, Surface

PATCHES = Path(__file__).parents[1] / "data" / "patches.toml"
FIBRES, SAMPLES = 17, 15
LEAST_MM = 1.5  # no muscle lies nearer to the skin's surface than this


@dataclass(frozen=True)
class Patch:
    """One part of a muscle on the person's left.

    grid: (fibres, samples, 3) decimetres at rest, first fibre = across 0, first sample = along 0.
    deep: (fibres, samples) millimetres from the nearest skin. arm: (fibres, samples) share of the arm's bones in that
    skin. tendon: (fibres, 2) shares of the length. sites: id -> (along, across).
    """

    muscle: str
    name: str
    grid: np.ndarray
    deep: np.ndarray
    arm: np.ndarray
    tendon: np.ndarray
    teeth: tuple[int, float, str] | None = None
    bands: tuple[float, ...] = ()
    feather: float = 0.0
    sites: dict[str, tuple[float, float]] = field(default_factory=dict)

    def at(self, along: float, across: float) -> np.ndarray:
        """Point (3,) on the patch."""
        return bilinear(self.grid, along, across)


def bilinear(grid: np.ndarray, along: float, across: float) -> np.ndarray:
    """Value of a (fibres, samples, k) grid at (along, across) in 0..1."""
    fibres, samples = grid.shape[:2]
    i, j = across * (fibres - 1), along * (samples - 1)
    a, b = min(int(i), fibres - 2), min(int(j), samples - 2)
    s, t = i - a, j - b
    near = (1 - t) * grid[a, b] + t * grid[a, b + 1]
    far = (1 - t) * grid[a + 1, b] + t * grid[a + 1, b + 1]
    return np.asarray((1 - s) * near + s * far)


def read() -> dict[str, dict[str, Any]]:
    """The authored file: muscle id -> views and parts."""
    return tomllib.loads(PATCHES.read_text(encoding="utf-8"))


def build(muscle: str, part: dict[str, Any], places: Places) -> Patch:
    """Lay one part."""
    fibres, samples = int(part.get("fibres", FIBRES)), int(part.get("samples", SAMPLES))
    lines = [part["origin"], *part.get("via", []), part["insertion"]]
    rows = np.stack([_line([places[p] for p in line], fibres) for line in lines], axis=1)
    at = _knots(part, rows)
    u = np.linspace(0, 1, samples)
    grid = PchipInterpolator(at, rows, axis=1)(u) if len(at) > 2 else _between(rows, u)
    weight = np.interp(u, [0, 0.5, 1], part.get("snap", [1, 1, 1]))
    wanted = np.interp(u, [0, 0.5, 1], part["depth"])
    grid = _pulled(grid, wanted, weight, places.surface)
    if "teeth" in part:
        grid = _toothed(grid, *part["teeth"])
    deep, _ = _depth(grid, places.surface)
    ends = np.stack([_across(part["tendon"][k], fibres) for k in (0, 1)], axis=1)
    teeth = part.get("teeth")
    return Patch(
        muscle,
        part["name"],
        grid,
        deep,
        surface_share(places.surface, grid),
        ends,
        (int(teeth[0]), float(teeth[1]), str(teeth[2])) if teeth else None,
        tuple(part.get("bands", ())),
        float(part.get("feather", 0)),
        {name: (float(v[0]), float(v[1])) for name, v in part.get("sites", {}).items()},
    )


def _toothed(grid: np.ndarray, count: int, reach: float, end: str) -> np.ndarray:
    """Let the fibres begin (or end) in slips: in every slip the middle ones reach the bone, the outer ones do not."""
    saw = np.abs(2 * ((np.linspace(0, count, grid.shape[0]) % 1) - 0.5)) ** 1.6 * reach
    u = np.linspace(0, 1, grid.shape[1])
    out = grid.copy()
    for fibre, cut in enumerate(saw):
        at = cut + (1 - cut) * u if end == "origin" else (1 - cut) * u
        out[fibre] = PchipInterpolator(u, grid[fibre])(at)
    return out


def _knots(part: dict[str, Any], rows: np.ndarray) -> np.ndarray:
    at = np.array([0.0, *part.get("via_at", []), 1.0])
    if len(at) != rows.shape[1] or (np.diff(at) <= 0).any():
        raise ValueError(f"{part['name']}: via_at and via do not fit")
    return at


def _line(points: list[np.ndarray], count: int) -> np.ndarray:
    """(count, 3) along a polyline, evenly between its points."""
    line = np.array(points)
    s, t = np.linspace(0, 1, len(line)), np.linspace(0, 1, count)
    return np.asarray(PchipInterpolator(s, line, axis=0)(t) if len(line) > 2 else _between(line[None], t)[0])


def _between(rows: np.ndarray, u: np.ndarray) -> np.ndarray:
    return rows[:, :1] * (1 - u)[None, :, None] + rows[:, -1:] * u[None, :, None]


def _across(value: Any, count: int) -> np.ndarray:
    given = np.atleast_1d(np.array(value, float))
    return np.interp(np.linspace(0, 1, count), np.linspace(0, 1, len(given)), given)


def _depth(grid: np.ndarray, surface: Surface) -> tuple[np.ndarray, np.ndarray]:
    """Millimetres under the skin, negative outside, and the skin's normal there."""
    flat = grid.reshape(-1, 3)
    skin, normal, _ = surface.nearest(flat)
    deep = ((skin - flat) * normal).sum(axis=1) * MM
    return deep.reshape(grid.shape[:2]), normal.reshape(grid.shape)


def surface_share(surface: Surface, grid: np.ndarray) -> np.ndarray:
    """Share of the arm's bones in the skin over each point of a grid."""
    _, _, at = surface.nearest(grid.reshape(-1, 3))
    return np.asarray(surface.arm[at].mean(axis=1).reshape(grid.shape[:2]))


def _soft(grid: np.ndarray, axis: int) -> np.ndarray:
    """Low-pass along one axis; continued point-symmetrically at both ends, so that a sheet does not shrink."""
    rows = np.moveaxis(grid, axis, 0)
    pad = min(4, len(rows) - 1)
    long = np.concatenate([2 * rows[:1] - rows[pad:0:-1], rows, 2 * rows[-1:] - rows[-2 : -pad - 2 : -1]])
    return np.moveaxis(gaussian_filter1d(long, 0.9, axis=0, mode="nearest")[pad:-pad], 0, axis)


def _pulled(grid: np.ndarray, wanted: np.ndarray, weight: np.ndarray, surface: Surface) -> np.ndarray:
    """Pull towards the wanted depth, smooth, pull again; whatever would stand out of the skin is pushed in."""
    for round_ in range(3):
        deep, normal = _depth(grid, surface)
        move = (deep - wanted[None]) * weight[None]
        move = np.where(weight[None] * 1.0 > 0, move, 0.0)
        short = np.minimum(deep - move - LEAST_MM, 0)  # still too near to the surface
        grid = grid + ((move + short) / MM)[..., None] * normal
        if round_ < 2:
            smooth = _soft(_soft(grid, 1), 0)
            ease = np.minimum(1, np.minimum(np.arange(grid.shape[1]), np.arange(grid.shape[1])[::-1]) / 2)
            grid = grid + (smooth - grid) * ease[None, :, None]
    return grid
