"""Where the elements go: fine under the tool, growing outwards, never fewer than two through a layer."""

from __future__ import annotations

import numpy as np

from unknot.lab.reference.material import Array
from unknot.lab.reference.tissue import Layer, Tissue

_REACH = 3.0  # the far edge, in heights of the whole tissue or tool radii
_OUTER = 10  # columns between the fine part and the far edge


def tissue(
    layers: tuple[Layer, ...],
    *,
    fine_to: float,
    size: float,
    reach: float | None = None,
    plane: bool = False,
    bulk_ratio: float = 500.0,
    rows: tuple[int, ...] | None = None,
) -> Tissue:
    """A mesh for ``layers`` (from the bone upwards) with elements of ``size`` mm out to ``fine_to`` mm.

    ``reach`` is the radius of the far edge, ``rows`` the number of elements through each layer. Raises ValueError on a
    layer without thickness.
    """
    height = sum(layer.thickness for layer in layers)
    if min(layer.thickness for layer in layers) <= 0:
        raise ValueError("layers: every thickness must be above 0 mm")
    far = reach or max(_REACH * height, _REACH * fine_to)
    inner = np.linspace(0.0, fine_to, max(4, round(fine_to / size)) + 1)
    outer = fine_to + (far - fine_to) * _growing(_OUTER, (far - fine_to) / (_OUTER * size))
    heights, owner = [0.0], []
    for index, layer in enumerate(layers):
        count = rows[index] if rows else max(2, min(12, round(layer.thickness / (1.5 * size))))
        heights += list(heights[-1] + layer.thickness * np.arange(1, count + 1) / count)
        owner += [index] * count
    return Tissue(
        layers=layers,
        radial=np.concatenate([inner, outer]),
        heights=np.array(heights),
        layer_of_row=np.array(owner),
        plane=plane,
        bulk_ratio=bulk_ratio,
    )


def _growing(count: int, ratio: float) -> Array:
    """Fractions of the way out, each step larger than the one before; the last about ``ratio`` squared the first."""
    steps = max(ratio, 1.0) ** (2 * np.arange(count) / max(count - 1, 1))
    return np.asarray(np.cumsum(steps) / steps.sum())
