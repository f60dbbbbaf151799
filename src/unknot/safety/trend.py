"""What the person's own numbers say over days: pain that rises, and sessions that leave it worse (review row 95).

Figures: ``safety/caps.toml``, table ``trend``. What nobody rated says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

from unknot.record import History, PainRating, PastSession
from unknot.safety.limits import Caps

LEAST_RATINGS = 3
"""Fewer ratings than this in a stretch of days are no trend."""


def risen_until(history: History, now: datetime, figures: Caps) -> datetime | None:
    """Until when the spots rest because the pain has been above its baseline for the last days; None = it has not.

    Baseline: the median of the two weeks before those days. Risen: not one rating of the last days is less than
    ``rise`` points above it.
    """
    span = timedelta(days=figures.of("trend", "days"))
    last = [rating for rating in history.pain if now - span <= rating.at <= now]
    before = [rating for rating in history.pain if now - 3 * span <= rating.at < now - span]
    if len(last) < LEAST_RATINGS or len(before) < LEAST_RATINGS or not _spread(last, span):
        return None
    baseline = median(rating.value for rating in before)
    if min(rating.value for rating in last) < baseline + figures.of("trend", "rise"):
        return None
    return last[-1].at + span


def _spread(ratings: Sequence[PainRating], span: timedelta) -> bool:
    """Whether the ratings stand for the whole stretch and not for one bad day."""
    return ratings[-1].at - ratings[0].at >= span / 2


def worse_each_time(sessions: Sequence[PastSession], figures: Caps) -> tuple[PastSession, ...]:
    """The last sessions with a number before and after, if each of them left the pain worse; else ()."""
    count, rise = int(figures.of("trend", "sessions")), figures.of("trend", "rise")
    rated = [
        (s, s.pain_before, s.pain_after)
        for s in sorted(sessions, key=lambda session: session.at)
        if not s.same_visit_spot
    ]
    known = [(s, before, after) for s, before, after in rated if before is not None and after is not None][-count:]
    if len(known) < count or any(after < before + rise for _, before, after in known):
        return ()
    return tuple(session for session, _, _ in known)
