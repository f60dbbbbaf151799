"""The sampler, for drawings too wide for the exact answer, comes close to it where both can be had."""

from __future__ import annotations

import numpy as np
import pytest

from unknot.detect.frontier import solve
from unknot.detect.sampler import sample
from unknot.lab.networks import random_problem


@pytest.mark.parametrize("seed", range(4))
def test_samples_come_close_to_the_exact_posterior(seed: int) -> None:
    problem = random_problem(np.random.default_rng(seed), sites=12, findings=8, states=4)
    right = solve(problem)
    found = sample(problem, sweeps=400, chains=64)
    np.testing.assert_allclose(found.sites, right.sites, atol=0.03)
    states = np.bincount(found.states, minlength=4) / len(found.states)
    np.testing.assert_allclose(states, right.states, atol=0.05)


def test_the_same_case_gives_the_same_samples() -> None:
    problem = random_problem(np.random.default_rng(5), sites=10, findings=5, states=2)
    one, other = sample(problem, sweeps=20, chains=8), sample(problem, sweeps=20, chains=8)
    assert np.array_equal(one.active, other.active)
    assert np.array_equal(one.sites, other.sites)
