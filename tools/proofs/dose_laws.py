"""Proof: laws of the dose estimate on 10,000 random points, and of the plan on 1,000 random ways.

A heavier load never lowers a pressure or a stress; thicker fat never raises the stress at the muscle; half the cap
never raises a planned load. The points are set-ups of catalogue tools over the layers of real sites; beside the laws:
how fast an estimate is.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

INPUTS = [
    "src/unknot/dose/*",
    "src/unknot/knowledge/dose.toml",
    "src/unknot/knowledge/dose/*.toml",
    "src/unknot/knowledge/tools.toml",
    "src/unknot/knowledge/postures.toml",
    "src/unknot/plan/fitting.py",
]
POINTS, WAYS = 10_000, 1_000
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(ROOT / "tests"))

import numpy as np
from safety.people import cleared, everything, person

from unknot.dose import estimate_dose
from unknot.dose.face import face_of
from unknot.dose.layers import Body, tissue_of
from unknot.dose.points import COUNT
from unknot.dose.press import press
from unknot.knowledge import load
from unknot.plan.fitting import fit

KNOWN = load()
SLACK = 1 + 1e-6
RISING = ("mean", "peak", "muscle_surface_kpa", "mid_muscle_kpa")


def pressed(face, tissue, force):
    found = press(face, tissue, force, KNOWN.dose["layers"])
    below = found.below or {}
    return {"mean": found.mean_kpa, "peak": found.peak_kpa, **below}, found.inside


def laws(rng: np.random.Generator) -> dict[str, dict[str, float]]:
    """Points that break a law, by tool: inside the range of the surrogate, and anywhere."""
    broken: dict[str, dict[str, float]] = {}
    sites = list(KNOWN.sites)
    tools = [tool for tool in KNOWN.tools.values() if face_of(tool, KNOWN.dose["contact"])]
    blocks = POINTS // COUNT
    for tool in tools:
        face = face_of(tool, KNOWN.dose["contact"])
        count = {"heavier_inside": 0, "heavier": 0, "fatter_inside": 0, "fatter": 0}
        for _ in range(blocks):
            body = Body(mass_kg=float(rng.uniform(45, 130)), height_cm=float(rng.uniform(150, 195)))
            tissue = tissue_of(str(rng.choice(sites)), body, COUNT, KNOWN)
            force = np.exp(rng.uniform(np.log(3), np.log(300), COUNT))
            base, inside = pressed(face, tissue, force)
            more, inside_more = pressed(face, tissue, force * np.exp(rng.uniform(0, 1, COUNT)))
            fall = np.zeros(COUNT, dtype=bool)
            for name in RISING:
                if base.get(name) is not None:
                    fall |= base[name] > more[name] * SLACK
            count["heavier"] += int(fall.sum())
            count["heavier_inside"] += int((fall & inside & inside_more).sum())
            if "muscle_surface_kpa" in base:
                thick = replace(tissue, fat_mm=np.minimum(tissue.fat_mm * np.exp(rng.uniform(0, 1, COUNT)), 45.0))
                fatter, inside_fat = pressed(face, thick, force)
                rise = fatter["muscle_surface_kpa"] > base["muscle_surface_kpa"] * SLACK
                count["fatter"] += int(rise.sum())
                count["fatter_inside"] += int((rise & inside & inside_fat).sum())
        broken[tool.id] = count
    return broken


def caps(rng: np.random.Generator) -> int:
    """Plans in which half the cap led to a larger load."""
    ways = [(site, one) for (site, _), options in everything(cleared(person())).items() for one in options]
    raised = 0
    for number in rng.integers(0, len(ways), WAYS):
        site, option = ways[number]
        body = Body(mass_kg=float(rng.choice([50, 70, 90, 120])))
        borne = int(rng.integers(0, 7))
        full = fit(option, site, KNOWN, body=body, well_borne=borne)
        half = fit(replace(option, cap_kpa=option.cap_kpa / 2), site, KNOWN, body=body, well_borne=borne)
        if half and (full is None or half.dose.force_n.p50 > full.dose.force_n.p50):
            raised += 1
    return raised


def quickness() -> float:
    """Milliseconds of CPU of a whole estimate, the median of 15."""
    took = []
    for n in range(15):
        begun = time.process_time()
        estimate_dose("massage_ball", "icl1", "wall_lean", mass_kg=60.0 + n, knowledge=KNOWN)
        took.append(1000 * (time.process_time() - begun))
    return float(np.median(took))


def main() -> int:
    rng = np.random.default_rng(20261122)
    broken, raised = laws(rng), caps(rng)
    result = {"points_per_tool": POINTS, "broken": broken, "ways": WAYS, "raised_by_half_the_cap": raised}
    print(json.dumps({**result, "estimate_ms": round(quickness(), 1)}))
    return 1 if raised or any(sum(count.values()) for count in broken.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
