"""Write src/unknot/body/data/bodies: ``python -m tools.body.bodies [--wheel PATH] [--out FOLDER] [--only NAME]``.

Every body has its own outlines, light and cells in front, back and side view; its regions are those of the neutral
body, carried over by the skin that all bodies share. ``places.json`` says how far each place of the neutral views lies
from the same place on the body, on a coarse grid: by it a point drawn on one body is found on every other.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from pathlib import Path

import numpy as np
from scipy import ndimage

from . import build as neutral_build
from . import mesh, pose, shade
from .atlas import SHOTS, Atlas, Shot, best_surface, document
from .raster import MM, View, render

OUT = neutral_build.DATA / "bodies"
KINDS = {"neutral": 0.5, "female": 0.0, "male": 1.0}
BUILDS = {"lean": -0.55, "average": 0.0, "heavy": 0.75}
NODE_MM = 30  # between the nodes of the places
VIEWS = SHOTS[:3]  # the soles are those of the neutral body


def names() -> dict[str, tuple[float, float]]:
    """Name -> share of the male body, weight. The neutral average body is the atlas itself."""
    return {
        f"{kind}_{build}": (male, weight)
        for kind, male in KINDS.items()
        for build, weight in BUILDS.items()
        if (kind, build) != ("neutral", "average")
    }


def main() -> int:
    """Read the arguments, build, say what was written."""
    parser = argparse.ArgumentParser(prog="python -m tools.body.bodies", description=__doc__)
    parser.add_argument("--wheel", type=Path, help="the pinned wheel, if it is already here")
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write (default: the package's data)")
    parser.add_argument("--only", default="", choices=["", *names()], help="only this body")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wheel = args.wheel or neutral_build.fetch(Path(folder))
        with mesh.open_wheel(wheel) as archive:
            reference = mesh.neutral(archive)
            for name, (male, weight) in names().items():
                if args.only in ("", name):
                    build(mesh.neutral(archive, male, weight), reference, args.out / name)
                    print(name, flush=True)
    index(args.out)
    return 0


def build(body: mesh.Mesh, reference: mesh.Mesh, out: Path) -> None:
    """Write one body's views and its places."""
    out.mkdir(parents=True, exist_ok=True)
    atlas = Atlas(body, reference)
    plates = atlas.plates(VIEWS)
    best = best_surface(plates)
    for plate in plates:
        path = out / f"{plate.shot.view.name}.json"
        path.write_text(json.dumps(document(plate, best), separators=(",", ":")) + "\n", encoding="utf-8")
        shade.write(plate, out)
    found = {shot.view.name: places(shot, reference, body) for shot in VIEWS}
    (out / "places.json").write_text(json.dumps(found, separators=(",", ":")) + "\n", encoding="utf-8")


def places(shot: Shot, reference: mesh.Mesh, body: mesh.Mesh) -> dict[str, object]:
    """Shifts (millimetres, x then y down) from the neutral view to this body's, at nodes row after row."""
    posed = [(pose.reaching if shot.reaching else pose.standing)(one) for one in (reference, body)]
    view = View("places", (1.0, 0.0, 0.0), shot.view.towards, shot.view.up) if shot.half else shot.view
    used = np.unique(reference.quads)
    x, y, _ = view.project(posed[0][used])
    left = 0.0 if shot.half else _down(x.min())
    top, right, bottom = _down(-y.max()), -_down(-x.max()), -_down(y.min())
    half = NODE_MM / 2
    box = (left - half, top - half, right + half, bottom + half)  # a cell's middle is a node
    seen = render(view, posed[0], reference.triangles, box, NODE_MM)
    here, there = (np.stack(view.project(points)[:2], -1) * MM * np.array([1, -1]) for points in posed)
    shift = seen.carry(reference.triangles, there - here)
    inside = seen.triangle >= 0
    nearest = ndimage.distance_transform_edt(~inside, return_distances=False, return_indices=True)
    shift = shift[tuple(nearest)]
    if shot.half:
        shift[:, 0, 0] = 0  # what lies on the midline stays there
    flip = -1 if shot.view.name == "back" and shot.half else 1
    return {
        "node": NODE_MM,
        "left": left,
        "top": top,
        "columns": shift.shape[1],
        "rows": shift.shape[0],
        "outward": flip,
        "shift": np.round(shift).astype(int).ravel().tolist(),
    }


def _down(dm: float) -> float:
    return float(np.floor(dm * MM / NODE_MM) * NODE_MM)


def index(out: Path) -> None:
    """Provenance and the digest of every file."""
    files = sorted(path for path in out.rglob("*") if path.is_file() and path.name != "index.json")
    made = {
        "schema": "unknot.bodies/1",
        "mesh": {"wheel": mesh.WHEEL, "version": mesh.VERSION, "sha256": mesh.SHA256, "licence": "CC0-1.0"},
        "bodies": {
            name: {"male": male, "weight": weight}
            for name, (male, weight) in names().items()
            if (out / name / "places.json").exists()
        },
        "files": {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
    }
    (out / "index.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
