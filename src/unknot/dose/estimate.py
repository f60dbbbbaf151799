"""The level 0 dose estimate (``unknot.dose/1``): three words with honest bands behind them.

Force from the position and the body mass, area from the face of the tool, mean pressure = force / area. Bands are
P5 / P50 / P95 of log-normal products in closed form: no sampling, so the same input always gives the same answer.
It compares set-ups. It does not know what a person can bear: comfort and the stop rules decide.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import isfinite, log1p, sqrt
from typing import Any, Literal

from unknot.dose.bands import Band, LogNormal, shares
from unknot.dose.checks import DoseError, access_for, known, number
from unknot.dose.contact import Contact, contact_of
from unknot.dose.load import LoadStep, force_of, load_steps, place_of, surface_of
from unknot.knowledge.model import Knowledge, Tool

Gentleness = Literal["light", "moderate", "strong"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """What a tool does to this body in this position. ``drivers`` are shares of the variance of log pressure."""

    tool: str
    site: str
    posture: str
    load: str  # the load step (how the weight is put on), or "measured"
    force_n: Band
    mean_pressure_kpa: Band
    contact_area_cm2: Band
    gentleness: Gentleness
    drivers: dict[str, float]
    flags: tuple[str, ...]
    assumed_mass_kg: tuple[float, float] | None
    model_version: str
    schema: str = "unknot.dose/1"


def estimate_dose(
    tool: str,
    site: str,
    posture: str,
    *,
    mass_kg: float | None = None,
    force_n: float | None = None,
    force_sd: float | None = None,
    load: str | None = None,
    surface: str | None = None,
    radius_mm: float | None = None,
    knowledge: Knowledge | None = None,
) -> Dose:
    """The dose of ``tool`` on ``site`` in ``posture``.

    ``force_n`` +- ``force_sd`` (newtons) is a force measured on a household scale and replaces the position table;
    without ``force_sd`` 10 % is taken. ``load`` names the load step; without it the fullest of the posture is taken, so
    that the estimate is never below what letting go would give. ``surface`` (floor, mat, bed) applies to
    the postures on the floor. ``radius_mm`` replaces the tool's own face by a ball of that radius. An unknown mass
    widens the band and is stated. Raises DoseError naming the field.
    """
    if knowledge is None:
        from unknot.knowledge import load as load_knowledge

        knowledge = load_knowledge()
    the_tool = known("tool", tool, knowledge.tools)
    known("site", site, knowledge.sites)
    known("posture", posture, knowledge.postures)
    access = access_for(tool, site, posture, knowledge)
    contact = _contact(the_tool, radius_mm, knowledge)
    if mass_kg is not None:
        number("mass_kg", mass_kg, knowledge.dose["body"]["mass_allowed"])
    if force_n is None and force_sd is not None:
        raise DoseError("force_sd", "is the spread of a measured force: give force_n too")
    step = None
    if force_n is not None:
        force = _measured(force_n, force_sd, knowledge.dose["contact"]["force_allowed"])
        parts = {"force": force.log_sd}
    else:
        step = _step(load_steps(access, posture, site, knowledge), load)
        force, parts = _estimated(step, mass_kg, surface, knowledge)
    return _dose(access, site, posture, step, contact, force, parts, mass_kg is None, knowledge)


def planned_dose(
    access: str, site: str, posture: str, step: LoadStep, *, mass_kg: float | None, knowledge: Knowledge
) -> Dose:
    """The dose of one load step of ``load_steps``: what a plan compares with its cap."""
    contact = _contact(knowledge.tools[knowledge.access[access].tool], None, knowledge)
    force, parts = _estimated(step, mass_kg, None, knowledge)
    return _dose(access, site, posture, step, contact, force, parts, mass_kg is None, knowledge)


def _dose(
    access: str,
    site: str,
    posture: str,
    step: LoadStep | None,
    contact: Contact,
    force: LogNormal,
    parts: dict[str, float],
    mass_unknown: bool,
    knowledge: Knowledge,
) -> Dose:
    pressure = contact.pressure_kpa(force)
    unknown = knowledge.dose["body"]["mass_when_unknown"]
    assumed = mass_unknown and step is not None and step.of_weight
    return Dose(
        tool=knowledge.access[access].tool,
        site=site,
        posture=posture,
        load=step.id if step else "measured",
        force_n=force.band("N"),
        mean_pressure_kpa=pressure,
        contact_area_cm2=contact.area_cm2(force),
        gentleness=gentleness(pressure, knowledge),
        drivers=shares(parts | {"contact_area": contact.saturated_mm2.log_sd}),
        flags=_flags(access, site, contact, force, step, knowledge),
        assumed_mass_kg=(float(unknown["lo"]), float(unknown["hi"])) if assumed else None,
        model_version=str(knowledge.dose["version"]),
    )


def gentleness(pressure: Band, knowledge: Knowledge) -> Gentleness:
    """The word for a mean pressure: light, moderate or strong (our own cuts, for comparing set-ups)."""
    cuts = knowledge.dose["gentleness"]
    if pressure.p50 < cuts["light_below"]["value"]:
        return "light"
    return "strong" if pressure.p50 >= cuts["strong_from"]["value"] else "moderate"


def dose_to_json(dose: Dose) -> dict[str, Any]:
    """The ``unknot.dose/1`` document: every quantity as {p05, p50, p95, unit} to three significant digits."""
    return {
        "schema": dose.schema,
        "tool": dose.tool,
        "site": dose.site,
        "posture": dose.posture,
        "load": dose.load,
        "force_n": _band(dose.force_n),
        "mean_pressure_kpa": _band(dose.mean_pressure_kpa),
        "contact_area_cm2": _band(dose.contact_area_cm2),
        "gentleness": dose.gentleness,
        "drivers": {name: round(share, 3) for name, share in dose.drivers.items()},
        "flags": list(dose.flags),
        "assumed_mass_kg": list(dose.assumed_mass_kg) if dose.assumed_mass_kg else None,
        "relative_to_last": None,
        "model_version": dose.model_version,
    }


def _band(band: Band) -> dict[str, Any]:
    return {key: value if key == "unit" else float(f"{value:.3g}") for key, value in asdict(band).items()}


def _contact(tool: Tool, radius_mm: float | None, knowledge: Knowledge) -> Contact:
    if radius_mm is not None:
        number("radius_mm", radius_mm, knowledge.dose["contact"]["radius_allowed"])
    contact = contact_of(tool, knowledge.dose["contact"], radius_mm)
    if contact is None:
        raise DoseError("radius_mm", f"is needed: the face of {tool.id} is not in the catalogue")
    return contact


def _measured(force_n: float, force_sd: float | None, allowed: dict[str, Any]) -> LogNormal:
    number("force_n", force_n, allowed)
    sd = 0.1 * force_n if force_sd is None else force_sd
    if isinstance(sd, bool) or not isfinite(sd) or not 0 <= sd <= force_n:
        raise DoseError("force_sd", f"must be from 0 to the force itself ({force_n:g} N), not {force_sd}")
    return LogNormal(force_n, sqrt(log1p((sd / force_n) ** 2)))


def _step(steps: tuple[LoadStep, ...], load: str | None) -> LoadStep:
    if load is None:
        return steps[-1]
    found = {step.id: step for step in steps}
    if load not in found:
        raise DoseError("load", f"is not one of {', '.join(found)}")
    return found[load]


def _estimated(
    step: LoadStep, mass_kg: float | None, surface: str | None, knowledge: Knowledge
) -> tuple[LogNormal, dict[str, float]]:
    """The force of a load step and the standard deviation of its logarithm by input."""
    body = knowledge.dose["body"]
    if mass_kg is None:
        mass = LogNormal.read(body["mass_when_unknown"])
    else:
        mass = LogNormal(number("mass_kg", mass_kg, body["mass_allowed"]))
    ground = _surface(step, surface, knowledge)
    force = force_of(step, mass, ground, float(body["gravity"]["value"]))
    parts = {"posture": step.amount.log_sd}
    if step.of_weight:
        parts |= {"mass": mass.log_sd, "surface": ground.log_sd}
    return force, parts


def _surface(step: LoadStep, surface: str | None, knowledge: Knowledge) -> LogNormal:
    if surface is None:
        return LogNormal(1.0)  # the posture's own figure: the floor, or a bed for bed_supine
    known("surface", surface, knowledge.dose["surface"])
    if not step.lying:
        raise DoseError("surface", f"{surface} changes nothing here: it goes with the postures on the floor")
    return surface_of(step, surface, knowledge)


def _flags(
    access: str, site: str, contact: Contact, force: LogNormal, step: LoadStep | None, knowledge: Knowledge
) -> tuple[str, ...]:
    tool = knowledge.tools[knowledge.access[access].tool]
    facts = knowledge.dose["contact"]
    flags = ["not_validated_in_vivo"]
    if step is not None:
        flags.append("force_unmeasured")
    hardness = tool.hardness_shore_a
    softest = None if hardness is None else hardness.value if hardness.value is not None else hardness.lo
    if tool.soft or (softest is not None and softest < facts["rigid_from_shore_a"]["value"]):
        flags.append("tool_deformable")
    if knowledge.muscles[knowledge.sites[site].muscle].depth == "deep":
        flags.append("deep_muscle")
    if place_of(site, knowledge).bone_near:
        flags.append("bone_near")
    if access == "gun":
        flags.append("percussion")  # a static mean only: blows stiffen tissue and add inertia
    if contact.wrap_force_n and not _in_range(contact, force, knowledge):
        flags.append("outside_range")
    return tuple(flags)


def _in_range(contact: Contact, force: LogNormal, knowledge: Knowledge) -> bool:
    """Whether a ball's radius and its load per R^2 lie where the closed form was compared with finite elements."""
    facts = knowledge.dose["contact"]
    r2 = contact.wrap_force_n / facts["saturation_load"]["value"]
    radius, load = facts["radius_in_range"], facts["load_in_range"]
    return bool(radius["lo"] <= sqrt(r2) <= radius["hi"] and load["lo"] <= force.median / r2 <= load["hi"])
