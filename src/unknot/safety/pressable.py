"""Where a person may press with a fingertip to look for the spot. Less than a session, so it needs no clearance."""

from __future__ import annotations

from unknot.case import Case
from unknot.knowledge.model import Knowledge
from unknot.safety.compiled import language
from unknot.safety.facts import facts_of
from unknot.safety.precautions import precautions_of
from unknot.safety.sites import site_plans


def pressable(case: Case, knowledge: Knowledge) -> frozenset[str]:
    """The sites, on either side, that this person may press to look for the spot.

    None while a precaution forbids any session. The urgency of the case is screening's to judge: whoever asks for a
    press shows none of these when triage is not self-care.
    """
    facts = facts_of(case, language(knowledge).places)
    precautions = precautions_of(case, facts, knowledge)
    if precautions.forbid:
        return frozenset()
    return frozenset(
        site
        for site, plan in site_plans(knowledge).items()
        if plan.press and not precautions.limits(site).and_(plan.limits_for(facts)).closed
    )


def may_press(site: str, case: Case, knowledge: Knowledge) -> bool:
    """Whether this person may press the site to look for the spot. Raises KeyError for an unknown site."""
    return knowledge.sites[site].id in pressable(case, knowledge)
