"""Reference curves: rigid balls and domes pressed into layers drawn over the whole range of bodies.

``python tools/dose/curves.py [--to N] [--processes P]`` computes what is missing among the first N draws and shows how
far it is. It may be stopped at any time, because each curve is written when it is done, under a folder named after
the solver and the design: whoever changes one of them starts anew. The draws are one Sobol sequence, so a longer run
only adds to a shorter one.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import os
import sys
import time
from multiprocessing import get_context
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

import numpy as np
from scipy.stats import qmc

from unknot.lab.reference import Layer, Sphere, press
from unknot.lab.reference.meshing import tissue
from unknot.lab.reference.profile import Profile
from unknot.lab.reference.read import Felt, felt

SEED = 20261122
COUNT = 400
SKIN_MM = 2.0
SKIN_HARDENING = 1.0
FAT_HARDENING = 2.0  # times the muscle's
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

SOLVER = ("material", "meshing", "press", "profile", "read", "tissue")
CACHE = ROOT / ".cache" / "dose-curves"
Draw = dict[str, float]


def draws(count: int) -> list[Draw]:
    """The first ``count`` bodies and tools of the design."""
    low, high = np.log(np.array(list(RANGES.values()))).T
    points = qmc.Sobol(len(RANGES), seed=SEED).random(1024)[:count]
    return [dict(zip(RANGES, map(float, np.exp(low + point * (high - low))), strict=True)) for point in points]


def curve(draw: Draw, profile: Profile | None = None, *, fineness: float = 9.0, steps: int = 14) -> dict[str, object]:
    """One reference run: the draw, whether it reached its end, and each state; ``fineness`` = elements per radius.

    ``profile`` stands for the ball of the draw's radius unless another shape is given.
    """
    begun = time.process_time()
    radius, hardening = draw["radius_mm"], draw["hardening"]
    layers = (
        Layer(thickness=draw["muscle_mm"], shear=draw["muscle_kpa"] / 1000, hardening=hardening),
        Layer(thickness=draw["fat_mm"], shear=draw["fat_kpa"] / 1000, hardening=FAT_HARDENING * hardening),
        Layer(thickness=SKIN_MM, shear=draw["skin_kpa"] / 1000, hardening=SKIN_HARDENING),
    )
    height = sum(layer.thickness for layer in layers)
    deepest = min(DEEPEST * height, 1.1 * radius)
    fine_to = 1.15 * min(radius, float(np.sqrt(2 * radius * deepest)))
    soft = tissue(layers, fine_to=fine_to, size=max(fine_to / (1.5 * fineness), radius / fineness / 2))
    found = press(soft, profile or Sphere(radius), to_depth=deepest, to_force=MOST_FORCE_N, steps=steps)
    states = [felt(found, state) for state in found.states]
    return {
        "draw": draw,
        "complete": found.complete,
        "seconds": round(time.process_time() - begun, 2),
        "states": [{name: float(f"{getattr(state, name):.6g}") for name in Felt.__slots__} for state in states],
    }


def key() -> str:
    """What the curves depend on, as a hash: the solver's code without comments and docstrings, and the design."""
    folder = ROOT / "src" / "unknot" / "lab" / "reference"
    text = "".join(_code(folder / f"{name}.py") for name in SOLVER)
    design = json.dumps([SEED, SKIN_MM, SKIN_HARDENING, FAT_HARDENING, MOST_FORCE_N, DEEPEST, RANGES])
    return hashlib.sha256((text + design).encode()).hexdigest()[:16]


def _code(path: Path) -> str:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [one for one in body if not _text(one)]  # type: ignore[attr-defined]
    return ast.dump(tree)


def _text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def place(number: int) -> Path:
    """Where a curve is kept."""
    return CACHE / key() / f"{number:04d}.json"


def compute(numbers: list[int], processes: int = 2) -> None:
    """Compute these curves where they are missing, a line of progress for each."""
    wanted = draws(max(numbers, default=0) + 1)
    missing = [(wanted[number], str(place(number))) for number in numbers if not place(number).exists()]
    (CACHE / key()).mkdir(parents=True, exist_ok=True)
    with get_context("spawn").Pool(processes) as pool:
        for done, line in enumerate(pool.imap_unordered(_one, missing), start=1):
            print(f"{done} of {len(missing)} missing curves: {line}", file=sys.stderr, flush=True)


def _one(work: tuple[Draw, str]) -> str:
    draw, path = work
    result = curve(draw)
    states: list[dict[str, float]] = result["states"]  # type: ignore[assignment]
    partial = Path(path).with_suffix(".part")
    partial.write_text(json.dumps(result))
    partial.replace(path)
    return f"{states[-1]['force'] if states else 0:.0f} N, {result['seconds']} s, complete {result['complete']}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=int, default=COUNT)
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    compute(list(range(given.to)), given.processes)


if __name__ == "__main__":
    main()
