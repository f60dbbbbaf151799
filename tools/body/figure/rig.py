"""The mesh's own skeleton: turn joints, reach with arms and legs, and skin the body with the wheel's weights.

Turns are given in the axes of the rest body (x to its left, y up, z forward) and carried along by the parents' turns.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass

import numpy as np
from scipy.spatial.transform import Rotation

from ..mesh import ROOT, Mesh
from ..pose import between

Turn = Rotation
FOREARM = (("lowerarm01", 0.35), ("lowerarm02", 0.4), ("wrist", 0.25))  # how a twist of the palm is shared


@dataclass(frozen=True)
class Rig:
    """Bones in order from the root: parent and head (decimetres of the rest body)."""

    mesh: Mesh
    parents: dict[str, str]
    heads: dict[str, np.ndarray]


def read(wheel: zipfile.ZipFile, mesh: Mesh) -> Rig:
    """The standard rig on a blended mesh."""
    document = json.loads(wheel.read(ROOT + "rigs/standard/rig.default.json"))

    def head(place: dict[str, object]) -> np.ndarray:
        if place["strategy"] == "CUBE":
            return mesh.joints[str(place["cube_name"]).removeprefix("joint-")]
        ids = place.get("vertex_indices", place.get("vertex_index"))
        return np.asarray(mesh.vertices[np.atleast_1d(np.asarray(ids, int))].mean(axis=0))

    parents: dict[str, str] = {}
    left = dict(document)
    while left:  # parents before children
        for bone in [b for b in left if not left[b].get("parent") or left[b]["parent"] in parents]:
            parents[bone] = left.pop(bone).get("parent") or ""
    return Rig(mesh, parents, {bone: head(document[bone]["head"]) for bone in parents})


class Pose:
    """A body being posed. Every call adds a turn on top of what the joint already does."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.turns: dict[str, Rotation] = {}
        self.root = Rotation.identity()
        self.shift = np.zeros(3)
        self._known: dict[str, tuple[Rotation, np.ndarray]] = {}

    def turn(self, bone: str, turn: Rotation) -> None:
        """Turn a bone (and all that hangs on it) about its head."""
        self.turns[bone] = turn * self.turns.get(bone, Rotation.identity())
        self._known.clear()

    def place(self, root: Rotation, shift: np.ndarray | None = None) -> None:
        """Lay the whole body into the world: turn about the pelvis, then shift."""
        self.root = root
        self.shift = np.zeros(3) if shift is None else np.asarray(shift, float)
        self._known.clear()

    def move(self, shift: np.ndarray) -> None:
        """Shift the whole body on."""
        self.place(self.root, self.shift + shift)

    def frame(self, bone: str) -> tuple[Rotation, np.ndarray]:
        """World turn and world position of a bone's head."""
        if bone not in self._known:
            own = self.turns.get(bone, Rotation.identity())
            parent = self.rig.parents[bone]
            if not parent:
                pivot = self.rig.heads["pelvis.L"]
                self._known[bone] = self.root * own, self.root.apply(self.rig.heads[bone] - pivot) + self.shift
            else:
                turned, at = self.frame(parent)
                self._known[bone] = turned * own, at + turned.apply(self.rig.heads[bone] - self.rig.heads[parent])
        return self._known[bone]

    def at(self, bone: str) -> np.ndarray:
        """World position of a joint."""
        return self.frame(bone)[1]

    def aim(self, bone: str, child: str, direction: np.ndarray) -> None:
        """Turn a bone the short way so that it points along a world direction."""
        turned, at = self.frame(bone)
        now = self.at(child) - at
        world = between(now, np.asarray(direction, float))
        self.turns[bone] = self.turns.get(bone, Rotation.identity()) * (turned.inv() * world * turned)
        self._known.clear()

    def reach(self, chain: tuple[str, str, str], target: np.ndarray, pole: np.ndarray) -> float:
        """Bend a two-bone limb so that its end comes to the target, its middle joint pushed towards the pole direction.

        Returns how far short it stays (decimetres).
        """
        upper, lower, end = chain
        start = self.at(upper)
        a = float(np.linalg.norm(self.at(lower) - start))
        b = float(np.linalg.norm(self.at(end) - self.at(lower)))
        way = np.asarray(target, float) - start
        wanted = float(np.linalg.norm(way))
        distance = float(np.clip(wanted, abs(a - b) + 0.05, (a + b) * 0.998))
        along = way / wanted
        side = np.asarray(pole, float) - along * (np.asarray(pole, float) @ along)
        side = side / np.linalg.norm(side)
        cosine = (a * a + distance * distance - b * b) / (2 * a * distance)
        middle = start + a * (cosine * along + np.sqrt(max(0.0, 1 - cosine * cosine)) * side)
        self.aim(upper, lower, middle - start)
        self.aim(lower, end, start + along * distance - self.at(lower))
        return abs(wanted - distance)

    def palm(self, side: str, facing: np.ndarray, share: float = 1.0) -> None:
        """Twist the forearm so that the palm looks along a world direction as far as it can."""
        turned, wrist = self.frame("wrist." + side)
        axis = wrist - self.at("lowerarm01." + side)
        axis = axis / np.linalg.norm(axis)
        now = turned.apply(palm_normal(self.rig, side))
        flat = now - axis * (now @ axis)
        want = np.asarray(facing, float) - axis * (np.asarray(facing, float) @ axis)
        if np.linalg.norm(want) < 1e-6:
            return
        angle = np.arctan2(np.cross(flat, want) @ axis, flat @ want) * share
        for bone, part in FOREARM:
            name = f"{bone}.{side}"
            world = Rotation.from_rotvec(axis * angle * part)
            frame = self.frame(name)[0]
            self.turns[name] = self.turns.get(name, Rotation.identity()) * (frame.inv() * world * frame)
            self._known.clear()

    def skin(self) -> np.ndarray:
        """The posed skin, (n, 3) world decimetres."""
        mesh = self.rig.mesh
        out, total = np.zeros_like(mesh.vertices), np.zeros(len(mesh.vertices))
        for bone, (ids, share) in mesh.weights.items():
            turned, at = self.frame(bone)
            out[ids] += share[:, None] * (turned.apply(mesh.vertices[ids] - self.rig.heads[bone]) + at)
            total[ids] += share
        loose = total < 1e-6
        turned, at = self.frame("root")
        out[loose] = turned.apply(mesh.vertices[loose] - self.rig.heads["root"]) + at
        total[loose] = 1
        return out / total[:, None]


def palm_normal(rig: Rig, side: str) -> np.ndarray:
    """Direction out of the palm in the rest body."""
    sign = -1 if side == "L" else 1
    wrist, index, little = (rig.heads[f"{bone}.{side}"] for bone in ("wrist", "finger2-1", "finger5-1"))
    normal = np.cross(index - wrist, little - wrist) * sign
    return np.asarray(normal / np.linalg.norm(normal))


def flex(degrees: float) -> Rotation:
    """Forward bend about the body's x axis: a hanging thigh swings forward, a standing trunk bows."""
    return Rotation.from_euler("x", degrees, degrees=True)


def tilt(degrees: float) -> Rotation:
    """Side bend about the body's z axis: the head goes to its right for positive angles... seen from the front."""
    return Rotation.from_euler("z", degrees, degrees=True)


def spin(degrees: float) -> Rotation:
    """Turn about the body's long axis: positive looks to its left."""
    return Rotation.from_euler("y", degrees, degrees=True)
