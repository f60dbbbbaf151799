"""What every scene needs: spots on the skin, a body with its clothes, limbs laid down, contact, cameras, arrows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.spatial.transform import Rotation

from ..raster import View, vertex_normals
from . import props
from .ink import Frame, Solid
from .props import Shape
from .rig import Pose, Rig, flex, palm_normal

FLESH = 0.07  # decimetres that skin gives way on a floor
PRESS = 0.14  # decimetres that a tool sinks in
FACE = ("head", "jaw", "eye", "oris", "special", "temporalis", "levator", "oculi", "orbicularis", "risorius", "tongue")
UP = np.array([0.0, 1.0, 0.0])

# Spots of the person's right side on the rest body: x and y in decimetres, and the way the skin looks there.
SPOTS: dict[str, tuple[float, float, str]] = {
    "neck": (-0.26, 6.45, "back"),
    "shoulder_top": (-0.95, 5.62, "top"),
    "blade": (-0.95, 4.55, "back"),
    "blade_edge": (-0.62, 4.4, "back"),
    "mid_back": (-0.40, 3.35, "back"),
    "low_back": (-0.48, 1.95, "back"),
    "buttock": (-0.85, 0.95, "back"),
    "thigh_back": (-1.22, -1.9, "back"),
    "calf": (-1.6, -4.75, "back"),
    "hip": (-1.6, 0.45, "side"),
    "thigh_outer": (-1.6, -1.4, "side"),
    "leg_outer": (-1.9, -4.9, "side"),
    "side_back": (-1.35, 3.7, "side"),
    "shoulder_side": (-2.1, 4.65, "side"),
    "shoulder_front": (-1.62, 4.85, "front"),
    "shoulder_back": (-1.75, 4.9, "back"),
    "chest": (-0.85, 4.75, "front"),
    "flank": (-1.35, 3.2, "side"),
    "thigh_front": (-1.15, -1.3, "front"),
    "thigh_inner": (-0.62, -1.7, "inner"),
    "shin": (-1.75, -4.9, "front"),
    "temple": (-0.72, 7.45, "side"),
    "forehead": (-0.3, 7.85, "front"),
    "jaw": (-0.55, 6.75, "side"),
}
FEATURES = (  # from x to x, height, bow: decimetres of the rest body
    (0.17, 0.46, 7.30, -0.05),
    (-0.17, -0.46, 7.30, -0.05),
    (0.13, 0.50, 7.58, 0.05),
    (-0.13, -0.50, 7.58, 0.05),
    (-0.24, 0.24, 6.79, -0.03),
)
WAYS = {"back": (0, 0, -1), "front": (0, 0, 1), "side": (-1, 0, 0), "inner": (1, 0, 0), "top": (0, 1, 0)}


@dataclass(frozen=True)
class Scene:
    """Everything of one picture."""

    frame: Frame
    solids: tuple[Solid, ...]
    marks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Figure:
    """The rig with what is the same in every picture."""

    rig: Rig
    cloth: np.ndarray  # (n,) positive under the shorts
    head: np.ndarray  # (n,) share of each vertex in the head
    spots: dict[str, int]
    features: tuple[np.ndarray, ...]  # vertex rows of the closed eyes, the brows and the mouth

    @classmethod
    def of(cls, rig: Rig) -> Figure:
        triangles = rig.mesh.triangles
        rest = rig.mesh.vertices
        normals = vertex_normals(rest, triangles)
        arms, head = np.zeros(len(rest)), np.zeros(len(rest))
        for bone, (ids, share) in rig.mesh.weights.items():
            if bone.startswith(("upperarm", "lowerarm", "wrist", "metacarpal", "finger")):
                arms[ids] += share
            elif bone.startswith(FACE):
                head[ids] += share
        waist = 1.25 + 0.1 * np.abs(rest[:, 0])
        cloth = np.minimum(waist - rest[:, 1], rest[:, 1] + 1.5)
        cloth = np.where(arms > 0.2, -1.0, cloth)
        used = np.zeros(len(rest), bool)
        used[np.unique(triangles)] = True
        spots = {}
        for name, (x, y, way) in SPOTS.items():
            facing = normals @ np.array(WAYS[way], float)
            body = used & (facing > 0.35) & (rest[:, 0] < 0.02)
            body &= (arms < 0.5) if not name.startswith("shoulder") else True
            off = np.abs(rest[:, 1] - y) + (np.abs(rest[:, 0] - x) if way != "side" else -0.3 * -rest[:, 0])
            spots[name] = int(np.where(body, off, np.inf).argmin())
        front = used & (normals[:, 2] > 0.0) & (rest[:, 1] > 6.2)
        lines = []
        for start, end, height, bow in FEATURES:
            row = []
            for t in np.linspace(0, 1, 9):
                x, y = start + t * (end - start), height + bow * 4 * t * (1 - t)
                off = np.hypot(rest[:, 0] - x, rest[:, 1] - y) - 0.05 * rest[:, 2]
                row.append(int(np.where(front, off, np.inf).argmin()))
            lines.append(np.array(list(dict.fromkeys(row))))
        return cls(rig, cloth, head, spots, tuple(lines))

    def pose(self) -> Pose:
        return Pose(self.rig)

    def solid(self, points: np.ndarray, floor: float = 0.0) -> Solid:
        """The body in its shorts; flesh gives way to the floor."""
        points = points.copy()
        points[:, 1] = np.maximum(points[:, 1], floor + 0.004)
        return Solid("body", points, self.rig.mesh.triangles, cloth=self.cloth, fine=self.head, lines=self.features)

    def members(self, *prefixes: str, least: float = 0.5) -> np.ndarray:
        """Vertices that mainly hang on bones whose names begin so."""
        share = np.zeros(len(self.rig.mesh.vertices))
        for bone, (ids, weights) in self.rig.mesh.weights.items():
            if bone.startswith(prefixes):
                share[ids] += weights
        used = np.zeros(len(share), bool)
        used[np.unique(self.rig.mesh.triangles)] = True
        return np.flatnonzero((share >= least) & used)


def camera(azimuth: float, elevation: float) -> View:
    """Looking at the world's origin. azimuth 0: from +z; 90: from +x; -90: from -x. elevation: from above."""
    a, e = np.radians(azimuth), np.radians(elevation)
    right = (np.cos(a), 0.0, -np.sin(a))
    towards = (np.sin(a) * np.cos(e), np.sin(e), np.cos(a) * np.cos(e))
    up = (-np.sin(a) * np.sin(e), np.cos(e), -np.cos(a) * np.sin(e))
    return View("picture", right, towards, up)


def framed(view: View, ratio: float, *points: np.ndarray, margin: float = 0.6, least: float = 0.0) -> Frame:
    """The frame of a given shape that holds the points with a margin (decimetres) all round."""
    x, y, _ = view.project(np.concatenate([np.atleast_2d(p) for p in points]))
    width, height = np.ptp(x) + 2 * margin, np.ptp(y) + 2 * margin
    size = max(width, height / ratio, least)
    return Frame(view, (float(x.min() + x.max()) / 2, float(y.min() + y.max()) / 2), float(size), ratio)


def bisect(error: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising or falling function crosses zero; the nearer end if it does not."""
    a, b = error(low), error(high)
    if a * b > 0:
        return low if abs(a) < abs(b) else high
    for _ in range(22):
        middle = (low + high) / 2
        if error(middle) * a <= 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def arm(pose: Pose, side: str, elbow: np.ndarray, wrist: np.ndarray, palm: np.ndarray | None = None) -> None:
    """Lay an arm: the upper arm towards a point, the forearm towards another; the shoulder girdle follows a little."""
    follow(pose, side, np.asarray(elbow, float))
    pose.aim("upperarm01." + side, "lowerarm01." + side, np.asarray(elbow, float) - pose.at("upperarm01." + side))
    pose.aim("lowerarm01." + side, "wrist." + side, np.asarray(wrist, float) - pose.at("lowerarm01." + side))
    if palm is not None:
        pose.palm(side, palm)


def follow(pose: Pose, side: str, elbow: np.ndarray, share: float = 0.3) -> None:
    """The collar bone and shoulder blade go part of the way with a raised arm."""
    _turned, at = pose.frame("upperarm01." + side)
    now = pose.at("lowerarm01." + side) - at
    want = elbow - at
    axis = np.cross(now, want)
    if np.linalg.norm(axis) < 1e-6:
        return
    angle = np.arctan2(np.linalg.norm(axis), now @ want)
    angle = max(0.0, angle - np.radians(25)) * share
    girdle = pose.frame("clavicle." + side)[0]
    world = Rotation.from_rotvec(axis / np.linalg.norm(axis) * angle)
    pose.turn("clavicle." + side, girdle.inv() * world * girdle)


def touch(pose: Pose, side: str, spot: np.ndarray, normal: np.ndarray, way: np.ndarray, pole: np.ndarray) -> None:
    """Lay the finger pads on a spot: ``way`` from wrist to finger tips, ``normal`` out of the skin pressed."""
    way = np.asarray(way, float) / np.linalg.norm(way)
    hand = np.linalg.norm(pose.rig.heads["finger3-3." + side] - pose.rig.heads["wrist." + side]) + 0.12
    target = np.asarray(spot) - way * hand + np.asarray(normal) * 0.2
    chain = ("upperarm01." + side, "lowerarm01." + side, "wrist." + side)
    follow(pose, side, (target + pose.at("upperarm01." + side)) / 2 + np.asarray(pole) * 0.8)
    pose.reach(chain, target, np.asarray(pole, float))
    pose.palm(side, -np.asarray(normal))
    pose.aim(
        "wrist." + side, "finger3-3." + side, np.asarray(spot) + np.asarray(normal) * 0.12 - pose.at("wrist." + side)
    )


def grip(pose: Pose, side: str, degrees: float = 62) -> None:
    """Close the fingers round something."""
    heads = pose.rig.heads
    normal = palm_normal(pose.rig, side)
    for finger in "2345":
        way = heads[f"finger{finger}-2.{side}"] - heads[f"finger{finger}-1.{side}"]
        axis = np.cross(way, normal)
        axis = axis / np.linalg.norm(axis)
        for joint in "123":
            pose.turn(f"finger{finger}-{joint}.{side}", Rotation.from_rotvec(axis * np.radians(degrees)))
    way = heads[f"finger1-2.{side}"] - heads[f"finger1-1.{side}"]
    axis = np.cross(way, normal)
    for joint in "23":
        pose.turn(
            f"finger1-{joint}.{side}", Rotation.from_rotvec(axis / np.linalg.norm(axis) * np.radians(degrees * 0.5))
        )


def foot_flat(pose: Pose, side: str, forward: np.ndarray) -> None:
    """Set the sole level, toes along a world direction."""
    f = np.asarray(forward, float) / np.linalg.norm(forward)
    pose.aim("foot." + side, "toe1-1." + side, 1.36 * f - 0.42 * UP)


def leg_to(pose: Pose, side: str, ankle: np.ndarray, pole: np.ndarray) -> float:
    """Bring an ankle to a point, the knee pushed towards a direction. Returns what is missing."""
    return pose.reach(("upperleg01." + side, "lowerleg01." + side, "foot." + side), ankle, pole)


def arrow(points: np.ndarray, head: float = 26, both: bool = False) -> tuple[str, str]:
    """A curved arrow through points of the drawing (a smooth line), with a head at its end (and start)."""
    p = np.asarray(points, float)
    d = f"M{p[0][0]:.0f} {p[0][1]:.0f}" + (
        f"Q{p[1][0]:.0f} {p[1][1]:.0f} {p[2][0]:.0f} {p[2][1]:.0f}"
        if len(p) == 3
        else f"L{p[-1][0]:.0f} {p[-1][1]:.0f}"
    )
    ends = [(p[-1], p[-1] - p[-2])] + ([(p[0], p[0] - p[1])] if both else [])
    for tip, way in ends:
        w = way / np.linalg.norm(way)
        n = np.array([-w[1], w[0]])
        a, b = tip - head * w + 0.6 * head * n, tip - head * w - 0.6 * head * n
        d += f"M{a[0]:.0f} {a[1]:.0f}L{tip[0]:.0f} {tip[1]:.0f}L{b[0]:.0f} {b[1]:.0f}"
    return ("arrow", d)


def ring(frame: Frame, point: np.ndarray, radius: float = 20) -> list[tuple[str, str]]:
    """The mark of the spot under a hand: a ring with a core."""
    x, y = frame.units(np.asarray(point))[0].round().astype(int).tolist()

    def circle(r: float) -> str:
        return f"M{x - r:.0f} {y}a{r:.0f} {r:.0f} 0 1 0 {2 * r:.0f} 0a{r:.0f} {r:.0f} 0 1 0-{2 * r:.0f} 0z"

    return [("spot", circle(radius)), ("spot-core", circle(radius * 0.42))]


def solid(role: str, shape: Shape, tint: int = 0) -> Solid:
    return Solid(role, shape[0], shape[1], tint)


def pillow(centre: np.ndarray, top: float, floor: float, along: float = 1.35, across: float = 2.0) -> Solid:
    """A flat pillow under the head, from the floor up to ``top``."""
    height = max(top - floor, 0.2)
    t, p = np.linspace(0, np.pi, 21), np.linspace(0, 2 * np.pi, 41)

    def soft(v: np.ndarray, power: float) -> np.ndarray:
        return np.asarray(np.sign(v) * np.abs(v) ** power)

    grid = np.stack(
        [
            across * np.outer(soft(np.sin(t), 0.4), soft(np.cos(p), 0.5)),
            height / 2 * np.outer(soft(np.cos(t), 0.7), np.ones_like(p)),
            along * np.outer(soft(np.sin(t), 0.4), soft(np.sin(p), 0.5)),
        ],
        -1,
    )
    return solid("prop", props.grid(grid + np.array([centre[0], floor + height / 2, centre[2]])), 2)


__all__ = [
    "FLESH",
    "PRESS",
    "UP",
    "Figure",
    "Scene",
    "arm",
    "arrow",
    "bisect",
    "camera",
    "flex",
    "foot_flat",
    "framed",
    "grip",
    "leg_to",
    "pillow",
    "ring",
    "solid",
    "touch",
]
