"""A tool as a designer thinks of it: a few lengths, and the tool of the estimate that they make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite

from unknot.dose.checks import DoseError
from unknot.dose.load_table import BALLS_MM
from unknot.knowledge.model import Quantity, Tool

VARIED = ("tip_radius_mm", "height_mm", "gap_mm", "base_radius_mm")
LIMITS = {
    "tip_radius_mm": (10.0, 80.0),
    "height_mm": (10.0, BALLS_MM[-1]),
    "gap_mm": (0.0, 200.0),
    "recess_mm": (0.0, 150.0),
    "base_radius_mm": (10.0, 1000.0),
    "base_width_mm": (10.0, 400.0),
    "shore_a": (1.0, 95.0),
}
"""What is reckoned: the range of the contact model, of the load table, and of tools that a person could hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """``tips``: one dome on a base, or two of them either side of the spine, ``gap_mm`` apart where they come closest,
    with a bridge ``recess_mm`` below their tops. ``base_radius_mm`` and ``base_width_mm``: a rounded underside that
    rocks. Raises DoseError naming the field for what is no number or out of LIMITS."""

    tip_radius_mm: float = 25.0
    height_mm: float = 45.0
    tips: int = 1
    gap_mm: float = 50.0
    recess_mm: float = 40.0
    base_radius_mm: float | None = None
    base_width_mm: float = 100.0
    shore_a: float = 60.0

    def __post_init__(self) -> None:
        for field, (low, high) in LIMITS.items():
            value = getattr(self, field)
            if value is None:
                continue
            if isinstance(value, bool) or not isfinite(value) or not low <= value <= high:
                raise DoseError(field, f"must be from {low:g} to {high:g}, not {value!r}")
        if self.tips not in (1, 2):
            raise DoseError("tips", f"must be 1 or 2, not {self.tips!r}")
        if self.base_radius_mm is not None and self.tip_radius_mm > self.height_mm:
            raise DoseError("tip_radius_mm", f"must not be larger than the height of {self.height_mm:g} mm")

    def varied(self, field: str, value: float) -> Profile:
        """The same with one of VARIED changed. Raises DoseError for another field."""
        if field not in VARIED:
            raise DoseError("vary", f"must be one of {', '.join(VARIED)}, not {field!r}")
        if field == "base_radius_mm":
            return replace(self, base_radius_mm=value)
        if field == "tip_radius_mm":
            return replace(self, tip_radius_mm=value)
        return replace(self, height_mm=value) if field == "height_mm" else replace(self, gap_mm=value)

    def tool(self) -> Tool:
        """As the estimate takes it: used like the lie-on massager, or with two tips like the elbow massager."""
        return Tool(
            id="lie_on_massager" if self.tips == 1 else "elbow_massager",
            soft=False,
            contact_radius_mm=_exactly(self.tip_radius_mm, "mm"),
            hardness_shore_a=_exactly(self.shore_a, "shore_a"),
            base_height_mm=_exactly(self.height_mm, "mm"),
            sources=("UNKNOT-MECHANICS",),
        )


def _exactly(value: float, unit: str) -> Quantity:
    return Quantity(unit=unit, source="UNKNOT-MECHANICS", basis="assumed", date="2026-11-22", value=value)
