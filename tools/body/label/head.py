"""Head and neck regions. Heights and depths were read off the neutral rest body (decimetres)."""

from __future__ import annotations

import numpy as np

from .skin import Core, Skin, polyline

MIDLINE = 0.16  # half width of "on the bones" of the spine
C7 = 5.82  # height of the last neck bone, the bump at the root of the neck
MOUTH = 6.69
JAW_LINE = ((1.45, 6.24), (1.05, 6.27), (0.82, 6.36), (0.62, 6.55), (0.50, 6.86), (0.30, 6.86))  # depth -> height
SKULL_BASE = ((0.30, 6.74), (0.10, 6.73), (-0.10, 6.80), (-0.50, 6.84))  # depth -> height
CROWN = ((1.45, 7.96), (0.90, 8.03), (0.30, 8.05), (-0.50, 7.98))  # depth -> height


def head(skin: Skin) -> np.ndarray:
    """Label the head; returns where it is (above the jaw line in front of the ear, the skull base behind it)."""
    y, z = skin.y, skin.z
    base = np.where(z > 0.30, polyline(z, JAW_LINE), polyline(z, SKULL_BASE))
    where = (y > base) & (skin.bone["arm"] < 0.3) & (y > 6.15)
    _skull(skin, where)
    _face(skin, where & (z > 0.3))
    ear = ((z - 0.46) / 0.27) ** 2 + ((y - 7.13) / 0.31) ** 2 < 1
    out_of_skull = (skin.x > 0.72) & (y > 6.8) & (y < 7.5)
    skin.paint("head_ear", where & (ear | out_of_skull) & (skin.x > 0.4))
    return where


def _skull(skin: Skin, where: np.ndarray) -> None:
    y, z = skin.y, skin.z
    skin.paint("head_occiput", where)
    # The back of the head ends where the side begins: 3.5 cm behind the ear hole above, the bone behind the ear below.
    side = where & (z > polyline(y, ((6.7, 0.0), (7.3, -0.02), (8.1, -0.06))))
    skin.paint("head_side", side & (y > 7.12))
    skin.paint("head_mastoid", side & (y <= 7.12))
    skin.paint("head_temple", side & (z > 0.66) & (y > 7.2) & (skin.x > 0.3))
    skin.paint("head_vertex", where & (y > polyline(z, CROWN)))


def _face(skin: Skin, where: np.ndarray) -> None:
    x, y, z = skin.x, skin.y, skin.z
    crown = polyline(z, CROWN)
    skin.paint("face_cheek", where & (z > 0.62) & ((y < 7.2) | ((skin.x < 0.3) & (y < 7.5))))
    skin.paint("face_jaw", where & (z > 0.46) & (y < polyline(z, ((1.5, MOUTH), (1.2, 6.70), (0.5, 6.84)))))
    skin.paint("head_forehead", where & (y > 7.56) & (y <= crown) & (z > polyline(y, ((7.5, 1.16), (8.0, 0.98)))))
    orbit = (x / 0.58) ** 4 + ((y - 7.385) / 0.195) ** 4 < 1
    skin.paint("head_orbit", where & (z > 0.95) & orbit)
    lips = where & (z > 1.05) & (x < 0.36)
    skin.paint("face_teeth_upper", lips & (y >= MOUTH) & (y < polyline(x, ((0.0, 6.93), (0.2, 6.90), (0.36, 6.84)))))
    skin.paint("face_teeth_lower", lips & (y < MOUTH) & (y > polyline(x, ((0.0, 6.45), (0.2, 6.47), (0.36, 6.55)))))


def neck(skin: Skin, core: Core, where: np.ndarray) -> None:
    """Label the neck between the skull and the line from C7 over the slope to the collarbone."""
    y = skin.y
    angle = core.azimuth(skin)
    skin.paint("neck_side", where)
    # The throat lies between the two long muscles that run from behind the ear to the notch above the breastbone.
    throat = (skin.x < polyline(y, ((5.3, 0.10), (5.8, 0.24), (6.3, 0.42), (6.6, 0.48)))) & (angle < 80)
    skin.paint("neck_front", where & throat)
    back = where & (angle > 116)
    skin.paint("neck_back_upper", back)
    skin.paint("neck_back_lower", back & (y < 6.36))
    skin.paint("neck_midline", where & (skin.x < MIDLINE) & (angle > 90))
