"""Proof: the fit behind the dose comes from the table of reference runs, and the table from the solver as it is.

Missing curves are computed first (three hours on two cores when there are none, minutes when few are missing); then the
table is made anew and must be the committed one, figure by figure within TOLERANCE, the second code's cases are all
computed, and so are the tips that are no balls.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

INPUTS = [
    "src/unknot/lab/reference/*.py",
    "src/unknot/lab/second_code.*",
    "src/unknot/dose/surrogate.py",
    "src/unknot/dose/data/surrogate.json",
    "tools/dose/*.py",
    "tools/dose/curves.csv",
]
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools" / "dose")]

import curves
import fit
import numpy as np
import shapes

from unknot.dose.surrogate import load_surrogate
from unknot.lab.second_code import difference, stored

TOLERANCE = 2e-3
"""Of a quantity: another machine's arithmetic may step through a curve a little differently."""


def main() -> int:
    committed = fit.read_rows()
    runs = sorted({int(row[0]) for row in committed})
    curves.compute(runs, processes=2)
    anew = fit.table_rows(runs)
    difference_ = float(
        np.abs(np.array(anew, dtype=float) / np.array(committed, dtype=float).clip(1e-12) - 1)[:, 1:].max()
    )
    codes = [difference(case) for case in stored()["cases"]]
    shapes.compute(shapes.COUNT)
    surrogate = load_surrogate()
    result = {
        "runs": len(runs),
        "complete": sum(json.loads(curves.place(run).read_text())["complete"] for run in runs),
        "table_differs_by": difference_,
        "errors_percent": dict(surrogate.errors),
        "second_code": codes,
        "other_shapes_percent": shapes.errors(shapes.COUNT),
    }
    print(json.dumps(result))
    return 0 if difference_ < TOLERANCE else 1


if __name__ == "__main__":
    sys.exit(main())
