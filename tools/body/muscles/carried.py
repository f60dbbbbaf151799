"""Write bodies/*/muscles.json: how every part of a muscle lies on the other bodies.

``python -m tools.body.muscles.carried [--wheel PATH] [--out FOLDER]``. All bodies share one skin, so a sheet of fibres
under the neutral skin is carried along with the skin above it. What is stored is the shift, part by part and view by
view, as a polynomial of second degree in the place on the neutral view: it is smooth where the nearest skin of a deep
point jumps from one face of the body to another, and outline, fibres and sites move as one.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

import numpy as np

from unknot.body.load import document

from .. import bodies, mesh
from ..atlas import Atlas
from ..build import fetch
from .surface import MM, Surface
from .views import POSES, VIEWS

UNIT_MM = 100.0  # places are counted in this unit from the part's middle, so that all factors are of one size
STIFF = 1e-4  # keeps the factors of a sheet seen edge-on small
PLACES = 10  # stored numbers are tenths of a millimetre


def main() -> int:
    """Read the arguments, build, say what was written."""
    parser = argparse.ArgumentParser(prog="python -m tools.body.muscles.carried", description=__doc__)
    parser.add_argument("--wheel", type=Path, help="the pinned wheel, if it is already here")
    parser.add_argument("--out", type=Path, default=bodies.OUT, help="folder to write (default: the package's data)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, mesh.open_wheel(args.wheel or fetch(Path(folder))) as archive:
        reference = mesh.neutral(archive)
        for name, (male, weight) in bodies.names().items():
            found = carried(reference, mesh.neutral(archive, male, weight))
            path = args.out / name / "muscles.json"
            path.write_text(json.dumps(found, separators=(",", ":")) + "\n", encoding="utf-8")
            print(f"{name}: {path.stat().st_size / 1000:.1f} kB", flush=True)
    bodies.index(args.out)
    return 0


def carried(
    reference: mesh.Mesh, body: mesh.Mesh, muscles: list[str] | None = None
) -> dict[str, list[dict[str, list[int]]]]:
    """Muscle -> part after part, view -> the part's middle and the factors of its shift on the body."""
    here, there = Surface.of(Atlas(reference)), Surface.of(Atlas(body, reference))
    found: dict[str, list[dict[str, list[int]]]] = {}
    for muscle in muscles or sorted(document("muscles/index")["muscles"]):
        found[muscle] = []
        for part in document(f"muscles/{muscle}")["parts"]:
            points = np.array(part["rest"]) / MM
            places = {view: (on(here, points, view), on(there, points, view)) for view in part["shown"]}
            found[muscle].append({view: shift(*pair) for view, pair in places.items()})
    return found


def on(surface: Surface, points: np.ndarray, view: str) -> np.ndarray:
    """(n, 2) view millimetres of (n, 3) rest points as the surface's body carries them."""
    x, y, _ = VIEWS[view].project(surface.carried(points, POSES[view]))
    return np.asarray(np.stack([x, -y], -1) * MM)


def shift(here: np.ndarray, there: np.ndarray) -> list[int]:
    """Middle x, y and, for x then y, the factors of 1, u, v, uu, uv, vv, in tenths of a millimetre."""
    middle = np.round(here.mean(axis=0))
    u, v = ((here - middle) / UNIT_MM).T
    terms = np.stack([np.ones_like(u), u, v, u * u, u * v, v * v], -1)
    stiff = STIFF * np.diag([0.0, 1, 1, 1, 1, 1]) * len(u)
    factors = np.linalg.solve(terms.T @ terms + stiff, terms.T @ (there - here))
    return [int(n) for n in np.round(np.r_[middle * PLACES, factors[:, 0] * PLACES, factors[:, 1] * PLACES])]


if __name__ == "__main__":
    sys.exit(main())
