"""Fit the surrogate to the table of reference runs, and measure it on runs that it has not seen.

``python tools/dose/fit.py`` reads tools/dose/curves.csv and writes src/unknot/dose/data/surrogate.json. Five fits, each
without a fifth of the runs, give the errors; the fit that ships has seen all. The laws of physics are part of what is
minimised: at random bodies and loads, a step that breaks one costs. tests/dose holds the result to them.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools" / "dose")]

import curves
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from unknot.dose.surrogate import FITTED, INPUTS, Surrogate, features, read_surrogate, units

Array = NDArray[Any]
TABLE = ROOT / "tools" / "dose" / "curves.csv"
DATA = ROOT / "src" / "unknot" / "dose" / "data" / "surrogate.json"

FORCES_N = (4.0, 300.0)
PER_CURVE = 16
FOLDS = 4
MEMBERS = 3
WIDTH = 24
SHRINK = 3e-5
LAW_MOVED = 0.35  # of the inputs of a run: laws are checked near the runs and between them
LAW_STEP = 0.05  # of a logarithm
LAW_MARGIN = 0.004  # of an output's spread, per step: so that the law holds between the points too
STAGES = ((1200, 700, 100.0), (250, 2100, 400.0))
"""Steps, points at which each law is checked, and what a broken law costs; the second stage checks at other points."""

LAWS: dict[str, dict[str, int]] = {
    # raise this input -> these outputs may only rise (1) or fall (-1)
    "force_n": dict.fromkeys(FITTED, 1),
    "fat_mm": {"muscle_surface_kpa": -1, "mid_muscle_kpa": -1},
    "radius_mm": {"depth_mm": -1, "peak_pressure_kpa": -1, "contact_radius_mm": 1},
    "muscle_kpa": {"depth_mm": -1},
    "fat_kpa": {"depth_mm": -1},
    "skin_kpa": {"depth_mm": -1},
    "hardening": {"depth_mm": -1},
}
COLUMNS = dict(
    zip(
        FITTED,
        (
            "depth",
            "contact_radius",
            "peak_pressure",
            "muscle_surface_stress",
            "mid_muscle_stress",
            "muscle_strain",
            "fat_strain",
        ),
        strict=True,
    )
)


@dataclass(frozen=True, kw_only=True)
class Samples:
    """Rows of the table: inputs, scaled features and scaled logarithms of outputs, and the run each comes from."""

    given: Mapping[str, Array]
    x: Array
    y: Array
    run: Array
    centre: Array
    scale: Array
    out_centre: Array
    out_scale: Array


def sampled(states: list[dict[str, float]], forces: Array) -> Array:
    """The outputs of one curve at these forces, shape (forces, outputs): straight lines between logarithms."""
    at = np.log([state["force"] for state in states])
    logs = [np.interp(np.log(forces), at, np.log([state[column] for state in states])) for column in COLUMNS.values()]
    return np.exp(np.array(logs).T)


def table_rows(runs: Iterable[int]) -> list[list[str]]:
    """The table of the cached curves: at most PER_CURVE forces of each, four significant digits."""
    rows = []
    for number in runs:
        if not (path := curves.place(number)).exists():
            continue
        states = json.loads(path.read_text())["states"]
        least, most = FORCES_N[0], min(FORCES_N[1], states[-1]["force"])
        if most < 1.2 * least:
            continue
        forces = np.geomspace(least, most, PER_CURVE)
        for force, row in zip(forces, sampled(states, forces), strict=True):
            rows.append([str(number), f"{force:.5g}", *(f"{value:.4g}" for value in row)])
    return rows


def write_table(count: int) -> None:
    """Commit the table of what is cached."""
    with TABLE.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["run", "force_n", *FITTED])
        writer.writerows(table_rows(range(count)))


def read_rows() -> list[list[str]]:
    """The committed table without its heading."""
    with TABLE.open() as file:
        return list(csv.reader(file))[1:]


def table_hash() -> str:
    """What the committed table is known by."""
    return hashlib.sha256(TABLE.read_bytes()).hexdigest()


def read_table() -> Samples:
    """The committed table with the draws that belong to it."""
    table = np.array(read_rows(), dtype=float)
    run = table[:, 0].astype(int)
    drawn = curves.draws(run.max() + 1)
    given = {name: np.array([drawn[number][name] for number in run]) for name in curves.RANGES}
    given["force_n"] = table[:, 1]
    told, found = features(given), np.log(table[:, 2:] / np.stack(units(given), axis=1))
    centre, scale, out_centre, out_scale = told.mean(0), told.std(0), found.mean(0), found.std(0)
    return Samples(
        given=given,
        x=(told - centre) / scale,
        y=(found - out_centre) / out_scale,
        run=run,
        centre=centre,
        scale=scale,
        out_centre=out_centre,
        out_scale=out_scale,
    )


@dataclass(frozen=True, kw_only=True)
class Law:
    """Pairs of features that differ by a step of one input, and by how much each output may move at least."""

    low: Array
    high: Array
    sign: Array
    least: Array


def laws(samples: Samples, rng: np.random.Generator, points: int) -> list[Law]:
    """Every law at points of the design and between them: a run's input, some of them moved within their ranges."""
    domain = ranges()
    found = []
    for name, outputs in LAWS.items():
        chosen = rng.integers(0, len(samples.run), points)
        given = {key: samples.given[key][chosen].copy() for key in INPUTS}
        for key, (low, high) in domain.items():
            moved = rng.random(points) < LAW_MOVED
            given[key][moved] = np.exp(rng.uniform(np.log(low), np.log(high), moved.sum()))
        more = given | {name: given[name] * np.exp(LAW_STEP)}
        # A law speaks of the quantity itself; the networks speak of it in units that move with some inputs.
        unit = np.log(np.stack(units(more), axis=1) / np.stack(units(given), axis=1)) / samples.out_scale
        sign = np.array([outputs.get(key, 0) for key in FITTED])
        low_x, high_x = ((features(one) - samples.centre) / samples.scale for one in (given, more))
        found.append(Law(low=low_x, high=high_x, sign=sign, least=LAW_MARGIN - sign * unit))
    return found


SHAPES = ("inner", "inner_bias", "outer", "outer_bias", "last", "straight", "bias")


def _shapes(inputs: int, outputs: int) -> list[tuple[int, ...]]:
    w = WIDTH
    return [(inputs, w), (w,), (w, w), (w,), (w, outputs), (inputs, outputs), (outputs,)]


def _parts(flat: Array, shapes: list[tuple[int, ...]]) -> list[Array]:
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
    return [part.reshape(shape) for part, shape in zip(np.split(flat, ends[:-1]), shapes, strict=True)]


def train(samples: Samples, rows: Array, seed: int) -> dict[str, Array]:
    """One network for these rows of the table, by L-BFGS from a seeded start."""
    rng = np.random.default_rng(seed)
    shapes = _shapes(samples.x.shape[1], samples.y.shape[1])
    drawn = (rng.normal(size=s) / np.sqrt(s[0]) if len(s) == 2 else np.zeros(s) for s in shapes)
    flat = np.concatenate([part.ravel() for part in drawn])
    for steps, points, weight in STAGES:
        flat = _descend(flat, shapes, samples, rows, laws(samples, rng, points), steps, weight)
    return dict(zip(SHAPES, _parts(flat, shapes), strict=True))


def _descend(
    start: Array,
    shapes: list[tuple[int, ...]],
    samples: Samples,
    rows: Array,
    pairs: list[Law],
    steps: int,
    weight: float,
) -> Array:
    """The weights after so many steps of L-BFGS: errors at the rows, and laws broken at the pairs."""
    x, y = samples.x[rows], samples.y[rows]
    points = len(pairs[0].low)
    stacked = np.concatenate([x, *(law.low for law in pairs), *(law.high for law in pairs)])
    sign = np.repeat(np.array([law.sign for law in pairs]), points, axis=0)
    least = np.concatenate([law.least for law in pairs])
    count, pair_count = len(x), len(pairs) * points

    def loss(flat: Array) -> tuple[float, Array]:
        inner, inner_bias, outer, outer_bias, last, straight, bias = _parts(flat, shapes)
        first = np.tanh(stacked @ inner + inner_bias)
        second = np.tanh(first @ outer + outer_bias)
        out = second @ last + stacked @ straight + bias
        error = np.zeros_like(out)
        error[:count] = (out[:count] - y) / count
        low, high = out[count : count + pair_count], out[count + pair_count :]
        short = np.maximum(least - sign * (high - low), 0.0) * (sign != 0) * weight / points / LAW_STEP
        error[count : count + pair_count] = short * sign
        error[count + pair_count :] = -short * sign
        value = 0.5 * (error[:count] ** 2).sum() * count
        value += 0.5 * (short**2).sum() * points * LAW_STEP / weight + 0.5 * SHRINK * flat @ flat
        back2 = error @ last.T * (1 - second**2)
        back1 = back2 @ outer.T * (1 - first**2)
        slopes = (
            stacked.T @ back1,
            back1.sum(0),
            first.T @ back2,
            back2.sum(0),
            second.T @ error,
            stacked.T @ error,
            error.sum(0),
        )
        return float(value), np.concatenate([slope.ravel() for slope in slopes]) + SHRINK * flat

    limits = {"maxiter": steps, "maxcor": 30, "maxfun": 2 * steps}
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options=limits)
    return np.asarray(found.x)


def ranges() -> dict[str, tuple[float, float]]:
    return {**curves.RANGES, "force_n": FORCES_N}


def document(samples: Samples, rows: Array, members: int, errors: dict[str, dict[str, float]]) -> dict[str, Any]:
    """The fit to these rows as the file that ships."""
    networks = [train(samples, rows, seed) for seed in range(members)]
    return {
        "about": {
            "generator": curves.key(),
            "seed": curves.SEED,
            "runs": len(np.unique(samples.run[rows])),
            "rows": int(rows.sum()),
            "table": table_hash(),
        },
        "domain": {name: list(ends) for name, ends in ranges().items()},
        "crushed": curves.DEEPEST,
        "engulfed": 1.1,
        "errors": errors,
        **{name: _short(getattr(samples, name)) for name in ("centre", "scale", "out_centre", "out_scale")},
        "networks": [{name: _short(value) for name, value in one.items()} for one in networks],
    }


def _short(value: Array) -> Any:
    return np.vectorize(lambda one: float(f"{one:.7g}"))(value).tolist()


def held_back(samples: Samples, members: int) -> dict[str, dict[str, float]]:
    """Relative errors in percent on runs that a fit has not seen: every run is held back once."""
    found = {name: np.zeros(len(samples.run)) for name in (*FITTED, "mean_pressure_kpa")}
    for fold in range(FOLDS):
        out = samples.run % FOLDS == fold
        fit = read_surrogate(document(samples, ~out, members, {}))
        for name, error in misses(fit, samples, out).items():
            found[name][out] = error
    return {name: summary(error) for name, error in found.items()}


def misses(fit: Surrogate, samples: Samples, rows: Array) -> dict[str, Array]:
    """Relative errors in percent of a fit at these rows."""
    given = {name: value[rows] for name, value in samples.given.items()}
    logs = samples.y[rows] * samples.out_scale + samples.out_centre
    true = dict(zip(FITTED, (np.exp(logs) * np.stack(units(given), axis=1)).T, strict=True))
    true["mean_pressure_kpa"] = 1000.0 * given["force_n"] / (np.pi * true["contact_radius_mm"] ** 2)
    said = fit.evaluate(**given)
    return {name: 100 * np.abs(said[name] / true[name] - 1) for name in true}


def summary(error: Array) -> dict[str, float]:
    return {"median": round(float(np.median(error)), 2), "p95": round(float(np.percentile(error, 95)), 2)}


def main() -> None:
    if "--table" in sys.argv:
        write_table(curves.COUNT)
    samples = read_table()
    errors = held_back(samples, members=MEMBERS)
    for name, error in errors.items():
        print(f"{name}: median {error['median']} %, 95th percentile {error['p95']} %", file=sys.stderr)
    made = document(samples, np.ones(len(samples.run), dtype=bool), MEMBERS, errors)
    DATA.write_text(json.dumps(made) + "\n")


if __name__ == "__main__":
    main()
