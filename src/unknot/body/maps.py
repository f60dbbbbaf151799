"""What our regions are called in other systems: CBM-compatible segments, widespread pain areas, dermatomes, Uberon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import tomli

from unknot.body.drawing import Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """One area region's names in other systems; data/maps.toml says how sure each system's column is.

    cbm: segment of the person's right and left. wpi, dermatome, uberon: "" where there is none.
    """

    cbm: tuple[int, int]
    wpi: str = ""
    dermatome: str = ""
    uberon: str = ""


@cache
def elsewhere() -> dict[str, Elsewhere]:
    """Area region -> its names elsewhere."""
    text = files("unknot.body").joinpath("data", "maps.toml").read_text(encoding="utf-8")
    return {
        region: Elsewhere(cbm=(row["cbm"][0], row["cbm"][1]), **{k: v for k, v in row.items() if k != "cbm"})
        for region, row in tomli.loads(text)["regions"].items()
    }


def cbm_segments(areas: Iterable[Area]) -> tuple[int, ...]:
    """Segment numbers of painted areas, sorted; a midline area counts as both. KeyError for an unknown region."""
    found: set[int] = set()
    for region, side in areas:
        right, left = elsewhere()[region].cbm
        found |= {"right": {right}, "left": {left}, "midline": {right, left}}[side]
    return tuple(sorted(found))


def widespread_areas(areas: Iterable[Area]) -> tuple[str, ...]:
    """Areas of the widespread pain index, as ``jaw.left`` or ``neck``; a region outside all 19 gives none."""
    axial = {"neck", "upper_back", "lower_back", "chest", "abdomen"}
    found: set[str] = set()
    for region, side in areas:
        name = elsewhere()[region].wpi
        if name in axial:
            found.add(name)
        elif name:
            found |= {f"{name}.{s}" for s in (("left", "right") if side == "midline" else (side,))}
    return tuple(sorted(found))
