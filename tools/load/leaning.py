"""Leaning on a tool: standing with the back to a wall, sitting with the tool between the chair's back and one's own.

Both live in the plane x (away from the wall), z (up). For the chair the wall is its back and gravity is tilted.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin

from .people import Draw
from .tool import TISSUE_CUBIC, TISSUE_LINEAR, Tool

GRAVITY = 9.81
WALL_HEIGHTS = {"pelvis": 0.52, "low_back": 0.60, "mid_back": 0.73, "shoulder": 0.77}  # shares of body height
CHAIR_HEIGHTS = {"low_back": 0.20, "mid_back": 0.38, "shoulder": 0.44}  # m over the hip, body of 1.75 m
FOOT, ANKLE, HIP = 0.152, 0.039, 0.530  # shares of body height (Winter, recalled)
COM_AHEAD = 0.045  # standing upright the centre of mass is so far in front of the ankle, m (recalled, 4-5 cm)
FEET = {"lean_near": 0.5, "lean_far": 1.0}  # foot lengths from where the tool just touches
HELD_BACK = {"chair_near": (0.5, 0.15)}  # share of the lean that feet and back hold, and how far they miss it (assumed)


@dataclass(frozen=True)
class Lean:
    """One leaning case: ``wall`` or ``chair``, the part that meets the tool and the load step."""

    posture: str
    part: str
    step: str


def model_xml(lean: Lean, tool: Tool, draw: Draw) -> str:
    """The MJCF document of one case with one draw."""
    wall = lean.posture == "wall"
    tilt = 0.0 if wall else radians(6 + 14 * draw.tilt)  # a chair's back, and how far one slumps into it
    gravity = f"{-GRAVITY * sin(tilt)} 0 {-GRAVITY * cos(tilt)}"
    body = _standing(lean, tool, draw) if wall else _sitting(lean, tool, draw)
    return f"""<mujoco><compiler angle="radian"/>
<option timestep="0.002" integrator="implicitfast" cone="elliptic" gravity="{gravity}"/>
<default><geom condim="3" friction="0.5 .01 .001" solref="0.01 1"/></default>
<worldbody><geom name="ground" type="plane" size="3 3 .1" zaxis="1 0 0" contype="1" conaffinity="0"/>
{_tool(lean, tool, draw)}{body}</worldbody></mujoco>"""


def contact_height(lean: Lean, draw: Draw) -> float:
    """Height of the tool over the floor (wall) or over the hip (chair), m."""
    if lean.posture == "wall":
        return WALL_HEIGHTS[lean.part] * draw.height + draw.along
    return CHAIR_HEIGHTS[lean.part] * draw.scale + draw.along


def pushes(lean: Lean, draw: Draw) -> dict[str, float]:
    """Forward force on the chest, N: how far one holds oneself back instead of letting go into the chair."""
    if lean.step not in HELD_BACK:
        return {}
    middle, miss = HELD_BACK[lean.step]
    tilt = radians(6 + 14 * draw.tilt)
    return {"chest": (middle + miss * draw.support) * _upper_mass(draw) * GRAVITY * sin(tilt)}


def _tool(lean: Lean, tool: Tool, draw: Draw) -> str:
    factor = draw.tissue * tool.stiffening * (len(tool.across))
    soft = 1 / (1 + 150.0 / tool.stiffness / 0.026)
    linear, cubic = TISSUE_LINEAR * factor * soft, TISSUE_CUBIC * factor * soft**3
    rolls = 0.3 if tool.family.startswith(("ball", "roller")) else 1.0  # a ball rolls along the wall
    return (
        f'<body name="tool" pos="{tool.height - tool.radius} 0 {contact_height(lean, draw)}" gravcomp="1">'
        f'<joint name="tool0" type="slide" axis="1 0 0" damping="300" stiffness="{linear} 0 {cubic}"/>'
        f'<geom name="face0" type="sphere" size="{tool.radius}" mass="2" contype="2" conaffinity="0" solref="0.006 1" '
        f'solimp="0.99 0.999 0.001" friction="{rolls * draw.friction} .01 .001"/></body>'
    )


def _upper_mass(draw: Draw) -> float:
    """Head, trunk and half of the arms (the hands rest on the thighs)."""
    arms = draw.part("upper_arm") + draw.part("forearm_hand")
    trunk = sum(draw.part(name) for name in ("head", "upper_trunk", "mid_trunk", "lower_trunk"))
    return trunk + arms


def _standing(lean: Lean, tool: Tool, draw: Draw) -> str:
    """A stiff body on an ankle hinge, hips held at a slight bend.

    Only the tool touches the wall: whoever leans with the shoulders too loads it less.
    """
    height, h = draw.height, draw.depth
    step = FEET[lean.step] * FOOT * height * (1 + 0.15 * draw.support)
    ankle = tool.height + h - COM_AHEAD + step + draw.feet
    legs = 2 * (draw.part("thigh") + draw.part("shank"))
    arms = 2 * (draw.part("upper_arm") + draw.part("forearm_hand"))
    trunk = arms + sum(draw.part(name) for name in ("upper_trunk", "mid_trunk", "lower_trunk"))
    leg, top = (HIP - ANKLE) * height, 0.29 * height
    bend = radians(12) * draw.tilt  # the hips are held this far bent
    gap = step + draw.feet  # between the back and the tool while one still stands upright
    back = asin(max(0.0, min(gap / (contact_height(lean, draw) - ANKLE * height), 0.6)))
    return (
        f'<body name="pelvis" pos="{ankle} 0 {ANKLE * height}" euler="0 {-back} 0"><joint axis="0 1 0" damping="40"/>'
        f'<geom type="capsule" fromto="{COM_AHEAD} 0 0 {COM_AHEAD} 0 {leg}" size="0.07" mass="{legs}" contype="0" '
        f'conaffinity="0"/>'
        f'<body name="chest" pos="{COM_AHEAD} 0 {leg}"><joint axis="0 1 0" damping="40" stiffness="4000" '
        f'springref="{bend}"/>'
        f'<geom name="back" type="box" pos="0 0 {top / 2 - 0.05 * height}" size="{h} 0.16 {top / 2 + 0.05 * height}" '
        f'mass="{trunk}" contype="0" conaffinity="2"/>'
        f'<geom type="sphere" pos="0 0 {top + 0.10 * height}" size="0.09" mass="{draw.part("head")}" contype="0" '
        f'conaffinity="0"/></body></body>'
    )


def _sitting(lean: Lean, tool: Tool, draw: Draw) -> str:
    """Pelvis on a seat hinge, a bending spine, the shoulders over or under the top of the chair's back."""
    s, h = draw.scale, draw.depth
    # One slides forward on the seat by about the tool's height, so that the back comes to rest on it.
    seat = h + 0.01 + tool.height * (0.8 + 0.4 * draw.across)
    back = (seat - h - tool.height) / contact_height(lean, draw)
    chest_pad = ""
    if 0.38 + 0.17 * draw.tool > 0.36 * s:  # a high chair's back carries the shoulder blades too
        stiff = 0.03 * draw.flesh
        chest_pad = (
            f'<body pos="{-h + 0.01} 0 {0.17 * s}" gravcomp="1"><joint type="slide" axis="1 0 0" stiffness="{stiff}" '
            f'damping="200"/><geom type="sphere" size="0.01" mass="0.3" contype="0" conaffinity="1"/></body>'
        )
    upper = draw.part("upper_trunk") + draw.part("head") + draw.part("upper_arm") + draw.part("forearm_hand")
    return (
        f'<body name="pelvis" pos="{seat} 0 0" euler="0 {-back} 0"><joint axis="0 1 0" stiffness="20" damping="15"/>'
        f'<geom type="box" pos="0 0 {0.06 * s}" size="{h} 0.16 {0.06 * s}" mass="{draw.part("lower_trunk")}" '
        f'contype="0" conaffinity="3"/>'
        f'<body pos="0 0 {0.12 * s}"><joint axis="0 1 0" stiffness="{draw.spine}" damping="12"/>'
        f'<geom type="box" pos="{draw.lordosis / 2} 0 {0.10 * s}" size="{h - draw.lordosis / 2} 0.15 {0.10 * s}" '
        f'mass="{draw.part("mid_trunk")}" contype="0" conaffinity="2"/>'
        f'<body name="chest" pos="0 0 {0.20 * s}"><joint axis="0 1 0" stiffness="{draw.spine}" damping="12"/>'
        f'<geom type="box" pos="0 0 {0.12 * s}" size="{h} 0.17 {0.12 * s}" mass="{upper}" contype="0" conaffinity="2"/>'
        f"{chest_pad}</body></body></body>"
    )
