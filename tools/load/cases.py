"""Which cases the table holds, and the force of one draw in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from . import leaning, lying
from .people import Draw
from .settle import GRAVITY, settle
from .tool import tool_of

FAMILIES = ("ball_40", "ball_63", "ball_100", "ball_150", "lie_on", "elbow", "roller_150")
TRUNK = ("shoulder", "mid_back", "low_back", "pelvis")
STEPS = {"light": "lie_light", "shared": "lie_shared", "full": "lie_full"}


@dataclass(frozen=True, order=True)
class Case:
    """One cell of the table: a posture, the part over the tool, the tool, the ground and how it is loaded."""

    posture: str
    part: str
    family: str
    ground: str
    step: str

    @property
    def key(self) -> str:
        """Its name in the table."""
        return "/".join((self.posture, self.part, self.family, self.ground, self.step))


def cases() -> Iterator[Case]:
    """Every case. A mat and a bed are compared with the floor in the fullest step of each posture."""
    for posture, parts in (
        ("supine", (*TRUNK, "thigh", "calf")),
        ("knees_bent", TRUNK),
        ("side", (*TRUNK, "thigh")),
    ):
        for part in parts:
            for family in FAMILIES:
                if family == "elbow" and (posture == "side" or part in ("thigh", "calf", "shoulder")):
                    continue  # it lies across the spine
                for ground, step in _loadings(posture, part):
                    yield Case(posture, part, family, ground, step)
    for part in TRUNK:
        for step in ("lean_near", "lean_far"):
            yield Case("wall", part, "ball_63", "wall", step)
    for part in ("shoulder", "mid_back", "low_back"):
        for family in ("ball_63", "elbow"):
            for step in ("chair_near", "chair_full"):
                yield Case("chair", part, family, "chair", step)


def _loadings(posture: str, part: str) -> list[tuple[str, str]]:
    leg = posture == "supine" and part in ("thigh", "calf")
    steps = ["full", "crossed"] if leg else ["full", "shared"] if part == "thigh" else ["full", "shared", "light"]
    on_bed = [step for step in steps if step != "light"] if posture == "supine" else ["full"]
    return [*(("floor", step) for step in steps), ("mat", "full"), *(("bed", step) for step in on_bed)]


def share(case: Case, draw: Draw) -> float:
    """The force on the tool as a share of body weight."""
    tool = tool_of(case.family, draw)
    if case.posture in ("wall", "chair"):
        lean = leaning.Lean(case.posture, case.part, case.step)
        settled = settle(leaning.model_xml(lean, tool, draw), leaning.pushes(lean, draw), axis=0)
    else:
        setup = lying.Setup(case.posture, case.part, case.ground, case.step)
        settled = settle(lying.model_xml(setup, tool, draw), lying.pushes(setup, draw))
    return settled.force_n / (draw.mass * GRAVITY)
