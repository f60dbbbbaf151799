"""Rocking on a rounded base: how height, contact and force move with the angle (the lie-on massager).

The base is a part of a ball of ``base_radius_mm`` that rolls on the ground without sliding; the tip is a dome of
``tip_radius_mm``. Plane rigid-body geometry: the centre of the base keeps its height, the centre of the dome swings
about it at the distance ``height - tip radius - base radius``. The body above stays level. What a millimetre of height
does to the force comes from the simulated load table (share of weight on tools of 40 and 63 mm).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, degrees, isfinite, log, radians, sin

from unknot.dose.checks import DoseError
from unknot.dose.load_table import share

LARGEST_ANGLE_DEG = 45.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rock:
    """One angle.

    ``contact_shift_mm``: how far the middle of the contact has moved along the body; ``lift_mm``: how much higher the
    body lies than with the tool upright; ``force_ratio``: force on the tool over that of the upright tool;
    ``push_ratio``: horizontal push, as a part of the force on the tool, that holds it at this angle (positive: it wants
    back). ``on_edge``: the rounded part of the base ends before this angle.
    """

    angle_deg: float
    contact_shift_mm: float
    lift_mm: float
    force_ratio: float
    push_ratio: float
    on_edge: bool


def rock(
    angle_deg: float,
    *,
    height_mm: float,
    tip_radius_mm: float,
    base_radius_mm: float,
    base_width_mm: float,
    position: str = "supine",
    part: str = "low_back",
) -> Rock:
    """Where one angle of rocking brings contact and force.

    ``base_width_mm`` is the width of the rounded part; ``position`` and ``part`` name the rows of the load table.
    Raises DoseError naming the field for a size that is not a positive number, a tip that does not fit the height, an
    angle over 45 degrees or rows that the table does not have.
    """
    _sizes(height_mm, tip_radius_mm, base_radius_mm, base_width_mm)
    if not isfinite(angle_deg) or abs(angle_deg) > LARGEST_ANGLE_DEG:
        raise DoseError("angle_deg", f"must be from -{LARGEST_ANGLE_DEG:g} to {LARGEST_ANGLE_DEG:g}, not {angle_deg:g}")
    angle = radians(angle_deg)
    arm = height_mm - tip_radius_mm - base_radius_mm
    lift = -arm * (1 - cos(angle))
    offset = arm * sin(angle)  # of the body's load from the point on the ground
    return Rock(
        angle_deg=angle_deg,
        contact_shift_mm=base_radius_mm * angle + offset,
        lift_mm=lift,
        force_ratio=((height_mm + lift) / height_mm) ** height_exponent(position, part),
        push_ratio=-offset / (height_mm + lift),
        on_edge=abs(angle_deg) > edge_angle_deg(base_radius_mm, base_width_mm),
    )


def rights_itself(height_mm: float, tip_radius_mm: float, base_radius_mm: float) -> bool:
    """Whether the loaded tool rolls back by itself: the base is rounder than the tip's centre stands high."""
    return base_radius_mm > height_mm - tip_radius_mm


def edge_angle_deg(base_radius_mm: float, base_width_mm: float) -> float:
    """The angle at which the rounded part of the base ends and the tool would stand on its rim."""
    return degrees(asin(min(base_width_mm / (2 * base_radius_mm), 1.0)))


def height_exponent(position: str, part: str) -> float:
    """By which power the force grows with the height of a tool of about 50 mm, from the load table (floor, let go).

    Raises DoseError for rows that the table does not have.
    """
    low, high = (share(position, part, family, "floor", "full") for family in ("ball_40", "ball_63"))
    if low is None or high is None:
        raise DoseError("part", f"{position}, {part} is not in the load table")
    return max(0.0, log(high.of_weight.median / low.of_weight.median) / log(63 / 40))


def _sizes(height_mm: float, tip_radius_mm: float, base_radius_mm: float, base_width_mm: float) -> None:
    for field, value, most in (
        ("height_mm", height_mm, 200.0),
        ("tip_radius_mm", tip_radius_mm, 100.0),
        ("base_radius_mm", base_radius_mm, 2000.0),
        ("base_width_mm", base_width_mm, 500.0),
    ):
        if isinstance(value, bool) or not isfinite(value) or not 0 < value <= most:
            raise DoseError(field, f"must be above 0 and at most {most:g} mm, not {value!r}")
    if tip_radius_mm > height_mm:
        raise DoseError("tip_radius_mm", f"must not be larger than the height of {height_mm:g} mm")
