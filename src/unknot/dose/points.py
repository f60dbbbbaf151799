"""The fixed sample of everything that is not known: evenly spread, the same at every call, no chance in it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from unknot.dose.bands import Z95, Band

Array = npt.NDArray[np.float64]

COUNT = 2000
"""Points of an estimate that is shown."""
PLAN_COUNT = 400
"""Points while a plan tries set-ups: its P95 of pressure lies within 3 % of that of COUNT points (tested)."""

INPUTS = (
    "posture", "mass", "surface", "height", "fat_thickness", "muscle_thickness", "muscle_stiffness", "fat_stiffness",
    "skin_stiffness", "hardening", "contact_area", "softness", "contact_model", "last_posture", "tip_share",
)  # fmt: skip
"""What may be uncertain, each with a column of its own, which two set-ups of one person share."""

SLICES, LEAST_SHARE = 20, 0.005

UNITS = {
    "mean_pressure_kpa": "kPa", "peak_pressure_kpa": "kPa", "muscle_surface_kpa": "kPa", "mid_muscle_kpa": "kPa",
    "muscle_strain": "1", "fat_strain": "1", "depth_mm": "mm",
}  # fmt: skip


@lru_cache(maxsize=2)
def uniforms(count: int) -> dict[str, Array]:
    """``count`` points in (0, 1) per input: an additive recurrence (Roberts' generalised golden ratio) whose ranks give
    every input exactly one point in each of ``count`` equal parts."""
    growth = 2.0
    for _ in range(64):  # the root of x ** (d + 1) = x + 1
        growth = (1 + growth) ** (1 / (len(INPUTS) + 1))
    steps = growth ** -np.arange(1.0, len(INPUTS) + 1)
    raw = (np.arange(1.0, count + 1)[:, None] * steps) % 1
    ranks = raw.argsort(axis=0).argsort(axis=0)
    return {name: (ranks[:, n] + 0.5) / count for n, name in enumerate(INPUTS)}


@lru_cache(maxsize=2)
def normals(count: int) -> dict[str, Array]:
    """The same points as standard normal deviates."""
    table = np.array([NormalDist().inv_cdf((n + 0.5) / count) for n in range(count)])
    return {name: table[np.rint(points * count - 0.5).astype(int)] for name, points in uniforms(count).items()}


def band_of(values: Array, unit: str) -> Band:
    """P5, P50 and P95 of a sample."""
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
    return Band(p05=float(low), p50=float(middle), p95=float(high), unit=unit)


def first_order(values: Array, inputs: Iterable[str]) -> dict[str, float]:
    """Share of the variance of the logarithm of a positive quantity that each input explains alone, largest first.

    Variance of the mean over equal slices of the input, over the whole variance (given-data estimate of the first-order
    Sobol index), less what slicing noise alone would give. What inputs explain only together is not in it. ``values``
    are at the points of ``uniforms``, whose number must be a multiple of the slices.
    """
    logs = np.log(np.maximum(values, 1e-12))
    whole, order = float(logs.var()), _orders(len(logs))
    if whole < 1e-12:
        return {}
    noise = (SLICES - 1) / (len(logs) - 1)
    found = {name: float(logs[order[name]].reshape(SLICES, -1).mean(axis=1).var()) / whole for name in inputs}
    shares = {name: min((share - noise) / (1 - noise), 1.0) for name, share in found.items()}
    return dict(sorted(((n, s) for n, s in shares.items() if s > LEAST_SHARE), key=lambda item: (-item[1], item[0])))


@lru_cache(maxsize=2)
def _orders(count: int) -> dict[str, npt.NDArray[np.intp]]:
    return {name: points.argsort() for name, points in uniforms(count).items()}


def spread_of(ratio: float) -> float:
    """The standard deviation of the logarithm of a quantity whose P95 is ``ratio`` times its P50."""
    return float(np.log(ratio) / Z95)
