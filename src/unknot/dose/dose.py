"""What an estimate says: bands, words and flags, and the ``unknot.dose/1`` document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from unknot.dose.bands import Band, LogNormal
from unknot.dose.load import place_of
from unknot.knowledge.model import Knowledge

Gentleness = Literal["light", "moderate", "strong"]
Reach = Literal["in_fat", "reaches_muscle", "not_reliable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """A comfortable session of before: what was pressed with what, and the force of its set-up in newtons."""

    tool: str
    site: str
    posture: str
    force_n: LogNormal


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """What a tool does to this body in this position. None = the model does not tell it for this set-up.

    ``drivers``: share of the variance of log mean pressure that each input explains alone; ``drivers_of`` the same of
    other quantities. ``relative_to_last``: stress at the muscle now over that of ``last``, the number to show first.
    ``fat_mm`` and ``muscle_mm``: the layers that were assumed.
    """

    tool: str
    site: str
    posture: str
    load: str  # the load step (how the weight is put on), or "measured"
    force_n: Band
    mean_pressure_kpa: Band
    contact_area_cm2: Band
    gentleness: Gentleness
    flags: tuple[str, ...]
    assumed_mass_kg: tuple[float, float] | None
    fat_mm: Band
    muscle_mm: Band
    model_version: str
    peak_pressure_kpa: Band | None = None
    muscle_surface_kpa: Band | None = None
    mid_muscle_kpa: Band | None = None
    muscle_strain: Band | None = None
    depth_mm: Band | None = None
    reach: Reach | None = None
    impulse_n_s: Band | None = None
    drivers: dict[str, float] = field(default_factory=dict)
    drivers_of: Mapping[str, dict[str, float]] = field(default_factory=dict)
    relative_to_last: Band | None = None
    last: Last | None = None
    schema: str = "unknot.dose/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """What a load does in one place of the body, as bands by quantity; a quantity that is not told is missing.

    ``inside``: within the range of the contact model. ``sunk``: the body may come to rest beside the tool.
    ``mostly_fat``: in most of the sample more than half of the way goes into the fat.
    """

    bands: Mapping[str, Band]
    area_cm2: Band
    fat_mm: Band
    muscle_mm: Band
    inside: bool
    sunk: bool
    deformable: bool
    mostly_fat: bool | None


def gentleness(pressure: Band, knowledge: Knowledge) -> Gentleness:
    """The word for a mean pressure: light, moderate or strong (our own cuts, for comparing set-ups)."""
    cuts = knowledge.dose["gentleness"]
    if pressure.p50 < cuts["light_below"]["value"]:
        return "light"
    return "strong" if pressure.p50 >= cuts["strong_from"]["value"] else "moderate"


def reach_of(site: str, mostly_fat: bool | None, knowledge: Knowledge) -> Reach | None:
    """How far the press goes, as a word: depth itself is known too badly for millimetres.

    A deep muscle is ``not_reliable`` however hard one presses. None where the model does not speak.
    """
    if knowledge.muscles[knowledge.sites[site].muscle].depth == "deep":
        return "not_reliable"
    if mostly_fat is None:
        return None
    return "in_fat" if mostly_fat else "reaches_muscle"


def flags_of(access: str, site: str, *, measured: bool, felt: Felt, knowledge: Knowledge) -> tuple[str, ...]:
    """What the figures cannot know here."""
    home = knowledge.sites[site].home
    holds = {
        "not_validated_in_vivo": True,
        "force_unmeasured": not measured,
        "bottoming_out": felt.sunk,
        "outside_range": not felt.inside,
        "tool_deformable": felt.deformable,
        "deep_muscle": knowledge.muscles[knowledge.sites[site].muscle].depth == "deep",
        "bone_near": place_of(site, knowledge).bone_near,
        "spine": home in knowledge.dose["spine"]["near"],
        "percussion": access == "gun",  # a static mean only: blows stiffen tissue and add inertia
    }
    return tuple(name for name, so in holds.items() if so)


def dose_to_json(dose: Dose) -> dict[str, Any]:
    """The ``unknot.dose/1`` document: quantities as {p05, p50, p95, unit} to three digits; null = not told."""
    last = dose.last
    return {
        "schema": dose.schema,
        "tool": dose.tool,
        "site": dose.site,
        "posture": dose.posture,
        "load": dose.load,
        "relative_to_last": _band(dose.relative_to_last),
        "last": None
        if last is None
        else {"tool": last.tool, "site": last.site, "posture": last.posture, "force_n": _band(last.force_n.band("N"))},
        "force_n": _band(dose.force_n),
        "mean_pressure_kpa": _band(dose.mean_pressure_kpa),
        "peak_pressure_kpa": _band(dose.peak_pressure_kpa),
        "contact_area_cm2": _band(dose.contact_area_cm2),
        "muscle_surface_kpa": _band(dose.muscle_surface_kpa),
        "mid_muscle_kpa": _band(dose.mid_muscle_kpa),
        "muscle_strain": _band(dose.muscle_strain),
        "depth_mm": _band(dose.depth_mm),
        "reach": dose.reach,
        "impulse_n_s": _band(dose.impulse_n_s),
        "gentleness": dose.gentleness,
        "drivers": _shares(dose.drivers),
        "drivers_of": {name: _shares(shares) for name, shares in dose.drivers_of.items()},
        "flags": list(dose.flags),
        "assumed_mass_kg": list(dose.assumed_mass_kg) if dose.assumed_mass_kg else None,
        "fat_mm": _band(dose.fat_mm),
        "muscle_mm": _band(dose.muscle_mm),
        "model_version": dose.model_version,
    }


def _shares(shares: Mapping[str, float]) -> dict[str, float]:
    return {name: round(share, 3) for name, share in shares.items()}


def _band(band: Band | None) -> dict[str, Any] | None:
    if band is None:
        return None
    return {key: value if key == "unit" else float(f"{value:.3g}") for key, value in asdict(band).items()}
