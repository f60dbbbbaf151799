"""Log-normal quantities in closed form, and the P5 / P50 / P95 band that is shown of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, hypot, log, sqrt
from typing import Any

Z95 = 1.6448536269514722  # standard normal quantile at 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """What is shown of an uncertain quantity: nine times in ten it lies between ``p05`` and ``p95``."""

    p05: float
    p50: float
    p95: float
    unit: str


@dataclass(frozen=True, slots=True)
class LogNormal:
    """A positive uncertain quantity: median and standard deviation of its natural logarithm."""

    median: float
    log_sd: float = 0.0

    @classmethod
    def between(cls, p05: float, p95: float) -> LogNormal:
        """The log-normal whose P5 and P95 are given."""
        return cls(sqrt(p05 * p95), log(p95 / p05) / (2 * Z95))

    @classmethod
    def read(cls, quantity: Mapping[str, Any], spread: float = 1.0) -> LogNormal:
        """From a knowledge quantity: ``lo`` and ``hi`` are P5 and P95; a lone ``value`` gets ``spread`` = P95/P50."""
        if quantity.get("value") is None:
            return cls.between(quantity["lo"], quantity["hi"])
        return cls(float(quantity["value"]), log(spread) / Z95)

    def __mul__(self, other: LogNormal) -> LogNormal:
        """The product of two independent quantities."""
        return LogNormal(self.median * other.median, hypot(self.log_sd, other.log_sd))

    def quantile(self, z: float) -> float:
        """The value at ``z`` standard deviations of the logarithm."""
        return self.median * exp(z * self.log_sd)

    def band(self, unit: str) -> Band:
        """Its band in ``unit``."""
        return Band(p05=self.quantile(-Z95), p50=self.median, p95=self.quantile(Z95), unit=unit)


def shares(parts: Mapping[str, float]) -> dict[str, float]:
    """Share of the variance of a logarithm per input, from each input's standard deviation; largest first."""
    total = sum(sd * sd for sd in parts.values())
    if total == 0:
        return {}
    ranked = sorted(parts.items(), key=lambda item: (-item[1], item[0]))
    return {name: sd * sd / total for name, sd in ranked if sd > 0}
