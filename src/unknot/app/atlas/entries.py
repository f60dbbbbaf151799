"""What the atlas says of a muscle and of a region, gathered from the knowledge. Nothing here speaks of a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from unknot.knowledge import Knowledge
from unknot.knowledge.model import Exercise, Muscle, Region, Site, Source
from unknot.messages import ids, render
from unknot.safety.keep_away import keep_away

GROUPS = ("head", "neck", "shoulder_arm", "mid_back_chest", "low_back_buttock", "hip_leg")
"""Region groups in the order in which the atlas shows them, from the head down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """Where one trigger site lies and where its pain is felt: message ids of regions."""

    site: Site
    primary: tuple[str, ...]
    secondary: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """One tool with the positions in which it can reach a muscle."""

    tool: str
    postures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """A muscle that can be felt in a region, with how often it is: the commonest first."""

    muscle: Muscle
    primary: bool
    doubtful: bool


def felt(muscle: Muscle) -> list[Felt]:
    """The muscle's trigger sites with their referral zones."""
    return [Felt(site=site, primary=_named(site.primary), secondary=_named(site.secondary)) for site in muscle.sites]


def reaches(muscle: Muscle, knowledge: Knowledge) -> list[Reach]:
    """Tools that may reach the muscle, each once, with its positions; empty when nobody presses it by himself."""
    found: dict[str, dict[str, None]] = {}
    for access in muscle.access:
        entry = knowledge.access[access]
        postures = (posture for site in muscle.sites for posture in entry.postures_at(site.home))
        found.setdefault(entry.tool, {}).update(dict.fromkeys(postures))
    return [Reach(tool=tool, postures=tuple(postures)) for tool, postures in found.items()]


def exercises(muscle: Muscle, knowledge: Knowledge) -> list[Exercise]:
    """Movement first, then strengthening."""
    known = [knowledge.exercises[id] for id in muscle.exercises]
    return sorted(known, key=lambda one: one.kind == "strength")


def cautions(muscle: Muscle) -> list[str]:
    """Message ids of what to keep away from: what is known of the muscle, and what lies near its spots."""
    near = (text.id for site in muscle.sites for text in keep_away(site.id))
    return [*(f"muscle.{muscle.id}.caution.{n}" for n in range(1, muscle.cautions + 1)), *dict.fromkeys(near)]


def self_check(muscle: Muscle) -> str | None:
    """Message id of how to find the spot on oneself; None where nobody should look for it alone."""
    id = f"muscle.{muscle.id}.self_check"
    pressable = any(site.self_press for site in muscle.sites)
    return id if pressable and id in ids() else None


def cited(names: Iterable[str], knowledge: Knowledge) -> list[Source]:
    """Sources in the order given."""
    return [knowledge.sources[name] for name in names]


def senders(region: str, knowledge: Knowledge) -> list[Sender]:
    """Muscles whose pain is felt in ``region``, in order of frequency.

    Those whose main zone it is come first; among them the muscles that were found more often in studies of people with
    pain (the middle of the prior's interval), then by name. Frequencies are small and unblinded, so they only order.
    """
    found = []
    for muscle in knowledge.muscles.values():
        primary = [site for site in muscle.sites if _reaches(site.primary, region)]
        spill = [site for site in muscle.sites if _reaches(site.secondary, region)]
        if primary or spill:
            doubtful = all(region in site.doubtful for site in primary or spill)
            found.append(Sender(muscle=muscle, primary=bool(primary), doubtful=doubtful))
    return sorted(found, key=lambda one: (not one.primary, one.doubtful, -_often(one.muscle), _name(one.muscle)))


def by_group(knowledge: Knowledge) -> list[tuple[str, list[Muscle], list[Region]]]:
    """Each group of the body with the muscles that are pressed there and its regions, by name."""
    rows = []
    for group in GROUPS:
        muscles = [one for one in knowledge.muscles.values() if knowledge.regions[one.sites[0].home].group == group]
        regions = [one for one in knowledge.regions.values() if one.group == group]
        rows.append(
            (group, sorted(muscles, key=_name), sorted(regions, key=lambda one: render(f"region.{one.id}").casefold()))
        )
    return rows


def _often(muscle: Muscle) -> float:
    shares = [
        (known.lo + known.hi) / 2 for known in muscle.priors.values() if known.lo is not None and known.hi is not None
    ]
    return max(shares, default=0.0)


def _name(muscle: Muscle) -> str:
    return render(f"muscle.{muscle.id}.name").casefold()


def _reaches(zone: Iterable[str], region: str) -> bool:
    return any(entry.split("@")[0] == region for entry in zone)


def _named(zone: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"region.{entry.split('@')[0]}" for entry in zone))
