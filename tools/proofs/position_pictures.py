"""Proof: the committed position pictures are what the generator makes of the pinned mesh (downloads 47 MB with pip).

One picture of each posture with each tool is drawn again, and the places of one other body; all must be equal.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

INPUTS = ["tools/body/figure/*.py", "tools/body/bodies.py", "src/unknot/body/data/positions/index.json"]
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tools.body import bodies, mesh
from tools.body.build import fetch
from tools.body.figure import build
from tools.body.figure.catalogue import drawn_as, needed


def main() -> int:
    """Draw the sample again and compare byte for byte."""
    drawn = sorted({drawn_as(key) for key in needed()})
    sample = {key[:2]: key for key in drawn if (build.OUT / f"{build.name_of(key)}.svg").exists()}.values()
    with tempfile.TemporaryDirectory() as folder:
        wheel = fetch(Path(folder))
        figure = build.read(wheel)
        differing = [
            build.name_of(key)
            for key in sample
            if build.picture(figure, key) != (build.OUT / f"{build.name_of(key)}.svg").read_text(encoding="utf-8")
        ]
        with mesh.open_wheel(wheel) as archive:
            body = mesh.neutral(archive, *bodies.names()["female_heavy"])
            reference = mesh.neutral(archive)
    committed = json.loads((bodies.OUT / "female_heavy" / "places.json").read_text(encoding="utf-8"))
    found = {shot.view.name: bodies.places(shot, reference, body) for shot in bodies.VIEWS}
    if json.loads(json.dumps(found)) != committed:
        differing.append("places of female_heavy")
    print(json.dumps({"pictures": len(sample), "differing": differing, "wheel": mesh.WHEEL}))
    return 1 if differing else 0


if __name__ == "__main__":
    raise SystemExit(main())
