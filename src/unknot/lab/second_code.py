"""A second code's answers to five bodies and tools drawn after those of the fit (verification V4).

FElupe (GPL, therefore never a requirement of ours) solved them once, on bilinear elements with mean dilatation and
penalty contact at nodes: none of it is shared with ours but the material's formula. ``second_code.json`` holds what it
said, with version and mesh.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import numpy as np

from unknot.lab.reference import Layer, Sphere, press
from unknot.lab.reference.meshing import tissue
from unknot.lab.reference.read import felt

SHARES = (0.1, 0.3, 0.9)
"""Of the largest force that both computed: where they are compared."""

READ = {"depth": "depth", "muscle_surface": "muscle_surface_stress", "mid_muscle": "mid_muscle_stress"}
"""Not the peak: the second code reads pressure at nodes and per undeformed skin."""


def stored() -> dict[str, Any]:
    """The whole document: ``version``, ``about``, and ``cases`` with bodies (mm, kPa) and curves (N, mm, kPa)."""
    text = files("unknot.lab").joinpath("second_code.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def difference(case: Mapping[str, Any], *, fineness: float = 9.0, steps: int = 14) -> dict[str, float]:
    """The largest relative difference over SHARES of depth and of the two stresses in the muscle, one case.

    ``level_0`` is the error of force / (0.8 pi R^2) against our mean pressure, at the same forces.
    """
    body, theirs = case["body"], case["curve"]
    layers = tuple(
        Layer(thickness=body[f"{name}_mm"], shear=body[f"{name}_kpa"] / 1000, hardening=body[f"{name}_hardening"])
        for name in ("muscle", "fat", "skin")
    )
    radius = body["radius_mm"]
    deepest = theirs["depth"][-1]
    fine_to = 1.15 * min(radius, float(np.sqrt(2 * radius * deepest)))
    soft = tissue(layers, fine_to=fine_to, size=max(fine_to / (1.5 * fineness), radius / fineness / 2))
    curve = press(soft, Sphere(radius), to_depth=1.02 * deepest, to_force=1.02 * theirs["force"][-1], steps=steps)
    ours = [felt(curve, state) for state in curve.states]
    forces = np.array(SHARES) * min(theirs["force"][-1], ours[-1].force)
    at = np.log(forces)
    own = np.log([state.force for state in ours])
    found = {}
    for name, attribute in READ.items():
        mine = np.exp(np.interp(at, own, np.log([getattr(state, attribute) for state in ours])))
        other = np.exp(np.interp(at, np.log(theirs["force"]), np.log(theirs[name])))
        found[name] = float(np.abs(mine / other - 1).max())
    mean = np.exp(np.interp(at, own, np.log([state.mean_pressure for state in ours])))
    simple = 1000.0 * forces / (0.8 * np.pi * radius**2)
    return found | {"level_0": float(np.abs(simple / mean - 1).max())}
