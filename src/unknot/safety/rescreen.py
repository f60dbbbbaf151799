"""When the whole screening is asked again: another part of the body hurts, or the course has changed.

A proposal after row 92 of the safety review: the short form holds for the complaint as it was screened. A danger answer
that was given before stands all the same until it is taken back; only "no" grows old.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from unknot.knowledge.model import Knowledge

FRESH = timedelta(hours=12)
"""An answer given so shortly before the change counts for it."""

KEPT = frozenset(
    {"course", "clinician_seen_days_ago", "clinician_ruled_out", "new_since_clinician", "after_session_signs"}
)
"""What is not asked again: the change itself, and what comes from other pages."""


def changed_at(
    first_painted: Mapping[str, datetime],
    painted: Collection[str],
    course: Mapping[str, datetime],
    knowledge: Knowledge,
) -> datetime | None:
    """When the complaint last changed; None where it is as it was first told.

    ``first_painted``: region -> when it was first marked in this complaint; ``painted``: the regions marked now;
    ``course``: each course that was ever told -> when it was last told. A change is a body group that came later than
    the first one, or a course other than the one before.
    """
    groups: dict[str, datetime] = {}
    for region, at in first_painted.items():
        group = knowledge.regions[region].group
        groups[group] = min(at, groups.get(group, at))
    now = {knowledge.regions[region].group for region in painted}
    changes = [at for group, at in groups.items() if group in now and at > min(groups.values())]
    if len(course) > 1:
        changes.append(max(course.values()))
    return max(changes, default=None)


def stale(answered: Mapping[str, datetime], changed: datetime | None) -> frozenset[str]:
    """The questions that are asked again; ``answered``: question -> when it was last answered."""
    if changed is None:
        return frozenset()
    return frozenset(question for question, at in answered.items() if at < changed - FRESH) - KEPT
