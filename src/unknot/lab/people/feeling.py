"""What a person feels and what of it gets onto the drawing."""

from __future__ import annotations

import numpy as np

from unknot.case import PainArea
from unknot.knowledge.model import Knowledge
from unknot.lab.people import knobs
from unknot.lab.people.chance import around
from unknot.lab.people.graph import OTHER_SIDE, Place, home, pattern, skin_of
from unknot.lab.people.spots import Spot


def felt(
    rng: np.random.Generator,
    knowledge: Knowledge,
    spots: tuple[Spot, ...],
    elsewhere: dict[Place, float],
    sensitised: bool,
) -> dict[Place, float]:
    """Where it hurts and how much (0-10): the patterns of the spots as this person has them, what another cause adds,
    what runs over the borders, and some pain of no importance."""
    pain: dict[Place, float] = dict(elsewhere)
    for name, side in spots:
        site = knowledge.sites[name]
        strength = float(rng.uniform(4.0, 9.0))
        zone: dict[Place, tuple[float, float]] = {home(knowledge, site, side): (knobs.AT_THE_SPOT, 0.8)}
        for names, middle, share in ((site.secondary, knobs.SECONDARY, 0.5), (site.primary, knobs.PRIMARY, 0.85)):
            for region in names:
                chance = knobs.DOUBTFUL if region in site.doubtful else middle
                zone |= dict.fromkeys(pattern(knowledge, (region,), side), (chance, share))
        before = len(pain)
        for place, (chance, share) in zone.items():
            if rng.random() < around(rng, chance, knobs.JITTER):
                pain[place] = max(pain.get(place, 0.0), strength * share * float(rng.uniform(0.7, 1.1)))
        if len(pain) == before:
            pain.setdefault(home(knowledge, site, side), strength)
    _run_over(rng, knowledge, pain, knobs.SMEAR_SENSITISED if sensitised else knobs.SMEAR)
    places = skin_of(knowledge).places
    for _ in range(int(rng.poisson(knobs.BACKGROUND * (knobs.BACKGROUND_TIMES if sensitised else 1.0)))):
        pain.setdefault(places[int(rng.integers(len(places)))], float(rng.uniform(2.0, 5.0)))
    return {place: min(strength, 10.0) for place, strength in pain.items()}


def _run_over(rng: np.random.Generator, knowledge: Knowledge, pain: dict[Place, float], chance: float) -> None:
    skin = skin_of(knowledge)
    for place, strength in list(pain.items()):
        for near in skin.around[place]:
            if rng.random() < chance:
                pain[near] = max(pain.get(near, 0.0), 0.6 * strength)


def drawn(rng: np.random.Generator, knowledge: Knowledge, pain: dict[Place, float]) -> tuple[PainArea, ...]:
    """One free-hand drawing of what is felt. Another call is another day: some is left out, some slips next door."""
    skin = skin_of(knowledge)
    marks: dict[Place, float] = {}
    for place, strength in pain.items():
        noticed = 1.0 / (1.0 + np.exp(-(strength - knobs.DRAW_MIDDLE) / knobs.DRAW_WIDTH))
        if rng.random() >= noticed:
            continue
        near = skin.around[place]
        where = near[int(rng.integers(len(near)))] if rng.random() < knobs.SHIFT else place
        marks[where] = max(marks.get(where, 0.0), strength)
        if rng.random() < knobs.OVERDRAW:
            beside = near[int(rng.integers(len(near)))]
            marks.setdefault(beside, 0.7 * strength)
    if not marks:
        strongest = max(pain, key=lambda place: pain[place])
        marks[strongest] = pain[strongest]
    if rng.random() < knobs.WRONG_SIDE:
        marks = {(name, OTHER_SIDE[side]): strength for (name, side), strength in marks.items()}
    return tuple(_area(rng, place, marks[place]) for place in skin.places if place in marks)


def _area(rng: np.random.Generator, place: Place, strength: float) -> PainArea:
    intensity = float(np.clip(np.round(strength + rng.normal(0.0, 1.0)), 1, 10))
    coverage = float(np.round(rng.beta(3.0, 2.0), 2))
    return PainArea(region=place[0], side=place[1], intensity=intensity, coverage=max(coverage, 0.05))
