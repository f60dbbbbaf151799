"""Section of the table of checks: the contact solver, the fit that stands for it, and the rollers (V1-V5, V9).

Verification first: exact theory, a second code, patch, rotation, energy, order. Then what the fit costs and saves.
Beside each stands what the simple formula, force over area, says.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from time import process_time

import numpy as np

from unknot.dose.surrogate import INPUTS, load_surrogate
from unknot.lab.rows import Row

EXACT = 0.02
SECOND_CODE = 0.03
WITHIN_SD = 1.0
FIT_MEDIAN, FIT_P95 = 0.025, 0.08
SAMPLE, SAMPLE_MS = 2000, 10.0
FASTER = 10_000.0
LIVE_CASE = 0
"""Of the second code's cases: the one that is computed here; the proof ``dose_surrogate`` computes all."""
ROLLER_CM2 = (47.0, 68.0)
"""The area that the catalogue of tools gives a roller, for the simple formula."""
BALLS_ON_LAYER = ((40.0, 4.0), (200.0, 12.0), (400.0, 24.0))
BALLS_ON_GROUND = ((40.0, 4.0), (60.0, 4.0))
PUNCHES_MM = (5.642, 12.0)
"""Half widths: an algometer's tip of one square centimetre, and a larger one."""


def rows(people: int) -> list[Row]:
    """Every verification case; nobody is drawn, so ``people`` is left alone."""
    if find_spec("skfem") is None:
        return [Row(id="bonded", value=None, unit="error", at_most=EXACT, missing="scikit_fem"), *_fit()]
    return [*_verified(), *_second_code(), *_rollers(), *_fit(), *_speed()]


def _verified() -> list[Row]:
    from unknot.lab.reference import cases

    ground, ground_simple = cases.ball_errors(BALLS_ON_GROUND, height=None)
    layer, layer_simple = cases.ball_errors(BALLS_ON_LAYER)
    punch = max(cases.punch_error(half_width) for half_width in PUNCHES_MM)
    return [
        Row(id="hertz", value=ground, unit="error", at_most=EXACT, compared={"level_0": ground_simple}),
        Row(id="bonded", value=layer, unit="error", at_most=EXACT, compared={"level_0": layer_simple}),
        Row(id="punch", value=punch, unit="error", at_most=EXACT, compared={"level_0": 0.0}),
        Row(id="patch", value=cases.patch_error(), unit="error", at_most=1e-9),
        Row(id="rotation", value=cases.rotation_error(), unit="error", at_most=1e-12),
        Row(id="energy", value=cases.energy_error(), unit="error", at_most=0.01),
        Row(id="order", value=cases.observed_order(), unit="number", at_least=3.5),
    ]


def _second_code() -> list[Row]:
    from unknot.lab.second_code import difference, stored

    found = difference(stored()["cases"][LIVE_CASE])
    simple = {"level_0": found.pop("level_0")}
    worst = max(found.values())
    return [Row(id="second_code", value=worst, unit="error", at_most=SECOND_CODE, of=1, compared=simple)]


def _rollers() -> list[Row]:
    """Distance from the published means, in standard deviations, of the farther of pressure and area."""
    from unknot.lab.rollers import CURRAN, HELD, LAYERS, away, under_roller

    smooth = CURRAN["smooth"]
    held = away(smooth, *under_roller(smooth.force, HELD))
    relaxed = away(smooth, *under_roller(smooth.force, LAYERS))
    area = sum(ROLLER_CM2) / 2
    simple = away(smooth, 10.0 * smooth.force / area, area)
    return [
        Row(id="roller_relaxed", value=relaxed, unit="number", at_most=WITHIN_SD, compared={"level_0_sd": simple}),
        Row(id="roller_held", value=held, unit="number"),
    ]


def _fit() -> list[Row]:
    """The worst of the outputs, on runs that the fit had not seen; measured when it was made."""
    fit = load_surrogate()
    runs = int(fit.about["runs"])
    median, p95 = (max(error[key] for error in fit.errors.values()) / 100 for key in ("median", "p95"))
    return [
        Row(id="fit_median", value=median, unit="error", at_most=FIT_MEDIAN, of=runs),
        Row(id="fit_p95", value=p95, unit="error", at_most=FIT_P95, of=runs),
    ]


def _speed() -> list[Row]:
    """A sample's time, and how many single answers fit into one run of the solver, with elements as for the fit."""
    from unknot.lab.second_code import difference, stored

    fit = load_surrogate()
    rng = np.random.default_rng(1)
    low, high = np.log(np.array([fit.domain[name] for name in INPUTS])).T
    drawn = np.exp(rng.uniform(low, high, (SAMPLE, len(INPUTS)))).T
    sample = _seconds(lambda: fit.evaluate(**dict(zip(INPUTS, drawn, strict=True))))
    one = _seconds(lambda: fit.evaluate(**dict(zip(INPUTS, drawn[:, 0], strict=True))))
    ratio = _seconds(lambda: difference(stored()["cases"][LIVE_CASE]), times=1) / one
    return [
        Row(id="sample", value=1000 * sample, unit="ms", at_most=SAMPLE_MS, of=SAMPLE),
        Row(id="faster", value=ratio, unit="ratio", at_least=FASTER),
    ]


def _seconds(work: Callable[[], object], times: int = 9) -> float:
    """Processor time, the middle one of several."""
    taken = []
    for _ in range(times):
        begun = process_time()
        work()
        taken.append(process_time() - begun)
    return float(np.median(taken))
