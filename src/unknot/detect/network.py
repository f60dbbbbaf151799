"""The network of one knowledge: which sites there are, what they reach, what else there is. Built once, then read.

Everything is arrays over sites (each trigger site on each side), regions (each area region on each side),
movements (values of ``worse_with`` and ``limited_movements``) and states (no competing cause, or one on a side).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from unknot.detect.parameters import Cause, Parameters, parameters
from unknot.detect.problem import Floats, Integers
from unknot.knowledge.model import Knowledge, Muscle, Region, Side, Site

Place = tuple[str, Side]  # a region, or a site, on a side
MovementKey = tuple[str, str]  # a question (worse_with, limited_movements) and one of its values

_OTHER: dict[Side, Side] = {"left": "right", "right": "left", "midline": "midline"}


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A value of Z: ``cause`` None means that no competing cause is present. The complaint is about the regions of the
    group ``focus`` (None = anywhere), where sites are more often active than elsewhere."""

    cause: str | None
    mechanism: str  # "none", "nerve_root", "other" or "unknown"
    side: Side
    focus: str | None = None


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
    prior: Floats  # (sites,): away from the focus of the complaint
    activities: Mapping[str, Integers]  # activity -> sites of the muscles that it loads
    states: tuple[State, ...]
    log_share: Floats  # (states,)
    draws: Floats  # (states, regions): chance that the state (or nothing at all) marks the region
    moves: Floats  # (states, movements): chance that the state (or nothing at all) lists the movement
    moves_family: Floats  # (states, families)
    raised: Floats  # (prior rows, sites): odds of the sites in a prior row against the first
    row: Integers  # (states,): prior row
    none: Integers  # the states without any competing cause


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

    states, causes = _states(given, knowledge)
    draws, moves, moves_family = _causes_draw(given, knowledge, regions, tiles, movements, families, states, causes)
    near = _near(given, knowledge, sites)
    every = sum(given.complaints.values())
    mean = np.sum([given.complaints[group] / every * chance for group, chance in near.items()], axis=0)
    prior: Floats = given.prior.elsewhere * mean
    raised, row = _raised(sites, owners, states, causes, prior, near)
    left = 1.0 - sum(cause.share for cause in given.causes)
    shares = [
        left * given.complaints[state.focus or ""] / every if cause is None else cause.share / len(_cause_sides(cause))
        for state, cause in zip(states, causes, strict=True)
    ]
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
        prior=prior,
        activities={activity: np.array(numbers) for activity, numbers in activities.items()},
        states=states,
        log_share=np.log(np.array(shares)),
        draws=draws,
        moves=moves,
        moves_family=moves_family,
        raised=raised,
        row=row,
        none=np.flatnonzero([state.mechanism == "none" for state in states]),
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
    for tile in _zone(known, tiles, site.home, side):
        spill[tile] = max(spill[tile], 0.0 if direct[tile] else felt * drawing.at_home)
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


def _near(given: Parameters, knowledge: Knowledge, sites: Mapping[Place, int]) -> dict[str, Floats]:
    """P(site active | a complaint about this group of regions), (sites,) for each group. Proportions come from the
    shares of people per muscle, the sum from the number of active sites that one person has; 0 = not near."""
    near = {group: np.zeros(len(sites)) for group in given.complaints}
    for (site, _), number in sites.items():
        for group, share in _shares(given, knowledge, knowledge.sites[site]).items():
            near[group][number] = share
    return {
        group: np.minimum(shares * given.prior.active_sites / shares.sum(), given.prior.greatest)
        for group, shares in near.items()
    }


def _shares(given: Parameters, knowledge: Knowledge, site: Site) -> dict[str, float]:
    """Share of people with an active spot at this site, by the group of their complaint: the published share of its
    muscle, shared out evenly over the muscle's sites. Several studies of one group count by their mean. Where nothing
    was measured, each site has the same low share of the complaints around its own place."""
    prior, muscle = given.prior, knowledge.muscles[site.muscle]
    together = next((names for names in given.measured_together.values() if muscle.id in names), (muscle.id,))
    count = sum(len(knowledge.muscles[name].sites) for name in together)
    found: dict[str, list[float]] = {}
    for studied, share in muscle.priors.items():
        if studied in given.studied:
            middle = share.value if share.value is not None else ((share.lo or 0.0) + (share.hi or 0.0)) / 2.0
            size = prior.effective_size
            mean = (prior.alpha + size * middle) / (prior.alpha + prior.beta + size)
            of_site = 1.0 - (1.0 - min(mean, prior.greatest)) ** (1.0 / count)
            found.setdefault(given.studied[studied], []).append(of_site)
    shares = {group: sum(values) / len(values) for group, values in found.items()}
    shares.setdefault(knowledge.regions[site.home].group, prior.unmeasured)
    return shares


def _cause_sides(cause: Cause) -> tuple[Side, ...]:
    return ("left", "right") if cause.sided else ("midline",)


def _states(given: Parameters, knowledge: Knowledge) -> tuple[tuple[State, ...], list[Cause | None]]:
    states = [State(cause=None, mechanism="none", side="midline", focus=group) for group in given.complaints]
    causes: list[Cause | None] = [None] * len(states)
    for cause in given.causes:
        for side in _cause_sides(cause):
            states.append(State(cause=cause.id, mechanism=cause.mechanism, side=side, focus=_focus(cause, knowledge)))
            causes.append(cause)
    return tuple(states), causes


def _focus(cause: Cause, knowledge: Knowledge) -> str | None:
    """The group of regions that a complaint from this cause is about: that of the first region of its pattern."""
    if cause.primary:
        return knowledge.regions[cause.primary[0].partition("@")[0]].group
    return cause.groups[0] if len(cause.groups) == 1 else None


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
    sites: Mapping[Place, int],
    owners: list[Muscle],
    states: tuple[State, ...],
    causes: list[Cause | None],
    prior: Floats,
    near: Mapping[str, Floats],
) -> tuple[Floats, Integers]:
    """Odds of the sites against ``prior``: one row for each different set, and the row of each state. Near the focus of
    a complaint sites are commoner; some causes raise some of them further."""
    odds = {
        g: np.where(chance > 0.0, chance / (1.0 - chance) * (1.0 - prior) / prior, 1.0) for g, chance in near.items()
    }
    rows: list[tuple[float, ...]] = [(1.0,) * len(sites)]
    row = np.zeros(len(states), dtype=np.int64)
    for number, (state, cause) in enumerate(zip(states, causes, strict=True)):
        if state.focus is None:
            continue
        own_odds = odds[state.focus].copy()
        if cause is not None and cause.raises:
            for (_, side), n in sites.items():
                if owners[n].id in cause.raises and side in (state.side, "midline"):
                    own_odds[n] *= cause.raises_odds
        own = tuple(own_odds.tolist())
        if own not in rows:
            rows.append(own)
        row[number] = rows.index(own)
    return np.array(rows), row
