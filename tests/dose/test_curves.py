"""The generator of the fit's runs: two coarse ones made anew are the ones that were committed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from dose import fit
from dose.fit import curves

pytestmark = pytest.mark.programs
COARSE = json.loads((Path(__file__).parent / "coarse_curves.json").read_text())


@pytest.mark.parametrize("number", [int(one) for one in COARSE])
def test_a_coarse_curve_made_anew_is_the_committed_one(number):
    made = curves.curve(curves.draws(number + 1)[number], fineness=4.0, steps=6)
    assert made["complete"]
    last, committed = made["states"][-1], COARSE[str(number)]
    assert last == pytest.approx(committed, rel=2e-3)


def test_the_fit_that_ships_was_made_from_the_committed_table_and_the_solver_as_it_is():
    shipped = json.loads(fit.DATA.read_text())["about"]
    samples = fit.read_table()
    assert shipped["table"] == fit.table_hash()
    assert shipped["rows"] == len(samples.run)
    assert shipped["generator"] == curves.key()
