"""The network of one knowledge: which sites there are, what they reach, what else there is. Built once, then read.

Everything is arrays over sites (each trigger site on each side), regions (each area region on each side),
movements (values of ``worse_with`` and ``limited_movements``) and states (no competing cause, or one on a side).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import prod

import numpy as np

from unknot.detect.parameters import Cause, Parameters, parameters
from unknot.detect.problem import Floats, Integers
from unknot.knowledge.model import Knowledge, Muscle, Region, Side, Site

Place = tuple[str, Side]
"""A region, or a site, on a side."""
MovementKey = tuple[str, str]
"""A question (worse_with, limited_movements) and one of its values."""

_OTHER: dict[Side, Side] = {"left": "right", "right": "left", "midline": "midline"}


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A value of Z: ``cause`` None means that no competing cause is present."""

    cause: str | None
    mechanism: str  # "none", "nerve_root", "other" or "unknown"
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The compiled network. All arcs and leaks are probabilities."""

    parameters: Parameters
    sites: Mapping[Place, int]
    muscle_of: tuple[str, ...]  # per site
    regions: Mapping[Place, int]
    tiles: Mapping[Place, tuple[int, ...]]  # an area is its own tile; bands and depths are several
    direct: Floats  # (sites, regions): the primary referral zone
    spill: Floats  # (sites, regions): spillover and blur over the borders of the primary zone
    movements: Mapping[MovementKey, int]
    listed: Floats  # (sites, movements): arc if the movement is listed
    families: Mapping[tuple[str, str], tuple[int, ...]]  # (question, family) -> movements that stand in for one another
    absent: Floats  # (sites, families): arc if nothing of the family is listed
    prior: Floats  # (sites,)
    activities: Mapping[str, Integers]  # activity -> sites of the muscles that it loads
    states: tuple[State, ...]
    log_share: Floats  # (states,)
    draws: Floats  # (states, regions): chance that the state (or nothing at all) marks the region
    moves: Floats  # (states, movements): chance that the state (or nothing at all) lists the movement
    moves_family: Floats  # (states, families)
    raised: Floats  # (prior rows, sites): odds of the sites in a prior row against the first
    row: Integers  # (states,): prior row


def sides_of(muscle: Muscle) -> tuple[Side, ...]:
    return ("left", "right") if muscle.side_pairs else ("midline",)


def mirrored(value: str) -> str:
    """The same movement on the other side: ``neck_turn_left`` becomes ``neck_turn_right``."""
    for one, other in (("_left", "_right"), ("_right", "_left")):
        if value.endswith(one):
            return value.removesuffix(one) + other
    return value


_built: list[tuple[Knowledge, Network]] = []


def network_of(knowledge: Knowledge) -> Network:
    """The network of this knowledge; the last few are kept (a Knowledge is frozen)."""
    for known, network in _built:
        if known is knowledge:
            return network
    network = build(knowledge)
    _built.append((knowledge, network))
    del _built[:-2]
    return network


def build(knowledge: Knowledge) -> Network:
    """Compile the network. Raises KeyError for an id that the knowledge does not hold."""
    given = parameters(knowledge)
    areas = [region for region in knowledge.regions.values() if region.shape == "area"]
    regions: dict[Place, int] = {}
    for region in areas:
        for side in _sides(region, ("left", "right")):
            regions[region.id, side] = len(regions)
    tiles = _tiles(knowledge.regions, regions)

    sites: dict[Place, int] = {}
    owners: list[Muscle] = []
    for muscle in knowledge.muscles.values():
        for site in muscle.sites:
            for side in sides_of(muscle):
                sites[site.id, side] = len(sites)
                owners.append(muscle)

    direct = np.zeros((len(sites), len(regions)))
    spill = np.zeros_like(direct)
    for (site_id, side), number in sites.items():
        _draw(given, knowledge, regions, tiles, knowledge.sites[site_id], side, direct[number], spill[number])

    movements, families = _movements(knowledge, given)
    listed = np.zeros((len(sites), len(movements)))
    absent = np.zeros((len(sites), len(families)))
    for (_, side), number in sites.items():
        _move(given, owners[number], side, movements, families, listed[number], absent[number])

    activities: dict[str, list[int]] = {}
    for number, muscle in enumerate(owners):
        for activity in muscle.activities:
            activities.setdefault(activity, []).append(number)

    states, causes = _states(given)
    draws, moves, moves_family = _causes_draw(given, knowledge, regions, tiles, movements, families, states, causes)
    raised, row = _raised(sites, owners, states, causes)
    left = 1.0 - sum(cause.share for cause in given.causes)
    shares = [left if c is None else c.share / (2.0 if c.sided else 1.0) for c in causes]
    return Network(
        parameters=given,
        sites=sites,
        muscle_of=tuple(muscle.id for muscle in owners),
        regions=regions,
        tiles=tiles,
        direct=direct,
        spill=spill,
        movements=movements,
        listed=listed,
        families=families,
        absent=absent,
        prior=_priors(given, knowledge, sites),
        activities={activity: np.array(numbers) for activity, numbers in activities.items()},
        states=states,
        log_share=np.log(np.array(shares)),
        draws=draws,
        moves=moves,
        moves_family=moves_family,
        raised=raised,
        row=row,
    )


def _tiles(known: Mapping[str, Region], regions: Mapping[Place, int]) -> dict[Place, tuple[int, ...]]:
    """What a person marks, as area regions: a band lies over areas of both sides, a depth under areas of one."""
    tiles: dict[Place, tuple[int, ...]] = {place: (number,) for place, number in regions.items()}
    for region in known.values():
        if region.shape != "area":
            for side in _sides(region, ("left", "right")):
                over: tuple[Side, ...] = (side,) if region.lateral else ("left", "right")
                parts = [tiles[part, own] for part in region.made_of for own in _sides(known[part], over)]
                tiles[region.id, side] = tuple(number for part in parts for number in part)
    return tiles


def _sides(region: Region, sides: Iterable[Side]) -> tuple[Side, ...]:
    return tuple(sides) if region.lateral else ("midline",)


def _zone(known: Mapping[str, Region], tiles: Mapping[Place, tuple[int, ...]], name: str, side: Side) -> list[int]:
    """The tiles of ``region``, ``region@contra`` or ``region@both``, seen from a muscle on ``side``."""
    region, _, where = name.partition("@")
    wanted: dict[str, tuple[Side, ...]] = {"": (side,), "contra": (_OTHER[side],), "both": ("left", "right")}
    return [tile for own in _sides(known[region], wanted[where]) for tile in tiles[region, own]]


def _draw(
    given: Parameters,
    knowledge: Knowledge,
    regions: Mapping[Place, int],
    tiles: Mapping[Place, tuple[int, ...]],
    site: Site,
    side: Side,
    direct: Floats,
    spill: Floats,
) -> None:
    """The arcs of one site. A mark that misses its region falls on the neighbours: the blur of free-hand drawing."""
    known, drawing = knowledge.regions, given.drawing
    felt = drawing.refers * drawing.marked
    names = {number: place for place, number in regions.items()}
    for name in site.primary:
        weight = felt * (drawing.secondary if name in site.doubtful else 1.0)
        for tile in _zone(known, tiles, name, side):
            direct[tile] = max(direct[tile], weight)
    blur = np.zeros_like(spill)
    for tile in np.flatnonzero(direct).tolist():
        region, own = names[tile]
        around = [
            regions[neighbour, there]
            for neighbour in known[region].neighbours
            for there in _sides(known[neighbour], ("left", "right") if own == "midline" else (own,))
        ]
        for neighbour in around:
            missed = direct[tile] / drawing.marked * (1.0 - drawing.marked) / len(around)
            blur[neighbour] = 1.0 - (1.0 - blur[neighbour]) * (1.0 - missed)
    for name in site.secondary:
        far = _joints(given, name.partition("@")[0], site.home) >= 2 or name in site.doubtful
        weight = felt * (drawing.secondary_far if far else drawing.secondary)
        for tile in _zone(known, tiles, name, side):
            spill[tile] = max(spill[tile], 0.0 if direct[tile] else weight)
    spill[:] = 1.0 - (1.0 - spill) * (1.0 - blur)


def _joints(given: Parameters, region: str, home: str) -> int:
    """How many joints lie between two regions."""

    def path(name: str) -> list[str]:
        steps = [given.segment_of.get(name, "trunk")]
        while steps[-1] in given.joined:
            steps.append(given.joined[steps[-1]])
        return steps

    there, here = path(region), path(home)
    shared = len(set(there) & set(here))
    return len(there) + len(here) - 2 * shared


def _movements(
    knowledge: Knowledge, given: Parameters
) -> tuple[dict[MovementKey, int], dict[tuple[str, str], tuple[int, ...]]]:
    """The movements that say something, and which of them stand in for one another."""
    telling = {("worse_with", value) for m in knowledge.muscles.values() for value in m.worse_with}
    telling |= {("worse_with", value) for values in given.also_worse_with.values() for value in values}
    telling |= {("worse_with", value) for values in given.families.values() for value in values}
    telling |= {("worse_with", value) for cause in given.causes for value in cause.worse_with}
    short = [m.limited_movements for m in knowledge.muscles.values()] + [c.limited_movements for c in given.causes]
    for values in short:
        for value in values:
            telling |= {("limited_movements", value), ("limited_movements", mirrored(value))}
    movements = {key: number for number, key in enumerate(sorted(telling))}
    families = {
        ("worse_with", family): tuple(movements["worse_with", value] for value in values)
        for family, values in given.families.items()
    }
    families |= {key: (number,) for key, number in movements.items() if key[0] == "limited_movements"}
    return movements, families


def _move(
    given: Parameters,
    muscle: Muscle,
    side: Side,
    movements: Mapping[MovementKey, int],
    families: Mapping[tuple[str, str], tuple[int, ...]],
    listed: Floats,
    absent: Floats,
) -> None:
    worse_with = (*muscle.worse_with, *given.also_worse_with.get(muscle.id, ()))
    own = [movements["worse_with", value] for value in dict.fromkeys(worse_with)]
    for value in muscle.limited_movements:
        own.append(movements["limited_movements", mirrored(value) if side == "left" else value])
    for family, members in enumerate(families.values()):
        if set(members) & set(own):
            absent[family] = given.movement.arc_absent
            listed[list(members)] = np.maximum(listed[list(members)], given.movement.arc_family)
    listed[own] = given.movement.arc


def _priors(given: Parameters, knowledge: Knowledge, sites: Mapping[Place, int]) -> Floats:
    """Priors of all sites: their proportions from the shares of people per muscle, their sum from the number of active
    sites that one person has."""
    shares = np.array([_prior(given, knowledge, knowledge.sites[site]) for site, _ in sites])
    return np.minimum(shares * given.prior.active_sites / shares.sum(), given.prior.greatest)


def _prior(given: Parameters, knowledge: Knowledge, site: Site) -> float:
    """P(site active): share of its muscle among people with a complaint there, times the share of such complaints,
    shared out evenly over the muscle's sites. Groups of people are joined as if independent. Where nothing was
    measured, each site has the same low share of the complaints around its own place."""
    prior, muscle = given.prior, knowledge.muscles[site.muscle]
    shares: list[float] = []
    for group, found in muscle.priors.items():
        if group in given.studied:
            middle = found.value if found.value is not None else ((found.lo or 0.0) + (found.hi or 0.0)) / 2.0
            size = prior.effective_size
            mean = (prior.alpha + size * middle) / (prior.alpha + prior.beta + size)
            shares.append(min(mean, prior.greatest) * given.complaints[given.studied[group]])
    if not shares:
        return prior.unmeasured * given.complaints[knowledge.regions[site.home].group]
    together = next((names for names in given.measured_together.values() if muscle.id in names), (muscle.id,))
    count = sum(len(knowledge.muscles[name].sites) for name in together)
    of_muscle = 1.0 - prod(1.0 - share for share in shares)
    return float(1.0 - (1.0 - of_muscle) ** (1.0 / count))


def _cause_sides(cause: Cause) -> tuple[Side, ...]:
    return ("left", "right") if cause.sided else ("midline",)


def _states(given: Parameters) -> tuple[tuple[State, ...], list[Cause | None]]:
    states = [State(cause=None, mechanism="none", side="midline")]
    causes: list[Cause | None] = [None]
    for cause in given.causes:
        for side in _cause_sides(cause):
            states.append(State(cause=cause.id, mechanism=cause.mechanism, side=side))
            causes.append(cause)
    return tuple(states), causes


def _causes_draw(
    given: Parameters,
    knowledge: Knowledge,
    regions: Mapping[Place, int],
    tiles: Mapping[Place, tuple[int, ...]],
    movements: Mapping[MovementKey, int],
    families: Mapping[tuple[str, str], tuple[int, ...]],
    states: tuple[State, ...],
    causes: list[Cause | None],
) -> tuple[Floats, Floats, Floats]:
    """What each state marks and lists; the background and its leak are folded in."""
    known = knowledge.regions
    draws = np.full((len(states), len(regions)), given.drawing.background)
    moves = np.full((len(states), len(movements)), given.movement.leak)
    for number, (state, cause) in enumerate(zip(states, causes, strict=True)):
        if cause is None:
            continue
        sides: tuple[Side, ...] = (state.side,) if cause.sided else ("left", "right")
        pattern = np.zeros(len(regions))
        for names, weight in ((cause.secondary, given.cause.secondary), (cause.primary, given.cause.primary)):
            for name in names:
                for side in sides:
                    pattern[_zone(known, tiles, name, side)] = weight
        if cause.spread is not None:
            for (region, side), tile in regions.items():
                near = not cause.groups or known[region].group in cause.groups
                if near and (side in sides or side == "midline"):
                    pattern[tile] = max(pattern[tile], cause.spread)
        # Outside its pattern a state must equal the first one to the last digit: equal states share their work.
        draws[number] = np.where(pattern > 0.0, 1.0 - (1.0 - draws[number]) * (1.0 - pattern), draws[number])
        if cause.movement_leak is not None:
            moves[number] = cause.movement_leak
        own = [movements["worse_with", value] for value in cause.worse_with]
        for value in cause.limited_movements:
            for side in sides:
                own.append(movements["limited_movements", mirrored(value) if side == "left" else value])
        moves[number, sorted(set(own))] = 1.0 - (1.0 - moves[number, 0]) * (1.0 - given.cause.movement)
    # A family counts once: as its likeliest member.
    moves_family = np.stack([moves[:, list(members)].max(axis=1) for members in families.values()], axis=1)
    return draws, moves, moves_family


def _raised(
    sites: Mapping[Place, int], owners: list[Muscle], states: tuple[State, ...], causes: list[Cause | None]
) -> tuple[Floats, Integers]:
    """Which states raise the odds of which sites: one row for each different set."""
    rows: list[tuple[float, ...]] = [(1.0,) * len(sites)]
    row = np.zeros(len(states), dtype=np.int64)
    for number, (state, cause) in enumerate(zip(states, causes, strict=True)):
        if cause is not None and cause.raises:
            odds = tuple(
                cause.raises_odds if owners[n].id in cause.raises and side in (state.side, "midline") else 1.0
                for (_, side), n in sites.items()
            )
            if odds not in rows:
                rows.append(odds)
            row[number] = rows.index(odds)
    return np.array(rows), row
