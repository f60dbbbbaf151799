"""The layers of a plate that a page offers to take off or lay on."""

from __future__ import annotations

from unknot.body.layers import LAYERS


def layers_in(svg: str) -> list[tuple[str, bool]]:
    """Layer, whether it is shown from the beginning; only those that the plate has, from the skin down."""
    return [
        (layer, f'plate-{layer} plate-above"' not in svg)
        for layer in LAYERS
        if f'class="plate-layer plate-{layer}' in svg
    ]
