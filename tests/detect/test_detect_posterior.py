"""The exact posterior agrees with adding up every possibility."""

from __future__ import annotations

import numpy as np
import pytest
from small_networks import by_enumeration, random_problem

from unknot.detect import frontier


@pytest.mark.parametrize("seed", range(200))
def test_the_posterior_of_a_small_network_equals_enumeration(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = random_problem(
        rng,
        sites=int(rng.integers(1, 11)),
        findings=int(rng.integers(0, 9)),
        states=int(rng.integers(1, 6)),
        density=float(rng.uniform(0.1, 0.9)),
        tiny=bool(seed % 2),
    )
    found, right = frontier.solve(problem), by_enumeration(problem)
    assert found.log_evidence == pytest.approx(right.log_evidence, abs=1e-9)
    np.testing.assert_allclose(found.states, right.states, atol=1e-12, rtol=1e-9)
    np.testing.assert_allclose(found.sites, right.sites, atol=1e-12, rtol=1e-9)
    np.testing.assert_allclose(found.without, right.without, rtol=1e-9)
