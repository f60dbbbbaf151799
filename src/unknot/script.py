"""The data of a guided session (``unknot.session/1``). Built by ``unknot.plan.session``, from a clearance only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from unknot.knowledge.model import Side

Length = Literal["full", "short"]
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
class Form:
    """The session that a person wishes for. It only chooses among what the safety gate allows.

    ``length``: full, or short (two to five minutes). ``no_floor``: nothing for which one lies down, neither to press
    nor to exercise. ``both_sides``: the other side follows, where it is open in the same way and the time lasts.
    """

    length: Length = "full"
    no_floor: bool = False
    both_sides: bool = False

    @property
    def short(self) -> bool:
        return self.length == "short"


FULL = Form()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A spot that a session presses, and for how many seconds in all."""

    site: str
    side: Side
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session script: one spot, or the same on both sides, with one tool in one position, step by step.

    ``spots``: all that is pressed, the one of the session first. A tool that presses both sides at once has both there.
    """

    site: str
    muscle: str
    side: Side
    tool: str
    posture: str
    steps: tuple[Step, ...]
    spots: tuple[Pressed, ...]
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
