"""What the ball that stands for another shape costs: cones, elbow tips and measured curves against the surrogate.

``python tools/dose/shapes.py [--to N]`` computes what is missing of N reference runs with tips that are no balls, on
bodies that the surrogate was not fitted to, and prints by how much it misses them (percent: median, 95th percentile).
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

import curves
import numpy as np
from fit import FORCES_N, sampled, summary

from unknot.dose.surrogate import FITTED, load_surrogate
from unknot.lab.reference.profile import Capped, Profile
from unknot.lab.reference.shapes import Measured, stands_for

COUNT = 24
FIRST_BODY = 600
TYPICAL_MM = 10.0  # the depth at which the ball stands for the tip when elements are chosen
KINDS = ("cone", "elbow", "measured")


def tips(count: int) -> list[tuple[str, Profile, np.ndarray, np.ndarray]]:
    """Kind, profile and its curve (across and up, mm): cones blunt at the tip, elbow tips, flattened domes."""
    rng = np.random.default_rng(curves.SEED)
    found: list[tuple[str, Profile, np.ndarray, np.ndarray]] = []
    for number in range(count):
        kind, wide = KINDS[number % 3], np.linspace(0.0, 60.0, 241)
        if kind == "measured":
            half, high = rng.uniform(20.0, 45.0), rng.uniform(0.5, 0.9)
            wide = np.linspace(0.0, 0.96 * half, 25)
            up = high * half * (1 - np.sqrt(1 - (wide / half) ** 2))
            found.append((kind, Measured(tuple(wide), tuple(up)), wide, up))
            continue
        radius, slope = (rng.uniform(8, 15), rng.uniform(25, 40)) if kind == "cone" else (rng.uniform(12, 20), 55.0)
        angle = np.radians(slope)
        ball = wide < radius * np.sin(angle)
        cone = radius * (1 - np.cos(angle)) + np.tan(angle) * (wide - radius * np.sin(angle))
        up = np.where(ball, radius - np.sqrt(np.maximum(radius**2 - wide**2, 0.0)), cone)
        found.append((kind, Capped(radius, slope), wide, up))
    return found


def bodies(count: int) -> list[curves.Draw]:
    """Bodies beyond those of the fit, with the radius of the ball that stands for each tip at a typical depth."""
    drawn = curves.draws(FIRST_BODY + count)[FIRST_BODY:]
    return [
        body | {"radius_mm": stands_for(wide, up, TYPICAL_MM)}
        for body, (_, _, wide, up) in zip(drawn, tips(count), strict=True)
    ]


def errors(count: int) -> dict[str, Any]:
    """By kind and output: how far the surrogate with the ball that stands for the tip is from the tip's own run."""
    surrogate = load_surrogate()
    missed: dict[str, dict[str, list[float]]] = {kind: {name: [] for name in FITTED} for kind in KINDS}
    runs = dict.fromkeys(KINDS, 0)
    for number, ((kind, _, wide, up), body) in enumerate(zip(tips(count), bodies(count), strict=True)):
        path = _place(number)
        if not path.exists():
            continue
        runs[kind] += 1
        states = json.loads(path.read_text())["states"]
        forces = np.geomspace(FORCES_N[0], min(FORCES_N[1], states[-1]["force"]), 12)
        for force, true in zip(forces, sampled(states, forces), strict=True):
            given = body | {"force_n": float(force)}
            for _ in range(12):
                depth = float(surrogate.evaluate(**given)["depth_mm"])
                given["radius_mm"] = stands_for(wide, up, min(depth, float(up[-1])))
            if not surrogate.inside(**given):
                continue
            said = surrogate.evaluate(**given)
            for name, value in zip(FITTED, true, strict=True):
                missed[kind][name].append(100 * abs(float(said[name]) / value - 1))
    return {
        kind: {"runs": runs[kind]} | {name: summary(np.array(all_)) for name, all_ in by.items() if all_}
        for kind, by in missed.items()
    }


def _place(number: int) -> Any:
    return curves.CACHE / curves.key() / f"shape-{number:04d}.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=int, default=COUNT)
    wanted = parser.parse_args().to
    compute(wanted)
    print(json.dumps(errors(wanted), indent=1))


def compute(wanted: int) -> None:
    """Compute what is missing, a line of progress for each."""
    curves.place(0).parent.mkdir(parents=True, exist_ok=True)
    for number, ((kind, profile, _, _), body) in enumerate(zip(tips(wanted), bodies(wanted), strict=True)):
        if (path := _place(number)).exists():
            continue
        result = curves.curve(body, profile, fineness=8.0, steps=10)
        path.with_suffix(".part").write_text(json.dumps(result))
        path.with_suffix(".part").replace(path)
        print(
            f"{number + 1} of {wanted}: {kind}, {result['seconds']} s, complete {result['complete']}", file=sys.stderr
        )


if __name__ == "__main__":
    main()
