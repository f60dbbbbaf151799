"""The lying body: sixteen segments on flesh pads over a floor, a mat or a mattress, with a tool under one part.

x runs from the head to the feet, y to the left, z up; the pelvis is the root: it may rise, pitch and roll, not slide
(who slides off moves back on). Each pad is a small foot on a spring that stands for the body's own flesh in series with
what lies below it, so the ground has real units.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sqrt

from .people import Draw
from .tool import SPREAD_M, Tool, tool_xml

# Where the tool lies: x of the middle of the part, and the range of its distance from the midline (1.75 m body).
PLACES = {
    "mid_back": (-0.44, (0.03, 0.08)),
    "shoulder": (-0.50, (0.08, 0.12)),
    "low_back": (-0.20, (0.03, 0.08)),
    "pelvis": (0.02, (0.06, 0.11)),
    "thigh": (0.30, (0.08, 0.10)),
    "calf": (0.64, (0.08, 0.10)),
}
SIDE_PLACES = {"shoulder": -0.46, "mid_back": -0.38, "low_back": -0.20, "pelvis": 0.0, "thigh": 0.26}
SHARED = {"full": (0.0, 0.0), "shared": (0.50, 0.15), "light": (0.90, 0.07), "crossed": (0.0, 0.0)}
"""Share of the weight that feet and hands carry, and how far they miss it (assumed)."""


GRAVITY = 9.81


@dataclass(frozen=True)
class Setup:
    """One lying case."""

    posture: str  # supine, knees_bent or side
    part: str
    ground: str  # floor, mat or bed
    step: str  # full, shared, light or crossed


def model_xml(setup: Setup, tool: Tool, draw: Draw) -> str:
    """The MJCF document of one case with one draw."""
    side = setup.posture == "side"
    x, y = place(setup, draw)
    # The body starts just above the tool and settles onto it.
    body = (_side_body if side else _back_body)(setup, draw, tool.height + 0.005)
    return f"""<mujoco><compiler angle="radian" inertiafromgeom="auto"/>
<option timestep="0.004" integrator="implicitfast" cone="elliptic" iterations="30"/>
<default><geom condim="3" friction="0.7 .01 .001" solref="0.015 1"/></default>
<worldbody><geom name="ground" type="plane" size="3 3 .1" contype="1" conaffinity="0"/>
{tool_xml(tool, draw, (x, y), setup.ground)}{body}</worldbody></mujoco>"""


def place(setup: Setup, draw: Draw) -> tuple[float, float]:
    """x, y of the tool."""
    if setup.posture == "side":
        return (SIDE_PLACES[setup.part] + draw.along) * draw.scale, 0.0
    x, (near, far) = PLACES[setup.part]
    return (x + draw.along) * draw.scale, (near + (far - near) * draw.across) * draw.scale


def pushes(setup: Setup, draw: Draw) -> dict[str, float]:
    """Upward forces, N, of feet (through the pelvis) and elbows (through the chest) that share the load.

    A leg laid across the other is a downward force on its shin.
    """
    if setup.step == "crossed":
        return {"shin": -GRAVITY * (0.5 + 0.5 * draw.tilt) * (draw.part("shank") + draw.part("foot"))}
    middle, miss = SHARED[setup.step]
    share = GRAVITY * (middle + miss * draw.support)
    if not share:
        return {}
    chest = draw.part("upper_trunk") + 0.5 * draw.part("mid_trunk") + 2 * draw.part("upper_arm")
    hips = draw.part("lower_trunk") + 0.5 * draw.part("mid_trunk") + draw.part("thigh")
    lifted = {"pelvis": share * hips, "chest": share * chest}
    if setup.part == "thigh":  # the foot takes the leg's own weight too
        lifted["thigh"] = share * draw.part("thigh")
    return lifted


class _Maker:
    """Writes segments and pads of one draw on one ground."""

    def __init__(self, setup: Setup, draw: Draw) -> None:
        self.setup, self.draw, self.count = setup, draw, 0

    def pad(self, x: float, y: float, z: float, area: float, friction: float = 0.7) -> str:
        """A pad that ends at (x, y, z) of its segment and carries ``area`` m2 of flesh."""
        self.count += 1
        stiff = area * self._pressure_per_depth(area)
        return (
            f'<body pos="{x} {y} {z + 0.01}" gravcomp="1"><joint type="slide" axis="0 0 1" stiffness="{stiff}" '
            f'damping="{2 * sqrt(stiff * 2)}"/><geom type="sphere" size="0.01" mass="0.3" contype="0" '
            f'conaffinity="1" friction="{friction} .01 .001"/></body>'
        )

    def _pressure_per_depth(self, area: float) -> float:
        flesh = 1 / self.draw.flesh
        if self.setup.ground == "mat":
            return 1 / (flesh + self.draw.mat_thickness / self.draw.mat)
        if self.setup.ground == "bed":
            wider = pi * (sqrt(area / pi) + SPREAD_M / 2) ** 2 / area
            return 1 / (flesh + 1 / (self.draw.bed * wider))
        return self.draw.flesh

    def hinge(self, axis: str, stiffness: float, damping: float = 12.0) -> str:
        """A spring hinge that rests where it starts."""
        return f'<joint axis="{axis}" stiffness="{stiffness}" damping="{damping}"/>'

    def trunk(self, name: str, x: float, half: tuple[float, float, float], z: float, mass: float) -> str:
        """A trunk segment: only the tool meets its box; the ground meets its pads."""
        hx, hy, hz = half
        return (
            f'<geom name="{name}" type="box" pos="{x} 0 {z}" size="{hx} {hy} {hz}" mass="{mass}" contype="0" '
            f'conaffinity="2"/>'
        )

    def limb(self, end: tuple[float, float, float], radius: float, mass: float) -> str:
        """A limb from its joint to ``end``."""
        x, y, z = end
        return (
            f'<geom type="capsule" fromto="0 0 0 {x} {y} {z}" size="{radius}" mass="{mass}" contype="0" '
            f'conaffinity="2"/>'
        )


def _back_body(setup: Setup, draw: Draw, above: float) -> str:
    m, s, h = _Maker(setup, draw), draw.scale, draw.depth
    head = (
        f'<body pos="{-0.25 * s} 0 0">{m.hinge("0 1 0", draw.neck, 3)}'
        f"{m.limb((-0.12 * s, 0, 0), 0.045, 0.001)}"
        f'<geom type="sphere" pos="{-0.14 * s} 0 0" size="{0.09 * s}" mass="{draw.part("head")}" contype="0" '
        f'conaffinity="2"/>'
        f"{m.pad(-0.15 * s, 0, -h - 0.002, 0.006)}</body>"
    )
    upper = (
        f'<body name="chest" pos="{-0.22 * s} 0 0">{m.hinge("0 1 0", draw.spine)}{m.hinge("1 0 0", draw.spine)}'
        f"{m.trunk('upper', -0.12 * s, (0.125 * s, 0.18 * s, h), 0, draw.part('upper_trunk'))}"
        + "".join(m.pad(-x * s, y * s, -h + z, 0.022) for x, z in ((0.06, 0.004), (0.15, 0.0)) for y in (-0.09, 0.09))
        + "".join(_arm(m, draw, side) for side in (-1, 1))
        + f"{head}</body>"
    )
    hollow = draw.lordosis / 2
    middle = (
        f'<body pos="{-0.09 * s} 0 0">{m.hinge("0 1 0", draw.spine)}{m.hinge("1 0 0", draw.spine)}'
        f"{m.trunk('middle', -0.11 * s, (0.11 * s, 0.15 * s, h - hollow), hollow, draw.part('mid_trunk'))}"
        + "".join(
            m.pad(-x * s, y * s, -h + z, 0.010)
            for x, z in ((0.05, draw.lordosis), (0.17, draw.lordosis / 2))
            for y in (-0.08, 0.08)
        )
        + f"{upper}</body>"
    )
    legs = "".join((_bent_leg if setup.posture == "knees_bent" else _leg)(m, draw, side) for side in (-1, 1))
    return (
        f'<body name="pelvis" pos="0 0 {h + above}"><joint type="slide" axis="0 0 1"/>'
        '<joint axis="0 1 0"/><joint axis="1 0 0"/>'
        f"{m.trunk('pelvis', 0, (0.095 * s, 0.16 * s, h), 0, draw.part('lower_trunk'))}"
        + "".join(m.pad(x * s, y * s, -h, 0.018) for x in (-0.02, 0.05) for y in (-0.08, 0.08))
        + f"{legs}{middle}</body>"
    )


def _leg(m: _Maker, draw: Draw, side: int) -> str:
    s, h = draw.scale, draw.depth
    foot, own = draw.part("foot"), side > 0  # the tool lies under the left leg
    return (
        f'<body name="thigh{"" if own else 2}" pos="{0.08 * s} {0.09 * s * side} {-h + 0.085}">'
        f"{m.hinge('0 1 0', 15, 8)}{m.limb((0.42 * s, 0, 0), 0.07, draw.part('thigh'))}"
        f"{m.pad(0.12 * s, 0, -0.080, 0.012)}{m.pad(0.30 * s, 0, -0.075, 0.010)}"
        f'<body name="shin{"" if own else 2}" pos="{0.42 * s} 0 0">{m.hinge("0 1 0", 20, 5)}'
        f"{m.limb((0.42 * s, 0, 0), 0.05, draw.part('shank'))}"
        f"{m.pad(0.13 * s, 0, -0.075, 0.010)}{m.pad(0.43 * s, 0, -0.085, 0.003)}"
        f'<geom type="sphere" pos="{0.45 * s} 0 0.05" size="0.05" mass="{foot}" contype="0" conaffinity="0"/>'
        "</body></body>"
    )


def _bent_leg(m: _Maker, draw: Draw, side: int) -> str:
    """Hook-lying: thighs up, soles on the ground; the feet hold by friction."""
    s, h = draw.scale, draw.depth
    thigh = (0.27 * s, 0.0, 0.32 * s)
    shank = (0.12 * s, 0.0, -0.32 * s - 0.08 + 0.06)
    return (
        f'<body pos="{0.08 * s} {0.09 * s * side} {-h + 0.08}">{m.hinge("0 1 0", 15, 8)}'
        f"{m.limb(thigh, 0.07, draw.part('thigh'))}"
        f'<body pos="{thigh[0]} 0 {thigh[2]}">{m.hinge("0 1 0", 20, 5)}{m.limb(shank, 0.05, draw.part("shank"))}'
        f'<geom type="box" pos="{shank[0] + 0.05 * s} 0 {shank[2] - 0.03}" size="{0.12 * s} 0.04 0.02" '
        f'mass="{draw.part("foot")}" contype="0" conaffinity="0"/>'
        f"{m.pad(shank[0] - 0.04 * s, 0, shank[2] - 0.06, 0.004, 1.2)}"
        f"{m.pad(shank[0] + 0.15 * s, 0, shank[2] - 0.06, 0.004, 1.2)}</body></body>"
    )


def _arm(m: _Maker, draw: Draw, side: int) -> str:
    s, h = draw.scale, draw.depth
    return (
        f'<body pos="{-0.18 * s} {0.22 * s * side} {-h + 0.06}">{m.hinge("0 1 0", 4, 2)}'
        f"{m.limb((0.30 * s, 0, 0), 0.045, draw.part('upper_arm'))}{m.pad(0.28 * s, 0, -0.06, 0.004)}"
        f'<body pos="{0.30 * s} 0 0">{m.hinge("0 1 0", 3, 1)}'
        f"{m.limb((0.30 * s, 0, 0), 0.035, draw.part('forearm_hand'))}"
        f"{m.pad(0.27 * s, 0, -0.06, 0.006)}</body></body>"
    )


def _side_body(setup: Setup, draw: Draw, above: float) -> str:
    """On the side, kept from rolling by the upper knee and hand; the waist is free between chest and hip."""
    m, s = _Maker(setup, draw), draw.scale
    wide = 0.165 * s * sqrt(draw.bmi / 23)
    waist = 0.02 + draw.lordosis  # gap under the waist
    arm = draw.part("upper_arm") + draw.part("forearm_hand")
    head = (
        f'<body pos="{-0.25 * s} 0 0">{m.hinge("0 1 0", draw.neck, 3)}'
        f'<geom type="sphere" pos="{-0.14 * s} 0 0" size="{0.08 * s}" mass="{draw.part("head")}" contype="0" '
        f'conaffinity="0"/>'
        f"{m.pad(-0.15 * s, 0, -wide, 0.006)}</body>"  # a pillow fills the gap
    )
    upper = (
        f'<body name="chest" pos="{-0.22 * s} 0 0">{m.hinge("0 1 0", 2 * draw.spine)}'
        f"{m.trunk('upper', -0.12 * s, (0.125 * s, 0.12 * s, wide), 0, draw.part('upper_trunk') + 1.5 * arm)}"
        f"{m.pad(-0.07 * s, 0, -wide + 0.01, 0.02)}{m.pad(-0.20 * s, 0, -wide, 0.025)}{head}</body>"
    )
    middle = (
        f'<body pos="{-0.09 * s} 0 0">{m.hinge("0 1 0", 2 * draw.spine)}'
        f"{m.trunk('middle', -0.11 * s, (0.11 * s, 0.11 * s, wide - waist / 2), waist / 2, draw.part('mid_trunk'))}"
        f"{m.pad(-0.10 * s, 0, -wide + waist, 0.018)}{upper}</body>"
    )
    # The upper leg lies in front: half of it rests on its own knee and foot, the rest on the pelvis.
    leg = (
        f'<body name="thigh" pos="{0.08 * s} 0 {-wide + 0.085}">{m.hinge("0 1 0", 25, 8)}'
        f"{m.limb((0.42 * s, 0, 0), 0.07, draw.part('thigh'))}"
        f"{m.pad(0.10 * s, 0, -0.083, 0.012)}{m.pad(0.34 * s, 0, -0.075, 0.010)}"
        f'<body pos="{0.42 * s} 0 0">{m.hinge("0 1 0", 20, 5)}'
        f"{m.limb((0.42 * s, 0, 0), 0.05, draw.part('shank') + draw.part('foot'))}"
        f"{m.pad(0.12 * s, 0, -0.07, 0.008)}{m.pad(0.40 * s, 0, -0.07, 0.004)}</body></body>"
    )
    upper_leg = 0.5 * (draw.part("thigh") + draw.part("shank") + draw.part("foot"))
    return (
        f'<body name="pelvis" pos="0 0 {wide + above}"><joint type="slide" axis="0 0 1"/>'
        f'<joint type="hinge" axis="0 1 0"/>'
        f"{m.trunk('pelvis', 0, (0.095 * s, 0.12 * s, wide), 0, draw.part('lower_trunk') + upper_leg)}"
        f"{m.pad(-0.03 * s, 0, -wide + 0.008, 0.018)}{m.pad(0.05 * s, 0, -wide, 0.022)}{leg}{middle}</body>"
    )
