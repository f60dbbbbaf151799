"""Standing at a wall or its corner, and sitting against the back of a chair."""

from __future__ import annotations

import numpy as np
from scipy.spatial.transform import Rotation

from . import props
from .ink import Solid
from .rig import Pose, flex
from .stage import FLESH, PRESS, Figure, Scene, arm, arrow, camera, foot_flat, framed, leg_to, solid

BALL = 0.64
SOLE = 0.68  # ankle above the floor
SEAT = 4.45
LEG = 0.985  # how far a standing leg is stretched


def stand(pose: Pose, *, feet_ahead: float, feet_aside: float = 0.0, stretch: float = LEG, apart: float = 1.0) -> None:
    """Put both feet on the floor, so far before the hips (and to the left); lift the body to fit."""
    hips = {side: pose.at("upperleg01." + side) for side in "RL"}
    heads = pose.rig.heads
    length = sum(
        float(np.linalg.norm(heads[a] - heads[b]))
        for a, b in (("upperleg01.R", "lowerleg01.R"), ("lowerleg01.R", "foot.R"))
    )
    middle = (hips["R"] + hips["L"]) / 2
    apart = 1.15 * apart
    reach = np.hypot(feet_ahead, feet_aside + 0.1)
    pose.move(np.array([0, SOLE + np.sqrt((length * stretch) ** 2 - reach**2) - middle[1], 0]))
    for side, sign in (("R", -1), ("L", 1)):
        ankle = np.array(
            [middle[0] + sign * apart + feet_aside, SOLE, middle[2] + feet_ahead + (0.12 if side == "L" else 0)]
        )
        leg_to(pose, side, ankle, np.array([0.1 * sign, 0, 1.0]))
        foot_flat(pose, side, np.array([sign * 0.14, 0, 1]))


def hang(pose: Pose, side: str, out: float = 0.45, ahead: float = 0.1) -> None:
    """Let an arm hang."""
    sign = -1 if side == "R" else 1
    shoulder = pose.at("upperarm01." + side)
    elbow = shoulder + np.array([sign * out, -2.4, ahead * 0.4])
    arm(pose, side, elbow, elbow + np.array([sign * 0.1, -2.0, 0.55 + ahead]), np.array([-sign, 0, -0.3]))


def hand_on(pose: Pose, side: str, target: np.ndarray, pole: np.ndarray, palm: np.ndarray) -> None:
    """Bring a wrist to a point."""
    pose.reach(("upperarm01." + side, "lowerarm01." + side, "wrist." + side), target, pole)
    pose.palm(side, palm)


def _wall(low: tuple[float, float, float], high: tuple[float, float, float]) -> Solid:
    return solid("plane", props.box(low, high), 1)


def _floor(low: tuple[float, float], high: tuple[float, float]) -> Solid:
    return solid("plane", props.box((low[0], -0.06, low[1]), (high[0], 0.0, high[1])))


def _ball(at: np.ndarray) -> Solid:
    return solid("tool", props.sphere(at, BALL / 2))


def _used(figure: Figure) -> np.ndarray:
    return np.unique(figure.rig.mesh.triangles)


def wall_back(figure: Figure, area: str) -> Scene:
    """Back to the wall, the ball between the wall and the spot; seen from the right, the wall on the left."""
    lean, ahead = {"blade": (7, 2.3), "mid_back": (5, 2.2), "low_back": (2, 2.4), "buttock": (-9, 1.9)}[area]
    pose, wall = figure.pose(), 0.0
    for extra in range(16):  # bow a little more until nothing but the ball touches the wall
        pose = figure.pose()
        pose.place(Rotation.from_euler("x", -(lean - extra * 0.5 * (area != "low_back")), degrees=True))
        if area == "low_back":  # the pelvis tucks under: the hollow of the back comes to the ball
            for bone in ("spine05", "spine04", "spine03"):
                pose.turn(bone, flex(1.2 * extra))
            pose.place(Rotation.from_euler("x", -(lean + 2.2 * extra), degrees=True))
        stand(pose, feet_ahead=ahead, stretch=0.975)
        for bone in ("neck01", "neck02", "head"):
            pose.turn(bone, flex(2))
        for side, sign in (("R", -1), ("L", 1)):
            shoulder = pose.at("upperarm01." + side)
            if area == "blade":
                elbow = shoulder + np.array([-sign * 0.5, -1.35 + (0.3 if side == "L" else 0), 1.75])
                arm(pose, side, elbow, shoulder + np.array([-sign * 2.8, -0.35, 1.6]), np.array([0, 0, -1]))
            else:
                elbow = shoulder + np.array([sign * 0.45, -2.3, 0.35])
                arm(
                    pose,
                    side,
                    elbow,
                    pose.at("upperleg01." + side) + np.array([0.0, -0.35, 1.5]),
                    np.array([-sign * 0.4, 0, -1]),
                )
        points = pose.skin()
        spot = points[figure.spots[area]]
        wall = spot[2] + PRESS - BALL
        near = np.linalg.norm(points - spot, axis=1) < 1.0
        rest = points[np.setdiff1d(_used(figure), np.flatnonzero(near))]
        if rest[:, 2].min() > wall - 0.05:
            break
    ball = _ball(np.array([spot[0], spot[1], wall + BALL / 2]))
    room = [_floor((-4, wall), (4, wall + 11)), _wall((-4, 0, wall - 2), (4, 19.5, wall))]
    frame = framed(camera(-90, 5), 1.0, points[_used(figure)], np.array([[0, -0.5, wall - 0.9]]), margin=0.35)
    return Scene(frame, (figure.solid(points), ball, *room))


def wall_side(figure: Figure, area: str) -> Scene:
    """The right side to the wall, seen from the front, the wall on the left."""
    pose = figure.pose()
    tilt, aside = {"hip": (-7, 0.9), "shoulder_side": (6, 1.6), "upper_arm": (5, 1.5), "forearm": (3, 1.3)}[area]
    pose.place(Rotation.from_euler("z", tilt, degrees=True))
    stand(pose, feet_ahead=0.1, feet_aside=aside, stretch=0.99, apart=1.25)
    for bone in ("neck01", "neck02", "head"):
        pose.turn(bone, Rotation.from_euler("z", -tilt / 3, degrees=True))
    hang(pose, "L", out=0.75)
    shoulder = pose.at("upperarm01.R")
    if area == "hip":
        arm(
            pose,
            "R",
            shoulder + np.array([0.15, -1.9, 1.5]),
            shoulder + np.array([2.4, -1.9, 1.9]),
            np.array([0, 0, -1]),
        )
    elif area == "forearm":
        elbow = shoulder + np.array([-0.5, -2.3, 0.5])
        arm(pose, "R", elbow, elbow + np.array([-0.15, 2.0, 0.9]), np.array([1, 0, 0]))
    else:
        hang(pose, "R", out=0.15, ahead=0.3)
    points = pose.skin()
    if area in ("upper_arm", "forearm"):
        a, b = (("upperarm01.R", "lowerarm01.R"), ("lowerarm01.R", "wrist.R"))[area == "forearm"]
        middle = pose.at(a) * 0.42 + pose.at(b) * 0.58
        arms = figure.members("upperarm", "lowerarm", least=0.7)
        arms = arms[points[arms, 0] < -0.5]
        near = arms[np.linalg.norm(points[arms][:, 1:] - middle[1:], axis=1) < 0.35]
        spot = points[near[points[near, 0].argmin()]]
    elif area == "shoulder_side":
        arms = figure.members("upperarm01.R", least=0.6)
        near = arms[np.abs(points[arms, 1] - (shoulder[1] - 0.55)) < 0.15]
        spot = points[near[points[near, 0].argmin()]]
    else:
        body = np.setdiff1d(
            _used(figure), figure.members("upperarm", "lowerarm", "wrist", "finger", "metacarpal", least=0.2)
        )
        near = body[(np.abs(points[body, 1] - pose.at("upperleg01.R")[1] - 0.35) < 0.2) & (points[body, 2] < 0.5)]
        spot = points[near[points[near, 0].argmin()]]
    wall = spot[0] + PRESS - BALL
    ball = _ball(np.array([wall + BALL / 2, spot[1], spot[2]]))
    room = [_floor((wall, -4), (wall + 12, 4)), _wall((wall - 2, 0, -4), (wall, 19.5, 4))]
    frame = framed(camera(0, 5), 1.0, points[_used(figure)], np.array([[wall - 0.9, -0.5, 0]]), margin=0.35)
    return Scene(frame, (figure.solid(points), ball, *room))


def wall_front(figure: Figure, area: str) -> Scene:
    """Facing the wall, one hand on it; seen from the right, the wall on the right."""
    pose = figure.pose()
    pose.place(flex(-1))
    stand(pose, feet_ahead=-1.0, stretch=0.985)
    for bone in ("neck01", "neck02", "neck03", "head"):
        pose.turn(bone, Rotation.from_euler("y", 15, degrees=True) * flex(-4))
    hang(pose, "R", out=0.5, ahead=-0.9)
    points = pose.skin()
    spot = points[figure.spots[area]]
    wall = spot[2] - PRESS + BALL
    shoulder = pose.at("upperarm01.L")
    hand_on(
        pose,
        "L",
        np.array([shoulder[0] + 1.1, shoulder[1] + 0.1, wall - 0.35]),
        np.array([1.0, -0.9, -0.4]),
        np.array([0, 0, 1]),
    )
    pose.aim("wrist.L", "finger3-3.L", np.array([0.1, 1, 0.0]))
    points = pose.skin()
    spot = points[figure.spots[area]]
    ball = _ball(np.array([spot[0], spot[1], wall - BALL / 2]))
    room = [_floor((-4, wall - 11), (4, wall)), _wall((-4, 0, wall), (4, 19.5, wall + 2))]
    frame = framed(camera(-90, 5), 1.0, points[_used(figure)], np.array([[0, -0.5, wall + 0.9]]), margin=0.35)
    return Scene(frame, (figure.solid(points), ball, *room))


def corner(figure: Figure) -> Scene:
    """Bent at the hips, the top of the right shoulder against a ball at the edge of a wall; that arm hangs."""
    pose = figure.pose()
    pose.place(flex(62))
    stand(pose, feet_ahead=0.75, stretch=0.985, apart=1.2)
    for bone in ("neck01", "neck02", "neck03", "head"):
        pose.turn(bone, flex(-5) * Rotation.from_euler("z", -4, degrees=True))
    for side, sign in (("R", -1), ("L", 1)):
        shoulder = pose.at("upperarm01." + side)
        if side == "R":
            arm(
                pose,
                side,
                shoulder + np.array([sign * 0.1, -2.4, 0.15]),
                shoulder + np.array([sign * 0.15, -4.7, 0.35]),
                np.array([1, 0, 0]),
            )
        else:
            arm(
                pose,
                side,
                shoulder + np.array([0.5, -2.2, -0.6]),
                pose.at("lowerleg01.L") + np.array([0.15, 0.9, 0.8]),
                np.array([0, -1, 0]),
            )
    points = pose.skin()
    spot = points[figure.spots["shoulder_top"]]
    ball_z = spot[2] + BALL / 2 - PRESS
    ball = _ball(np.array([spot[0], spot[1] + 0.12, ball_z]))
    edge = ball_z + BALL / 2
    wall = _wall((spot[0] - 4.5, 0, edge), (spot[0] + 0.3, 14.5, edge + 1.2))
    floor = _floor((-5.5, -3.5), (4.5, edge + 4))
    frame = framed(
        camera(138, 20),
        1.0,
        points[_used(figure)],
        np.array([spot[0], 14.6, edge]),
        np.array([spot[0] - 1.5, 0, edge]),
        margin=0.4,
    )
    p = frame.units(points[figure.members("head")].mean(axis=0) + np.array([1.9, 1.2, 0]))[0]
    return Scene(
        frame,
        (figure.solid(points), ball, wall, floor),
        (arrow(np.array([[p[0] + 10, p[1] - 70], [p[0] - 22, p[1]], [p[0] + 14, p[1] + 80]]), both=True),),
    )


def chair_parts(back_z: float, *, back_top: float = 9.3, left: float = 0.0) -> list[Solid]:
    """A plain chair facing +z whose back's front face is at back_z."""
    x0, x1 = left - 2.25, left + 2.25
    front = back_z + 4.6
    parts = [props.box((x0, SEAT - 0.3, back_z - 0.1), (x1, SEAT, front))]
    for x in (x0, x1 - 0.35):
        parts.append(props.box((x, 0, front - 0.4), (x + 0.35, SEAT - 0.3, front - 0.05)))
        parts.append(props.box((x, 0, back_z - 0.35), (x + 0.35, back_top, back_z)))
    parts.append(props.box((x0, SEAT + 1.0, back_z - 0.3), (x1, back_top, back_z)))
    return [solid("prop", props.join(*parts))]


def sit(figure: Figure, pose: Pose, *, lean: float = 0.0, ahead: float = 0.2) -> None:
    """Sit upright on the seat, thighs level, feet flat on the floor; the pelvis at x = z = 0."""
    pose.place(flex(lean))
    for side, sign in (("R", -1), ("L", 1)):
        pose.turn("upperleg01." + side, Rotation.from_euler("y", sign * 6, degrees=True) * flex(-86 - lean))
    under = figure.members("upperleg", "pelvis", least=0.6)
    pose.move(np.array([0, SEAT - FLESH - pose.skin()[under, 1].min(), 0]))
    for side, sign in (("R", -1), ("L", 1)):
        knee = pose.at("lowerleg01." + side)
        leg_to(pose, side, np.array([knee[0] + sign * 0.1, SOLE, knee[2] + ahead]), np.array([sign * 0.1, 1, 1]))
        foot_flat(pose, side, np.array([sign * 0.12, 0, 1]))


def chair_back(figure: Figure, area: str) -> Scene:
    """Sitting right back, the two elbows of the tool left and right of the spine against the chair's back."""
    pose = figure.pose()
    sit(figure, pose, lean=-4)
    for bone in ("neck01", "head"):
        pose.turn(bone, flex(3))
    for side, sign in (("R", -1), ("L", 1)):
        knee = pose.at("lowerleg01." + side)
        shoulder = pose.at("upperarm01." + side)
        arm(
            pose,
            side,
            shoulder + np.array([sign * 0.6, -2.2, 0.6]),
            knee + np.array([0, 0.85, -1.5]),
            np.array([0, -1, 0]),
        )
    points = pose.skin()
    spot = points[figure.spots[area]]
    back = spot[2] + PRESS - 0.90
    turn = np.array([[1.0, 0, 0], [0, 0, -1.0], [0, 1.0, 0]])
    tool = solid("tool", props.moved(props.elbows(), turn, np.array([0, spot[1], back])))
    room = [_floor((-4, back - 2.5), (4, back + 9.5)), *chair_parts(back)]
    frame = framed(camera(-68, 8), 1.0, points[_used(figure)], np.array([[0, -0.3, back - 1.5]]), margin=0.4)
    return Scene(frame, (figure.solid(points), tool, *room))
