"""What a load does below a tool, point by point of the sample: the surrogate of the reference solver, read with care.

A ball cannot touch more than its own cross-section, so that mean pressure is at least force / (pi R^2), whatever the
surrogate says beyond its range. A tool that gives way lies between its own rigid shape and Hertz' two elastic bodies in
series, which for the contact is a rigid ball of radius R (1 + E*tissue / E*tool).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import pi
from typing import Any

import numpy as np
import numpy.typing as npt

from unknot.dose.face import Face
from unknot.dose.layers import Tissue
from unknot.dose.points import Array, normals, spread_of, uniforms
from unknot.dose.surrogate import SKIN_MM, load_surrogate

KPA = 1000.0
CM2_PER_MM2 = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """Samples: kPa, mm, 1. ``inside``: points within the range of the surrogate. ``below``: None where the model is
    silent below the skin (percussion, a face outside its range)."""

    mean_kpa: Array
    area_cm2: Array
    peak_kpa: Array | None
    below: Mapping[str, Array] | None
    inside: npt.NDArray[np.bool_]


def press(face: Face, tissue: Tissue, force_n: Array, facts: Mapping[str, Any]) -> Pressed:
    """Press a face into a sample of layers with a sample of forces (newtons on the whole tool)."""
    count = len(force_n)
    z = normals(count)
    force = force_n * face.share.median * np.exp(face.share.log_sd * z["tip_share"])
    lo, hi = load_surrogate().domain["radius_mm"]
    if not lo <= face.radius_mm.median <= hi:
        mean = _level0(face, force, z["contact_area"])
        return Pressed(
            mean_kpa=mean,
            area_cm2=CM2_PER_MM2 * KPA * force / mean,
            peak_kpa=None,
            below=None,
            inside=np.zeros(count, dtype=bool),
        )
    wanted = face.radius_mm.median * np.exp(face.radius_mm.log_sd * z["contact_area"])
    radius = np.clip(wanted, lo, hi)
    held = tissue.held | (radius != wanted)
    found, inside = _evaluate(radius, tissue, force)
    if face.gives_kpa is not None:
        stiff = 0.75 * KPA * force * radius / found["contact_radius_mm"] ** 3  # E* of the tissue, by Hertz
        tool = face.gives_kpa / (1 - facts["rubber"]["poisson"]["value"] ** 2)
        radius = np.clip(radius * (1 + uniforms(count)["softness"] * stiff / tool), lo, hi)
        found, inside = _evaluate(radius, tissue, force)
    form = np.exp(spread_of(facts["model"]["form_spread"]["value"]) * z["contact_model"])
    shape = 1.0 if face.ball else np.exp(spread_of(facts["model"]["shape_spread"]["value"]) * z["contact_area"])
    if face.ball:
        mean = np.maximum(found["mean_pressure_kpa"], KPA * force / (pi * radius**2)) * form
    else:
        mean = _level0(face, force, z["contact_area"])
    return Pressed(
        mean_kpa=mean,
        area_cm2=CM2_PER_MM2 * KPA * force / mean,
        peak_kpa=np.maximum(found["peak_pressure_kpa"] * form, mean) if face.ball else None,
        below={
            "muscle_surface_kpa": found["muscle_surface_kpa"] * form * shape,
            "mid_muscle_kpa": found["mid_muscle_kpa"] * form * shape,
            "muscle_strain": np.minimum(found["muscle_strain"], 1.0),
            "fat_strain": np.minimum(found["fat_strain"], 1.0),
            "depth_mm": found["depth_mm"],
        },
        inside=inside & ~held,
    )


def _evaluate(radius: Array, tissue: Tissue, force: Array) -> tuple[Mapping[str, Array], npt.NDArray[np.bool_]]:
    given = {
        "radius_mm": radius,
        "muscle_mm": tissue.muscle_mm,
        "fat_mm": tissue.fat_mm,
        "muscle_kpa": tissue.muscle_kpa,
        "fat_kpa": tissue.fat_kpa,
        "skin_kpa": tissue.skin_kpa,
        "hardening": tissue.hardening,
        "force_n": force,
    }
    surrogate = load_surrogate()
    found = surrogate.evaluate(**given)
    inside = found["depth_mm"] <= np.minimum(
        surrogate.engulfed * radius, surrogate.crushed * (tissue.muscle_mm + tissue.fat_mm + SKIN_MM)
    )
    for name, (lo, hi) in surrogate.domain.items():
        inside &= (given[name] >= lo) & (given[name] <= hi)
    return found, inside


def _level0(face: Face, force: Array, z: Array) -> Array:
    """Force over area, with the spread of the area."""
    contact = face.level0
    share = np.minimum(force / contact.wrap_force_n, 1.0) ** contact.exponent if contact.wrap_force_n else 1.0
    area = contact.saturated_mm2.median * share * np.exp(-contact.saturated_mm2.log_sd * z)
    return np.asarray(KPA * force / area)
