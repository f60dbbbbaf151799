"""Sweep one length of a profile over a population: pressure, reach, bottoming out, spine, and the spread of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from unknot.dose.bands import Band
from unknot.dose.dose import Dose
from unknot.dose.estimate import estimate_dose
from unknot.dose.rocking import Rock, rock
from unknot.dose.spine import SpineGap, spine_gap
from unknot.knowledge.model import Knowledge
from unknot.lab.design.profile import Profile

MEASURED = ("force_n", "mean_pressure_kpa", "peak_pressure_kpa", "muscle_surface_kpa")
SKIN_MM = 2.0
ROCKED_DEG = 10.0
DEEPEST_MM = 30.0
"""How far tips are taken to sink in where the contact model tells no depth (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wearer:
    """One body of the population. ``fat_mm`` overrides what mass, height and sex would give."""

    mass_kg: float
    height_cm: float | None = None
    sex: str | None = None
    fat_mm: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A quantity over the population.

    ``middle`` of the people's medians, the lowest and highest of them, and the lowest P5 and highest P95 of anybody.
    ``told``: for how many bodies the model tells it; the others lie outside its range (thick fat, a deep sink).
    """

    p05: float
    lowest: float
    middle: float
    highest: float
    p95: float
    unit: str
    told: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One value of the varied length. A quantity that the model tells for nobody is missing.

    ``reach``: people by word (in_fat, reaches_muscle, not_reliable). ``bottoming``: share of people whose body may come
    to rest beside the tool. ``people``: highest over lowest median of the stress at the muscle. ``spine``: of two tips,
    at the deepest sink of anybody (P95), or at 30 mm where it is not told. ``rocked``: a rounded base at ten degrees.
    """

    value: float
    spreads: dict[str, Spread]
    reach: dict[str, int]
    bottoming: float
    people: float | None
    spine: SpineGap | None
    rocked: Rock | None


def population(masses: Iterable[float] = (), fats: Iterable[float] = ()) -> tuple[Wearer, ...]:
    """Bodies of every given mass with every given thickness of fat; without any, six builds of women and men.

    Those six are BMI 20, 26 and 34 at 163 and 177 cm: the range of most adults, not a sample of a country.
    """
    own, fat = tuple(masses), tuple(fats)
    if own or fat:
        return tuple(Wearer(mass_kg=mass, fat_mm=mm) for mass in own or (72.0,) for mm in fat or (None,))
    return tuple(
        Wearer(mass_kg=round(bmi * (height / 100) ** 2), height_cm=height, sex=sex)
        for sex, height in (("female", 163.0), ("male", 177.0))
        for bmi in (20, 26, 34)
    )


def sweep(
    profile: Profile,
    vary: str,
    values: Sequence[float],
    *,
    site: str,
    posture: str,
    people: Sequence[Wearer],
    knowledge: Knowledge,
    load: str | None = None,
    surface: str | None = None,
) -> tuple[Row, ...]:
    """One row per value of the length ``vary``. Raises DoseError naming the field of what is wrong."""
    rows = []
    for value in values:
        made = profile.varied(vary, value)
        doses = [
            estimate_dose(
                made.tool(),
                site,
                posture,
                mass_kg=one.mass_kg,
                height_cm=one.height_cm,
                sex=one.sex,
                pinch_mm=None if one.fat_mm is None else 2 * (one.fat_mm + SKIN_MM),
                load=load,
                surface=surface,
                knowledge=knowledge,
            )
            for one in people
        ]
        rows.append(_row(value, made, doses, knowledge))
    return tuple(rows)


def design_to_json(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows as plain values."""
    return [asdict(row) | {"spine": None if row.spine is None else asdict(row.spine)} for row in rows]


def _row(value: float, profile: Profile, doses: Sequence[Dose], knowledge: Knowledge) -> Row:
    spreads = {name: found for name in MEASURED if (found := _spread([getattr(dose, name) for dose in doses]))}
    stress = spreads.get("muscle_surface_kpa")
    depths = [dose.depth_mm.p95 for dose in doses if dose.depth_mm]
    return Row(
        value=value,
        spreads=spreads,
        reach=dict(Counter(dose.reach or "not_told" for dose in doses)),
        bottoming=sum("bottoming_out" in dose.flags for dose in doses) / len(doses),
        people=stress.highest / stress.lowest if stress and stress.told > 1 else None,
        spine=_spine(profile, max(depths, default=DEEPEST_MM), knowledge) if profile.tips == 2 else None,
        rocked=None if profile.base_radius_mm is None else _rocked(profile),
    )


def _spread(bands: Sequence[Band | None]) -> Spread | None:
    told = [band for band in bands if band is not None]
    if not told:
        return None
    middles = [band.p50 for band in told]
    return Spread(
        p05=min(band.p05 for band in told),
        lowest=min(middles),
        middle=median(middles),
        highest=max(middles),
        p95=max(band.p95 for band in told),
        unit=told[0].unit,
        told=len(told),
    )


def _spine(profile: Profile, sinks_mm: float, knowledge: Knowledge) -> SpineGap:
    return spine_gap(
        gap_mm=profile.gap_mm,
        tip_radius_mm=profile.tip_radius_mm,
        recess_mm=profile.recess_mm,
        sinks_mm=min(sinks_mm, 100.0),
        knowledge=knowledge,
    )


def _rocked(profile: Profile) -> Rock:
    assert profile.base_radius_mm is not None
    return rock(
        ROCKED_DEG,
        height_mm=profile.height_mm,
        tip_radius_mm=profile.tip_radius_mm,
        base_radius_mm=profile.base_radius_mm,
        base_width_mm=profile.base_width_mm,
    )
