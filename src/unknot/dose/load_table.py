"""The simulated load table: what part of the body's weight rests on a tool, by position, place, tool and ground.

``data/load.json`` is made by ``tools/load`` (a passive body in MuJoCo, over drawn people and circumstances) and holds
its provenance. A band of the table is widened by what the model itself leaves out (``model_form_p95_over_p50``).
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, hypot, log
from typing import Any

from unknot.dose.bands import Z95, LogNormal

LEAST_MEDIAN = 0.25
"""A median below this part of P95 is lifted to it: a tool that some bodies hardly touch presses others."""
LEAST_P95 = 0.01
"""Below this share of weight at P95 the drawn bodies hardly met the tool: the row says nothing of those who do."""
BALLS_MM = (40.0, 63.0, 100.0, 150.0)
"""Heights at which one face on the ground was simulated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """``of_weight``: part of body weight on the tool. ``mat``, ``bed``: factors of what a mat or a bed leaves of it,
    None where the position was not simulated on them."""

    of_weight: LogNormal
    mat: LogNormal | None = None
    bed: LogNormal | None = None


@cache
def document() -> Mapping[str, Any]:
    """The table as it was written, with its provenance."""
    text = files("unknot.dose").joinpath("data", "load.json").read_text(encoding="utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found


def share(posture: str, part: str, family: str, ground: str, step: str) -> Share | None:
    """One cell of the table by its names there, None where nothing was simulated or met."""
    table = document()
    cell = table["cells"].get("/".join((posture, part, family, ground, step)))
    if cell is None or cell[2] < LEAST_P95:
        return None
    factors = {
        soft: _factor(table["grounds"].get("/".join((posture, part, family, soft)))) if ground == "floor" else None
        for soft in ("mat", "bed")
    }
    return Share(of_weight=_widened(cell, float(table["model_form_p95_over_p50"])), **factors)


def share_at_height(posture: str, part: str, height_mm: float, ground: str, step: str) -> Share | None:
    """The share on one face of any height up to 150 mm on the ground, between the simulated balls of 40 to 150 mm.

    A lower one lifts the body less: it has the row of 40 mm, which is more than it carries. Raises ValueError for a
    higher one: the model says nothing there.
    """
    if not 0 < height_mm <= BALLS_MM[-1]:
        raise ValueError(f"height_mm: must be above 0 and at most {BALLS_MM[-1]:g} mm, not {height_mm:g}")
    height_mm = max(height_mm, BALLS_MM[0])
    above = max(1, bisect_left(BALLS_MM, height_mm))
    ends = [share(posture, part, f"ball_{mm:g}", ground, step) for mm in BALLS_MM[above - 1 : above + 1]]
    low, high = ends
    if low is None or high is None:
        return None
    at = log(height_mm / BALLS_MM[above - 1]) / log(BALLS_MM[above] / BALLS_MM[above - 1])
    return Share(
        of_weight=_between(low.of_weight, high.of_weight, at),
        mat=_between(low.mat, high.mat, at) if low.mat and high.mat else None,
        bed=_between(low.bed, high.bed, at) if low.bed and high.bed else None,
    )


def at_least(share: LogNormal, p95: float) -> LogNormal:
    """``share``, or where its P95 is below ``p95`` the band from its own P5 to that."""
    return share if share.quantile(Z95) >= p95 else LogNormal.between(share.quantile(-Z95), p95)


def _widened(cell: list[float], form: float) -> LogNormal:
    _, middle, high = cell
    median = max(middle, LEAST_MEDIAN * high)
    return LogNormal(median, hypot(log(high / median), log(form)) / Z95)


def _factor(cell: list[float] | None) -> LogNormal | None:
    if cell is None:
        return None
    low, middle, high = cell
    return LogNormal(middle, log(high / low) / (2 * Z95))


def _between(low: LogNormal, high: LogNormal, at: float) -> LogNormal:
    median = exp((1 - at) * log(low.median) + at * log(high.median))
    return LogNormal(median, (1 - at) * low.log_sd + at * high.log_sd)
