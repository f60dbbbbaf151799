"""The answer to a Case (``unknot.assessment/1``): frozen values and their JSON form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from unknot.knowledge.model import Level, Side
from unknot.script import Session, Text

Fit = Literal["now", "possible", "ask", "not"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why the level is what it is: the fired rule, its sentence and its sources."""

    id: str
    level: Level
    text: Text
    say: Text | None  # the sentence to say to a clinician
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """The level for the whole case and what follows from it."""

    level: Level
    reasons: tuple[Reason, ...]
    watch_for: tuple[Text, ...]
    review_after_days: int
    blocked_regions: tuple[str, ...]
    complete: bool
    unanswered: tuple[str, ...]
    action: Text  # what to do now
    session_forbidden_by: tuple[Text, ...] = ()  # precautions that forbid any session although the level is self_care


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism:
    """Where the pain may come from; the four shares sum to 1."""

    muscle: float
    nerve_root: float
    other: float
    unknown: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One trigger site with its marginal probability and its reasons, strongest first."""

    site: str
    muscle: str
    side: Side
    probability: float
    reasons_for: tuple[Text, ...]
    reasons_against: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetingCause:
    """What else the pain could be, in plain words. Several causes of one kind (nerve roots of the neck) are told as
    one."""

    id: str
    mechanism: str  # "nerve_root", "other" or "unknown"
    side: Side
    probability: float
    band: Text  # how likely, as a word
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """A question or a press that would tell most; ``gain_bits`` is its expected information."""

    kind: str  # "question" | "palpation"
    id: str
    gain_bits: float
    why: Text
    side: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """What the detector makes of a case. ``abstained`` holds the reason for "cannot tell", or None."""

    mechanism: Mechanism
    candidates: tuple[Candidate, ...]
    abstained: Text | None
    ask_next: tuple[NextStep, ...]
    approximate: bool = False  # the drawing was too wide for the exact answer: these figures are sampled
    causes: tuple[CompetingCause, ...] = ()  # what else it could be, likeliest first
    would_change: tuple[Text, ...] = ()  # which answers or presses would change the ranking


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One card of advice with its evidence grade.

    ``fit``: whether it is worth trying now, possible, to be asked about first, or not for this person now; ``because``
    says why. The sentences ``modality.<id>.name``, ``.trials``, ``.harms`` and ``.avoid`` tell the rest.
    """

    modality: str
    grade: str
    text: Text
    sources: tuple[str, ...]
    fit: Fit
    because: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """A likely spot that this person cannot treat now, and what is in the way."""

    site: str
    side: Side
    because: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The whole answer. ``session_because``: why this spot and tool come first, or why there is no session."""

    knowledge: str
    version: str
    triage: Triage
    detection: Detection
    advice: tuple[Advice, ...]
    session: Session | None
    session_because: tuple[Text, ...] = ()
    beyond_self_help: tuple[Beyond, ...] = ()  # known only where the gate lets the person press
