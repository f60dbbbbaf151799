"""Proof: the committed load table is what the generator makes, and its laws hold. About ten minutes on one core."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import replace
from math import atan, cos, sin
from pathlib import Path
from typing import Any

INPUTS = ["tools/load/*.py", "src/unknot/dose/data/load.json", "requirements/generate.txt"]
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np

from tools.load import build, leaning, people, settle, tool

SAME = 0.01
"""Share of body weight by which a cell may differ on another processor."""
STATICS = 0.05
"""A straight body on a smooth wall must agree with the lever of statics so far."""


def main() -> int:
    """Make the table anew, compare, and look at the laws that any table must keep."""
    with tempfile.TemporaryDirectory() as folder:
        made = build.build(Path(folder))
    committed = json.loads(build.DATA.read_text(encoding="utf-8"))
    differing = [
        f"{name}/{key}"
        for name in ("cells", "grounds")
        for key in sorted(made[name].keys() | committed[name].keys())
        if _apart(made[name].get(key), committed[name].get(key))
    ]
    found = {
        "cells": len(made["cells"]),
        "differing": differing,
        "same_provenance": made["provenance"] == committed["provenance"],
        "softer_ground_raises": softer_raises(made),
        "more_support_raises": support_raises(made),
        "higher_ball_lowers": higher_lowers(made),
        "wall_against_statics": round(wall_against_statics(), 3),
        "engine": made["provenance"]["engine"],
    }
    print(json.dumps(found))
    broken = [*differing, *found["softer_ground_raises"], *found["more_support_raises"], *found["higher_ball_lowers"]]
    return 1 if broken or not found["same_provenance"] or found["wall_against_statics"] > STATICS else 0


def _apart(one: list[float] | None, other: list[float] | None) -> bool:
    return one is None or other is None or float(np.abs(np.subtract(one, other)).max()) > SAME


def softer_raises(table: dict[str, Any]) -> list[str]:
    """Cells where a softer ground leaves more of the load than a harder one (median)."""
    middle = {key: values[1] for key, values in table["grounds"].items()}
    mats = [key for key, value in middle.items() if key.endswith("/mat") and value > 1.0 + SAME]
    return mats + [
        key for key, value in middle.items() if key.endswith("/bed") and value > middle[key[:-3] + "mat"] + SAME
    ]


def support_raises(table: dict[str, Any]) -> list[str]:
    """Cells where feet and hands that carry more leave more on the tool."""
    cells, order = table["cells"], ("full", "shared", "light")
    found = []
    for key, values in cells.items():
        stem, step = key.rsplit("/", 1)
        if step in order[1:]:
            fuller = cells.get(f"{stem}/{order[order.index(step) - 1]}")
            found += [key] if fuller and values[1] > fuller[1] + SAME else []
    return found


def higher_lowers(table: dict[str, Any]) -> list[str]:
    """Places on the floor where a larger ball takes less of the weight than a smaller one."""
    cells, found = table["cells"], []
    for key, values in cells.items():
        posture, part, family, ground, step = key.split("/")
        larger = {"ball_40": "ball_63", "ball_63": "ball_100", "ball_100": "ball_150"}.get(family)
        other = cells.get("/".join((posture, part, larger or "", ground, step)))
        if ground == "floor" and step == "full" and other and other[1] < values[1] - 2 * SAME:
            found.append(key)
    return found


def wall_against_statics() -> float:
    """Largest relative difference from the lever of statics, over eight straight bodies on a smooth wall."""
    worst = 0.0
    for drawn in people.draws(8, 7):
        draw = replace(drawn, tilt=0.0, friction=0.0)
        lean, ball = leaning.Lean("wall", "mid_back", "lean_far"), tool.tool_of("ball_63", draw)
        force = settle.settle(leaning.model_xml(lean, ball, draw), {}, axis=0).force_n
        worst = max(worst, abs(force / _lever(lean, ball, draw, force) - 1))
    return worst


def _lever(lean: leaning.Lean, ball: tool.Tool, draw: people.Draw, force_n: float) -> float:
    """Weight times its lever about the ankle, over the height of the contact: the body leans as far as the feet stand
    away plus what the tissue gives (the real root of its cubic law)."""
    factor = draw.tissue * ball.stiffening
    roots = np.roots([tool.TISSUE_CUBIC * factor, 0, tool.TISSUE_LINEAR * factor, -force_n])
    pressed = float(roots[np.abs(roots.imag).argmin()].real)
    contact = leaning.contact_height(lean, draw) - leaning.ANKLE * draw.height
    gap = leaning.FEET["lean_far"] * leaning.FOOT * draw.height * (1 + 0.15 * draw.support) + draw.feet
    leg, top = (leaning.HIP - leaning.ANKLE) * draw.height, 0.29 * draw.height
    legs = 2 * (draw.part("thigh") + draw.part("shank"))
    arms = 2 * (draw.part("upper_arm") + draw.part("forearm_hand"))
    trunk = arms + sum(draw.part(name) for name in ("upper_trunk", "mid_trunk", "lower_trunk"))
    heights = (leg / 2, leg + top / 2 - 0.05 * draw.height, leg + top + 0.10 * draw.height)
    masses = (legs, trunk, draw.part("head"))
    high = sum(m * z for m, z in zip(masses, heights, strict=True)) / sum(masses)
    lean_back = atan((gap + pressed) / contact)
    lever = high * sin(lean_back) - leaning.COM_AHEAD * cos(lean_back)
    # The force stands square to the back; its part along the spring is what is read.
    return sum(masses) * settle.GRAVITY * lever * cos(lean_back) ** 2 / contact


if __name__ == "__main__":
    raise SystemExit(main())
