"""Pose the rest body by linear blend skinning: the standing plate pose and the reaching pose of the side views."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.spatial.transform import Rotation

from .mesh import Mesh

Move = Callable[[np.ndarray], np.ndarray]

UPPER_ARM = ("upperarm01", "upperarm02")
HAND = ("wrist", "metacarpal", "finger")
LEG = ("upperleg", "lowerleg", "foot", "toe")


def about(point: np.ndarray, turn: Rotation) -> Move:
    """Rotation about a point."""
    return lambda x: point + turn.apply(x - point)


def between(a: np.ndarray, b: np.ndarray) -> Rotation:
    """Shortest rotation that turns direction a into direction b."""
    a, b = a / np.linalg.norm(a), b / np.linalg.norm(b)
    axis = np.cross(a, b)
    length = np.linalg.norm(axis)
    if length < 1e-9:
        return Rotation.identity()
    return Rotation.from_rotvec(axis / length * np.arctan2(length, a @ b))


def skin(mesh: Mesh, moves: dict[str, Move]) -> np.ndarray:
    """Blend the bones' moves by their weights; vertices without weights stay. Returns (n, 3)."""
    total = np.zeros(len(mesh.vertices))
    moved = np.zeros_like(mesh.vertices)
    for bone, (ids, share) in mesh.weights.items():
        rest = mesh.vertices[ids]
        moved[ids] += share[:, None] * (moves[bone](rest) if bone in moves else rest)
        total[ids] += share
    held = total > 1e-6
    out = mesh.vertices.copy()
    out[held] = moved[held] / total[held][:, None]
    return out


def _arm(
    mesh: Mesh, side: str, upper: np.ndarray, lower: np.ndarray, girdle: float, twist_deg: float
) -> dict[str, Move]:
    """Turn one arm so that upper arm and forearm point along the given directions; the forearm twists progressively."""
    sign, prefix = (1, "l-") if side == "L" else (-1, "r-")
    mirror = np.array([sign, 1, 1])
    upper, lower = upper * mirror, lower * mirror / np.linalg.norm(lower)
    shoulder, elbow, hand = (mesh.joints[prefix + j] for j in ("shoulder", "elbow", "hand"))
    lift = between(elbow - shoulder, upper)
    partial = Rotation.from_rotvec(lift.as_rotvec() * girdle)
    raise_arm = about(shoulder, lift)
    moved_elbow = raise_arm(elbow)
    bend = about(moved_elbow, between(lift.apply(hand - elbow), lower))
    moves: dict[str, Move] = {"shoulder01." + side: about(shoulder, partial)}
    moves |= {f"{bone}.{side}": raise_arm for bone in UPPER_ARM}

    def forearm(share: float) -> Move:
        turn = about(moved_elbow, Rotation.from_rotvec(lower * np.radians(sign * twist_deg * share)))
        return lambda x: turn(bend(raise_arm(x)))

    for bone in mesh.weights:
        if bone.endswith("." + side):
            if bone.startswith("lowerarm01"):
                moves[bone] = forearm(0.35)
            elif bone.startswith("lowerarm02"):
                moves[bone] = forearm(0.75)
            elif bone.startswith(HAND):
                moves[bone] = forearm(1.0)
    return moves


def _leg(mesh: Mesh, side: str, inward_deg: float) -> dict[str, Move]:
    """Bring the leg towards the midline; half of the turn already in the upper thigh so that the hip stays smooth."""
    sign, prefix = (1, "l-") if side == "L" else (-1, "r-")
    hip = mesh.joints[prefix + "upper-leg"]
    moves = {}
    for bone in mesh.weights:
        if bone.endswith("." + side) and bone.startswith(LEG):
            share = 0.5 if bone.startswith("upperleg01") else 1.0
            moves[bone] = about(hip, Rotation.from_euler("z", -sign * inward_deg * share, degrees=True))
    return moves


def _down(out_deg: float, forward_deg: float = 0.0) -> np.ndarray:
    """Direction of a hanging limb, tilted outward and forward."""
    out, fwd = np.radians(out_deg), np.radians(forward_deg)
    return np.array([np.sin(out), -np.cos(out) * np.cos(fwd), np.cos(out) * np.sin(fwd)])


def standing(mesh: Mesh) -> np.ndarray:
    """Plate pose: arms 13 degrees away, forearms 9 more, palms forward, legs slightly apart."""
    moves: dict[str, Move] = {}
    for side in "LR":
        moves |= _arm(mesh, side, _down(13), _down(22, 3), girdle=0.35, twist_deg=-85)
        moves |= _leg(mesh, side, inward_deg=7)
    return skin(mesh, moves)


def reaching(mesh: Mesh) -> np.ndarray:
    """Side-view pose: arms forward so that the flank and the armpit can be seen."""
    moves: dict[str, Move] = {}
    for side in "LR":
        moves |= _arm(mesh, side, _down(4, 74), _down(2, 80), girdle=0.4, twist_deg=0)
        moves |= _leg(mesh, side, inward_deg=7)
    return skin(mesh, moves)
