"""Proof: the committed body map is what the generator makes of the pinned CC0 mesh (downloads 47 MB with pip)."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

INPUTS = ["tools/body/*.py", "tools/body/label/*.py", "src/unknot/body/data/*.json", "src/unknot/body/data/*.webp"]
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np
from PIL import Image

from tools.body import build


def main() -> int:
    """Regenerate everything; numbers must be equal, shading may differ by what another codec version changes."""
    with tempfile.TemporaryDirectory() as folder:
        made = build.build(build.fetch(Path(folder)), Path(folder) / "data")
        differing = [path.name for path in made if not _same(path, build.DATA / path.name)]
    print(json.dumps({"files": len(made), "differing": differing, "wheel": build.mesh.WHEEL}))
    return 1 if differing else 0


def _same(made: Path, committed: Path) -> bool:
    if made.suffix == ".webp":
        a, b = (np.asarray(Image.open(p).convert("L"), int) for p in (made, committed))
        return a.shape == b.shape and float(np.abs(a - b).mean()) < 1
    a, b = (json.loads(p.read_text(encoding="utf-8")) for p in (made, committed))
    for document in (a, b):
        document.pop("files", None)
    return bool(a == b)


if __name__ == "__main__":
    raise SystemExit(main())
