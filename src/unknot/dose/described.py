"""A tool that nobody listed: from what a person can see and try, to a tool that the estimate accepts.

A ruler gives the width of the tip and the height; how far a thumb goes in gives the softness, by Hertz' contact of a
thumb of 10 mm radius that presses with 15 to 40 N (assumed). The hardness is that of a rubber which would give as much.
"""

from __future__ import annotations

from math import isfinite, sqrt
from typing import Literal, get_args

from unknot.dose.checks import DoseError, known
from unknot.knowledge.model import Knowledge, Quantity, Tool, ToolModel

Shape = Literal["ball", "dome", "two_tips"]
Softness = Literal["rigid", "soft", "very_soft"]

USED_LIKE = {"ball": "massage_ball", "dome": "lie_on_massager", "two_tips": "elbow_massager"}
"""The tool of the catalogue whose ways of use a shape has."""

TIP_WIDTH_MM = (6.0, 240.0)
HEIGHT_MM = (10.0, 150.0)
THUMB_MM = (0.0, 40.0)
THUMB_RADIUS_M, THUMB_N = 0.010, (15.0, 40.0)
RULER = 0.1  # by how much a hand with a ruler may miss the width, as a part of it
SHORE_A = (1.0, 95.0)
RIGID_FROM, SOFT_FROM = 50.0, 20.0  # Shore A
TODAY = "2026-11-22"


def describe_tool(*, tip_width_mm: float, height_mm: float, thumb_mm: float = 0.0, shape: Shape = "ball") -> Tool:
    """The tool with a tip so wide, so high over the ground, into which a thumb goes so far (all mm).

    ``shape`` says how it is used: a ball, a dome on a base, two tips either side of the spine. The result
    stands for the tool of the catalogue that is used alike (its id) and goes wherever an estimate takes a tool. Raises
    DoseError naming the field for what is no number, out of range (a tip of 6-240 mm, a height of 10-150 mm, a thumb
    0-40 mm deep) or does not go together.
    """
    if shape not in get_args(Shape):
        raise DoseError("shape", f"must be one of {', '.join(get_args(Shape))}, not {shape!r}")
    width = _within("tip_width_mm", tip_width_mm, TIP_WIDTH_MM)
    height = _within("height_mm", height_mm, HEIGHT_MM)
    thumb = _within("thumb_mm", thumb_mm, THUMB_MM)
    if shape == "ball" and abs(height - width) > 0.25 * width:
        raise DoseError("height_mm", f"a ball is as high as it is wide: {width:g} mm, not {height:g}")
    if thumb > height:
        raise DoseError("thumb_mm", f"cannot be deeper than the tool is high ({height:g} mm)")
    hardness = hardness_of_thumb(thumb)
    return Tool(
        id=USED_LIKE[shape],
        soft=softness(hardness) != "rigid",
        contact_radius_mm=_between((1 - RULER) * width / 2, (1 + RULER) * width / 2, "mm"),
        hardness_shore_a=_between(*hardness, "shore_a"),
        base_height_mm=_between(0.0, 0.0, "mm") if shape == "ball" else _between(height, height, "mm"),
        sources=("UNKNOT-MECHANICS",),
    )


def tool_of_model(model: ToolModel, knowledge: Knowledge) -> Tool:
    """A tool of the catalogue with the sizes of one thing that people own (``tool_models.toml``)."""
    tool = known("tool", model.tool, knowledge.tools)
    hardness = model.hardness_shore_a
    if model.gives_n_per_mm is not None:
        hardness = hardness_of_give(model)
    return Tool(
        id=tool.id,
        soft=tool.soft or (hardness is not None and softness(_ends(hardness)) != "rigid"),
        contact_radius_mm=model.radius_mm,
        contact_area_cm2=tool.contact_area_cm2 if model.shape in ("roller", "flat") else None,
        hardness_shore_a=hardness,
        base_height_mm=tool.base_height_mm if model.shape == "ball" else model.height_mm,
        sources=model.sources,
    )


def tool_named(field: str, name: str | Tool, knowledge: Knowledge) -> Tool:
    """The tool of an id of tools.toml or of tool_models.toml; a described tool is given back as it is.

    Raises DoseError naming ``field`` and the nearest id.
    """
    if isinstance(name, Tool):
        return name
    catalogue: dict[str, Tool | ToolModel] = {**knowledge.tools, **knowledge.tool_models}
    found = known(field, name, catalogue)
    return found if isinstance(found, Tool) else tool_of_model(found, knowledge)


def height_of(tool: Tool) -> float | None:
    """How high a tool lifts the body off the ground, mm: its base, or twice the radius of a ball. None: not known."""
    base = tool.base_height_mm
    if base is not None and base.value != 0:
        return sum(_ends(base)) / 2
    return None if base is None or tool.contact_radius_mm is None else sum(_ends(tool.contact_radius_mm))


def softness(hardness: tuple[float, float]) -> Softness:
    """The word for a range of Shore A hardness: by its softer end, which a plan must reckon with."""
    if hardness[0] >= RIGID_FROM:
        return "rigid"
    return "soft" if hardness[0] >= SOFT_FROM else "very_soft"


def hardness_of_thumb(thumb_mm: float) -> tuple[float, float]:
    """Softest and hardest Shore A of a rubber into which a thumb goes so far; half a millimetre is the least."""
    depth = max(thumb_mm, 0.5) / 1000
    soft, hard = (_shore(force, THUMB_RADIUS_M, depth) for force in THUMB_N)
    return soft, hard


def hardness_of_give(model: ToolModel, force_n: float = 80.0) -> Quantity:
    """The Shore A of a solid rubber ball that flattens on a table as much as this hollow or foam one, at 80 N."""
    assert model.gives_n_per_mm is not None
    radius = sum(_ends(model.radius_mm)) / 2000
    soft, hard = (_shore(force_n, radius, force_n / give / 1000) for give in _ends(model.gives_n_per_mm))
    return Quantity(unit="shore_a", source=model.gives_n_per_mm.source, basis="assumed", date=TODAY, lo=soft, hi=hard)


def _shore(force_n: float, radius_m: float, depth_m: float) -> float:
    """Hertz for a ball on an incompressible half-space, then Gent 1958 for Shore A, also beyond its 20-80."""
    young_mpa = 0.75 * 0.75 * force_n / (sqrt(radius_m) * depth_m**1.5) / 1e6
    shore = (young_mpa * 0.137505 * 254 - 0.0981 * 56) / (0.0981 * 7.62336 + young_mpa * 0.137505 * 2.54)
    return float(min(max(shore, SHORE_A[0]), SHORE_A[1]))


def _within(field: str, value: float, allowed: tuple[float, float]) -> float:
    low, high = allowed
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise DoseError(field, f"must be a number from {low:g} to {high:g} mm, not {value!r}")
    if not low <= value <= high:
        raise DoseError(field, f"must be from {low:g} to {high:g} mm, not {value:g}")
    return float(value)


def _ends(quantity: Quantity) -> tuple[float, float]:
    low = quantity.value if quantity.lo is None else quantity.lo
    high = quantity.value if quantity.hi is None else quantity.hi
    assert low is not None and high is not None
    return low, high


def _between(low: float, high: float, unit: str) -> Quantity:
    if low == high:
        return Quantity(unit=unit, source="UNKNOT-MECHANICS", basis="assumed", date=TODAY, value=low)
    return Quantity(unit=unit, source="UNKNOT-MECHANICS", basis="assumed", date=TODAY, lo=low, hi=high)
