"""Lying on the side: the right hip or leg on a tool; or the right side up for a partner's hand."""

from __future__ import annotations

import numpy as np
from scipy.spatial.transform import Rotation

from . import props
from .ink import Solid
from .lying import HEIGHT
from .rig import Pose, flex
from .stage import FLESH, PRESS, Figure, Scene, arm, bisect, camera, foot_flat, framed, leg_to, pillow, solid

PROP = 2.62  # height of the shoulder when the elbow stands under it


def on_tool(figure: Figure, area: str, tool: str) -> Scene:
    """Lying on the right side, propped on the forearm; the left foot stands in front. Seen from the front."""
    pose = figure.pose()
    height = HEIGHT[tool] - PRESS
    spot = figure.spots[{"hip": "hip", "thigh_outer": "thigh_outer", "shin": "leg_outer"}[area]]
    pelvis = figure.members("pelvis", "root", "spine05", "upperleg01.R", least=0.6)
    lift, ankle = 0.0, 0.45

    def lay(pitch: float) -> float:
        pose.turns.clear()
        pose.place(Rotation.from_euler("z", 90 - pitch, degrees=True), np.array([0, lift, 0]))
        pose.turn("spine04", Rotation.from_euler("z", -6, degrees=True))
        pose.turn("spine02", Rotation.from_euler("z", -8, degrees=True))
        hip = pose.at("upperleg01.R")
        leg_to(pose, "R", np.array([hip[0] + 7.9, ankle, hip[2] + 0.15]), np.array([0, 0.3, 1.0]))
        return float(pose.at("upperarm01.R")[1] - PROP)

    for _ in range(12):
        pitch = bisect(lay, 0, 45)
        lay(pitch)
        points = pose.skin()
        if area == "shin":
            lift += -FLESH - float(points[pelvis, 1].min())
            ankle += height - float(points[spot, 1])
        else:
            lift += height - float(points[spot, 1])
    hip = pose.at("upperleg01.L")
    leg_to(pose, "L", np.array([hip[0] + 2.6, 0.68, hip[2] + 3.0]), np.array([0.15, 1, 0.7]))
    foot_flat(pose, "L", np.array([0.5, 0, 1]))
    for bone in ("neck01", "neck02", "head"):
        pose.turn(bone, Rotation.from_euler("z", -(20 - pitch / 2) / 3 - 3, degrees=True))
    shoulder = pose.at("upperarm01.R")
    elbow = np.array([shoulder[0] - 0.1, 0.33, shoulder[2] + 0.35])
    arm(pose, "R", elbow, elbow + np.array([-0.9, 0.02, 2.2]), np.array([0, -1, 0]))
    pose.aim("wrist.R", "finger3-3.R", np.array([-0.4, -0.02, 0.9]))
    shoulder = pose.at("upperarm01.L")
    pose.reach(
        ("upperarm01.L", "lowerarm01.L", "wrist.L"), np.array([shoulder[0] + 1.9, 0.3, 2.6]), np.array([0.4, 0.5, 0.8])
    )
    pose.palm("L", np.array([0, -1, 0]))
    pose.aim("wrist.L", "finger3-3.L", np.array([0.7, -0.12, 0.7]))
    points = pose.skin()
    at = np.array([points[spot, 0], 0.0, points[spot, 2]])
    solids = [figure.solid(points), *_tool(tool, at), _floor()]
    frame = framed(
        camera(0, 10), 0.5, points[np.unique(figure.rig.mesh.triangles)], np.array([[0, -0.5, 4]]), margin=0.4
    )
    return Scene(frame, tuple(solids))


def _tool(tool: str, at: np.ndarray) -> list[Solid]:
    turn = np.array([[0, 0, 1.0], [0, 1.0, 0], [-1.0, 0, 0]])  # long axis across the body
    if tool == "foam_roller":
        return [solid("tool", props.moved(shape, turn, at), tint) for tint, shape in enumerate(props.roller())]
    shape = (
        props.moved(props.lie_on(), turn, at) if tool == "lie_on_massager" else props.moved(props.ball(), np.eye(3), at)
    )
    return [solid("tool", shape)]


def _floor() -> Solid:
    return solid("plane", props.box((-11, -0.06, -4), (12, 0.0, 5)))


def resting(figure: Figure, *, bed: bool) -> tuple[Pose, list[Solid]]:
    """Lying on the left side, knees drawn up, a pillow under the head and between the arms: the right side is free."""
    pose = figure.pose()
    pose.place(Rotation.from_euler("z", -90, degrees=True))  # head towards +x, the right side up
    floor = -0.1 if bed else 0.0
    for side, bend, knee in (("L", 40, 62), ("R", 62, 80)):
        pose.turn("upperleg01." + side, flex(-bend))
        pose.turn("lowerleg01." + side, flex(knee))
    below = figure.members("pelvis", "root", "spine", "upperleg01.L", least=0.6)
    pose.move(np.array([0, floor - FLESH * 1.5 - pose.skin()[below, 1].min(), 0]))
    hip = pose.at("upperleg01.R")
    leg_to(pose, "R", np.array([hip[0] - 3.0, floor + 0.75, hip[2] + 2.6]), np.array([0.6, 0.25, 1.0]))
    for bone in ("spine02", "neck01", "neck02"):
        pose.turn(bone, flex(4))
    shoulder = pose.at("upperarm01.L")
    arm(pose, "L", shoulder + np.array([-1.0, 0.1, 2.1]), shoulder + np.array([0.7, 0.1, 1.3]), np.array([0, 1, 0]))
    shoulder = pose.at("upperarm01.R")
    arm(pose, "R", shoulder + np.array([-1.2, -0.9, 1.9]), shoulder + np.array([-0.4, -2.6, 3.4]), np.array([0, -1, 0]))
    points = pose.skin()
    head = points[figure.members("head")]
    low = head[head[:, 1].argmin()]
    props_ = [pillow(np.array([low[0] - 0.1, 0, low[2]]), float(low[1]) + 0.12, floor, along=1.9, across=1.4)]
    return pose, props_
