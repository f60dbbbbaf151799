"""What else hands hold on a spot: a partner's hand, a hooked cane, a massage gun; and a ball under a sitting thigh."""

from __future__ import annotations

import numpy as np
from scipy.spatial.transform import Rotation

from . import props, upright
from .hands import UPPER, rest_arms, room, spot_of, stool
from .ink import Solid
from .rig import Pose, flex, palm_normal
from .side import resting
from .stage import PRESS, UP, Figure, Scene, arm, bisect, camera, foot_flat, framed, grip, leg_to, solid


def partner(figure: Figure, posture: str, area: str) -> Scene:
    """A partner's flat hand on the right side: of someone lying on the left side, or sitting and leaning on a table."""
    limb = {"upper_arm": "arm_out", "forearm": "forearm_top", "shoulder_side": "shoulder_out"}.get(area, area)
    if posture == "seated":
        pose, extra = _at_table(figure)
        view = camera(-118, 14)
    else:
        pose, extra = resting(figure, bed=posture == "bed_supine")
        extra = [*extra, *_bed(posture == "bed_supine")]
        view = camera(180 - 16, 26)
        if area in ("shoulder_front", "thigh_front", "forearm"):
            view = camera(14, 26)
    spot, normal = spot_of(figure, pose, limb)
    if posture == "seated" and area in ("shoulder_front", "thigh_front", "forearm"):
        view = camera(-58, 16)
    hand, sleeve = _lent_hand(figure, spot, normal, _from(posture, normal, view.towards))
    points = pose.skin()
    used = np.unique(figure.rig.mesh.triangles)
    frame = framed(
        view,
        0.62 if posture != "seated" else 0.9,
        points[used],
        hand.points[np.unique(hand.triangles)],
        sleeve.points,
        margin=0.35,
    )
    return Scene(frame, (figure.solid(points, -0.1 if posture == "bed_supine" else 0.0), hand, sleeve, *extra))


def _from(posture: str, normal: np.ndarray, towards: tuple[float, float, float]) -> np.ndarray:
    """From the spot to the partner's elbow: outwards, up and a little towards the viewer."""
    return np.asarray(normal + 0.35 * UP + 0.25 * np.array(towards))


def _lent_hand(figure: Figure, spot: np.ndarray, normal: np.ndarray, elbow: np.ndarray) -> tuple[Solid, Solid]:
    """Forearm and hand of another body of the same make, the palm on the spot, and the end of a sleeve."""
    pose = figure.pose()
    side = "L"
    palm = palm_normal(figure.rig, side)
    hand_way = figure.rig.heads["finger3-1.L"] - figure.rig.heads["wrist.L"]
    axis = np.cross(hand_way, palm)
    axis = axis / np.linalg.norm(axis)
    pose.turn("wrist.L", Rotation.from_rotvec(-axis * np.radians(48)))  # the hand bends back: the palm lies flat
    points = pose.skin()
    turned, wrist = pose.frame("wrist.L")
    p, h = turned.apply(palm), turned.apply(hand_way)
    h = h - p * (h @ p)
    own = np.stack([p, h / np.linalg.norm(h), np.cross(p, h / np.linalg.norm(h))], 1)
    n = normal / np.linalg.norm(normal)
    flat = elbow - n * (elbow @ n)
    if np.linalg.norm(flat) < 0.2:
        flat = np.cross(n, [0.0, 0.0, 1.0])
    w = -flat / np.linalg.norm(flat)
    world = np.stack([-n, w, np.cross(-n, w)], 1)
    turn = world @ own.T
    centre = wrist + turned.apply(hand_way) * 0.9 + p * 0.1
    moved = (points - centre) @ turn.T + spot + n * 0.04
    share = np.zeros(len(points))
    for bone, (ids, weights) in figure.rig.mesh.weights.items():
        if bone.endswith(".L") and bone.startswith(("lowerarm", "wrist", "metacarpal", "finger")):
            share[ids] += weights
    triangles = figure.rig.mesh.triangles
    kept = triangles[(share[triangles] > 0.6).all(axis=1)]
    ends = [(pose.at(bone) - centre) @ turn.T + spot + n * 0.04 for bone in ("wrist.L", "lowerarm01.L")]
    along = (ends[1] - ends[0]) / np.linalg.norm(ends[1] - ends[0])
    cuff = np.array([ends[1] - along * 0.75, ends[1] - along * 0.1, ends[1] + along * 0.6])
    sleeve = props.tube(cuff, np.array([0.5, 0.56, 0.6]))
    return Solid("partner", moved, kept), Solid("partner", *sleeve, tint=1)


def _bed(bed: bool) -> list[Solid]:
    if not bed:
        return [solid("plane", props.box((-9.5, -0.06, -4.2), (10.5, 0.0, 5.2)))]
    return [
        solid("plane", props.box((-10.5, -0.06, -4.4), (11, 0.0, 5.4))),
        solid("plane", props.box((-10.5, -2.4, -4.4), (11, -0.06, 5.4)), 1),
    ]


def _at_table(figure: Figure) -> tuple[Pose, list[Solid]]:
    pose = figure.pose()
    upright.sit(figure, pose, lean=24)
    for bone, degrees in (("spine03", 6), ("spine02", 6), ("neck01", 8), ("neck02", 6), ("head", 8)):
        pose.turn(bone, flex(degrees))
    top = 7.3
    for side, sign in (("R", -1), ("L", 1)):
        shoulder = pose.at("upperarm01." + side)
        elbow = np.array([sign * 2.3, top + 0.34, shoulder[2] + 1.9])
        arm(pose, side, elbow, np.array([sign * 0.35, top + 0.25, shoulder[2] + 3.2]), np.array([0, -1, 0]))
    front = pose.at("upperarm01.R")[2] + 0.9
    table = props.join(
        props.box((-4.0, top - 0.25, front), (4.0, top, front + 4.6)),
        *(
            props.box((x, 0, z), (x + 0.35, top - 0.25, z + 0.35))
            for x in (-3.8, 3.45)
            for z in (front + 0.2, front + 4.0)
        ),
    )
    return pose, [
        stool(),
        solid("prop", table, 1),
        solid("plane", props.box((-4.6, -0.06, -3.4), (4.6, 0.0, front + 5))),
    ]


def cane(figure: Figure, area: str, *, sitting: bool) -> Scene:
    """Both hands pull a hooked cane whose round tip lies on the spot."""
    pose = figure.pose()
    extra = [stool(), room()] if sitting else [solid("plane", props.box((-4, -0.06, -4), (4, 0, 5)))]
    if sitting:
        upright.sit(figure, pose, lean=2)
    else:
        upright.stand(pose, feet_ahead=0.0, stretch=0.993)
    spot, normal = spot_of(figure, pose, {"blade": "blade_edge"}.get(area, area))
    tip = spot + normal * 0.06
    if area == "low_back":
        side = pose.at("spine04") + np.array([-2.5, 0.25, 0.1])
        line = [
            tip,
            tip + np.array([-0.3, 0.05, -0.75]),
            tip + np.array([-1.3, 0.15, -0.9]),
            side + np.array([0.05, 0, -0.6]),
            side + np.array([0.1, -0.05, 0.9]),
            side + np.array([0.55, -0.2, 2.3]),
            side + np.array([0.95, -0.35, 3.6]),
        ]
        grips = (4.1, 5.6)
    else:
        top = pose.at("clavicle.R") + np.array([-0.85, 0.0, 0.0])
        top[1] = spot_of(figure, pose, "shoulder_top")[0][1] + 0.85
        behind = min(tip[2], top[2]) - 0.9
        line = [
            tip,
            np.array([tip[0], tip[1] + 0.15, behind]),
            np.array([top[0], (tip[1] + top[1]) / 2 + 0.5, behind - 0.1]),
            np.array([top[0], top[1], top[2] + 0.2]),
            np.array([top[0] + 0.1, top[1] - 0.5, top[2] + 1.75]),
            np.array([top[0] + 0.5, top[1] - 2.0, top[2] + 2.5]),
            np.array([top[0] + 0.9, top[1] - 4.2, top[2] + 2.6]),
        ]
        if area == "shoulder_top":
            line[1] = tip + np.array([0, 0.6, -0.5])
            line[2] = tip + np.array([0, 1.2, -0.2])
            line[3] = tip + np.array([0.0, 1.3, 0.5])
        grips = (4.9, 5.85)
    path = _spline(np.array(line))
    for side, where in (("R", grips[0]), ("L", grips[1])):
        at = path[round(where / (len(line) - 1) * (len(path) - 1))]
        sign = -1 if side == "R" else 1
        pull = np.array([-sign * 0.6, 0.1, 0.8])
        pose.reach(
            ("upperarm01." + side, "lowerarm01." + side, "wrist." + side),
            at + np.array([sign * 0.35, -0.05, -0.55]),
            np.array([sign, -0.7, -0.5]),
        )
        pose.palm(side, np.array([-sign, 0, 0.2]))
        pose.aim("wrist." + side, "finger3-1." + side, pull)
        grip(pose, side, 58)
    points = pose.skin()
    tool = solid("tool", props.join(props.tube(path, 0.12), props.sphere(tip, 0.2)))
    view = camera(-62, 8)
    frame = framed(
        view,
        0.9,
        points[figure.members(*UPPER)],
        points[figure.members("upperarm", "lowerarm", "wrist", "pelvis")],
        path,
        margin=0.4,
    )
    return Scene(frame, (figure.solid(points), tool, *extra))


def _spline(points: np.ndarray, steps: int = 12) -> np.ndarray:
    """A smooth line (Catmull-Rom) through points."""
    p = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    out = []
    for k in range(1, len(p) - 2):
        for t in np.linspace(0, 1, steps, endpoint=k == len(p) - 3):
            a, b, c, d = p[k - 1 : k + 3]
            out.append(
                0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
            )
    return np.array(out)


GUNS = {  # area: hand, outward lean of the gun (trunk axes), azimuth, sitting
    "upper_arm": ("L", (0.0, 0.1, 1.0), -12, True),
    "shoulder_side": ("L", (-0.2, 0.2, 1.0), -25, True),
    "thigh_front": ("R", (-0.1, 1.0, -0.2), -42, True),
    "thigh_outer": ("R", (-1.0, 0.5, -0.1), -35, True),
    "thigh_back": ("R", (-0.5, -0.1, -1.0), -118, False),
    "buttock": ("R", (-0.6, 0.1, -1.0), -125, False),
    "hip": ("R", (-1.0, 0.1, -0.3), -75, False),
    "blade": ("L", (0.0, 1.0, -0.5), -35, True),
}


def gun(figure: Figure, area: str) -> Scene:
    """A massage gun held on a spot of the right side."""
    hand, lean, azimuth, sitting = GUNS[area]
    pose = figure.pose()
    if sitting:
        upright.sit(figure, pose, lean=3)
        rest_arms(pose)
        extra = [stool(), room()]
    else:
        upright.stand(pose, feet_ahead=0.1, stretch=0.99)
        upright.hang(pose, "L")
        extra = [solid("plane", props.box((-4, -0.06, -4), (4, 0, 4)))]
    name = {"upper_arm": "arm_out", "shoulder_side": "shoulder_out", "blade": "blade_top"}.get(area, area)
    spot, normal = spot_of(figure, pose, name)
    axis = np.array(lean, float) * 0.6 + normal
    axis = axis / np.linalg.norm(axis)
    shoulder = pose.at("upperarm01." + hand)
    handle = shoulder - (spot + axis * 1.45)
    handle = handle - axis * (handle @ axis)
    handle = handle / np.linalg.norm(handle)
    matrix = np.stack([np.cross(axis, handle), axis, handle], 1)
    tool = solid("tool", props.moved(props.gun(), matrix, spot - axis * 0.04))
    at = spot + axis * 1.45 + handle * 0.75
    sign = -1 if hand == "R" else 1
    pose.reach(
        ("upperarm01." + hand, "lowerarm01." + hand, "wrist." + hand),
        at + handle * 0.55,
        np.array([sign * 0.8, -0.6, -0.3]),
    )
    pose.aim("wrist." + hand, "finger3-1." + hand, at - pose.at("wrist." + hand) + axis * 0.12)
    grip(pose, hand, 60)
    points = pose.skin()
    used = np.unique(figure.rig.mesh.triangles)
    body = (
        points[used]
        if not sitting or area.startswith("thigh")
        else points[np.concatenate([figure.members(*UPPER), figure.members("lowerarm", "wrist")])]
    )
    frame = framed(camera(azimuth, 10), 0.95, body, tool.points, margin=0.4)
    return Scene(frame, (figure.solid(points), tool, *extra))


def seated_ball(figure: Figure, area: str) -> Scene:
    """Sitting on a firm chair, the ball between the seat and the back of the right thigh."""
    pose = figure.pose()
    upright.sit(figure, pose, lean=2)
    wanted = upright.SEAT + 2 * props.BALL - PRESS
    start = pose.turns["upperleg01.R"]

    def off(bend: float) -> float:
        pose.turns["upperleg01.R"] = start
        pose.turn("upperleg01.R", flex(-bend))
        return float(pose.skin()[figure.spots["thigh_back"], 1] - wanted)

    off(bisect(off, 0, 25))
    knee = pose.at("lowerleg01.R")
    leg_to(pose, "R", np.array([knee[0] - 0.1, upright.SOLE + 0.12, knee[2] + 0.15]), np.array([-0.1, 1, 1]))
    foot_flat(pose, "R", np.array([-0.12, 0, 1]))
    for side, sign in (("R", -1), ("L", 1)):
        shoulder = pose.at("upperarm01." + side)
        arm(
            pose,
            side,
            shoulder + np.array([sign * 0.55, -2.3, -0.3]),
            np.array([sign * 2.15, upright.SEAT + 0.55, 1.1]),
            np.array([0, -1, 0]),
        )
    points = pose.skin()
    spot = points[figure.spots["thigh_back"]]
    ball = solid("tool", props.moved(props.ball(), np.eye(3), np.array([spot[0], upright.SEAT, spot[2]])))
    back = -2.1
    ground = [solid("plane", props.box((-4, -0.06, back - 2), (4, 0, back + 9))), *upright.chair_parts(back)]
    frame = framed(
        camera(-72, 8), 1.0, points[np.unique(figure.rig.mesh.triangles)], np.array([[0, -0.3, back - 0.6]]), margin=0.4
    )
    return Scene(frame, (figure.solid(points), ball, *ground))
