"""Load: how much of the body's weight, or of a hand's force, a position puts on a tool.

Lying, leaning on a wall and on a chair's back come from the simulated table (``load_table``); hands, guns, the head,
the wall corner and the seat have the stated figures of postures.toml. Where both exist the larger P95 counts, so that a
plan under a cap never becomes looser than the stated figure allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import log
from typing import Any

from unknot.dose.bands import Z95, LogNormal
from unknot.dose.load_table import at_least, share, share_at_height
from unknot.knowledge.model import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a site lies: the part of the body, the side of it that faces a tool, and whether bone is close below."""

    part: str
    aspect: str
    bone_near: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadStep:
    """One way of loading a tool in a position (``lean_near``, ``lie_shared`` ...).

    ``amount`` is a share of body weight when ``of_weight``, else newtons. ``lying`` = something lies below the tool, so
    that a mat or a bed changes the load: ``mat`` and ``bed`` are the factors of what each leaves of it, where they were
    simulated. ``simulated``: the figure comes from the table.
    """

    id: str
    amount: LogNormal
    of_weight: bool
    lying: bool
    mat: LogNormal | None = None
    bed: LogNormal | None = None
    simulated: bool = False


def place_of(site: str, knowledge: Knowledge) -> Place:
    """Where a site lies, from its home region."""
    region = knowledge.regions[knowledge.sites[site].home]
    own = knowledge.dose["place"].get(region.id, {})
    return Place(
        part=own.get("part", knowledge.dose["part_of_group"][region.group]),
        aspect=own.get("aspect", region.view),
        bone_near=region.id in knowledge.dose["bone"]["near"],
    )


def load_steps(
    access: str, posture: str, site: str, knowledge: Knowledge, *, height_mm: float | None = None
) -> tuple[LoadStep, ...]:
    """The load steps of one access in one posture at one site, gentlest first; empty when they do not fit together.

    ``height_mm`` is the height over the ground of a ball or dome that is not the catalogue's: another ball, a tool that
    the person describes (up to 150 mm; ValueError above).

    Hands, cane, gun and partner have entries of their own; every other tool carries body weight, so the posture must
    also bring the site's side of the body to the tool (nobody reaches the front of the thigh lying on the back).
    """
    place = place_of(site, knowledge)
    entries = knowledge.dose["load"]
    if any(access in entry.get("access", ()) for entry in entries):
        fitting = [entry for entry in entries if access in entry.get("access", ())]
    elif posture in knowledge.dose["postures_for_aspect"][place.aspect]:
        home = knowledge.sites[site].home
        fitting = [
            entry for entry in entries if place.part in entry.get("parts", ()) and home in entry.get("homes", (home,))
        ]
    else:
        fitting = []
    stated = [(entry, _stated(entry, posture, site, knowledge)) for entry in fitting if posture in entry["postures"]]
    steps = [step and _simulated(step, entry, access, posture, site, height_mm, knowledge) for entry, step in stated]
    return tuple(sorted((step for step in steps if step), key=lambda step: step.amount.median))


def force_of(step: LoadStep, mass: LogNormal, surface: LogNormal, gravity: float) -> LogNormal:
    """The force on the tool in newtons."""
    if not step.of_weight:
        return step.amount
    return step.amount * mass * surface * LogNormal(gravity)


def surface_of(step: LoadStep, surface: str, knowledge: Knowledge) -> LogNormal:
    """The factor of what a ``surface`` (floor, mat, bed) leaves of the load of a lying step: 1 on the floor."""
    factors = {"mat": step.mat, "bed": step.bed}
    simulated = factors.get(surface)
    return simulated if simulated is not None else LogNormal.read(knowledge.dose["surface"][surface])


def _stated(entry: Mapping[str, Any], posture: str, site: str, knowledge: Knowledge) -> LoadStep | None:
    """The step with the figure of postures.toml."""
    base = knowledge.postures[entry.get("base", posture)]
    load = base.load_by_group.get(knowledge.regions[knowledge.sites[site].home].group, base.load)
    if load is None or load.value is None:
        return None  # a posture without a figure offers nothing to dose
    return LoadStep(
        id=entry["id"],
        amount=LogNormal(load.value * float(entry["of"]["value"]), log(base.spread) / Z95),
        of_weight=load.unit == "body_weight",
        lying=knowledge.postures[posture].on_floor and load.unit == "body_weight",
    )


def _simulated(
    step: LoadStep,
    entry: Mapping[str, Any],
    access: str,
    posture: str,
    site: str,
    height_mm: float | None,
    knowledge: Knowledge,
) -> LoadStep:
    """The step with the figure of the simulated table, or as it was where there is none."""
    names = knowledge.dose["simulated"]
    tool = knowledge.access[access].tool
    if posture not in names["postures"] or "step" not in entry or not step.of_weight:
        return step
    position, ground = names["postures"][posture]
    part = _part(site, knowledge)
    if ground == "wall" or height_mm is None or tool not in names["by_height"]:
        # Against a wall the height of the tool hardly matters: one was simulated.
        family = "ball_63" if ground == "wall" else names["families"].get(tool)
        found = share(position, part, family, ground, entry["step"]) if family else None
    else:
        found = share_at_height(position, part, height_mm, ground, entry["step"])
    if found is None:
        return step
    return replace(
        step,
        amount=at_least(found.of_weight, step.amount.quantile(Z95)),
        mat=found.mat,
        bed=found.bed,
        simulated=True,
    )


def _part(site: str, knowledge: Knowledge) -> str:
    """The part of the body in the words of the table: a leg is a thigh or a calf there."""
    part = place_of(site, knowledge).part
    home = knowledge.sites[site].home
    return next((name for name, homes in knowledge.dose["simulated"]["leg"].items() if home in homes), part)
