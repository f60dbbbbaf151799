"""From (posture, tool, area) to a scene."""

from __future__ import annotations

from . import hands, held, lying, side, upright
from .catalogue import Key
from .stage import Figure, Scene


def scene(figure: Figure, key: Key) -> Scene | None:
    """The scene of a picture, drawn for the person's right side."""
    posture, tool, area = key
    if posture in ("floor_supine", "floor_supine_knees_bent", "bed_supine") and tool in lying.HEIGHT:
        bed = posture == "bed_supine"
        return lying.supine(figure, area=area, tool=tool, knees=posture != "floor_supine", bed=bed)
    if posture == "wall_lean":
        if area in ("blade", "mid_back", "low_back", "buttock"):
            return upright.wall_back(figure, area)
        return (
            upright.wall_front(figure, area) if area in ("chest", "shoulder_front") else upright.wall_side(figure, area)
        )
    if posture == "wall_corner":
        return upright.corner(figure)
    if posture == "chair_back":
        return upright.chair_back(figure, area)
    if posture == "floor_side" and tool in lying.HEIGHT:
        return side.on_tool(figure, area, tool)
    if tool == "partner_hand":
        return held.partner(figure, posture, area)
    if tool == "fingers":
        return hands.own_fingers(figure, area, bed=posture == "bed_supine")
    if tool == "cane":
        return held.cane(figure, area, sitting=posture == "seated")
    if tool == "massage_gun":
        return held.gun(figure, area)
    if posture == "seated" and tool == "massage_ball" and area == "thigh_back":
        return held.seated_ball(figure, area)
    return None
