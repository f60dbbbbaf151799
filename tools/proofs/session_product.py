"""Proof: every reachable tool, spot and position with every condition gives a script within the rules, or a reason.

Each single condition is walked whole, on both sides and in every form; pairs of conditions with other ages, masses and
last sessions are sampled. What one person gave is kept in a temporary folder named after the inputs: a run that was
broken off goes on where it stopped.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path

INPUTS = [
    "src/unknot/plan/*.py",
    "src/unknot/safety/*.py",
    "src/unknot/dose/*.py",
    "src/unknot/knowledge/**/*.toml",
    "src/unknot/messages/en/session.toml",
    "src/unknot/messages/en/precautions.toml",
    "src/unknot/messages/en/stops.toml",
    "tests/safety/people.py",
    "tools/session_product.py",
]
PAIRS, SEED, EVERY = 300, 20261122, 16
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "tools")]

from session_product import Found, Someone, pairs, singles, tried


def main() -> int:
    people = [*singles(), *pairs(PAIRS, SEED, EVERY)]
    whole, kept = Found(), _kept()
    with ProcessPoolExecutor(max_workers=2) as pool:
        for number, found in enumerate(pool.map(_of, people, [kept] * len(people)), start=1):
            whole.counts += found.counts
            whole.reasons += found.reasons
            whole.faults += found.faults
            if number % 20 == 0:
                print(f"{number} of {len(people)} people", file=sys.stderr)
    result = {
        "people": len(people),
        "pairs": PAIRS,
        "seed": SEED,
        "scripts": sum(count for name, count in whole.counts.items() if name.startswith("script_")),
        "counts": dict(sorted(whole.counts.items())),
        "reasons": len(whole.reasons),
        "faults": whole.faults[:20],
    }
    print(json.dumps(result))
    return 1 if whole.faults or not result["scripts"] else 0


def _of(someone: Someone, kept: Path) -> Found:
    """What one person gives: as kept, or anew."""
    file = kept / f"{sha256(repr(someone).encode()).hexdigest()[:24]}.json"
    if file.exists():
        told = json.loads(file.read_text())
        return Found(Counter(told["counts"]), Counter(told["reasons"]), told["faults"])
    found = tried(someone)
    told = {"counts": found.counts, "reasons": found.reasons, "faults": found.faults}
    part = file.with_suffix(".part")
    part.write_text(json.dumps(told))
    part.rename(file)
    return found


def _kept() -> Path:
    """The folder of this state of the inputs."""
    digest = sha256()
    for path in sorted({path for pattern in INPUTS for path in ROOT.glob(pattern)}):
        digest.update(path.read_bytes())
    folder = Path(tempfile.gettempdir()) / f"unknot-session-product-{digest.hexdigest()[:16]}"
    folder.mkdir(exist_ok=True)
    return folder


if __name__ == "__main__":
    sys.exit(main())
