"""Which regions a block closes."""

from __future__ import annotations

from collections.abc import Collection

from unknot.case import Case
from unknot.knowledge.model import Knowledge


def painted(case: Case, knowledge: Knowledge) -> frozenset[str]:
    """The painted regions; every region when nothing is painted, for then nobody knows which to leave open."""
    return frozenset(area.region for area in case.pain) or frozenset(knowledge.regions)


def beside(regions: Collection[str], knowledge: Knowledge) -> frozenset[str]:
    """The regions, the areas that border them, and every band or depth that shares ground with either."""
    closed = {part for region in regions for part in (region, *knowledge.regions[region].made_of)}
    closed |= {neighbour for region in closed for neighbour in knowledge.regions[region].neighbours}
    overlays = (region for region in knowledge.regions.values() if not closed.isdisjoint(region.made_of))
    return frozenset(closed | {overlay.id for overlay in overlays})
