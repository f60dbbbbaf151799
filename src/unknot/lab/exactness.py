"""Section of the table of checks: is the posterior what the network says it is."""

from __future__ import annotations

import numpy as np

from unknot.detect.frontier import solve
from unknot.detect.problem import Floats, Posterior
from unknot.lab.networks import by_enumeration, some_problem
from unknot.lab.rows import Row

SMALL_NETWORKS = 200


def rows(people: int) -> list[Row]:
    """Largest error of any posterior against adding up every possibility, and of the sum of the states."""
    worst, sums = 0.0, 0.0
    for seed in range(SMALL_NETWORKS):
        problem = some_problem(seed)
        found = solve(problem)
        worst = max(worst, _error(found, by_enumeration(problem)))
        sums = max(sums, abs(float(found.states.sum()) - 1.0))
    return [
        Row(id="enumeration", value=worst, unit="error", at_most=1e-9, of=SMALL_NETWORKS),
        Row(id="states_sum", value=sums, unit="error", at_most=1e-12, of=SMALL_NETWORKS),
    ]


def _error(found: Posterior, right: Posterior) -> float:
    def apart(one: Floats, other: Floats) -> float:
        return float(np.abs(one - other).max(initial=0.0))

    return max(apart(found.states, right.states), apart(found.sites, right.sites))
