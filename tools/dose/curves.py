"""Reference curves: rigid balls and domes pressed into layers drawn over the whole range of bodies.

``python tools/dose/curves.py [--to N]`` computes what is missing among the first N draws and shows how far it is; it may
be stopped at any time, because each curve is written when it is done. The draws are one Sobol sequence, so a longer run
only adds to a shorter one.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

import numpy as np
from scipy.stats import qmc

from unknot.lab.reference import Layer, Sphere, press
from unknot.lab.reference.meshing import tissue
from unknot.lab.reference.read import Felt, felt

SEED = 20261122
SKIN_MM = 2.0
SKIN_HARDENING = 1.0
MOST_FORCE_N = 320.0
DEEPEST = 0.62  # of the tissue over the bone: beyond it the layers are crushed and no surrogate should speak
RANGES = {
    # name: (lowest, highest), drawn log-uniformly. Moduli in kPa, lengths in mm.
    "radius_mm": (10.0, 80.0),
    "muscle_mm": (8.0, 60.0),
    "fat_mm": (2.0, 45.0),
    "muscle_kpa": (2.0, 16.0),
    "fat_kpa": (1.0, 10.0),
    "skin_kpa": (10.0, 60.0),
    "hardening": (0.4, 3.0),
}
"""Ranges of the layers' facts in knowledge/dose.toml with room around them; hardening is muscle's, fat has twice it."""

CACHE = Path(__file__).parents[2] / ".cache" / "dose-curves"


def draws(count: int) -> list[dict[str, float]]:
    """The first ``count`` bodies and tools of the design."""
    low, high = np.log(np.array(list(RANGES.values()))).T
    points = qmc.Sobol(len(RANGES), seed=SEED).random(1024)[:count]
    return [dict(zip(RANGES, map(float, np.exp(low + point * (high - low))), strict=True)) for point in points]


def curve(draw: dict[str, float], *, fineness: float = 9.0, steps: int = 14) -> dict[str, object]:
    """One reference run: the draw, whether it reached its end, and each state; ``fineness`` = elements per radius."""
    begun = time.perf_counter()
    radius, hardening = draw["radius_mm"], draw["hardening"]
    layers = (
        Layer(thickness=draw["muscle_mm"], shear=draw["muscle_kpa"] / 1000, hardening=hardening),
        Layer(thickness=draw["fat_mm"], shear=draw["fat_kpa"] / 1000, hardening=2 * hardening),
        Layer(thickness=SKIN_MM, shear=draw["skin_kpa"] / 1000, hardening=SKIN_HARDENING),
    )
    height = sum(layer.thickness for layer in layers)
    deepest = min(DEEPEST * height, 1.1 * radius)
    fine_to = 1.15 * min(radius, float(np.sqrt(2 * radius * deepest)))
    soft = tissue(layers, fine_to=fine_to, size=max(fine_to / (1.5 * fineness), radius / fineness / 2))
    found = press(soft, Sphere(radius), to_depth=deepest, to_force=MOST_FORCE_N, steps=steps)
    states = [felt(found, state) for state in found.states]
    return {
        "draw": draw,
        "complete": found.complete,
        "seconds": round(time.perf_counter() - begun, 1),
        "states": [{name: float(f"{getattr(state, name):.6g}") for name in Felt.__slots__} for state in states],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=int, default=400)
    wanted = parser.parse_args().to
    CACHE.mkdir(parents=True, exist_ok=True)
    for number, draw in enumerate(draws(wanted)):
        place = CACHE / f"{number:04d}.json"
        if place.exists():
            continue
        result = curve(draw)
        partial = place.with_suffix(".part")
        partial.write_text(json.dumps(result))
        partial.replace(place)
        reached = result["states"][-1]["force"] if result["states"] else 0.0  # type: ignore[index]
        print(
            f"{number + 1} of {wanted}: {reached:.0f} N, {result['seconds']} s, complete {result['complete']}",
            flush=True,
        )


if __name__ == "__main__":
    main()
