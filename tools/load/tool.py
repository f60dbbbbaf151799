"""The tool in the model: rigid faces on springs that stand for the tissue, the tool itself and the ground below it."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sqrt

from .people import Draw

# Tissue over a rigid 63 mm ball: F = 300 d + 8.3e6 d^3 (N, m) goes through our layered finite-element runs (skin, fat
# and muscle over bone: 10 N 9.4 mm, 40 N 17.8, 100 N 24.2, 200 N 28.6) within a fifth. Other radii: (R / 31.5 mm)^0.8.
TISSUE_LINEAR, TISSUE_CUBIC = 300.0, 8.3e6
SPREAD_M = 0.04  # a mattress carries beyond the edge of what stands on it


@dataclass(frozen=True)
class Tool:
    """A tool of one family: its height over the ground, faces across the body and what it stands on (SI units)."""

    family: str
    height: float
    radius: float  # of the face
    across: tuple[float, ...] = (0.0,)  # where the faces are, from the spot
    half_length: float = 0.0  # of a roller
    base_area: float = 0.001  # on the ground
    stiffness: float = 1e6  # of the tool itself, N/m

    @property
    def stiffening(self) -> float:
        """Factor on the tissue law of a 63 mm ball: a larger face meets more tissue at the same depth."""
        wide = 2.5 if self.half_length else 1.0  # a roller meets a breadth of the body, not a spot (assumed)
        return wide * (self.radius / 0.0315) ** 0.8

    @property
    def on_mattress(self) -> float:
        """Area of a mattress that carries the tool, m2."""
        return pi * (sqrt(self.base_area / pi) + SPREAD_M) ** 2


def tool_of(family: str, draw: Draw) -> Tool:
    """``ball_63``: a ball of 63 mm; ``roller_150``; ``lie_on`` and ``elbow`` with sizes from their assumed range."""
    kind, _, size = family.partition("_")
    if kind == "ball":
        diameter = float(size) / 1000
        return Tool(family, diameter, diameter / 2)
    if kind == "roller":
        radius = float(size) / 2000
        return Tool(family, 2 * radius, radius, half_length=0.15, base_area=0.012, stiffness=2e5)
    if kind == "lie":  # silicone dome with a rounded base, 30-60 mm high, tip radius 20-30 mm
        return Tool(family, 0.030 + 0.030 * draw.tool, 0.020 + 0.010 * draw.tool, base_area=0.009, stiffness=7.5e4)
    # Two elbows either side of the spine, 60-120 mm high over a plate, tips of 12-20 mm radius
    gap = 0.03 + 0.02 * draw.across  # from the midline to each tip: 60-100 mm between the tips
    return Tool(
        family,
        0.060 + 0.060 * draw.tool,
        0.012 + 0.008 * draw.tool,
        across=(-gap, gap),
        base_area=0.015,
        stiffness=3e5,
    )


def tool_xml(tool: Tool, draw: Draw, place: tuple[float, float], ground: str) -> str:
    """MJCF of the tool at ``place`` (x, y). Joints ``tool0`` ... press the body; ``sink`` is the ground giving way."""
    x, y = place
    sink = ""
    if ground == "mat":
        stiff = draw.mat / draw.mat_thickness * (tool.base_area + 0.0005)
        sink = _slide("sink", stiff, 0.75 * draw.mat_thickness)
    elif ground == "bed":
        sink = _slide("sink", draw.bed * tool.on_mattress, 0.18)
    faces = "".join(_face(tool, draw, n, dy) for n, dy in enumerate(tool.across))
    inertia = '<inertial pos="0 0 0" mass="2" diaginertia="1e-2 1e-2 1e-2"/>'
    return f'<body name="tool" gravcomp="1" pos="{x} {y} {tool.height - tool.radius}">{sink}{inertia}{faces}</body>'


def _face(tool: Tool, draw: Draw, number: int, dy: float) -> str:
    factor = draw.tissue * tool.stiffening
    # The tool's own give stands in series with the tissue: at a working force of 150 N it takes so much off.
    soft = 1 / (1 + 150.0 / tool.stiffness / 0.026)
    linear, cubic = TISSUE_LINEAR * factor * soft, TISSUE_CUBIC * factor * soft**3
    shape = (
        f'type="capsule" fromto="0 {-tool.half_length} 0 0 {tool.half_length} 0" size="{tool.radius}"'
        if tool.half_length
        else f'type="sphere" size="{tool.radius}"'
    )
    return (
        f'<body pos="0 {dy} 0" gravcomp="1"><joint name="tool{number}" type="slide" axis="0 0 1" damping="300" '
        f'stiffness="{linear} 0 {cubic}"/><geom name="face{number}" {shape} mass="2" contype="2" conaffinity="0" '
        f'solref="0.008 1" solimp="0.99 0.999 0.001" '
        f'friction="{draw.friction} .01 .001"/></body>'
    )


def _slide(name: str, stiffness: float, give: float) -> str:
    return (
        f'<joint name="{name}" type="slide" axis="0 0 1" stiffness="{stiffness}" damping="300" '
        f'limited="true" range="{-give} 0.001"/>'
    )
