"""Lying on the back: floor or bed, knees bent or legs straight, a tool under one spot."""

from __future__ import annotations

import numpy as np
from scipy.spatial.transform import Rotation

from . import props
from .ink import Frame, Solid
from .rig import Pose, flex
from .stage import (
    FLESH,
    PRESS,
    Figure,
    Scene,
    arm,
    arrow,
    bisect,
    camera,
    foot_flat,
    framed,
    leg_to,
    pillow,
    solid,
)

RATIO = 0.46
UNDER_TRUNK = ("blade", "mid_back", "low_back", "buttock")
HEIGHT = {"massage_ball": 0.64, "lie_on_massager": 0.60, "elbow_massager": 0.86, "foam_roller": 1.5}
BED_SINK = 0.22


def supine(figure: Figure, *, area: str, tool: str, knees: bool, bed: bool = False) -> Scene:
    """The whole figure from its right side, head to the left of the picture; the tool under its right half."""
    ground = BED_SINK if bed else 0.0  # how far a mattress lets everything down
    pose = figure.pose()
    height = HEIGHT[tool] * (0.7 if bed else 1.0)
    leg_under = area in ("thigh_back", "calf")
    _settle(figure, pose, area, height if not leg_under else 0.0, ground)
    _legs(figure, pose, area, knees, height, ground)
    _head(figure, pose, area, tool, ground)
    _arms(pose, area, tool, ground)
    points = pose.skin()
    spot = points[figure.spots[area]]
    solids = [figure.solid(points, -BED_SINK if bed else 0.0)]
    head = points[figure.members("head")]
    low = float(head[:, 1].min())
    where = np.array([0.0, 0.0, float(head[head[:, 1].argmin(), 2])])
    if area != "neck" and (bed or low > 0.2) and not hands_behind(area, tool):
        solids.append(pillow(where, low + 0.1, -0.12 if bed else 0.0))
    solids += [*_tool(tool, area, spot, bed), *_ground(bed)]
    view = camera(-90, 7)
    base = np.array([[0, -1.1 if bed else -0.5, -8.6], [0, -1.1 if bed else -0.5, 8.8]])
    frame = framed(view, RATIO, points[np.unique(figure.rig.mesh.triangles)], base, margin=0.45, least=18.3)
    return Scene(frame, tuple(solids), tuple(_movement(frame, tool, area, points, figure)))


def hands_behind(area: str, tool: str) -> bool:
    """On a roller under the ribs the hands carry the head."""
    return tool == "foam_roller" and area in ("mid_back", "blade")


def _settle(figure: Figure, pose: Pose, area: str, height: float, ground: float) -> None:
    """Lay the trunk down so that it rests on the floor at one end and on the tool at the other."""
    thorax, pelvis = figure.members("spine01", "spine02", "clavicle"), figure.members("pelvis", "root", "spine05")
    spot = figure.spots[area]
    if area in ("mid_back", "blade") and height:
        for bone, degrees in (("spine02", -5), ("spine03", -6)):
            pose.turn(bone, flex(degrees))
    floor = -FLESH - ground

    def gap(pitch: float) -> float:
        pose.place(Rotation.from_euler("x", -90 + pitch, degrees=True))
        points = pose.skin()
        if area in UNDER_TRUNK and height:
            fixed = pelvis if area in ("mid_back", "blade") else thorax
            return float((points[fixed, 1].min() - floor) - (points[spot, 1] - (height - PRESS - ground)))
        return float(points[thorax, 1].min() - points[pelvis, 1].min())

    pitch = bisect(gap, -30, 30)
    gap(pitch)
    points = pose.skin()
    fixed = thorax if area not in ("mid_back", "blade") else pelvis
    pose.move(np.array([0, floor - points[fixed, 1].min(), 0]))


def _legs(figure: Figure, pose: Pose, area: str, knees: bool, height: float, ground: float) -> None:
    floor = -ground * 0.4
    for side, sign in (("R", -1), ("L", 1)):
        hip = pose.at("upperleg01." + side)
        own = area in ("thigh_back", "calf") and side == "R"
        bent = (knees and not own) or (area in ("thigh_back", "calf") and side == "L")
        if bent:
            near = 0.0 if side == "R" else 0.35
            leg_to(
                pose,
                side,
                np.array([hip[0] * 1.15, floor + 0.68, hip[2] + 3.55 + near]),
                np.array([0.05 * sign, 1, 0.2]),
            )
            foot_flat(pose, side, np.array([sign * 0.12, 0, 1]))
        else:
            pose.turn("foot." + side, flex(14))
            pose.turn("upperleg01." + side, Rotation.from_euler("zy", [-sign * 4, sign * 14], degrees=True))
            heel = floor + 0.42
            spot = figure.spots[area] if own else None

            def off(bend: float, side: str = side, spot: int | None = spot, heel: float = heel) -> float:
                before = pose.turns.get("upperleg01." + side)
                pose.turn("upperleg01." + side, flex(-bend))
                value = (
                    float(pose.skin()[spot, 1]) - (height - PRESS - ground)
                    if spot is not None
                    else pose.at("foot." + side)[1] - heel
                )
                pose.turns["upperleg01." + side] = before  # type: ignore[assignment]
                pose._known.clear()
                return value

            pose.turn("upperleg01." + side, flex(-bisect(off, -25, 45)))
            if own:  # the heel comes down again behind the tool

                def heel_off(bend: float, side: str = side, heel: float = heel) -> float:
                    before = pose.turns.get("lowerleg01." + side)
                    pose.turn("lowerleg01." + side, flex(bend))
                    value = pose.at("foot." + side)[1] - heel
                    if before is None:
                        del pose.turns["lowerleg01." + side]
                    else:
                        pose.turns["lowerleg01." + side] = before
                    pose._known.clear()
                    return float(value)

                if area == "thigh_back":
                    pose.turn("lowerleg01." + side, flex(bisect(heel_off, 0, 50)))


def _head(figure: Figure, pose: Pose, area: str, tool: str, ground: float) -> None:
    """Bow or stretch the neck until the head lies down, within what a neck does easily."""
    members = figure.members("head")
    floor = -ground - 0.03

    def lay(degrees: float) -> None:
        for bone in ("neck01", "neck02", "neck03", "head"):
            pose.turns[bone] = flex(degrees / 4)
        pose._known.clear()

    def gap(degrees: float) -> float:
        lay(degrees)
        return float(pose.skin()[members, 1].min() - floor - (0.30 if area == "neck" else 0.0))

    lay(bisect(gap, -14 if area != "neck" else 0, 22))


def _arms(pose: Pose, area: str, tool: str, ground: float) -> None:
    floor = -ground
    for side, sign in (("R", -1), ("L", 1)):
        shoulder = pose.at("upperarm01." + side)
        if hands_behind(area, tool):
            head = pose.at("head")
            elbow = shoulder + np.array([sign * 0.75, 1.0, -1.45])
            arm(pose, side, elbow, head + np.array([sign * 0.75, -0.75, -0.5]), np.array([-sign, 0.6, 0]))
        elif area in ("blade", "mid_back"):  # arms crossed over the chest: the shoulder blades open
            lift = 0.25 if side == "L" else 0.0
            elbow = shoulder + np.array([-sign * 0.55, 1.75 + lift, 1.55])
            wrist = shoulder + np.array([-sign * 2.9, 1.35 + 2 * lift, 0.15])
            arm(pose, side, elbow, wrist, np.array([0, -1, 0]))
        else:  # hands on the belly
            elbow = np.array([sign * 2.35, floor + 0.42, shoulder[2] + 2.35])
            wrist = np.array([sign * 0.95, pose.at("spine04")[1] + 1.32, shoulder[2] + 3.75])
            arm(pose, side, elbow, wrist, np.array([0, -1, 0]))


def _tool(tool: str, area: str, spot: np.ndarray, bed: bool) -> list[Solid]:
    sink = HEIGHT[tool] * 0.3 + BED_SINK if bed else 0.0
    at = np.array([spot[0], -sink, spot[2]])
    if tool == "foam_roller":
        at[0] = -0.4
        return [solid("tool", props.moved(shape, np.eye(3), at), tint) for tint, shape in enumerate(props.roller())]
    if tool == "elbow_massager" or area == "neck":
        at[0] = 0.0
    shapes = {"lie_on_massager": props.lie_on, "elbow_massager": props.elbows}
    shape = props.two_balls() if area == "neck" else shapes.get(tool, props.ball)()
    return [solid("tool", props.moved(shape, np.eye(3), at))]


def _ground(bed: bool) -> list[Solid]:
    if not bed:
        return [solid("plane", props.box((-3.6, -0.06, -9.6), (3.6, 0.0, 9.9)))]
    return [
        solid("plane", props.box((-4.2, -0.06, -9.6), (4.2, 0.0, 9.9))),
        solid("plane", props.box((-4.2, -2.6, -9.6), (4.2, -0.06, 9.9)), 1),
    ]


def _movement(frame: Frame, tool: str, area: str, points: np.ndarray, figure: Figure) -> list[tuple[str, str]]:
    """What moves in this position: rocking, a small nod, the low back growing long."""
    spot = frame.units(points[figure.spots[area]])[0]
    if tool == "lie_on_massager" and area in UNDER_TRUNK:
        y = frame.units(np.zeros(3))[0, 1] + 34
        return [arrow(np.array([[spot[0] - 75, y], [spot[0], y + 30], [spot[0] + 75, y]]), both=True)]
    if area == "neck":
        nose = frame.units(points[figure.members("head")].max(axis=0))[0]
        chin = frame.units(points[figure.members("jaw")].mean(axis=0))[0]
        top = min(nose[1], chin[1]) - 70
        return [
            arrow(np.array([[chin[0] - 95, top + 10], [chin[0] - 30, top - 34], [chin[0] + 38, top + 8]]), both=True)
        ]
    if tool == "elbow_massager" and area == "low_back":
        hip = frame.units(points[figure.spots["buttock"]])[0]
        y = frame.units(np.zeros(3))[0, 1] + 44
        return [arrow(np.array([[hip[0] - 30, y], [hip[0] + 110, y]]))]
    return []
