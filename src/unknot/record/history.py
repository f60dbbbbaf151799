"""What happened before: the values that the safety gate and the detector read from a person's record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from unknot.knowledge.model import Level, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingStop:
    """A stop that outlives the case it came from. Emergency and same-day block every region."""

    rule: str
    level: Level
    since: datetime
    regions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PastSession:
    """One finished or stopped session."""

    at: datetime
    site: str
    side: Side
    tool: str
    posture: str
    hold_seconds: float
    comfort_peak: float | None = None
    stopped_for: str | None = None
    also_stopped_for: tuple[str, ...] = ()  # further signs of the same session; each counts
    soreness_next_day: float | None = None
    bruise_cm: float | None = None
    pain_before: float | None = None
    pain_after: float | None = None
    ended: datetime | None = None
    force_n: tuple[float, float, float] | None = None  # P5, P50, P95 of the force of its set-up
    pain_later: float | None = None  # ten minutes after the end
    left_over: float | None = None  # discomfort of the spot afterwards, 0-10, at ten minutes where it is known
    same_visit_spot: bool = False  # a further spot of the session before it: its days and numbers count once


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPress:
    """What pressing a spot did in an earlier complaint."""

    at: datetime
    site: str
    side: Side
    tender: bool | None = None
    familiar: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PainRating:
    """How strong the pain was at one moment outside a session, 0-10."""

    at: datetime
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Everything about earlier days that advice depends on."""

    sessions: tuple[PastSession, ...] = ()
    stops: tuple[StandingStop, ...] = ()
    screened_at: datetime | None = None
    pain: tuple[PainRating, ...] = ()
    presses: tuple[PastPress, ...] = ()
