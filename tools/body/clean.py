"""Make a label image fit for outlining: no crumbs, no pin-holes, smooth borders, no cells that touch at a corner."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from .raster import PIXEL

HOLE_MM2 = 60
CRUMB_MM2 = 130  # an island smaller than this joins its neighbours
THIN_MM = 2.6  # an island that holds no circle of this radius joins its neighbours


def clean(codes: np.ndarray, *, mirrored: bool, blur_mm: float = 1.4) -> np.ndarray:
    """(h, w) codes, 0 outside, in cells of PIXEL millimetres. ``mirrored``: the left edge is the body's midline."""
    codes = _without_holes(codes)
    codes = _without_crumbs(codes, mirrored)
    codes = _smooth(codes, blur_mm / PIXEL)
    codes = _without_crumbs(codes, mirrored)
    return _without_diagonals(codes)


def _without_holes(codes: np.ndarray) -> np.ndarray:
    """Fill what is outside but closed in and small (cracks between fingers, the mouth)."""
    parts, _ = ndimage.label(codes == 0)
    size = np.bincount(parts.ravel())
    return from_neighbours(codes, (parts > 0) & (size[parts] * PIXEL**2 < HOLE_MM2))


def from_neighbours(codes: np.ndarray, lost: np.ndarray) -> np.ndarray:
    """Give each lost cell the code of the nearest kept cell of the body."""
    source = (codes > 0) & ~lost
    rows, columns = ndimage.distance_transform_edt(~source, return_distances=False, return_indices=True)
    return np.where(lost, codes[rows, columns], codes)


def _without_crumbs(codes: np.ndarray, mirrored: bool) -> np.ndarray:
    lost = np.zeros(codes.shape, bool)
    for code in np.unique(codes[codes > 0]):
        rows, columns = _window(codes == code, 2)
        mask = codes[rows, columns] == code
        parts, count = ndimage.label(mask)
        # Beyond the midline the body goes on: measure thickness as if mirrored there.
        pad = ((1, 1), (0 if mirrored and columns.start == 0 else 1, 1))
        depth = ndimage.distance_transform_edt(np.pad(mask, pad))[1:-1, (0 if pad[1][0] == 0 else 1) : -1]
        for part in range(1, count + 1):
            here = parts == part
            if here.sum() * PIXEL**2 < CRUMB_MM2 or depth[here].max() * PIXEL < THIN_MM:
                lost[rows, columns] |= here
    return from_neighbours(codes, lost)


def _window(mask: np.ndarray, pad: int) -> tuple[slice, slice]:
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return (
        slice(max(rows[0] - pad, 0), rows[-1] + pad + 1),
        slice(max(columns[0] - pad, 0), columns[-1] + pad + 1),
    )


def _smooth(codes: np.ndarray, blur: float) -> np.ndarray:
    """Smooth the body's outline, then let each cell inside take the code whose blurred indicator is strongest there."""
    inside = ndimage.gaussian_filter((codes > 0).astype(float), blur, mode="nearest") > 0.5
    best = np.zeros(codes.shape)
    out = np.zeros_like(codes)
    for code in np.unique(codes[codes > 0]):
        window = _window(codes == code, round(5 * blur))
        strength = ndimage.gaussian_filter((codes[window] == code).astype(float), blur, mode="nearest")
        wins = strength > best[window]
        best[window][wins] = strength[wins]
        out[window][wins] = code
    return np.where(inside, out, 0)


def _without_diagonals(codes: np.ndarray) -> np.ndarray:
    """Where equal codes meet only at a corner, let one of them take a side cell, until none is left."""
    codes = codes.copy()
    for _ in range(20):
        a, b, c, d = codes[:-1, :-1], codes[:-1, 1:], codes[1:, :-1], codes[1:, 1:]
        falling = (a == d) & (a != b) & (a != c)
        rising = (b == c) & (b != a) & (b != d)
        if not (falling | rising).any():
            return codes
        rows, columns = np.nonzero(falling)
        codes[rows, columns + 1] = codes[rows, columns]
        rows, columns = np.nonzero(rising & ~falling)
        codes[rows, columns] = codes[rows, columns + 1]
    raise RuntimeError("corners that touch only diagonally remain")
