"""Soft light and shadow of a view as two grey pictures: how much shadow colour, and how much light, lies where.

They serve as luminance masks over any skin colour. Grey pictures are a fifth of the size of pictures with opacity.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

from .atlas import Plate
from .raster import PIXEL

LAMP = np.array([-0.45, 0.55, 0.72]) / np.linalg.norm([-0.45, 0.55, 0.72])  # from the upper left, before the picture
SCALE = 0.5  # picture points in a millimetre


def write(plate: Plate, out: Path) -> list[Path]:
    """Write ``<view>-shadow.webp`` and ``<view>-light.webp`` covering the view's whole box."""
    tone, inside = _tone(plate)
    opacity = {
        "shadow": np.clip((0.80 - tone) / 0.80, 0, 1) ** 1.15 * 0.85,
        "light": np.clip((tone - 0.80) / 0.2, 0, 1) * 0.55,
    }
    paths = []
    for layer, share in opacity.items():
        path = out / f"{plate.shot.view.name}-{layer}.webp"
        _picture(share * inside).save(path, "WEBP", quality=82, method=6)
        paths.append(path)
    return paths


def _tone(plate: Plate) -> tuple[np.ndarray, np.ndarray]:
    """Brightness 0..1 of each cell of the whole view, and a mask that reaches a little over the edge."""
    normals, inside = plate.normals, plate.picture.triangle >= 0
    if plate.shot.half:
        mirrored = normals[:, ::-1] * np.array([-1, 1, 1])
        normals = np.concatenate([mirrored, normals], axis=1)
        inside = np.concatenate([inside[:, ::-1], inside], axis=1)
        if plate.shot.view.name == "back":  # drawn with the left to the right: turn the picture round
            normals, inside = normals[:, ::-1] * np.array([-1, 1, 1]), inside[:, ::-1]
    facing = np.clip(normals[..., 2], 0, 1)
    tone = (0.35 + 0.65 * np.clip(normals @ LAMP, 0, 1)) * (0.55 + 0.45 * facing**0.6)
    weight = gaussian_filter(inside.astype(float), 2.0 / PIXEL)
    tone = gaussian_filter(np.where(inside, tone, 0), 2.0 / PIXEL) / np.maximum(weight, 1e-3)
    return tone, np.clip(weight * 8, 0, 1)


def _picture(share: np.ndarray) -> Image.Image:
    size = (round(share.shape[1] * PIXEL * SCALE), round(share.shape[0] * PIXEL * SCALE))
    grey = Image.fromarray(np.round(np.clip(share, 0, 1) * 255).astype(np.uint8))
    return grey.resize(size, Image.Resampling.LANCZOS)
