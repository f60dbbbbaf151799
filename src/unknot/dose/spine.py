"""The gap over the spine: whether a tool with two tips stays off the row of bones, over a stated range of anatomy.

Two ways of touching are looked at: a tip that is wide or stands close enough to reach the bone from the side, and the
bridge between the tips that comes down on it when the tips sink in. The anatomy is in dose.toml, [spine_gap]: assumed
ranges, not measured ones. "Clear" means clear over all of that range, not clear for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, sqrt
from typing import Any

from unknot.dose.checks import DoseError
from unknot.knowledge.model import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class SpineGap:
    """Worst case over the stated anatomy, mm; negative = touches.

    ``beside`` = from the edge of the contact to the bone, ``above`` = from the bridge to the skin over the bone.
    ``least_gap_mm``: tips that stand further apart clear the bone.
    """

    beside_mm: float
    above_mm: float
    least_gap_mm: float

    @property
    def clear(self) -> bool:
        """Whether nothing touches the spinous processes over the stated range."""
        return self.beside_mm > 0 and self.above_mm > 0

    @property
    def flags(self) -> tuple[str, ...]:
        """``spine`` when it may touch."""
        return () if self.clear else ("spine",)


def spine_gap(
    *, gap_mm: float, tip_radius_mm: float, recess_mm: float, sinks_mm: float, knowledge: Knowledge
) -> SpineGap:
    """The room left over the spine.

    ``gap_mm`` is the distance between the two tips where they come closest (0: they meet), ``recess_mm`` how deep the
    bridge lies below the tips' tops, ``sinks_mm`` how far the tips sink in. Raises DoseError naming the field.
    """
    for field, value, lowest, most in (
        ("gap_mm", gap_mm, 0.0, 300.0),
        ("tip_radius_mm", tip_radius_mm, 1.0, 100.0),
        ("recess_mm", recess_mm, 0.0, 200.0),
        ("sinks_mm", sinks_mm, 0.0, 100.0),
    ):
        if isinstance(value, bool) or not isfinite(value) or not lowest <= value <= most:
            raise DoseError(field, f"must be from {lowest:g} to {most:g} mm, not {value!r}")
    body: dict[str, Any] = knowledge.dose["spine_gap"]
    bone = body["half_width"]["hi"] + body["off_middle"]["hi"]
    sunk = min(sinks_mm, tip_radius_mm)
    contact = sqrt(2 * tip_radius_mm * sunk - sunk * sunk)  # half-width of the skin that the round tip touches
    return SpineGap(
        beside_mm=gap_mm / 2 + tip_radius_mm - contact - bone,
        above_mm=recess_mm - sinks_mm - body["stands_out"]["hi"],
        least_gap_mm=2 * (bone + contact - tip_radius_mm),
    )
