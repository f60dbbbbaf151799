"""Thigh, knee, leg and foot regions (rest pose, left leg, decimetres)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .skin import Core, Skin, polyline

HEEL_TOP = -7.66


@dataclass(frozen=True)
class LegFrame:
    """Left leg's joints in rest-pose decimetres and the middle line of its skin."""

    hip: np.ndarray
    knee: np.ndarray
    ankle: np.ndarray
    core: Core

    @classmethod
    def of(cls, joints: dict[str, np.ndarray], core: Core) -> LegFrame:
        return cls(joints["l-upper-leg"], joints["l-knee"], joints["l-ankle"], core)


def leg(skin: Skin, frame: LegFrame, where: np.ndarray) -> None:
    """Label the leg below the fold of the groin and the fold of the buttock."""
    angle = frame.core.azimuth(skin)
    thigh = (frame.hip[1] - skin.y) / (frame.hip[1] - frame.knee[1])
    shank = (frame.knee[1] - skin.y) / (frame.knee[1] - frame.ankle[1])
    front, outer, inner = (angle > -42) & (angle < 48), (angle >= 48) & (angle < 126), (angle <= -42) & (angle > -126)

    def ring(zone: np.ndarray, names: tuple[str, str, str, str]) -> None:
        skin.paint(names[2], zone)
        skin.paint(names[0], zone & front)
        skin.paint(names[1], zone & outer)
        skin.paint(names[3], zone & inner)

    ring(where, ("thigh_front_upper", "thigh_outer", "thigh_back_upper", "thigh_inner"))
    ring(where & (thigh > 0.56), ("thigh_front_lower", "thigh_outer", "thigh_back_lower", "thigh_inner"))
    ring(where & (thigh > 0.89), ("knee_front", "knee_outer", "knee_back", "knee_inner"))
    ring(where & (shank > 0.095), ("shin", "leg_outer", "calf_upper", "leg_inner"))
    skin.paint("calf_lower", where & (shank > 0.42) & ~(front | outer | inner))
    _achilles(skin, where & (shank > 0.72), angle)
    ankle = where & (shank > 0.92)
    ring(ankle, ("ankle_front", "ankle_outer", "achilles", "ankle_inner"))
    skin.paint("ankle_outer", ankle & (angle >= 48) & (angle < 138))
    skin.paint("ankle_inner", ankle & (angle <= -42) & (angle > -138))
    _foot(skin, where)


def _achilles(skin: Skin, where: np.ndarray, angle: np.ndarray) -> None:
    skin.paint("leg_outer", where & (angle >= 48) & (angle <= 180))
    skin.paint("leg_inner", where & (angle <= -42))
    skin.paint("achilles", where & (np.abs(angle) > 138))


def _foot(skin: Skin, where: np.ndarray) -> None:
    x, y, z = skin.x, skin.y, skin.z
    # The bend of the ankle: from the front crease down and back to under the ankle bones.
    foot = where & (y < polyline(z, ((-0.3, HEEL_TOP), (0.30, -7.72), (0.55, -7.52), (0.80, -7.36), (1.2, -7.2))))
    heel = foot & (z < polyline(y, ((-7.7, 0.06), (-8.2, 0.42))))
    skin.paint("foot_top", foot)
    lateral = x - polyline(z, ((-0.3, 1.80), (0.6, 1.83), (1.5, 1.90), (2.1, 1.86)))
    edge = polyline(z, ((-0.3, -7.55), (0.5, -7.64), (1.0, -7.76), (1.5, -7.90), (2.0, -8.0)))
    toes = skin.bone["toes"] > 0.5
    skin.paint("foot_outer", foot & (lateral > 0.16) & (y < edge) & ~toes)
    skin.paint("foot_arch", foot & (lateral < -0.08) & (skin.normal[:, 1] < 0.35) & (z < 1.62))
    sole = foot & (skin.normal[:, 1] < -0.35) & ~toes
    skin.paint("foot_arch", sole & (lateral <= 0.24))
    skin.paint("foot_outer", sole & (lateral > 0.24))
    skin.paint("foot_outer", foot & (skin.bone["little_toe"] > 0.5))
    skin.paint("big_toe", foot & (skin.bone["big_toe"] > 0.5))
    skin.paint("heel", heel)
