"""People drawn from the detector's own network: they show that the arithmetic is right, nothing about real people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from detect_cases import KNOWLEDGE, NETWORK

from unknot.case import Case, PainArea, Person, Press


@dataclass(frozen=True)
class Simulated:
    case: Case
    state: int
    active: np.ndarray  # (sites,) bool


def simulated(rng: np.random.Generator, presses: int = 0) -> Simulated:
    """One person with a drawing (and presses on random sites of the drawn zones), by rejection."""
    given = NETWORK.parameters
    share = np.exp(NETWORK.log_share)
    places = list(NETWORK.regions)
    while True:
        state = int(rng.choice(len(share), p=share / share.sum()))
        odds = NETWORK.prior / (1.0 - NETWORK.prior) * NETWORK.raised[NETWORK.row[state]]
        chance = np.minimum(odds / (1.0 + odds), given.prior.greatest)
        active = rng.random(len(chance)) < chance
        quiet = np.prod((1.0 - NETWORK.direct[active]) * (1.0 - NETWORK.spill[active]), axis=0)
        marked = rng.random(len(places)) < 1.0 - (1.0 - NETWORK.draws[state]) * quiet
        if not marked.any() or marked.sum() > 14:  # the very wide ones take long
            continue
        zone = (NETWORK.direct[:, marked] + NETWORK.spill[:, marked]).any(axis=1)
        seen = state in NETWORK.none or (NETWORK.draws[state, marked] > NETWORK.draws[0, marked]).any()
        keep = given.drawing.silent ** (active & ~zone).sum() * (1.0 if seen else given.cause.silent)
        if rng.random() < keep:
            break
    areas = tuple(
        PainArea(region=places[tile][0], side=places[tile][1], coverage=1.0) for tile in np.flatnonzero(marked).tolist()
    )
    pressed = _presses(rng, active, rng.permutation(np.flatnonzero(zone))[:presses].tolist())
    return Simulated(Case(person=Person(age=40), pain=areas, palpation=pressed), state, active)


def _presses(rng: np.random.Generator, active: np.ndarray, sites: list[int]) -> tuple[Press, ...]:
    odds = NETWORK.parameters.press
    places = {number: place for place, number in NETWORK.sites.items()}
    found = []
    for number in sites:
        on = bool(active[number])
        tender = rng.random() < (odds.tender_if_active if on else odds.tender_if_quiet)
        familiar = rng.random() < (odds.familiar_if_active if on else odds.familiar_if_quiet)
        found.append(
            Press(site=places[number][0], side=places[number][1], tender=bool(tender), familiar=bool(familiar))
        )
    return tuple(found)


__all__ = ["KNOWLEDGE", "Simulated", "simulated"]
