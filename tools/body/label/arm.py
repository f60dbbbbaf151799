"""Shoulder cap, arm and hand regions, in frames that follow the bones (rest pose: arm away, elbow bent, palm down)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .skin import Skin, polyline

ACROMION = np.array([1.80, 5.44, 0.06])  # bony tip of the shoulder
DELTOID = 0.40  # share of the upper arm that the shoulder cap covers on its outer side
ELBOW = 0.34  # half length of the elbow's zone


def _unit(v: np.ndarray) -> np.ndarray:
    return v / np.linalg.norm(v, axis=-1, keepdims=True)


def _across(v: np.ndarray, axis: np.ndarray) -> np.ndarray:
    """Unit part of v across the axis."""
    return _unit(v - (v @ axis)[..., None] * axis if v.ndim > 1 else v - (v @ axis) * axis)


def _degrees(offset: np.ndarray, front: np.ndarray, outer: np.ndarray) -> np.ndarray:
    """0 front (palm side), 90 outer (thumb side), 180 back, -90 inner."""
    return np.degrees(np.arctan2((offset * outer).sum(-1), (offset * front).sum(-1)))


@dataclass(frozen=True)
class ArmFrame:
    """Left arm's joints in rest-pose decimetres."""

    shoulder: np.ndarray
    elbow: np.ndarray
    wrist: np.ndarray
    knuckles: dict[str, np.ndarray]
    thumb_tip: np.ndarray

    @classmethod
    def of(cls, joints: dict[str, np.ndarray]) -> ArmFrame:
        knuckles = {n: joints[f"l-finger-{k}-1"] for k, n in enumerate(("index", "middle", "ring", "little"), 2)}
        return cls(joints["l-shoulder"], joints["l-elbow"], joints["l-hand"], knuckles, joints["l-finger-1-4"])


def arm(skin: Skin, frame: ArmFrame, where: np.ndarray) -> None:
    """Label everything that hangs on the upper arm bone."""
    upper, lower = _unit(frame.elbow - frame.shoulder), _unit(frame.wrist - frame.elbow)
    bisector = _unit(upper + lower)
    past_elbow = (skin.xyz - frame.elbow) @ bisector
    _upper(skin, frame, where & (past_elbow < ELBOW), past_elbow)
    _forearm(skin, frame, where & (past_elbow >= ELBOW))
    _hand(skin, frame, where & (skin.bone["hand"] > 0.5))


def _upper(skin: Skin, frame: ArmFrame, where: np.ndarray, past_elbow: np.ndarray) -> None:
    upper, lower = _unit(frame.elbow - frame.shoulder), _unit(frame.wrist - frame.elbow)
    front = _across(lower, upper)
    outer = np.cross(front, upper)
    outer = outer if outer[0] > 0 else -outer
    offset = skin.xyz - frame.shoulder
    along = offset @ upper / np.linalg.norm(frame.elbow - frame.shoulder)
    angle = _degrees(offset, front, outer)
    inner = (angle < -48) & (angle > -126)
    for zone, names, side_from, side_to in (
        (where, ("arm_front", "arm_side", "arm_back", "arm_inner"), 48, 126),
        (where & (past_elbow > -ELBOW), ("elbow_front", "elbow_outer", "elbow_tip", "elbow_inner"), 38, 100),
    ):
        skin.paint(names[2], zone)
        skin.paint(names[0], zone & (np.abs(angle) <= 48))
        skin.paint(names[1], zone & (angle > side_from) & (angle < side_to))
        skin.paint(names[3], zone & inner)
    # The cap ends in a point at the outer arm, higher in front and behind.
    cap = where & (along < polyline(np.abs(angle - 87), ((0, DELTOID), (40, 0.34), (90, 0.26))))
    skin.paint("shoulder_side", cap)
    skin.paint("shoulder_front", cap & (angle <= 48))
    skin.paint("shoulder_back", cap & ((angle >= 126) | (angle < -110)))
    skin.paint("arm_inner", cap & inner & (along > 0.2))


def shoulder_top(skin: Skin, where: np.ndarray) -> None:
    """The bony tip of the shoulder and the joint of the collarbone beside it."""
    offset = (skin.xyz - ACROMION) / np.array([0.36, 0.34, 0.40])
    skin.paint("shoulder_top", where & ((offset**2).sum(-1) < 1))


def armpit(skin: Skin, where: np.ndarray) -> None:
    """The hollow between the front and the back fold."""
    offset = (skin.xyz - np.array([1.56, 4.42, 0.16])) / np.array([0.36, 0.52, 0.40])
    skin.paint("armpit", where & ((offset**2).sum(-1) < 1))


def _forearm(skin: Skin, frame: ArmFrame, where: np.ndarray) -> None:
    """The forearm is turned in: its thumb side is interpolated from the outer elbow to the knuckles' line."""
    upper, axis = _unit(frame.elbow - frame.shoulder), _unit(frame.wrist - frame.elbow)
    offset = skin.xyz - frame.elbow
    along = offset @ axis / np.linalg.norm(frame.wrist - frame.elbow)
    palm0 = _across(-upper, axis)
    thumb0 = np.cross(palm0, axis)
    thumb0 = thumb0 if thumb0[0] > 0 else -thumb0
    thumb1 = _across(frame.knuckles["index"] - frame.knuckles["little"], axis)
    turn = np.arctan2(thumb1 @ palm0, thumb1 @ thumb0) * np.clip(along, 0, 1)
    thumb = np.cos(turn)[:, None] * thumb0 + np.sin(turn)[:, None] * palm0
    palm = np.cos(turn)[:, None] * palm0 - np.sin(turn)[:, None] * thumb0
    angle = _degrees(offset, palm, thumb)
    skin.paint("forearm_back", where)
    skin.paint("forearm_radial", where & (angle >= 0) & (angle < 125))
    skin.paint("forearm_ulnar", where & (angle < 0) & (angle > -125))
    wrist = where & (along > 0.86)
    skin.paint("wrist_back", wrist)
    skin.paint("wrist_front", wrist & (np.abs(angle) < 85))


def _hand(skin: Skin, frame: ArmFrame, where: np.ndarray) -> None:
    knuckles = frame.knuckles
    axis = _unit(knuckles["middle"] - frame.wrist)
    across = _across(knuckles["index"] - knuckles["little"], axis)
    palm = np.cross(across, axis)
    palm = palm if palm @ (frame.thumb_tip - frame.wrist) > 0 else -palm
    offset = skin.xyz - frame.wrist
    along = offset @ axis / np.linalg.norm(knuckles["middle"] - frame.wrist)
    lateral = offset @ across
    start = 0.12
    where = where & (along > start)
    # Rays of the hand: borders fan out from the wrist to half way between the knuckles, then follow the fingers.
    at = {name: (knuckle - frame.wrist) @ across for name, knuckle in knuckles.items()}
    fan = 0.55 + 0.45 * np.clip(along, 0, 1)
    finger = np.stack([skin.bone[n] for n in ("thumb", "index", "middle", "ring", "little")], -1).argmax(-1)
    on_finger = (along > 1.02) | (finger == 0)
    radial = np.where(on_finger, finger <= 1, lateral > fan * (at["index"] + at["middle"]) / 2)
    ulnar = np.where(on_finger, finger >= 3, lateral < fan * (at["middle"] + at["ring"]) / 2)
    skin.paint("hand_middle", where)
    skin.paint("hand_radial", where & radial)
    skin.paint("hand_ulnar", where & ulnar)
    centre = (along < 0.86) & (lateral < 0.16) & (lateral > -0.14) & (skin.normal @ palm > 0.1)
    skin.paint("wrist_front", where & centre)
