"""What lies between the skin and the bone at a spot of this body, as far as anybody knows: a sample of layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from unknot.dose.bands import LogNormal
from unknot.dose.load import place_of
from unknot.dose.points import Array, normals, spread_of, uniforms
from unknot.dose.surrogate import load_surrogate
from unknot.knowledge.model import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What is known of the person's build. ``pinch_mm``: thickness of a skin fold at the spot.

    None = not told; the estimate is then wider, never silently an average person.
    """

    mass_kg: float | None = None
    height_cm: float | None = None
    sex: str | None = None
    pinch_mm: float | None = None

    def mass(self, knowledge: Knowledge) -> LogNormal:
        """The body mass, as a band where it was not told."""
        if self.mass_kg is None:
            return LogNormal.read(knowledge.dose["body"]["mass_when_unknown"])
        return LogNormal(self.mass_kg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tissue:
    """A sample of layers: millimetres and kPa (small-strain shear moduli), one value per point.

    ``parts`` names the inputs that were uncertain. ``held``: points whose thickness lies outside the range of the
    surrogate; they are computed at its edge and count as outside.
    """

    muscle_mm: Array
    fat_mm: Array
    muscle_kpa: Array
    fat_kpa: Array
    skin_kpa: Array
    hardening: Array
    held: npt.NDArray[np.bool_]
    parts: tuple[str, ...]


def tissue_of(site: str, body: Body, count: int, knowledge: Knowledge) -> Tissue:
    """The layers at a site. Thickness from the place, body mass, height and sex, or from a pinched skin fold."""
    facts = knowledge.dose["layers"]
    z, u = normals(count), uniforms(count)
    place = facts["place"][place_name(site, knowledge)]
    muscle = LogNormal.read(place["muscle_mm"])
    thick = muscle.median * np.exp(muscle.log_sd * z["muscle_thickness"])
    fat = _fat(place, body, count, knowledge)
    stiff = facts["stiffness"]
    told = body.pinch_mm is not None or body.mass_kg is not None
    ranges = load_surrogate().domain
    within_muscle, within_fat = np.clip(thick, *ranges["muscle_mm"]), np.clip(fat, *ranges["fat_mm"])
    return Tissue(
        muscle_mm=within_muscle,
        fat_mm=within_fat,
        muscle_kpa=_over(stiff["muscle"], u["muscle_stiffness"]),
        fat_kpa=_over(stiff["fat"], u["fat_stiffness"]),
        skin_kpa=_over(stiff["skin"], u["skin_stiffness"]),
        hardening=_over(stiff["hardening"], u["hardening"]),
        held=(within_muscle != thick) | (within_fat != fat),
        parts=(
            "fat_thickness", "muscle_thickness", "muscle_stiffness", "fat_stiffness", "skin_stiffness", "hardening",
            *(() if told else ("mass",)),
            *(("height",) if body.height_cm is None and body.pinch_mm is None else ()),
        ),
    )  # fmt: skip


def mass_of(body: Body, count: int, knowledge: Knowledge) -> Array:
    """The body mass in kg, one value per point."""
    mass = body.mass(knowledge)
    return np.asarray(mass.median * np.exp(mass.log_sd * normals(count)["mass"]))


def _fat(place: Mapping[str, Any], body: Body, count: int, knowledge: Knowledge) -> Array:
    """Fat in mm: half a pinched fold without its skin, or the figure of the place grown with BMI."""
    person = knowledge.dose["layers"]["person"]
    z = normals(count)["fat_thickness"]
    if body.pinch_mm is not None:
        middle = body.pinch_mm / 2 - person["skin"]["value"]
        return np.asarray(middle * np.exp(spread_of(person["pinch_spread"]["value"]) * z))
    grows = person[f"fat_per_bmi_{place['grows']}"]["value"]
    by_sex = person[f"fat_{body.sex}"]["value"] if body.sex in ("female", "male") else 1.0
    excess = _bmi(body, count, knowledge) - person["fat_at_bmi"]["value"]
    spread = spread_of(person["fat_spread"]["value"])
    return np.asarray(place["fat_mm"]["value"] * by_sex * np.exp(grows * excess + spread * z))


def _bmi(body: Body, count: int, knowledge: Knowledge) -> Array:
    person = knowledge.dose["layers"]["person"]
    if body.height_cm is not None:
        height = np.full(count, body.height_cm)
    else:
        known = f"height_{body.sex}" if body.sex in ("female", "male") else "height_unknown"
        spread = spread_of(person["height_spread"]["value"])
        height = person[known]["value"] * np.exp(spread * normals(count)["height"])
    return np.asarray(mass_of(body, count, knowledge) / (height / 100) ** 2)


def place_name(site: str, knowledge: Knowledge) -> str:
    """The entry of the layers that a site lies over: that of its home region, or else of its part of the body."""
    home, part = knowledge.sites[site].home, place_of(site, knowledge).part
    places: Mapping[str, Mapping[str, Any]] = knowledge.dose["layers"]["place"]
    own = [name for name, entry in places.items() if home in entry.get("homes", ())]
    return (own or [name for name, entry in places.items() if entry.get("part") == part])[0]


def _over(quantity: Mapping[str, Any], points: Array) -> Array:
    """Log-uniform over an interval."""
    low, high = np.log(quantity["lo"]), np.log(quantity["hi"])
    return np.asarray(np.exp(low + points * (high - low)))
