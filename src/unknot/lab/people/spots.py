"""Which spots are active: one by how common it is, the others along chains from it."""

from __future__ import annotations

import numpy as np

from unknot.knowledge.model import Knowledge, Side
from unknot.lab.people import knobs
from unknot.lab.people.graph import home, pattern, skin_of

Spot = tuple[str, Side]
"""A trigger site on a side."""

_STUDIED = {  # which complaint the people of a prevalence figure had
    "neck_active": "neck",
    "shoulder_active": "shoulder_arm",
    "elbow_active": "shoulder_arm",
    "tth_active": "head",
    "tmd_active": "head",
    "lbp_active": "low_back_buttock",
    "pelvic_active": "low_back_buttock",
    "chest_wall_active": "mid_back_chest",
    "leg_active": "hip_leg",
}


def active(
    rng: np.random.Generator, knowledge: Knowledge, complaint: str, only: tuple[str, ...] = (), side: Side | None = None
) -> tuple[Spot, ...]:
    """The active spots of a person with a complaint in a group of regions; ``only`` these muscles if given."""
    shares = common(knowledge, complaint)
    if only:
        shares = {site: share for site, share in shares.items() if knowledge.sites[site].muscle in only}
    names = sorted(shares)
    weight = np.array([shares[name] for name in names])
    first = names[int(rng.choice(len(names), p=weight / weight.sum()))]
    spots: list[Spot] = [(first, side or _side(rng, knowledge, first))]
    for _ in range(int(rng.poisson(rng.gamma(1.5, knobs.MORE_SPOTS / 1.5)))):
        spots.append(_next(rng, knowledge, spots))
    return tuple(dict.fromkeys(spots))


def common(knowledge: Knowledge, complaint: str) -> dict[str, float]:
    """How common an active spot is at each site among people with this complaint: what was counted, shared out over
    the muscle's sites; where nobody counted, a low share for sites that lie there or whose pain is felt there."""
    shares: dict[str, float] = {}
    for muscle in knowledge.muscles.values():
        counted = [
            q.value if q.value is not None else ((q.lo or 0.0) + (q.hi or 0.0)) / 2.0
            for group, q in muscle.priors.items()
            if _STUDIED.get(group) == complaint
        ]
        for site in muscle.sites:
            if counted:
                shares[site.id] = max(counted) / len(muscle.sites)
            elif not any(group in _STUDIED for group in muscle.priors):
                zone: list[str] = [
                    knowledge.regions[name.partition("@")[0]].group for name in (site.home, *site.primary)
                ]
                near = zone.count(complaint) / len(zone)
                if near > 0.0:
                    shares[site.id] = knobs.UNMEASURED_SHARE * near / len(muscle.sites)
    return {site: share for site, share in shares.items() if share > 0.0}


def overall(knowledge: Knowledge) -> dict[str, float]:
    """How common an active spot is at each site among all complaints."""
    total: dict[str, float] = {}
    for complaint, share in knobs.COMPLAINTS.items():
        for site, of_these in common(knowledge, complaint).items():
            total[site] = total.get(site, 0.0) + share * of_these
    return total


def _next(rng: np.random.Generator, knowledge: Knowledge, spots: list[Spot]) -> Spot:
    """A further spot, likelier near one that is active and in muscles that are tied to it."""
    skin, shares = skin_of(knowledge), overall(knowledge)
    start, side = spots[int(rng.integers(len(spots)))]
    site = knowledge.sites[start]
    muscle = knowledge.muscles[site.muscle]
    here = skin.number[home(knowledge, site, side)]
    painful = set(pattern(knowledge, site.primary, side))
    there: Side = side if rng.random() < knobs.SAME_SIDE else ("left" if side == "right" else "right")
    names = sorted(shares)
    weight = np.zeros(len(names))
    for n, name in enumerate(names):
        other = knowledge.sites[name]
        place = home(knowledge, other, there)
        steps = float(skin.steps[here, skin.number[place]]) if there == side else _across(knowledge, start, name)
        tied = other.muscle == site.muscle or other.muscle in muscle.antagonists or place in painful
        weight[n] = shares[name] * np.exp(-steps / knobs.CHAIN_REACH) * (knobs.CHAIN_TIES if tied else 1.0)
    return names[int(rng.choice(len(names), p=weight / weight.sum()))], there


def _across(knowledge: Knowledge, one: str, other: str) -> float:
    """Steps between two sites as if both lay on one side: a spot on the other side mirrors the first."""
    skin = skin_of(knowledge)
    ends = [skin.number[home(knowledge, knowledge.sites[name], "left")] for name in (one, other)]
    return float(skin.steps[ends[0], ends[1]])


def sides_of(knowledge: Knowledge, site: str) -> tuple[Side, ...]:
    """The sides on which a site exists."""
    return ("left", "right") if knowledge.muscles[knowledge.sites[site].muscle].side_pairs else ("midline",)


def _side(rng: np.random.Generator, knowledge: Knowledge, site: str) -> Side:
    sides = sides_of(knowledge, site)
    return sides[-1] if rng.random() < 0.55 else sides[0]  # a little more on the right, the used side of most people
