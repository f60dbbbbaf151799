"""Turn staircase arcs into few smooth cubic curves (least squares after Schneider 1990, Graphics Gems I, 612-626)."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter1d

TANGENT = 14  # points over which a direction is measured: more than one stair of the traced line
Cubics = np.ndarray  # (k, 4, 2): start, two handles, end


def smooth(points: np.ndarray, sigma: float) -> np.ndarray:
    """Low-pass a staircase of unit steps; ends stay, a closed loop stays closed."""
    if len(points) < 4:
        return points
    if (points[0] == points[-1]).all():
        loop = _low_pass(points[:-1], sigma, "wrap")
        return np.vstack([loop, loop[:1]])
    pad = min(len(points) - 1, int(4 * sigma))
    before = 2 * points[0] - points[pad:0:-1]
    after = 2 * points[-1] - points[-2 : -pad - 2 : -1]
    out = _low_pass(np.vstack([before, points, after]), sigma, "reflect")[pad : pad + len(points)]
    out[0], out[-1] = points[0], points[-1]
    return out


def _low_pass(points: np.ndarray, sigma: float, mode: str) -> np.ndarray:
    """Gaussian smoothing that gives back most of the shrinking (the smoothed remainder is added again)."""
    once = gaussian_filter1d(points, sigma, axis=0, mode=mode)
    return once + gaussian_filter1d(points - once, sigma, axis=0, mode=mode)


def cubics(
    points: np.ndarray, tolerance: float, head: np.ndarray | None = None, tail: np.ndarray | None = None
) -> Cubics:
    """Fit a chain of cubic curves through both ends of a dense line.

    head, tail: directions into the line at its ends, where it continues another line; else they are measured.
    """
    if len(points) < 3:
        return _straight(points[0], points[-1])[None]
    if (points[0] == points[-1]).all():  # a loop: cut it into two halves with a common tangent
        half = len(points) // 2
        tangent = _unit(points[1] - points[-2])
        middle = _unit(points[half + 1] - points[half - 1])
        return np.concatenate(
            [
                _fit(points[: half + 1], tangent, -middle, tolerance),
                _fit(points[half:], middle, -tangent, tolerance),
            ]
        )
    reach = min(TANGENT, len(points) - 1)
    head = points[reach] - points[0] if head is None else head
    tail = points[-1 - reach] - points[-1] if tail is None else tail
    return _fit(points, _unit(head), _unit(tail), tolerance)


def _unit(v: np.ndarray) -> np.ndarray:
    length = float(np.hypot(*v))
    return v / length if length > 1e-9 else np.array([1.0, 0.0])


def _straight(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.array([a, a + (b - a) / 3, b - (b - a) / 3, b])


def _fit(points: np.ndarray, head: np.ndarray, tail: np.ndarray, tolerance: float) -> Cubics:
    if len(points) == 2:
        return _straight(points[0], points[1])[None]
    lengths = np.r_[0, np.cumsum(np.hypot(*np.diff(points, axis=0).T))]
    u = lengths / lengths[-1]
    for _ in range(5):
        curve = _least_squares(points, u, head, tail)
        error = np.hypot(*(_at(curve, u) - points).T)
        if error.max() < tolerance:
            return curve[None]
        if error.max() > 6 * tolerance:
            break
        u = _reparametrise(curve, points, u)
    split = int(np.clip(error.argmax(), 1, len(points) - 2))
    reach = min(TANGENT, split, len(points) - 1 - split)
    a, b = split - reach, split + reach
    middle = _unit(points[a] - points[b])
    return np.concatenate(
        [_fit(points[: split + 1], head, middle, tolerance), _fit(points[split:], -middle, tail, tolerance)]
    )


def _basis(u: np.ndarray) -> np.ndarray:
    return np.stack([(1 - u) ** 3, 3 * u * (1 - u) ** 2, 3 * u**2 * (1 - u), u**3])


def _at(curve: np.ndarray, u: np.ndarray) -> np.ndarray:
    return _basis(u).T @ curve


def _least_squares(points: np.ndarray, u: np.ndarray, head: np.ndarray, tail: np.ndarray) -> np.ndarray:
    b = _basis(u)
    a1, a2 = b[1][:, None] * head, b[2][:, None] * tail
    rest = points - (b[0] + b[1])[:, None] * points[0] - (b[2] + b[3])[:, None] * points[-1]
    system = np.array([[(a1 * a1).sum(), (a1 * a2).sum()], [(a1 * a2).sum(), (a2 * a2).sum()]])
    right = np.array([(a1 * rest).sum(), (a2 * rest).sum()])
    chord = float(np.hypot(*(points[-1] - points[0])))
    alpha = np.linalg.solve(system, right) if abs(np.linalg.det(system)) > 1e-9 else np.zeros(2)
    if (alpha < 0.05 * chord).any() or (alpha > 1.5 * chord + 1).any():
        alpha = np.full(2, chord / 3)
    return np.array([points[0], points[0] + alpha[0] * head, points[-1] + alpha[1] * tail, points[-1]])


def _reparametrise(curve: np.ndarray, points: np.ndarray, u: np.ndarray) -> np.ndarray:
    """One Newton step towards the nearest parameter of each point."""
    first = 3 * np.diff(curve, axis=0)
    second = 2 * np.diff(first, axis=0)
    v = 1 - u
    d1 = np.stack([v**2, 2 * u * v, u**2], 1) @ first
    d2 = np.stack([v, u], 1) @ second
    offset = _at(curve, u) - points
    slope = (d1 * d1).sum(1) + (offset * d2).sum(1)
    step = np.where(np.abs(slope) > 1e-9, (offset * d1).sum(1) / np.where(slope == 0, 1, slope), 0)
    return np.clip(u - step, 0, 1)
