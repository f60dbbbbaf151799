"""The data of a guided session (``unknot.session/1``). Built by ``unknot.plan.session``, from a clearance only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from unknot.knowledge.model import Side

StepKind = Literal["breathe", "ready", "find", "hold", "rest", "move", "exercise", "aftercare"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A message id with its parameters; ``unknot.messages.render`` turns it into a sentence."""

    id: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comfort:
    """Comfort on the 0-10 scale: aim between lo and hi, ease off above hi, stop at stop."""

    lo: float
    hi: float
    stop: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a session. ``cue`` is the id of the sound or spoken cue that starts it."""

    kind: StepKind
    duration_s: float
    text: Text
    cue: str
    comfort: Comfort | None = None
    site: str | None = None
    side: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session script: one or more spots with one tool in one position, step by step."""

    site: str
    muscle: str
    side: Side
    tool: str
    posture: str
    steps: tuple[Step, ...]
    total_hold_s: float
    cap_kpa: float
    estimated_kpa: tuple[float, float, float]  # P5, P50, P95 of mean contact pressure
    start_force_n: tuple[float, float, float]  # P5, P50, P95 of the force of this posture
    gentleness: Literal["light", "moderate", "strong"]
    because: tuple[Text, ...]  # "because of ..., we ...": the precautions that shaped it
    stop_rules: tuple[str, ...]  # ids of stop rules that the player watches
    expires_at: str  # ISO instant: a screen is good for 12 hours
    load: str = ""  # the load step: how the weight is put on
    load_because: Text | None = None  # why this step and no other
    schema: str = "unknot.session/1"
