"""Level 0 of load: how much of the body's weight, or of a hand's force, a position puts on a tool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from typing import Any

from unknot.dose.bands import Z95, LogNormal
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
    that a mat or a bed changes the load.
    """

    id: str
    amount: LogNormal
    of_weight: bool
    lying: bool


def place_of(site: str, knowledge: Knowledge) -> Place:
    """Where a site lies, from its home region."""
    region = knowledge.regions[knowledge.sites[site].home]
    own = knowledge.dose["place"].get(region.id, {})
    return Place(
        part=own.get("part", knowledge.dose["part_of_group"][region.group]),
        aspect=own.get("aspect", region.view),
        bone_near=region.id in knowledge.dose["bone"]["near"],
    )


def load_steps(access: str, posture: str, site: str, knowledge: Knowledge) -> tuple[LoadStep, ...]:
    """The load steps of one access in one posture at one site, gentlest first; empty when they do not fit together.

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
    steps = [_step(entry, posture, site, knowledge) for entry in fitting if posture in entry["postures"]]
    return tuple(sorted((step for step in steps if step), key=lambda step: step.amount.median))


def force_of(step: LoadStep, mass: LogNormal, surface: LogNormal, gravity: float) -> LogNormal:
    """The force on the tool in newtons."""
    if not step.of_weight:
        return step.amount
    return step.amount * mass * surface * LogNormal(gravity)


def _step(entry: Mapping[str, Any], posture: str, site: str, knowledge: Knowledge) -> LoadStep | None:
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
