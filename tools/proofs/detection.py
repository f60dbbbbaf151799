"""Proof: what the detector reaches on 400 made-up people and on the case reports, that it is exact, and how fast it is.

The figures stand as they are, also where a bar is missed; the proof fails only if the posterior is not exact.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

INPUTS = [
    "src/unknot/detect/*.py",
    "src/unknot/knowledge/detect/*.toml",
    "src/unknot/knowledge/muscles/*.toml",
    "src/unknot/knowledge/regions.toml",
    "src/unknot/assess.py",
    "src/unknot/lab/*.py",
    "src/unknot/lab/people/*",
    "src/unknot/lab/case_reports/*",
]
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]
os.environ["PYTHONPATH"] = str(ROOT / "src")  # the processes that measure beside this one

import figures

from unknot.knowledge import load
from unknot.lab import bench
from unknot.lab.people import SEED, digest
from unknot.lab.sections import measure

PEOPLE = int(os.environ.get("LAB_PEOPLE", "400"))
SECTIONS = ("detection", "case_reports", "exactness")


def main() -> int:
    measured = {name: list(measure(name, PEOPLE).rows) for name in SECTIONS}
    measured["bench"] = bench.rows()
    result = {
        "generator": digest(),
        "seed": SEED,
        "people": PEOPLE,
        "knowledge": load().content_hash,
        "machine": bench.machine(),
        "rows": {name: [row.to_json() for row in rows] for name, rows in measured.items()},
    }
    print(json.dumps(result))
    figures.write(result)
    return 0 if all(row.passed is not False for row in measured["exactness"]) else 1


if __name__ == "__main__":
    raise SystemExit(main())
