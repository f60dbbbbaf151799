"""Proof: 1,000 schedules of two or three devices that were offline, over a network that loses, doubles and reorders.

Each device ends with the same entries and reads the same from them, no entry is lost, a danger answer that nobody took
back stands, and with one standing the safety gate of every device says no.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

INPUTS = [
    "src/unknot/record/*.py",
    "src/unknot/safety/*.py",
    "src/unknot/knowledge/safety/*.toml",
    "src/unknot/knowledge/questions/*.toml",
    "tests/record/devices.py",
    "tests/record/record_entries.py",
    "examples/low-back-left.json",
]
SCHEDULES = 1_000
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "record")]

from devices import play


def main() -> int:
    counts: Counter[str] = Counter()
    broken: list[str] = []
    with ProcessPoolExecutor() as pool:
        for faults, told in pool.map(play, range(SCHEDULES), chunksize=25):
            counts += Counter(told)
            broken += faults
    print(json.dumps({**dict(sorted(counts.items())), "broken": broken[:20]}))
    seen = min(counts["with_a_danger_sign"], counts["sign_from_one_device_only"], counts["may_press_at_the_end"])
    return 1 if broken or seen < SCHEDULES / 20 else 0  # a law that was never tried is no law


if __name__ == "__main__":
    sys.exit(main())
