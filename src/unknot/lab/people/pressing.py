"""What pressing a spot does to a person who is no expert."""

from __future__ import annotations

import numpy as np

from unknot.case import Press
from unknot.knowledge.model import Knowledge
from unknot.lab.people import knobs
from unknot.lab.people.answering import Habits, Inside
from unknot.lab.people.graph import home, pattern, skin_of
from unknot.lab.people.spots import Spot


def press(
    rng: np.random.Generator, knowledge: Knowledge, inside: Inside, habits: Habits, skill: float, spot: Spot
) -> Press:
    """Tender, familiar, and where it spreads. ``skill`` 0-1: from a lay hand to an examiner's."""
    name, side = spot
    muscle = knowledge.muscles[knowledge.sites[name].muscle]
    reached = _reached(knowledge, inside.spots, spot) * (1.0 if rng.random() < knobs.AIM[muscle.depth] else 0.3)
    tender_yes, tender_no = _rates(knobs.TENDER_LAY, knobs.TENDER_EXPERT, skill)
    familiar_yes, familiar_no = _rates(knobs.FAMILIAR_LAY, knobs.FAMILIAR_EXPERT, skill)
    if rng.random() < knobs.LATENT:
        tender_no = max(tender_no, 0.7)
    if inside.sensitised or inside.kind == "widespread":
        tender_no, familiar_no = min(2.0 * tender_no, 0.85), min(1.5 * familiar_no, 0.5)
    tender = bool(rng.random() < tender_no + reached * (tender_yes - tender_no))
    familiar = bool(rng.random() < familiar_no + reached * (familiar_yes - familiar_no))
    spreads: tuple[str, ...] | None = ()
    if rng.random() < knobs.SPREAD_NOT_TOLD:
        spreads = None
    elif familiar and rng.random() < knobs.SPREADS * max(reached, 0.2):
        site = knowledge.sites[name]
        zone = [place for place in pattern(knowledge, site.primary + site.secondary, side) if place in inside.pain]
        spreads = (zone[int(rng.integers(len(zone)))][0],) if zone else ()
    elif rng.random() < 0.06:
        near = skin_of(knowledge).around[home(knowledge, knowledge.sites[name], side)]
        spreads = (near[int(rng.integers(len(near)))][0],)
    return Press(
        site=name,
        side=side,
        tender=None if rng.random() < habits.not_sure else tender,
        familiar=None if rng.random() < habits.not_sure else familiar,
        spreads_to=spreads,
    )


def _reached(knowledge: Knowledge, active: tuple[Spot, ...], spot: Spot) -> float:
    """How much of an active spot lies under the finger: all of it, part of one beside it, or none."""
    if spot in active:
        return 1.0
    site = knowledge.sites[spot[0]]
    here = home(knowledge, site, spot[1])
    beside = 0.0
    for name, side in active:
        other = knowledge.sites[name]
        if home(knowledge, other, side) == here:
            beside = max(beside, knobs.NEXT_SPOT if other.muscle == site.muscle else knobs.OTHER_MUSCLE)
    return beside


def _rates(lay: tuple[float, float], expert: tuple[float, float], skill: float) -> tuple[float, float]:
    return lay[0] + skill * (expert[0] - lay[0]), lay[1] + skill * (expert[1] - lay[1])
