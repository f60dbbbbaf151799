"""Write src/unknot/dose/data/load.json: ``python -m tools.load.build [--out FILE] [--cache FOLDER]``.

Needs ``mujoco-core`` (requirements/generate.txt). Every case is kept in the cache folder as it is done: a build that
was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import sys
import time
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from .cases import Case, cases, share
from .people import draws

VERSION = "1"
SEED, DRAWS = 20261122, 16
MODEL_FORM = 1.4
"""P95 / P50 of what the model itself leaves out (muscle tone, breathing, the shape of a real back): +-40 %, assumed."""

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DATA = ROOT / "src" / "unknot" / "dose" / "data" / "load.json"


def main() -> int:
    """Read the arguments, build, say what was written."""
    parser = argparse.ArgumentParser(prog="python -m tools.load.build", description=__doc__)
    parser.add_argument("--out", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path, default=ROOT / ".dev" / "load")
    given = parser.parse_args()
    document = build(given.cache)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(dumps(document), encoding="utf-8")
    print(f"{given.out.name}: {len(document['cells'])} cells", file=sys.stderr)
    return 0


def build(cache: Path) -> dict[str, Any]:
    """The table: P5, P50 and P95 of the share of body weight by case, and what a mat and a bed leave of it."""
    folder = cache.resolve() / generator_hash()
    folder.mkdir(parents=True, exist_ok=True)
    people, every = draws(DRAWS, SEED), sorted(cases())
    shares: dict[Case, np.ndarray] = {}
    begun = time.monotonic()
    for number, case in enumerate(every, 1):
        kept = folder / (case.key.replace("/", "-") + ".json")
        if not kept.exists():
            with contextlib.chdir(folder):  # MuJoCo writes its warnings into a file where it stands
                kept.write_text(json.dumps([share(case, draw) for draw in people]))
            if number % 20 == 0:
                print(f"{number} of {len(every)}, {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
        shares[case] = np.array(json.loads(kept.read_text()))
    return document(shares)


def document(shares: dict[Case, np.ndarray]) -> dict[str, Any]:
    """What is written. ``grounds``: P5, P50, P95 over the same draws of the share on it by the share on the floor.

    Where a body settles a little differently by friction and more rests on the tool on a mat, the factor counts as 1.
    """
    grounds, raised = {}, 0
    for case in shares:
        if case.ground == "mat":
            floor = np.maximum(shares[replace(case, ground="floor")], 1e-3)
            mat = shares[case] / floor
            bed = shares[replace(case, ground="bed")] / floor
            raised += int(np.median(mat) > 1.01)
            place = f"{case.posture}/{case.part}/{case.family}"
            grounds[f"{place}/mat"] = _quantiles(np.minimum(mat, 1.0))
            grounds[f"{place}/bed"] = _quantiles(np.minimum(bed, np.minimum(mat, 1.0)))
    return {
        "schema": "unknot.load/1",
        "unit": "share of body weight on the tool",
        "quantiles": [0.05, 0.5, 0.95],
        "model_form_p95_over_p50": MODEL_FORM,
        "mats_that_raised_the_median_by_over_1_percent": raised,
        "provenance": provenance(),
        "cells": {case.key: _quantiles(values) for case, values in shares.items()},
        "grounds": grounds,
    }


def provenance() -> dict[str, Any]:
    """What made the table: engine, generator, seed."""
    return {
        "engine": f"mujoco-core {metadata.version('mujoco-core')}",
        "licence": "Apache-2.0",
        "locked_in": "requirements/generate.txt",
        "wheels_sha256": wheels(),
        "generator": VERSION,
        "generator_sha256": generator_hash(),
        "seed": SEED,
        "draws": DRAWS,
    }


def wheels() -> list[str]:
    """The hashes of the engine's wheels that the lock file allows."""
    lines = (ROOT / "requirements" / "generate.txt").read_text().splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("mujoco-core=="))
    found = []
    for line in lines[start + 1 :]:
        if "--hash=sha256:" not in line:
            break
        found.append(line.split("sha256:")[1].split()[0])
    return found


def generator_hash() -> str:
    """SHA-256 over what decides the numbers: the modules of this folder, by name."""
    digest = hashlib.sha256()
    for path in sorted(HERE.glob("*.py")):
        if path.name != "build.py":
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update(f"{SEED} {DRAWS}".encode())
    return digest.hexdigest()


def dumps(table: dict[str, Any]) -> str:
    """One cell a line, so that a change can be read."""
    lines = []
    for name, value in table.items():
        if name in ("cells", "grounds"):
            inner = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value[key])}" for key in sorted(value))
            lines.append(f" {json.dumps(name)}: {{\n{inner}\n }}")
        else:
            lines.append(f" {json.dumps(name)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _quantiles(values: np.ndarray) -> list[float]:
    return [round(float(q), 4) for q in np.quantile(values, (0.05, 0.5, 0.95))]


if __name__ == "__main__":
    raise SystemExit(main())
