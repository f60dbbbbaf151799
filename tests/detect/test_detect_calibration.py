"""Among people drawn from the network itself, a claimed share is the true share."""

from __future__ import annotations

import numpy as np
import pytest
from detect_cases import KNOWLEDGE, NETWORK
from same_generator import simulated

from unknot.detect.evidence import gather
from unknot.detect.frontier import solve


@pytest.fixture(scope="module")
def people() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Claimed site probabilities, true sites, and the claimed probability of the true state, of 120 people."""
    rng = np.random.default_rng(20261122)
    claimed, true, states = [], [], []
    for _ in range(120):
        person = simulated(rng, presses=2)
        found = solve(gather(person.case, KNOWLEDGE, NETWORK).problem)
        claimed.append(found.sites)
        true.append(person.active)
        states.append(np.array([found.states[person.state], (found.states**2).sum()]))
    return np.concatenate(claimed), np.concatenate(true), np.array(states)


@pytest.mark.parametrize(("low", "high"), [(0.0, 0.05), (0.05, 0.3), (0.3, 1.0)])
def test_of_spots_with_a_claimed_chance_that_share_is_active(
    people: tuple[np.ndarray, np.ndarray, np.ndarray], low: float, high: float
) -> None:
    claimed, true, _ = people
    band = (claimed >= low) & (claimed < high)
    difference = claimed[band].sum() - true[band].sum()
    spread = np.sqrt((claimed[band] * (1.0 - claimed[band])).sum())
    # Sites of one person lean on one another, so the sum spreads more than independent ones would.
    assert band.sum() > 100
    assert abs(difference) < 4.0 * 1.5 * spread


def test_the_true_cause_is_believed_as_often_as_the_posterior_says(
    people: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    # E[posterior of the true state] = E[sum of squared posteriors] if and only if the posterior is the true one.
    _, _, states = people
    difference = states[:, 0] - states[:, 1]
    assert abs(difference.mean()) < 4.0 * difference.std() / np.sqrt(len(difference))
