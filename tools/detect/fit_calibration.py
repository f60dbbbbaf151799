"""Fit the recalibration of site probabilities on the people of ``people.py``; write knowledge/detect/calibration.toml.

    PYTHONPATH=src python -m tools.detect.fit_calibration [--people 600]

The slope is the one of greatest likelihood for all posteriors above the knee, before and after pressing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from unknot.detect.calibration import calibrated
from unknot.detect.network import Network, network_of
from unknot.knowledge import load
from unknot.knowledge.model import Knowledge

from .trial import calibration_error, try_out

ROOT = Path(__file__).resolve().parents[2]
SEED = 10_000  # people SEED, SEED + 1, ...
KNEE = 0.1
DATA = ROOT / "src" / "unknot" / "knowledge" / "detect"
RULES = (ROOT / "tools" / "detect" / "people.py", ROOT / "tools" / "detect" / "trial.py")
TABLES = ("network", "causes", "answers")
UNUSED = {"work", "report", "abstain"}  # tables of network.toml that change no site probability


def fingerprint() -> str:
    """A hash of the rules by which people are drawn and of the numbers of the network."""
    digest = hashlib.sha256()
    for path in RULES:
        digest.update(path.read_bytes())
    for name in TABLES:
        tables = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
        used = {key: value for key, value in tables.items() if key not in UNUSED}
        digest.update(json.dumps(used, sort_keys=True, default=str).encode())
    return digest.hexdigest()


def gathered(people: int, knowledge: Knowledge, network: Network) -> tuple[np.ndarray, np.ndarray]:
    """Claimed probabilities of all sites of all people, before and after pressing, and whether they are active."""
    trials = [try_out(SEED + number, knowledge, network) for number in range(people)]
    claimed = np.concatenate([chances for one in trials for chances in (one.before, one.after)])
    return claimed, np.concatenate([one.true for one in trials for _ in range(2)])


def slope_of(claimed: np.ndarray, true: np.ndarray) -> float:
    """The slope of greatest likelihood, by ternary search (the likelihood has one peak)."""
    kept = claimed > KNEE
    knee = np.log(KNEE / (1 - KNEE))
    log_odds = np.log(claimed[kept]) - np.log1p(-np.minimum(claimed[kept], 1 - 1e-12))

    def loss(slope: float) -> float:
        drawn = knee + slope * (log_odds - knee)
        return float((np.logaddexp(0, drawn) - true[kept] * drawn).sum())

    low, high = 0.2, 2.0
    while high - low > 1e-4:
        one, other = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, other) if loss(one) < loss(other) else (one, high)
    return (low + high) / 2


def main() -> None:
    """Draw, fit, write, and print what it did to the calibration error."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=600)
    people = parser.parse_args().people
    knowledge = load()
    network = network_of(knowledge)
    claimed, true = gathered(people, knowledge, network)
    slope = slope_of(claimed, true)
    after = calibrated(claimed, replace(network.parameters.calibration, slope=slope, knee=KNEE))
    (DATA / "calibration.toml").write_text(written(slope, people), encoding="utf-8")
    print(f"slope {slope:.3f}; calibration error above 0.2: {calibration_error(claimed, true):.3f} -> ", end="")
    print(f"{calibration_error(after, true):.3f}")


def written(slope: float, people: int) -> str:
    """The text of the data file."""
    basis = f'source = "UNKNOT-DETECT", basis = "assumed", date = "{date.today()}" }}'
    return f"""# Written by tools/detect/fit_calibration.py, not by hand. Fitted on made-up people unlike the network.
# seed {SEED}, people {people}, inputs sha256 {fingerprint()}

[map]
# Log-odds above those of ``knee`` are drawn together by ``slope``.
knee = {{ value = {KNEE}, unit = "probability", {basis}
slope = {{ value = {slope:.3f}, unit = "ratio", {basis}
"""


if __name__ == "__main__":
    main()
