"""Which trigger sites lie at, beside or in relation to a set of regions. Sides are left out: both are meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from unknot.case import Case
from unknot.knowledge.model import Knowledge
from unknot.safety.blocked import beside, painted
from unknot.safety.compiled import language, once

LIMBS = (("ARM", "SHOULDER"), ("LEG",))  # region groups that make up one limb


def sites_at(regions: Iterable[str], knowledge: Knowledge) -> frozenset[str]:
    """The sites that one presses in these regions (bands and depths count as the areas they are made of)."""
    by_home = _by_home(knowledge)
    return frozenset(site for region in areas(regions, knowledge) for site in by_home.get(region, ()))


def areas(regions: Iterable[str], knowledge: Knowledge) -> frozenset[str]:
    """Area regions; a band or depth is replaced by what it is made of."""
    return frozenset(area for region in regions for area in knowledge.regions[region].made_of or (region,))


def named(names: Iterable[str], knowledge: Knowledge) -> frozenset[str]:
    """The regions behind region ids and the group names of ``safety/groups.toml``."""
    groups = language(knowledge).groups
    return frozenset(region for name in names for region in groups[name])


def limbs(regions: Iterable[str], knowledge: Knowledge) -> frozenset[str]:
    """Every region of each limb that one of these regions belongs to."""
    touched = frozenset(regions)
    whole = [named(names, knowledge) for names in LIMBS]
    return frozenset(region for limb in whole if limb & touched for region in limb)


def related_sites(case: Case, knowledge: Knowledge) -> frozenset[str]:
    """The sites where one would press for this complaint: where it hurts, beside that, or with a referral zone there.

    Nothing painted: every site, because nothing says where.
    """
    painful = areas(painted(case, knowledge), knowledge)
    zones = _zones(knowledge)
    return sites_at(beside(painful, knowledge), knowledge) | {site for site in zones if zones[site] & painful}


@once
def _by_home(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for site in knowledge.sites.values():
        found[site.home] = (*found.get(site.home, ()), site.id)
    return found


@once
def _zones(knowledge: Knowledge) -> Mapping[str, frozenset[str]]:
    """Referral zone of each site as area regions, whatever the side."""
    return {
        site.id: areas((name.partition("@")[0] for name in (*site.primary, *site.secondary)), knowledge)
        for site in knowledge.sites.values()
    }
