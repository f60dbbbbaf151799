"""The skin as a graph: area regions on their sides, joined where they share a border."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from unknot.body import made_of
from unknot.knowledge.model import Knowledge, Side, Site

Place = tuple[str, Side]
"""An area region on a side."""

OTHER_SIDE: dict[Side, Side] = {"left": "right", "right": "left", "midline": "midline"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Skin:
    """All places in a fixed order, who borders on whom, and how many borders lie between two places."""

    places: tuple[Place, ...]
    around: dict[Place, tuple[Place, ...]]
    number: dict[Place, int]
    steps: npt.NDArray[np.float64]  # (places, places); infinite where no way leads


_built: list[tuple[Knowledge, Skin]] = []


def skin_of(knowledge: Knowledge) -> Skin:
    """The graph of this knowledge, built once."""
    for known, skin in _built:
        if known is knowledge:
            return skin
    skin = _build(knowledge)
    _built[:] = [(knowledge, skin)]
    return skin


def _build(knowledge: Knowledge) -> Skin:
    regions = {region.id: region for region in knowledge.regions.values() if region.shape == "area"}
    places: list[Place] = []
    for region in regions.values():
        places += [(region.id, "left"), (region.id, "right")] if region.lateral else [(region.id, "midline")]
    around: dict[Place, tuple[Place, ...]] = {}
    for name, side in places:
        near: list[Place] = []
        for neighbour in regions[name].neighbours:
            if not regions[neighbour].lateral:
                near.append((neighbour, "midline"))
            elif side == "midline":
                near += [(neighbour, "left"), (neighbour, "right")]
            else:
                near.append((neighbour, side))
        around[name, side] = tuple(near)
    number = {place: n for n, place in enumerate(places)}
    return Skin(places=tuple(places), around=around, number=number, steps=_steps(places, around, number))


def _steps(
    places: list[Place], around: dict[Place, tuple[Place, ...]], number: dict[Place, int]
) -> npt.NDArray[np.float64]:
    steps = np.full((len(places), len(places)), np.inf)
    for start in places:
        edge, seen, distance = [start], {start}, 0.0
        while edge:
            for place in edge:
                steps[number[start], number[place]] = distance
            edge = [near for place in edge for near in around[place]]
            edge = [near for near in dict.fromkeys(edge) if near not in seen]
            seen.update(edge)
            distance += 1.0
    return steps


def pattern(knowledge: Knowledge, names: tuple[str, ...], side: Side) -> list[Place]:
    """``region``, ``region@contra`` and ``region@both`` of a pattern, as places seen from a muscle on ``side``."""
    found: list[Place] = []
    for name in names:
        region, _, where = name.partition("@")
        sides: dict[str, tuple[Side, ...]] = {"": (side,), "contra": (OTHER_SIDE[side],), "both": ("left", "right")}
        for own in sides[where]:
            there: Side = own if knowledge.regions[region].lateral else "midline"
            found += made_of(region, there, knowledge.regions)
    return list(dict.fromkeys(found))


def home(knowledge: Knowledge, site: Site, side: Side) -> Place:
    """The place where a spot is pressed."""
    return pattern(knowledge, (site.home,), side)[0]
