"""The slow movement on the tool, where a tool is made for it: rocking, head turns, a bend at a corner, a long back."""

from __future__ import annotations

from unknot.dose.load import place_of
from unknot.knowledge.model import Knowledge
from unknot.safety import Option

MOVE_S = 30.0


def small_movement(option: Option, site: str, knowledge: Knowledge, *, no_stretch: bool = False) -> str | None:
    """The slow movement that a tool is made for in this position, or None for tools that are held still.

    ``no_stretch``: for people who leave out stretches, which the long low back over the elbow tool is one of.
    """
    part = place_of(site, knowledge).part
    if option.posture == "wall_corner":
        return "corner"
    if option.access == "ball_floor" and part == "neck":
        return "turn"
    if option.access == "lie_on":
        return "rock"
    if option.access == "elbow_tool" and part == "low_back" and not no_stretch:
        return "lumbar"
    return None
