"""Level cuts through trunk and neck at every site: skin, muscle layers, bone. Flat: x to the left, z forward."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from . import patch as patches
from .patch import Patch
from .places import Places
from .surface import MM, Surface

LOW, HIGH = -0.35, 6.75  # decimetres: the heights that count as trunk and neck
STEP_MM = 4.0  # spacing of the skin's contour
SPINE = [f"T{k}" for k in range(1, 13)] + [f"L{k}" for k in range(1, 6)]


def sections(places: Places) -> dict[str, Any]:
    """Site -> its cut, for sites whose height lies on the trunk or neck and not on a limb."""
    laid = [
        (patches.build(muscle, {"thick": authored["thick"], **part}, places), part.get("thick", authored["thick"]))
        for muscle, authored in patches.read().items()
        for part in authored["part"]
    ]
    out = {}
    for patch, _ in laid:
        for site, (along, across) in patch.sites.items():
            point = patch.at(along, across)
            skin, _, at = places.surface.nearest(point[None])
            limb = float(places.surface.arm[at].mean()) > 0.5
            if LOW < point[1] < HIGH and not limb and not _head(point):
                out[site] = _cut(float(point[1]), point, skin[0], laid, places)
    return out


def _head(point: np.ndarray) -> bool:
    return bool(point[1] > 6.3 and point[2] > 0.5)


def _cut(
    y: float, point: np.ndarray, skin: np.ndarray, laid: list[tuple[Patch, list[float]]], places: Places
) -> dict[str, Any]:
    muscles = []
    for patch, thick in laid:
        for line in _crossings(patch.grid, y):
            if _length(line) * MM > 6:
                muscles.append(
                    {
                        "muscle": patch.muscle,
                        "deep": round(float(patch.deep.mean()), 1),
                        "thick": sum(thick) / 2,
                        "line": _flat(line),
                    }
                )
    return {
        "height": round(y * MM),
        "skin": [_flat(line, STEP_MM) for line in _contours(y, places.surface)],
        "muscles": sorted(muscles, key=lambda m: -m["deep"]),
        "bones": _bones(y, places),
        "at": [round(float(point[0]) * MM, 1), round(float(point[2]) * MM, 1)],
        "over": [round(float(skin[0]) * MM, 1), round(float(skin[2]) * MM, 1)],
    }


def _flat(line: np.ndarray, least_mm: float = 3.0) -> list[float]:
    """x, z of a thinned line, millimetres."""
    kept = [line[0]]
    for point in line[1:-1]:
        if np.linalg.norm(point - kept[-1]) * MM >= least_mm:
            kept.append(point)
    kept.append(line[-1])
    return [round(float(v) * MM, 1) for p in kept for v in (p[0], p[2])]


def _length(line: np.ndarray) -> float:
    return float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())


def _contours(y: float, surface: Surface) -> list[np.ndarray]:
    """Outlines of the trunk, or of both thighs, the largest first; separate arms and the mouth are left out."""
    lines = _chained(surface.cut(np.array([0.0, y, 0.0]), np.array([0.0, 1.0, 0.0])))
    lines = [line for line in lines if abs(float(line[:, 0].mean())) < 1.35 and _length(line) * MM > 250]
    lines.sort(key=lambda line: -_length(line))
    return lines[: 1 if lines and float(np.ptp(lines[0][:, 0])) > 2.2 else 2]


def _crossings(grid: np.ndarray, y: float) -> list[np.ndarray]:
    """Lines in which a sheet crosses the level."""
    a, b, c, d = grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]
    triangles = np.concatenate([np.stack(t, -2).reshape(-1, 3, 3) for t in ((a, b, c), (a, c, d))])
    value = triangles[:, :, 1] - y
    segments = []
    for corners, v in zip(triangles, value, strict=True):
        if v.min() < 0 <= v.max():
            ends = [
                corners[i] + v[i] / (v[i] - v[j]) * (corners[j] - corners[i])
                for i, j in ((0, 1), (1, 2), (2, 0))
                if (v[i] < 0) != (v[j] < 0)
            ]
            if len(ends) == 2:
                segments.append(ends)
    return _chained(np.array(segments)) if segments else []


def _chained(segments: np.ndarray) -> list[np.ndarray]:
    """Join segments that share ends into lines."""
    ends: dict[tuple[int, ...], list[int]] = {}
    keys = np.round(segments * 1e5).astype(int)
    for number, pair in enumerate(keys):
        for key in pair:
            ends.setdefault(tuple(key.tolist()), []).append(number)
    left = set(range(len(segments)))
    lines = []
    while left:
        number = min(left)
        left.discard(number)
        line = [segments[number, 0], segments[number, 1]]
        for at_end in (True, False):
            while True:
                tip = line[-1] if at_end else line[0]
                nexts = [n for n in ends.get(tuple(np.round(tip * 1e5).astype(int).tolist()), []) if n in left]
                if not nexts:
                    break
                left.discard(nexts[0])
                pair = segments[nexts[0]]
                other = pair[1] if np.allclose(pair[0], tip, atol=1e-5) else pair[0]
                line = [*line, other] if at_end else [other, *line]
        lines.append(np.array(line))
    return lines


def _bones(y: float, places: Places) -> list[dict[str, Any]]:
    """Simple outlines of the bones that the level meets, left half: vertebra, ribs, blade, breastbone, pelvis."""
    out: list[dict[str, Any]] = []
    levels = sorted(SPINE, key=lambda name: abs(places["tp_" + name][1] - y))
    body_y = places["tp_" + levels[0]][1]
    if abs(body_y - y) < 0.3 or y > body_y:
        out += _vertebra(levels, places)
    elif 0.55 < y < 1.75:
        back = places.surface.through(2, 0.02, y, largest=False)[2]
        half = [(0.05, back + 0.10), (0.34, back + 0.26), (0.42, back + 0.40), (0.2, back + 0.60)]
        out.append(_whole("sacrum", half))
    for number in range(1, 13):
        names = [f"{k}_{number}" for k in ("ribang", "ribside", "ribfront", "ribtip") if f"{k}_{number}" in places.text]
        line = np.array([places[name] for name in names])
        if len(line) and number <= 10:
            line = np.vstack([places[f"tp_T{number}"], line])
        for a, b in pairwise(line):
            if (a[1] - y) * (b[1] - y) < 0:
                p = a + (y - a[1]) / (b[1] - a[1]) * (b - a)
                way = (b - a)[[0, 2]] / max(float(np.linalg.norm((b - a)[[0, 2]])), 1e-6)
                out.append({"kind": "rib", "points": _poly(_oval(p[[0, 2]], way, 0.13, 0.045))})
    if places["inf_angle"][1] < y < places["sup_angle"][1]:
        inner = _at(y, [places[n] for n in ("sup_angle", "spine_root", "med_border", "inf_angle")])
        outer = _at(y, [places["acromion"], places["lat_border_up"], places["lat_border_low"], places["inf_angle"]])
        for p in (inner, outer):
            p[2] += 0.08
        out.append({"kind": "blade", "points": _poly(_bar(inner[[0, 2]], outer[[0, 2]], 0.035))})
    if places["xiphoid"][1] < y < places["manubrium"][1]:
        front = places.surface.through(2, 0.02, y, largest=True)[2]
        out.append(_whole("breastbone", [(0.16, front - 0.10), (0.17, front - 0.16), (0.14, front - 0.2)]))
    if y < 0.75:
        out.append(_thigh_bone(y, places))
    if places["psis"][1] + 0.42 > y > 0.62:
        out += _ilium(y, places)
    return out


def _vertebra(levels: list[str], places: Places) -> list[dict[str, Any]]:
    """Body, arch, transverse and spinous process as one shape, and the canal in it."""
    tip, body, side = (places[f"{kind}_{levels[0]}"] for kind in ("sp", "body", "tp"))
    lumbar = levels[0].startswith("L")
    half, deep = (0.25, 0.36) if lumbar else (0.17, 0.28)
    z, back, wing = float(body[2]) - 0.04, float(tip[2]), (float(side[0]), float(side[2]))
    right = [(0.03, back), (0.05, back + 0.08), (0.05, z - 0.46), (0.12, z - 0.36), (wing[0] - 0.05, wing[1] - 0.05)]
    right += [wing, (wing[0] - 0.05, wing[1] + 0.06), (0.17, z - 0.24), (0.17, z - 0.14)]
    for turn in np.linspace(-0.35 * np.pi, 0.4 * np.pi, 5):
        right.append((half * float(np.cos(turn)), z + deep * 0.5 * (1 + float(np.sin(turn)))))
    canal = [(0.10 * float(np.cos(t)), z - 0.2 + 0.09 * float(np.sin(t))) for t in np.linspace(0, 2 * np.pi, 10)[:-1]]
    return [_whole("vertebra", right), {"kind": "canal", "whole": True, "points": _poly(canal)}]


def _whole(kind: str, right: list[tuple[float, float]]) -> dict[str, Any]:
    """A bone of the midline: the half given and its mirror image."""
    return {"kind": kind, "whole": True, "points": _poly([*right, *((-x, z) for x, z in right[::-1])])}


def _thigh_bone(y: float, places: Places) -> dict[str, Any]:
    """Head and shaft at a height near the hip."""
    hip, shaft = np.array([0.98, 0.10]), places.limbs["thigh"].frame(0.16)[0][[0, 2]] + [0.12, 0]
    t = min(max((0.5 - y) / 0.6, 0), 1)
    centre, radius = (1 - t) * hip + t * shaft, 0.24 - 0.08 * t
    turns = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    ring = [(centre[0] + radius * float(np.cos(a)), centre[1] + radius * float(np.sin(a))) for a in turns]
    return {"kind": "thigh bone", "points": _poly(ring)}


def _ilium(y: float, places: Places) -> list[dict[str, Any]]:
    """The wing of the hip bone: from beside the sacrum outward and forward."""
    back, rim, front = places["psis"], places["crest_lat"], places["asis"]
    if y > min(back[1], 1.4):
        start = _at(y, [places["crest_back"], back]) if y < places["crest_back"][1] else places["crest_top"]
    else:
        start = np.array([0.44, y, back[2] + 0.2])
    middle = np.array([rim[0] * (0.72 + 0.2 * min(max((y - 0.6) / 1.2, 0), 1)), y, 0.18])
    end = front if y > 1.0 else places["aiis"]
    line = np.array([start[[0, 2]], middle[[0, 2]] - [0.06, 0.12], middle[[0, 2]], [end[0] - 0.08, end[2] - 0.12]])
    return [{"kind": "hip bone", "points": _poly(_ribbon(line, 0.05))}]


def _at(y: float, points: list[np.ndarray]) -> np.ndarray:
    """Point of a falling line at a height."""
    line = np.array(sorted(points, key=lambda p: p[1]))
    return np.array([np.interp(y, line[:, 1], line[:, k]) for k in range(3)])


def _oval(at: np.ndarray, way: np.ndarray, long: float, short: float) -> list[tuple[float, float]]:
    turn = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    across = np.array([-way[1], way[0]])
    return [tuple((at + long * np.cos(t) * way + short * np.sin(t) * across).tolist()) for t in turn]


def _bar(a: np.ndarray, b: np.ndarray, half: float) -> list[tuple[float, float]]:
    return _ribbon(np.array([a, (a + b) / 2, b]), half)


def _ribbon(line: np.ndarray, half: float) -> list[tuple[float, float]]:
    way = np.gradient(line, axis=0)
    across = np.c_[-way[:, 1], way[:, 0]] / np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-9)
    return [tuple(p) for p in (line + half * across).tolist()] + [
        tuple(p) for p in (line - half * across)[::-1].tolist()
    ]


def _poly(points: list[tuple[float, float]]) -> list[float]:
    return [round(float(v) * MM, 1) for p in points for v in p]
