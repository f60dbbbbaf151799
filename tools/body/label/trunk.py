"""Trunk regions of the left half, by landmark lines (decimetres on the neutral rest body).

Lines are tables of knots; the bony facts behind them: the spine of the shoulder blade runs from the level of T3 to the
bony tip of the shoulder, its lower tip lies at T7-T8, the last rib ends 11 cm from the midline at L2, the pelvic rim is
highest at L4 and its back dimple lies at S2.
"""

from __future__ import annotations

import numpy as np

from .head import MIDLINE
from .skin import Core, Skin, polyline

T12 = 3.12  # height of the tip of the last chest vertebra
L5 = 1.62  # lower end of the bones of the low back
PARASPINAL = 0.62  # outer edge of the long back muscles
DIMPLE = (0.45, 1.45)  # dimple at the back of the pelvis
BLADE_INNER = ((5.66, 0.62), (5.15, 0.66), (4.60, 0.76), (4.12, 0.90))  # height -> x of the blade's inner edge
BLADE_OUTER = ((5.40, 1.42), (4.80, 1.36), (4.40, 1.20), (4.05, 1.04))  # height -> x of the blade's outer edge
BLADE_SPINE = ((0.50, 5.14), (0.66, 5.16), (1.10, 5.30), (1.60, 5.44), (2.00, 5.50))  # x -> height
CAP_BACK = ((5.50, 1.36), (4.95, 1.42), (4.60, 1.58), (4.20, 1.78))  # height -> x where the shoulder cap begins
BACK_FOLD = 4.95  # top of the back fold of the armpit
LAST_RIB = ((0.16, 3.16), (0.62, 2.98), (1.10, 2.66), (1.50, 2.60))  # x -> height, seen from behind
RIM_BACK = ((0.30, 1.44), (0.75, 1.80), (1.05, 1.90), (1.30, 1.86), (1.50, 1.74))  # x -> height of the pelvic rim
RIM_SIDE = ((-0.40, 1.84), (0.15, 1.90), (0.50, 1.78), (0.85, 1.52), (1.10, 1.26), (1.40, 1.10))  # depth -> height
RIM_HALF = 0.19  # half height of the rim's band
RIB_ARCH = ((0.00, 3.76), (0.35, 3.42), (0.80, 2.98), (1.20, 2.72), (1.50, 2.66))  # x -> height of the front rib edge
BREAST_FOLD = ((0.00, 3.72), (0.36, 3.42), (0.60, 3.34), (1.00, 3.38), (1.50, 3.62))  # x -> height
GROIN_LINE = ((0.00, 0.42), (0.30, 0.46), (0.80, 0.84), (1.15, 1.24), (1.50, 1.45))  # x -> height of the groin ligament
CREASE = (
    (0.00, -0.30),
    (0.28, -0.02),
    (0.70, 0.36),
    (1.15, 0.72),
    (1.60, 0.86),
)  # x -> height of the fold of the groin
LEG_TOP = ((50, 0.77), (62, 0.35), (78, -0.12), (108, -0.22), (130, -0.42))  # azimuth -> height where the leg begins


def trunk(skin: Skin, core: Core, where: np.ndarray) -> None:
    """Label front, sides and back of the trunk, shoulder girdle and pelvis included."""
    angle = core.azimuth(skin)
    back, front = where & (angle > 122), where & (angle < 60)
    side = where & ~back & ~front
    _side(skin, side)
    _front(skin, front)
    _chest(skin, where & (angle < 90) & (skin.y > 3.0), angle)
    _back(skin, back)
    _blade(skin, where & (angle > 90))
    _pelvis_back(skin, where & (angle > 90), angle)
    _hip_side(skin, where, angle)
    _slope(skin, where)
    _crotch(skin, where)


def _side(skin: Skin, where: np.ndarray) -> None:
    y, z = skin.y, skin.z
    skin.paint("chest_side", where)
    skin.paint("flank", where & (y < 2.66))
    rim = polyline(z, RIM_SIDE)
    skin.paint("iliac_crest_side", where & (y < rim + RIM_HALF))
    skin.paint("buttock_outer", where & (y < rim - RIM_HALF))


def _front(skin: Skin, where: np.ndarray) -> None:
    x, y = skin.x, skin.y
    skin.paint("abdomen_upper", where)
    skin.paint("chest_side", where & (y > polyline(x, RIB_ARCH)))
    skin.paint("abdomen_lower", where & (y < 1.92))
    skin.paint("groin", where & (y < polyline(x, GROIN_LINE)))
    skin.paint("hip_front", where & (y < polyline(x, GROIN_LINE)) & (x > 0.78))


def _chest(skin: Skin, where: np.ndarray, angle: np.ndarray) -> None:
    x, y = skin.x, skin.y
    ribs = where & (angle < 60) & (y > polyline(x, BREAST_FOLD))
    skin.paint("chest_breast", ribs)
    skin.paint("chest_sternal", ribs & (x < 0.36))
    skin.paint("chest_upper", where & (angle < 66) & (x >= 0.36) & (y > 4.78))


def _back(skin: Skin, where: np.ndarray) -> None:
    x, y = skin.x, skin.y
    skin.paint("back_lower_ribs", where)
    skin.paint("midback_paraspinal", where & (x < PARASPINAL))
    lumbar = where & (y < polyline(x, LAST_RIB))
    skin.paint("lumbar_lateral", lumbar)
    skin.paint("lumbar_paraspinal", lumbar & (x < PARASPINAL))
    skin.paint("spine_thoracic", where & (x < MIDLINE))
    skin.paint("lumbar_midline", where & (x < MIDLINE) & (y < T12))


def _blade(skin: Skin, where: np.ndarray) -> None:
    x, y = skin.x, skin.y
    inner, outer, spine = polyline(y, BLADE_INNER), polyline(y, BLADE_OUTER), polyline(x, BLADE_SPINE)
    upper = where & (y > 4.12) & (x >= MIDLINE)
    skin.paint("interscapular", upper & (x < inner - 0.11))
    skin.paint("scapula_medial_border", upper & (x >= inner - 0.11) & (x < inner + 0.15) & (y < 5.62))
    skin.paint("scapula_body", upper & (x >= inner + 0.15) & ((x < outer) | (y > 4.9)))
    skin.paint("suprascapular", upper & (x >= inner + 0.15) & (y >= spine))
    skin.paint("armpit_back", where & (x >= outer) & (y < BACK_FOLD) & (y > 3.95))
    tip = ((x - 0.93) / 0.25) ** 2 + ((y - 4.16) / 0.26) ** 2 < 1
    skin.paint("scapula_inferior_angle", where & tip)


def _pelvis_back(skin: Skin, where: np.ndarray, angle: np.ndarray) -> None:
    x, y = skin.x, skin.y
    rim = polyline(x, RIM_BACK)
    back = where & (angle > 122)
    below = back & (y < rim - RIM_HALF)
    skin.paint("iliac_crest_back", back & (y < rim + RIM_HALF) & (x > 0.42))
    low = back & (y < L5) & (x <= 0.42)
    skin.paint("buttock_upper", below | low)
    skin.paint("buttock_mid", back & (y < 0.86))
    skin.paint("buttock_lower", back & (y < 0.14))
    sacrum = back & (y < L5) & (x < polyline(y, ((L5, 0.36), (1.2, 0.30), (0.80, 0.13))))
    skin.paint("si_joint", back & (((x - DIMPLE[0]) / 0.23) ** 2 + ((y - DIMPLE[1]) / 0.27) ** 2 < 1))
    skin.paint("sacrum", sacrum & (y > 0.80) & (x < polyline(y, ((L5, 0.26), (1.2, 0.27), (0.80, 0.13)))))
    skin.paint("coccyx", back & (y <= 0.80) & (x < polyline(y, ((0.80, 0.15), (0.56, 0.12), (0.44, 0.0)))))


def _hip_side(skin: Skin, where: np.ndarray, angle: np.ndarray) -> None:
    """Outer buttock between rim and hip bone, and the bony point of the hip itself."""
    y, z = skin.y, skin.z
    rim = np.where(angle > 122, polyline(skin.x, RIM_BACK), polyline(z, RIM_SIDE))
    outer = where & (angle > 56) & (angle < 136) & (y < rim - RIM_HALF)
    skin.paint("buttock_outer", outer)
    skin.paint("buttock_mid", outer & (y < 0.86) & (angle > 118))
    skin.paint("buttock_lower", outer & (y < 0.14) & (angle > 112))
    bony = ((z - 0.26) / 0.56) ** 2 + ((y - 0.18) / 0.46) ** 2 < 1
    skin.paint("hip_side", where & bony & (skin.x > 1.3))
    skin.paint("hip_front", where & (angle > 40) & (angle <= 62) & (y < rim - RIM_HALF))


def _slope(skin: Skin, where: np.ndarray) -> None:
    """Angle between neck and shoulder, and the shoulder's front, top and back where they reach onto the trunk."""
    x, y, z = skin.x, skin.y, skin.z
    behind = z < polyline(x, ((0.3, 0.20), (0.8, 0.16), (1.4, 0.16)))
    top = where & (y > polyline(x, ((0.3, 5.86), (0.5, 5.70), (0.75, 5.60), (1.1, 5.62)))) & (x > 0.3) & (x < 1.08)
    skin.paint("neck_angle", top & (y < 6.3))
    skin.paint("suprascapular", where & (x >= 1.08) & (y > polyline(x, BLADE_SPINE)) & behind)
    skin.paint("shoulder_front", where & ~behind & (x > 1.2 + (5.5 - y) * 0.42) & (y > 4.4))
    skin.paint(
        "shoulder_back", where & behind & (x > polyline(y, CAP_BACK)) & (y > 4.3) & (y < polyline(x, BLADE_SPINE))
    )


def back_fold(skin: Skin, where: np.ndarray) -> None:
    """The back fold of the armpit runs out onto the arm bone's skin; the shoulder cap begins beyond it."""
    x, y = skin.x, skin.y
    fold = where & (y > 3.95) & (y < BACK_FOLD) & (skin.z < 0.05) & (x >= polyline(y, BLADE_OUTER))
    skin.paint("armpit_back", fold & (x < polyline(y, CAP_BACK)))


def _crotch(skin: Skin, where: np.ndarray) -> None:
    x, y, z = skin.x, skin.y, skin.z
    skin.paint(
        "genitals", where & (x < polyline(y, ((0.42, 0.30), (0.0, 0.26), (-0.5, 0.14)))) & (y < 0.42) & (z > -0.25)
    )
