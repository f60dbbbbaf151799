"""The face of a tool as the contact model sees it: a ball that sinks in, or an area for which such a ball stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import pi, sqrt
from typing import Any

from unknot.dose.bands import LogNormal
from unknot.dose.contact import Contact, contact_of
from unknot.knowledge.model import Tool

KPA_PER_MPA = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What touches the body.

    ``ball``: the skin wraps around a ball of ``radius_mm``. Otherwise the area of ``level0`` is what the catalogue
    states and ``radius_mm`` is the ball of the same saturated area, which stands in for the stress below the skin.
    ``gives_kpa``: Young's modulus of the softest rubber it may be made of, None when it counts as rigid.
    ``share``: what one face carries of the force on the tool (the more loaded of two). ``sinks_mm``: deeper than this,
    something else touches the body. ``deformable``: soft, or softer than what counts as rigid.
    """

    level0: Contact
    radius_mm: LogNormal
    ball: bool
    gives_kpa: float | None
    share: LogNormal
    sinks_mm: float
    deformable: bool


def face_of(tool: Tool, facts: Mapping[str, Any], radius_mm: float | None = None) -> Face | None:
    """The face of a tool, or of a ball of ``radius_mm`` in its place; None when nothing is known of it."""
    level0 = contact_of(tool, facts, radius_mm)
    if level0 is None:
        return None
    ball = level0.wrap_force_n > 0
    two = None if radius_mm is not None else facts["tip_share"].get(tool.id)
    saturated = float(facts["saturated_share"]["value"])
    if ball:
        radius = LogNormal(radius_mm) if radius_mm is not None else LogNormal.read(_read(tool))
    else:
        area = level0.saturated_mm2
        radius = LogNormal(sqrt(area.median / (saturated * pi)), area.log_sd / 2)
    height = tool.base_height_mm.value or tool.base_height_mm.lo if tool.base_height_mm else None
    return Face(
        level0=level0,
        radius_mm=radius,
        ball=ball,
        gives_kpa=_gives(tool, facts) if ball and radius_mm is None else None,
        share=LogNormal.read(two) if two else LogNormal(1.0),
        sinks_mm=max(radius.median, height or 0.0),
        deformable=tool.soft or _gives(tool, facts) is not None,
    )


def young_kpa(shore_a: float) -> float:
    """Young's modulus of rubber in kPa from its Shore A hardness (Gent 1958). Decades: log to base ten elsewhere."""
    return KPA_PER_MPA * 0.0981 * (56 + 7.62336 * shore_a) / (0.137505 * (254 - 2.54 * shore_a))


def _softest(tool: Tool) -> float | None:
    """The softest Shore A hardness that the catalogue allows for a tool."""
    hardness = tool.hardness_shore_a
    if hardness is None:
        return None
    return hardness.value if hardness.value is not None else hardness.lo


def _gives(tool: Tool, facts: Mapping[str, Any]) -> float | None:
    shore = _softest(tool)
    return None if shore is None or shore >= facts["rigid_from_shore_a"]["value"] else young_kpa(shore)


def _read(tool: Tool) -> dict[str, Any]:
    quantity = tool.contact_radius_mm
    assert quantity is not None
    return {"value": quantity.value, "lo": quantity.lo, "hi": quantity.hi}
