"""Section of the table of checks: is the posterior what the network says it is."""

from __future__ import annotations

import numpy as np

from unknot.detect.evidence import gather
from unknot.detect.frontier import solve
from unknot.detect.network import network_of
from unknot.detect.problem import Floats, Problem
from unknot.knowledge import load
from unknot.lab.networks import by_enumeration, by_pyagrum, has_pyagrum, some_problem
from unknot.lab.people import SEED, simulate
from unknot.lab.rows import Row

SMALL_NETWORKS = 200
FULL_NETWORKS = 4  # full-size networks with the drawings of made-up people; pyAgrum takes about a second for each
_FINDINGS = range(3, 7)  # marked regions of a drawing that pyAgrum can still take


def rows(people: int) -> list[Row]:
    """Largest error of any posterior against adding up every possibility and against pyAgrum, and of the sum of the
    states."""
    worst, sums = 0.0, 0.0
    for seed in range(SMALL_NETWORKS):
        problem = some_problem(seed)
        found, right = solve(problem), by_enumeration(problem)
        worst = max(worst, _apart(found.states, right.states), _apart(found.sites, right.sites))
        sums = max(sums, abs(float(found.states.sum()) - 1.0))
    return [
        Row(id="enumeration", value=worst, unit="error", at_most=1e-9, of=SMALL_NETWORKS),
        _against_pyagrum(),
        Row(id="states_sum", value=sums, unit="error", at_most=1e-12, of=SMALL_NETWORKS),
    ]


def _against_pyagrum() -> Row:
    if not has_pyagrum():
        return Row(id="pyagrum", value=None, unit="error", at_most=1e-9, missing="pyagrum")
    worst = 0.0
    problems = _full_size()
    for problem in problems:
        found = solve(problem)
        _, states, sites = by_pyagrum(problem)
        worst = max(worst, _apart(found.states, states), _apart(found.sites, sites))
    return Row(id="pyagrum", value=worst, unit="error", at_most=1e-9, of=len(problems))


def _full_size() -> list[Problem]:
    knowledge = load()
    network = network_of(knowledge)
    found: list[Problem] = []
    number = 0
    while len(found) < FULL_NETWORKS:
        person = simulate(SEED, number, knowledge)
        number += 1
        if len(person.drawing) in _FINDINGS:
            found.append(gather(person.case(), knowledge, network).problem)
    return found


def _apart(one: Floats, other: Floats) -> float:
    return float(np.abs(one - other).max(initial=0.0))
