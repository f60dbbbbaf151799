"""People to fit the calibration on: drawn by rules that differ from the detector's network.

Active spots run along chains of neighbours; every person has referral weights of their own; one in six is sensitised
and smears; some drawings are shifted or swap a side; some people have no muscle cause at all; answers are missing or
contradict. All figures are assumed and were set once, before any fit. They never come from the test generator of the
validation table, which nobody fits anything to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from unknot.case import Case, PainArea, Person, Press
from unknot.detect.evidence import log_ratio
from unknot.detect.network import Network, Place, mirrored
from unknot.knowledge.model import Knowledge, Side

NO_MUSCLE = 0.25  # share of people whose pain comes from something else
SENSITISED = 0.16
SHIFTED = 0.25  # of the zones: every region of it is felt next to where it would be
SWAPPED = 0.03
WEIGHT_SD = 1.0  # of a person's own referral weights, on the logit scale
MARKED = 0.6  # a region that hurts is marked
NAMED_ANYWAY = 0.06  # a movement that has nothing to do with the pain is named
MISSING = 0.35  # a question is left out
CONTRARY = 0.06  # an answer is the opposite of what the person has; a press, too


@dataclass(frozen=True, slots=True)
class Someone:
    """One person: what they say, and what they have."""

    case: Case
    active: frozenset[Place]
    state: int  # of the detector's causes; 0 = none
    sensitised: bool
    seed: int


def someone(seed: int, knowledge: Knowledge, network: Network) -> Someone:
    """The person of this seed."""
    rng = np.random.default_rng(seed)
    sensitised = bool(rng.random() < SENSITISED)
    state = _cause(rng, network) if rng.random() < NO_MUSCLE else 0
    while True:
        active = frozenset() if state else _spots(rng, knowledge, network)
        felt = _felt_from_cause(rng, network, state) if state else _felt(rng, knowledge, network, active)
        marks = _drawn(rng, knowledge, network, felt, sensitised)
        if marks:
            break
    return Someone(
        case=Case(
            person=Person(age=float(rng.integers(20, 75))),
            pain=tuple(
                PainArea(
                    region=region,
                    side=side,
                    intensity=float(rng.integers(2, 9)),
                    coverage=float(np.round(rng.uniform(0.2, 1.0), 2)),
                )
                for region, side in marks
            ),
            answers=_answers(rng, knowledge, network, active, state),
        ),
        active=active,
        state=state,
        sensitised=sensitised,
        seed=seed,
    )


def pressed(person: Someone, place: Place) -> Press:
    """What this person says when the spot is pressed: the same every time."""
    rng = np.random.default_rng([person.seed, sum(map(ord, place[0] + place[1]))])
    on = place in person.active
    tender = rng.random() < (0.72 if on else 0.55 if person.sensitised else 0.3)
    familiar = (rng.random() < (0.55 if on else 0.16)) != (rng.random() < CONTRARY)
    return Press(site=place[0], side=place[1], tender=bool(tender), familiar=bool(familiar))


def _cause(rng: np.random.Generator, network: Network) -> int:
    share = np.exp(network.log_share)
    share[network.none] = 0.0
    return int(rng.choice(len(share), p=share / share.sum()))


def _spots(rng: np.random.Generator, knowledge: Knowledge, network: Network) -> frozenset[Place]:
    """One spot by how common it is, then others along the body: each a neighbour of one that is there."""
    places = list(network.sites)
    first = places[int(rng.choice(len(places), p=network.prior / network.prior.sum()))]
    active = {first}
    while rng.random() < 0.45 and len(active) < 5:
        start = sorted(active)[int(rng.integers(len(active)))]
        home = knowledge.regions[knowledge.sites[start[0]].home]
        near = {home.id, *home.neighbours}
        side = start[1] if rng.random() < 0.85 else _other(start[1])
        choices = [p for p in places if knowledge.sites[p[0]].home in near and p[1] in (side, "midline")]
        active.add(choices[int(rng.integers(len(choices)))] if choices else start)
    return frozenset(active)


def _other(side: Side) -> Side:
    return {"left": "right", "right": "left", "midline": "midline"}[side]  # type: ignore[return-value]


def _own(rng: np.random.Generator, chance: np.ndarray) -> np.ndarray:
    """These chances as this person has them: jittered on the logit scale."""
    chance = np.clip(chance, 1e-4, 1 - 1e-4)
    logit = np.log(chance / (1 - chance)) + rng.normal(0, WEIGHT_SD, chance.shape)
    return 1 / (1 + np.exp(-logit))


def _felt(
    rng: np.random.Generator, knowledge: Knowledge, network: Network, active: frozenset[Place]
) -> dict[Place, bool]:
    names = {number: place for place, number in network.regions.items()}
    felt: dict[Place, bool] = {}
    for place in sorted(active):
        site = network.sites[place]
        weight = np.where(network.direct[site] > 0, 0.8, np.where(network.spill[site] > 0.1, 0.25, 0.0))
        hurts = np.flatnonzero((rng.random(len(weight)) < _own(rng, weight)) & (weight > 0)).tolist()
        shifted = rng.random() < SHIFTED
        for tile in hurts:
            here = names[tile]
            felt[_step(rng, knowledge, network, here) if shifted else here] = True
    return felt


def _felt_from_cause(rng: np.random.Generator, network: Network, state: int) -> dict[Place, bool]:
    names = {number: place for place, number in network.regions.items()}
    extra = np.where(network.draws[state] > network.draws[0], network.draws[state] * 1.6, 0.0)
    hurts = np.flatnonzero((rng.random(len(extra)) < _own(rng, extra)) & (extra > 0))
    return {names[tile]: True for tile in hurts.tolist()}


def _step(rng: np.random.Generator, knowledge: Knowledge, network: Network, place: Place) -> Place:
    near = [
        (name, side)
        for name in knowledge.regions[place[0]].neighbours
        for side in (place[1], "midline", "left", "right")
        if (name, side) in network.regions and (side in (place[1], "midline") or place[1] == "midline")
    ]
    return near[int(rng.integers(len(near)))] if near else place


def _drawn(
    rng: np.random.Generator, knowledge: Knowledge, network: Network, felt: dict[Place, bool], sensitised: bool
) -> list[Place]:
    marks: set[Place] = set()
    for place in sorted(felt):
        spot = place if rng.random() < MARKED else _step(rng, knowledge, network, place)
        if rng.random() < 0.75 or spot == place:
            marks.add(spot)
        if sensitised and rng.random() < 0.4:
            marks.add(_step(rng, knowledge, network, place))
    if felt:
        stray = 0.004 * (4 if sensitised else 1)
        marks |= {place for place in network.regions if rng.random() < stray}
    swapped = {(name, _other(side)) if rng.random() < SWAPPED else (name, side) for name, side in marks}
    return sorted(swapped)


def _answers(
    rng: np.random.Generator, knowledge: Knowledge, network: Network, active: frozenset[Place], state: int
) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    muscles = [(knowledge.muscles[knowledge.sites[site].muscle], side) for site, side in sorted(active)]
    worse = {value for muscle, _ in muscles for value in muscle.worse_with if rng.random() < 0.4}
    short = {
        mirrored(value) if side == "left" else value
        for muscle, side in muscles
        for value in muscle.limited_movements
        if rng.random() < 0.35
    }
    loads = {value for muscle, _ in muscles for value in muscle.activities if rng.random() < 0.3}
    for (question, value), number in network.movements.items():
        if rng.random() < max(NAMED_ANYWAY, network.moves[state, number] if state else 0.0):
            (worse if question == "worse_with" else short).add(value)
    loads |= {value for value in network.activities if rng.random() < 0.08}
    for question, said in (("worse_with", worse), ("limited_movements", short), ("activities", loads)):
        if rng.random() >= MISSING:
            answers[question] = tuple(sorted(said))
    for reading in network.parameters.readings:
        if reading.question is None or reading.test != "is" or rng.random() < 0.5:
            continue
        named = log_ratio(network, reading, True)[state] != 0.0
        other = (1.0 - reading.no) / (reading.yes - reading.no)
        chance = _own(rng, np.array([min(reading.yes * other if named else other, 0.95)]))[0]
        said_yes = rng.random() < chance
        answers[reading.question] = bool(said_yes != (rng.random() < CONTRARY))
    return answers
