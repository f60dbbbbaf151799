"""Level 0 of contact: the area that carries the load and the mean pressure on it, p = F / A, in closed form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, hypot, log, pi
from typing import Any

from unknot.dose.bands import Z95, Band, LogNormal
from unknot.knowledge.model import Quantity, Tool

MM2_PER_CM2 = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """The face of a tool: ``saturated_mm2`` is the area at full wrap, reached at ``wrap_force_n`` (0: at once).

    Below that force the area of a ball falls with ``(F / wrap_force_n) ** exponent``; pressure still rises with force.
    """

    saturated_mm2: LogNormal
    wrap_force_n: float = 0.0
    exponent: float = 0.0

    def area_mm2(self, force_n: float) -> float:
        """Median contact area at a force."""
        if force_n >= self.wrap_force_n:
            return self.saturated_mm2.median
        share = (force_n / self.wrap_force_n) ** self.exponent
        return float(self.saturated_mm2.median * share)

    def pressure_kpa(self, force: LogNormal) -> Band:
        """Mean contact pressure; force and area are independent."""
        low, mid, high = (1000.0 * f / self.area_mm2(f) for f in _quantiles(force))
        of_area = Z95 * self.saturated_mm2.log_sd
        return Band(
            p05=mid * exp(-hypot(log(mid / low), of_area)),
            p50=mid,
            p95=mid * exp(hypot(log(high / mid), of_area)),
            unit="kPa",
        )

    def area_cm2(self, force: LogNormal) -> Band:
        """Contact area in square centimetres."""
        low, mid, high = (self.area_mm2(f) / MM2_PER_CM2 for f in _quantiles(force))
        of_area = Z95 * self.saturated_mm2.log_sd
        return Band(
            p05=mid * exp(-hypot(log(mid / low), of_area)),
            p50=mid,
            p95=mid * exp(hypot(log(high / mid), of_area)),
            unit="cm2",
        )


def contact_of(tool: Tool, facts: Mapping[str, Any], radius_mm: float | None = None) -> Contact | None:
    """The contact of a tool, or None when neither its radius nor its area is known.

    A given ``radius_mm`` (another ball, a tool that the person describes) wins over the catalogue. A ball's area
    follows from its radius and the force; any other tool has the area that the catalogue states for it.
    """
    spread = float(facts["spread"]["value"])
    ball = radius_mm is not None or tool.id in facts["balls"]
    if not ball and tool.contact_area_cm2 is not None:
        return Contact(saturated_mm2=_lognormal(tool.contact_area_cm2, spread) * LogNormal(MM2_PER_CM2))
    if not ball or (radius_mm is None and tool.contact_radius_mm is None):
        return None
    radius = LogNormal(radius_mm) if radius_mm is not None else _lognormal(tool.contact_radius_mm, 1.0)
    share = LogNormal.read(facts["saturated_share"], spread)
    area = LogNormal(pi * radius.median**2, 2 * radius.log_sd) * share
    return Contact(
        saturated_mm2=area,
        wrap_force_n=float(facts["saturation_load"]["value"]) * radius.median**2,
        exponent=float(facts["wrap_exponent"]["value"]),
    )


def _lognormal(quantity: Quantity | None, spread: float) -> LogNormal:
    assert quantity is not None
    return LogNormal.read({"value": quantity.value, "lo": quantity.lo, "hi": quantity.hi}, spread)


def _quantiles(force: LogNormal) -> tuple[float, float, float]:
    return force.quantile(-Z95), force.median, force.quantile(Z95)
