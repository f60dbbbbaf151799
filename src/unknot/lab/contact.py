"""Section of the table of checks: does the contact solver solve its own equations (verification V1, V2, V3 and V5)."""

from __future__ import annotations

from importlib.util import find_spec

from unknot.lab.rows import Row

EXACT = 0.02
BALLS_ON_LAYER = ((40.0, 4.0), (200.0, 12.0), (400.0, 24.0))
BALLS_ON_GROUND = ((40.0, 4.0), (60.0, 4.0))
PUNCHES_MM = (5.642, 12.0)
"""Half widths: an algometer's tip of one square centimetre, and a larger one."""


def rows(people: int) -> list[Row]:
    """Every verification case; nobody is drawn, so ``people`` is left alone."""
    if find_spec("skfem") is None:
        return [Row(id="bonded", value=None, unit="error", at_most=EXACT, missing="scikit_fem")]
    from unknot.lab.reference import cases

    ground, ground_simple = cases.ball_errors(BALLS_ON_GROUND, height=None)
    layer, layer_simple = cases.ball_errors(BALLS_ON_LAYER)
    punch = max(cases.punch_error(half_width) for half_width in PUNCHES_MM)
    return [
        Row(id="hertz", value=ground, unit="error", at_most=EXACT, compared={"level_0": ground_simple}),
        Row(id="bonded", value=layer, unit="error", at_most=EXACT, compared={"level_0": layer_simple}),
        Row(id="punch", value=punch, unit="error", at_most=EXACT),
        Row(id="patch", value=cases.patch_error(), unit="error", at_most=1e-9),
        Row(id="rotation", value=cases.rotation_error(), unit="error", at_most=1e-12),
        Row(id="energy", value=cases.energy_error(), unit="error", at_most=0.01),
        Row(id="order", value=cases.observed_order(), unit="number", at_least=3.5),
    ]
