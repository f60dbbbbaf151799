"""One's own fingers on a spot, sitting or lying in bed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial.transform import Rotation

from ..raster import vertex_normals
from . import props, upright
from .ink import Solid
from .lying import BED_SINK, _ground
from .rig import Pose, flex
from .stage import (
    Figure,
    Scene,
    arm,
    bisect,
    camera,
    foot_flat,
    framed,
    leg_to,
    pillow,
    ring,
    solid,
    touch,
)

V = tuple[float, float, float]


@dataclass(frozen=True)
class Touch:
    """How own fingers come to a spot: which hand, from wrist to tips, where the elbow goes (axes of the trunk).

    view: azimuth and elevation, sitting. part: what the picture shows (upper, all).
    """

    hand: str
    way: V
    pole: V
    view: tuple[float, float]
    part: str = "upper"
    spot: str = ""


TOUCHES = {
    "head": Touch("R", (0.25, 0.9, 0.15), (-0.9, -0.6, 0.5), (-38, 6), spot="temple"),
    "jaw": Touch("R", (0.2, 0.9, -0.25), (-0.8, -0.9, 0.5), (-38, 6)),
    "neck": Touch("R", (0.75, 0.25, -0.55), (-0.8, 0.35, 0.6), (-125, 8)),
    "shoulder_top": Touch("L", (-0.4, 0.05, -0.9), (0.3, -1.0, 0.6), (-12, 10)),
    "shoulder_front": Touch("L", (-0.75, 0.2, -0.6), (0.4, -0.9, 0.7), (-5, 6)),
    "shoulder_side": Touch("L", (-0.5, 0.1, -0.85), (0.3, -0.8, 0.7), (-28, 6), spot="shoulder_out"),
    "blade": Touch("L", (0.05, -0.8, -0.6), (0.5, -0.4, 1.0), (-150, 18), spot="blade_top"),
    "mid_back": Touch("R", (0.8, 0.35, 0.1), (-0.9, -0.2, -0.7), (-152, 8), spot="back_reach"),
    "low_back": Touch("R", (0.95, -0.1, 0.1), (-1.0, 0.0, -0.5), (-152, 8)),
    "chest": Touch("L", (-0.9, 0.35, -0.2), (0.3, -0.9, 0.4), (0, 6)),
    "flank": Touch("L", (-0.5, 0.0, -0.85), (0.6, -0.8, 0.7), (-32, 8)),
    "upper_arm": Touch("L", (-0.6, 0.0, -0.8), (0.5, -0.9, 0.7), (-15, 8), spot="arm_out"),
    "forearm": Touch("L", (-0.75, -0.2, -0.6), (0.8, -0.5, 0.6), (-20, 14), spot="forearm_top"),
    "thigh_inner": Touch("R", (0.6, -0.5, 0.4), (-1.0, 0.2, -0.2), (18, 14), part="all"),
    "shin": Touch("R", (0.4, -0.7, 0.5), (-1.0, 0.3, -0.3), (-22, 12), part="all", spot="shin_mid"),
    "calf": Touch("R", (0.5, -0.6, -0.5), (-1.0, 0.1, -0.2), (-48, 8), part="all", spot="calf_mid"),
}
# Spots on limbs: bone, its child, how far along, and the way the skin looks.
ON_LIMBS = {
    "shoulder_out": ("upperarm01.R", "lowerarm01.R", 0.12, (-1, 0.2, -0.2)),
    "arm_out": ("upperarm01.R", "lowerarm01.R", 0.55, (-0.7, 0, 0.7)),
    "forearm_top": ("lowerarm01.R", "wrist.R", 0.3, (0, 1, 0.3)),
    "shin_mid": ("lowerleg01.R", "foot.R", 0.35, (0, 0.9, 0.4)),
    "calf_mid": ("lowerleg01.R", "foot.R", 0.28, (-0.5, 0.0, -0.9)),
}
EXTRA = {"blade_top": (-0.8, 5.15, -1), "back_reach": (-0.45, 2.75, -1)}
UPPER = ("head", "neck", "spine01", "spine02", "clavicle", "shoulder", "upperarm", "jaw")


def own_fingers(figure: Figure, area: str, *, bed: bool) -> Scene:
    """Own finger pads on a spot of the right side, sitting on a stool or lying in bed."""
    plan = TOUCHES[area]
    pose = figure.pose()
    extra = _lie(figure, pose, area) if bed else _sit(figure, pose, area)
    trunk = pose.frame("spine02")[0]
    spot, normal = spot_of(figure, pose, plan.spot or area)
    pole = trunk.apply(np.array(plan.pole))
    touch(pose, plan.hand, spot, normal, trunk.apply(np.array(plan.way)), pole)
    points = pose.skin()
    own = figure.members("finger2-3." + plan.hand, "finger3-3." + plan.hand, least=0.4)
    mark = points[own].mean(axis=0) * 0.5 + spot * 0.5
    view = camera(-62 if area not in ("calf", "thigh_inner") else -50, 24) if bed else camera(*plan.view)
    used = np.unique(figure.rig.mesh.triangles)
    if plan.part == "upper":
        shown = np.concatenate([figure.members(*UPPER), figure.members("upperarm", "lowerarm", "wrist", "finger")])
        inside = points[shown]
        hips = pose.at("spine04")[None]
        frame = framed(view, 0.75, inside, hips, margin=0.45)
    else:
        frame = framed(view, 0.75 if not bed else 0.5, points[used], margin=0.5)
    return Scene(frame, (figure.solid(points, -BED_SINK if bed else 0.0), *extra), tuple(ring(frame, mark)))


def spot_of(figure: Figure, pose: Pose, name: str) -> tuple[np.ndarray, np.ndarray]:
    """World point and outward normal of a spot on the posed body."""
    points = pose.skin()
    normals = vertex_normals(points, figure.rig.mesh.triangles)
    if name in ON_LIMBS:
        bone, child, share, way = ON_LIMBS[name]
        trunk = pose.frame("spine02")[0]
        direction = trunk.apply(np.array(way, float)) if bone.startswith("upperarm") else np.array(way, float)
        direction = direction / np.linalg.norm(direction)
        middle = pose.at(bone) * (1 - share) + pose.at(child) * share
        axis = pose.at(child) - pose.at(bone)
        axis = axis / np.linalg.norm(axis)
        limb = figure.members(*(f"{bone.split('0')[0]}0{k}.R" for k in (1, 2)), least=0.5)
        off = points[limb] - middle
        near = limb[np.abs(off @ axis) < 0.3]
        index = int(near[(normals[near] @ direction).argmax()])
    elif name in EXTRA:
        x, y, way_z = EXTRA[name]
        rest = figure.rig.mesh.vertices
        facing = vertex_normals(rest, figure.rig.mesh.triangles)[:, 2] * way_z > 0.3
        used = np.zeros(len(rest), bool)
        used[np.unique(figure.rig.mesh.triangles)] = True
        off = np.hypot(rest[:, 0] - x, rest[:, 1] - y)
        index = int(np.where(facing & used, off, np.inf).argmin())
    else:
        index = figure.spots[{"jaw": "jaw", "head": "temple"}.get(name, name)]
    return points[index], normals[index]


def stool() -> Solid:
    legs = [props.box((x, 0, z), (x + 0.3, upright.SEAT - 0.3, z + 0.3)) for x in (-1.7, 1.4) for z in (-1.6, 1.4)]
    return solid("prop", props.join(props.box((-2.0, upright.SEAT - 0.35, -1.9), (2.0, upright.SEAT, 2.0)), *legs))


def room() -> Solid:
    return solid("plane", props.box((-4.2, -0.06, -3.4), (4.2, 0.0, 7.0)))


def _sit(figure: Figure, pose: Pose, area: str) -> list[Solid]:
    upright.sit(figure, pose, lean={"shin": 12, "calf": 46}.get(area, 2))
    if area == "shin":
        _cross(pose, pose.at("lowerleg01.L") + np.array([0.1, 0.95, -0.5]), np.array([-1.0, 0.25, 0.5]))
    rest_arms(pose)
    if area == "flank":  # the arm out of the way
        shoulder = pose.at("upperarm01.R")
        elbow = shoulder + np.array([-1.5, -1.75, 0.2])
        arm(pose, "R", elbow, pose.at("lowerleg01.R") + np.array([-0.2, 0.95, -0.7]), np.array([0, -1, 0]))
    if area == "calf":
        for bone in ("neck01", "head"):
            pose.turn(bone, flex(-8))
    if area == "neck":
        for bone in ("neck01", "head"):
            pose.turn(bone, flex(6))
    return [stool(), room()]


def rest_arms(pose: Pose) -> None:
    for side, sign in (("R", -1), ("L", 1)):
        shoulder, knee = pose.at("upperarm01." + side), pose.at("lowerleg01." + side)
        lap = (pose.at("upperleg01." + side) + knee) / 2
        elbow = shoulder + np.array([sign * 0.5, -2.3, 0.45])
        lap[1] = max(lap[1], pose.at("upperleg01.L")[1] - 0.1)
        arm(pose, side, elbow, lap + np.array([0.0, 0.95, 0.3]), np.array([0, -1, 0]))


def _cross(pose: Pose, ankle: np.ndarray, pole: np.ndarray) -> None:
    """Lay the right ankle over the left knee."""
    leg_to(pose, "R", ankle, pole)


def _lie(figure: Figure, pose: Pose, area: str) -> list[Solid]:
    """On the back in bed, head on a pillow, knees bent over a rolled blanket."""
    thorax, pelvis = figure.members("spine01", "spine02", "clavicle"), figure.members("pelvis", "root", "spine05")
    floor = -BED_SINK

    def level(pitch: float) -> float:
        pose.place(Rotation.from_euler("x", -90 + pitch, degrees=True))
        points = pose.skin()
        return float(points[thorax, 1].min() - points[pelvis, 1].min())

    level(bisect(level, -20, 20))
    pose.move(np.array([0, floor - pose.skin()[thorax, 1].min(), 0]))
    for side, sign in (("R", -1), ("L", 1)):
        hip = pose.at("upperleg01." + side)
        leg_to(pose, side, np.array([hip[0] * 1.15, 0.62, hip[2] + 4.6]), np.array([0.06 * sign, 1, 0.2]))
        foot_flat(pose, side, np.array([sign * 0.14, 0, 1]))
    if area in ("shin", "calf"):
        _cross(pose, pose.at("lowerleg01.L") + np.array([-0.1, 0.75, -0.75]), np.array([-1.0, 0.6, -0.4]))
    for bone in ("neck01", "neck02", "neck03"):
        pose.turn(bone, flex(6))
    for side, sign in (("R", -1), ("L", 1)):
        shoulder = pose.at("upperarm01." + side)
        elbow = np.array([sign * 2.4, floor + 0.42, shoulder[2] + 2.35])
        arm(pose, side, elbow, np.array([sign * 1.2, 1.35, shoulder[2] + 3.9]), np.array([0, -1, 0]))
    points = pose.skin()
    head = points[figure.members("head")]
    low = head[head[:, 1].argmin()]
    return [pillow(np.array([0, 0, low[2]]), float(low[1]) + 0.12, -0.12, along=1.4), *_ground(True)]
