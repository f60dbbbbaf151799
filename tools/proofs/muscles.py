"""Proof: the committed muscles, zones and cuts are what the generator makes of the pinned mesh and the landmarks."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

INPUTS = [
    "tools/body/muscles/*.py",
    "tools/body/data/*.toml",
    "tools/body/mesh.py",
    "tools/body/atlas.py",
    "tools/body/pose.py",
    "tools/body/raster.py",
    "tools/body/refine.py",
    "tools/body/fit.py",
    "tools/body/trace.py",
    "tools/body/label/*.py",
    "src/unknot/body/data/muscles/*",
    "src/unknot/body/data/bodies/*/muscles.json",
    "tools/body/bodies.py",
    "src/unknot/knowledge/muscles/*.toml",
]
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tools.body import bodies, mesh
from tools.body import build as body
from tools.body.muscles import build, carried

NEAR = 15  # whole tenths of a millimetre that another numpy may move a stored point


def main() -> int:
    """Regenerate everything; every stored number must be the same, points up to rounding."""
    with tempfile.TemporaryDirectory() as folder:
        with mesh.open_wheel(body.fetch(Path(folder))) as archive:
            shape = mesh.neutral(archive)
            others = {name: mesh.neutral(archive, *given) for name, given in bodies.names().items()}
        made = build.build(shape, Path(folder) / "muscles")
        differing = [path.name for path in made if path.name != "index.json" and not _same(path)]
        for name, other in others.items():
            committed = json.loads((bodies.OUT / name / "muscles.json").read_text(encoding="utf-8"))
            if not _close(carried.carried(shape, other), committed):
                differing.append(f"muscles of {name}")
    print(json.dumps({"files": len(made), "differing": differing, "wheel": mesh.WHEEL}))
    return 1 if differing else 0


def _same(made: Path) -> bool:
    committed = json.loads((build.OUT / made.name).read_text(encoding="utf-8"))
    return _close(json.loads(made.read_text(encoding="utf-8")), committed)


def _close(a: object, b: object) -> bool:
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_close(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(_close(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, int | float) and isinstance(b, int | float):
        return abs(a - b) <= NEAR
    return a == b


if __name__ == "__main__":
    raise SystemExit(main())
