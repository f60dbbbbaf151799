"""Contact sheets and the list of checks: ``python -m tools.body.muscles.sheet`` writes docs/atlas."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from unknot import knowledge
from unknot.body import drawn_muscles
from unknot.body.plates import scene
from unknot.cli.raster import to_image

from .build import OUT
from .patch import read

DOCS = Path(__file__).parents[3] / "docs" / "atlas"
CELL, CAPTION, COLUMNS = 330, 40, 4
GROUPS = {
    "neck": "neck.toml neck_shoulder.toml head_jaw.toml",
    "shoulder-arm": "shoulder.toml arm.toml",
    "trunk": "back.toml chest_belly.toml",
    "hip-leg": "hip.toml thigh.toml lower_leg.toml",
}
LINES = {  # what the looking brought to light; everything else was right at the first drawing
    "levator_scapulae": "redrawn: was two slivers, now a strap from C1-C4 to the upper inner corner of the blade",
    "infraspinatus": "redrawn: the lower half was hollow; the fan now fills the blade below its crest",
    "supraspinatus": "redrawn: fills the hollow above the crest and passes under the bony tip",
    "teres_major": "redrawn: the end at the arm was folded and stood out; drawn as far as it can be seen from behind",
    "latissimus_dorsi": "redrawn: the end at the arm was folded; sheet of tendon to the low back kept",
    "trapezius_lower": "redrawn: fibres crossed near the crest; the lowest fibre is now the outer border",
    "suboccipitals": "redrawn: four straps with their triangle instead of a knot",
    "scalenes": "redrawn: three wedges to the first two ribs; were edge-on and broken",
    "pectoralis_major": "redrawn: gaps between the three parts closed",
    "serratus_anterior": "redrawn: the upper slips stood out as a dome over the arm; now the six slips below it",
    "obliques": "redrawn: slips at the ribs, outer layer on top",
    "occipitofrontalis": "redrawn: the back belly shone through to the front",
    "adductors": "redrawn: the long and short part ended in a step; gracilis was broken at the knee",
    "hamstrings": "redrawn: the tendon of semitendinosus was broken at the knee",
    "subscapularis": "redrawn: the lower third was a fold without fibres",
    "masseter": "redrawn: the deep part was a patch by itself; it now runs on under the superficial one",
    "tensor_fasciae_latae": "redrawn: the band at the outer thigh is as broad as a hand is thick, and pale like tendon",
    "peroneals": "redrawn: the end of tertius was broken at the foot",
    "gastrocnemius": "redrawn: the two heads meet in the middle",
    "deltoid": "redrawn: the three parts touch",
    "iliopsoas": "redrawn: psoas wider, hip-bone part fills the bowl",
    "quadriceps": "redrawn: inner and outer head reach the straight head",
    "triceps_brachii": "redrawn: long and outer head meet over the deep one",
    "splenius_cervicis": "redrawn: was a thread",
    "pelvic_floor_obturator": "schematic: lies inside the pelvis and is shown through it",
    "pterygoids": "schematic: lie inside the jaw and are shown through it",
    "iliocostalis_thoracis": "one strip for the slips from rib to rib",
    "multifidi_lumbar": "one sheet a region for the many slips over two to four vertebrae",
    "intercostals": "redrawn: a space bulged into the arm; outer layer, the inner one runs across it",
}


def main() -> int:
    """Write the sheets and the page."""
    DOCS.mkdir(parents=True, exist_ok=True)
    for name, muscles in _groups().items():
        sheet = _sheet(muscles)
        sheet.save(DOCS / f"{name}.webp", "WEBP", quality=78, method=6)
    (DOCS / "muscles.md").write_text(_page(), encoding="utf-8")
    for path in sorted(DOCS.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")
    return 0


def _groups() -> dict[str, list[str]]:
    folder = Path(knowledge.__file__).parent / "muscles"
    out = {}
    for name, files in GROUPS.items():
        found: list[str] = []
        for file in files.split():
            found += list(tomllib.loads((folder / file).read_text(encoding="utf-8")))
        out[name] = [muscle for muscle in found if muscle in drawn_muscles()]
    return out


def _sheet(muscles: list[str]) -> Image.Image:
    high = round(CELL * 1.25)
    rows = -(-len(muscles) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * CELL, rows * (high + CAPTION)), "#FAF5EC")
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(15)
    latin = {m.id: m.latin for m in knowledge.load().muscles.values()}
    for number, muscle in enumerate(muscles):
        x, y = number % COLUMNS * CELL, number // COLUMNS * (high + CAPTION)
        picture = to_image(scene(muscle), CELL - 12)
        picture.thumbnail((CELL - 12, high), Image.Resampling.LANCZOS)
        sheet.paste(picture, (x + (CELL - picture.width) // 2, y + CAPTION))
        draw.text((x + 8, y + 4), latin[muscle].removeprefix("Musculus ")[:42], fill="#2B211C", font=font)
        draw.text((x + 8, y + 21), muscle, fill="#8A5A44", font=ImageFont.load_default(12))
    return sheet


def _page() -> str:
    authored = read()
    lines = [
        "# The muscles, drawn and checked",
        "",
        "Generated by `python -m tools.body.muscles.sheet`. Every muscle is a sheet of fibres from its origin over",
        "vias to its insertion, on named bony landmarks of an average body (`tools/body/data`). Every plate was",
        "looked at by itself, in the view that shows the muscle best, by the program's authors against textbook",
        "anatomy [memory], not by a clinician; what a physiotherapist would object to was redrawn, and the last",
        "column says so. *Drawn* is measured on the sheets: the mean way of the fibres on the body at rest.",
        "",
    ]
    lines += [f"![{name}]({name}.webp)\n" for name in GROUPS]
    lines += [
        "| Muscle | Origin -> insertion | Fibres, by the book | Drawn | Looked at |",
        "|---|---|---|---|---|",
    ]
    latin = {m.id: m.latin for m in knowledge.load().muscles.values()}
    for muscle in drawn_muscles():
        document = json.loads((OUT / f"{muscle}.json").read_text(encoding="utf-8"))
        ways = [
            f"{part['name']}: {_words(_ends(part['origin']))} -> {_words(_ends(part['insertion']))}"
            for part in document["parts"]
        ]
        drawn = [f"{part['name']}: {_way(part)}" for part in document["parts"]]
        row = [f"{latin[muscle]} (`{muscle}`)", "; ".join(ways), authored[muscle]["described"], "; ".join(drawn)]
        lines.append(f"| {' | '.join([*row, LINES.get(muscle, 'as described')])} |")
    return "\n".join(lines) + "\n"


def _ends(names: list[str]) -> list[str]:
    """Landmarks behind written points; a point without one is measured on the skin."""
    out: list[str] = []
    for name in names:
        for part in name.split("+")[0].split(">"):
            plain = part.split(":")[0]
            if plain in ("at", "back", "front", "side", "thigh", "shank", "arm", "forearm", "neck"):
                plain = {
                    "thigh": "thigh bone",
                    "shank": "leg bones",
                    "arm": "arm bone",
                    "forearm": "forearm bones",
                }.get(plain, "measured point")
            if plain not in out and plain != "measured point":
                out.append(plain)
    return out or ["measured points"]


def _words(names: list[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)


def _way(part: dict[str, Any]) -> str:
    """Main directions of the mean fibre at rest, strongest first."""
    rest = np.array(part["rest"]).reshape(part["fibres"], -1, 3)
    way = (rest[:, -1] - rest[:, 0]).mean(axis=0)
    way /= max(float(np.linalg.norm(way)), 1e-9)
    names = (("outward", "inward"), ("up", "down"), ("forward", "backward"))
    parts = sorted(((abs(v), names[k][int(v < 0)]) for k, v in enumerate(way)), reverse=True)
    return ", ".join(name for size, name in parts if size > 0.25)


if __name__ == "__main__":
    raise SystemExit(main())
