"""Where a person may press with a fingertip to look for the spot. Less than a session, so it needs no clearance."""

from __future__ import annotations

from datetime import datetime

from unknot.case import Case
from unknot.knowledge.model import Knowledge
from unknot.record import History
from unknot.safety.compiled import language
from unknot.safety.facts import facts_of
from unknot.safety.precautions import precautions_of
from unknot.safety.screen import screen
from unknot.safety.sites import site_plans


def pressable(
    case: Case, knowledge: Knowledge, history: History | None = None, *, now: datetime | None = None
) -> frozenset[str]:
    """The sites, on either side, that this person may press to look for the spot.

    None at emergency and same-day level or while a precaution forbids any session; none in a region that is blocked.
    """
    triage = screen(case, history, knowledge, now=now)
    facts = facts_of(case, language(knowledge).places)
    precautions = precautions_of(case, facts, knowledge)
    if triage.level in ("emergency", "same_day") or triage.session_forbidden_by or precautions.forbid:
        return frozenset()
    blocked = frozenset(triage.blocked_regions)
    return frozenset(
        site
        for site, plan in site_plans(knowledge).items()
        if plan.press
        and plan.site.home not in blocked
        and not precautions.limits(site).and_(plan.limits_for(facts)).closed
    )
