"""The exact posterior agrees with adding up every possibility."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from unknot.detect import frontier
from unknot.detect.order import order
from unknot.detect.problem import Posterior, Problem, with_negative, with_positive, with_site
from unknot.lab.networks import by_enumeration, random_problem, some_problem


def _agree(found: Posterior, right: Posterior) -> None:
    assert found.log_evidence == pytest.approx(right.log_evidence, abs=1e-9)
    np.testing.assert_allclose(found.states, right.states, atol=1e-12, rtol=1e-9)
    np.testing.assert_allclose(found.sites, right.sites, atol=1e-12, rtol=1e-9)
    np.testing.assert_allclose(found.without, right.without, rtol=1e-9)


@pytest.mark.parametrize("seed", range(200))
def test_the_posterior_of_a_small_network_equals_enumeration(seed: int) -> None:
    problem = some_problem(seed)
    _agree(frontier.solve(problem), by_enumeration(problem))


@pytest.mark.parametrize("seed", range(20))
def test_rare_findings_keep_their_digits_where_inclusion_exclusion_loses_them(seed: int) -> None:
    # With leaks of 1e-6 the evidence of 12 findings is about 1e-60; alternating sums of numbers near 1 cannot hold it.
    rng = np.random.default_rng(seed)
    problem = random_problem(rng, sites=10, findings=12, states=2, density=0.3, tiny=True)
    _agree(frontier.solve(problem), by_enumeration(problem))


@pytest.mark.parametrize("seed", range(20))
def test_given_an_active_site_the_evidence_is_the_joint_probability(seed: int) -> None:
    problem = some_problem(seed)
    whole = frontier.solve(problem)
    for site in range(problem.prior.shape[1]):
        joint = np.exp(frontier.solve(with_site(problem, site)).log_evidence - whole.log_evidence)
        assert joint == pytest.approx(whole.sites[site], rel=1e-9)


@pytest.mark.parametrize("seed", range(20))
def test_one_more_finding_is_either_present_or_absent(seed: int) -> None:
    problem = some_problem(seed)
    rng = np.random.default_rng(1000 + seed)
    sites, states = problem.prior.shape[1], len(problem.row)
    arcs = np.where(rng.random(sites) < 0.5, rng.uniform(0.05, 0.9, sites), 0.0)
    leak = rng.uniform(0.01, 0.5, states)
    whole = frontier.solve(problem)
    present = frontier.solve(with_positive(problem, arcs, leak))
    absent = frontier.solve(with_negative(problem, arcs, leak))
    share = np.exp(np.array([present.log_evidence, absent.log_evidence]) - whole.log_evidence)
    assert share.sum() == pytest.approx(1.0, abs=1e-9)
    np.testing.assert_allclose(share[0] * present.sites + share[1] * absent.sites, whole.sites, rtol=1e-9)
    np.testing.assert_allclose(share[0] * present.states + share[1] * absent.states, whole.states, rtol=1e-9)


def test_findings_that_no_site_reaches_are_left_to_their_leaks() -> None:
    problem = Problem(
        prior=np.array([[0.3, 0.2]]),
        row=np.array([0, 0]),
        log_weight=np.log([0.5, 0.5]),
        arcs=np.zeros((2, 1)),
        leak=np.array([[0.1], [0.3]]),
    )
    found = frontier.solve(problem)
    np.testing.assert_allclose(found.states, [0.25, 0.75])
    np.testing.assert_allclose(found.sites, [0.3, 0.2])


def test_an_answer_that_would_take_too_long_is_refused_before_any_work() -> None:
    problem = random_problem(np.random.default_rng(1), sites=60, findings=30, states=2, density=1.0)
    with pytest.raises(frontier.TooWideError, match="30 findings open"):
        frontier.solve(problem, max_work=1e8)


def test_findings_in_a_row_stay_narrow_however_many_they_are() -> None:
    # Site i reaches findings i and i + 1 only: two are open at a time, whatever order the greedy choice takes.
    arcs = np.zeros((40, 41))
    for site in range(40):
        arcs[site, site : site + 2] = 0.5
    assert order(arcs).width <= 3


@pytest.mark.parametrize("seed", range(20))
def test_with_all_other_causes_fixed_a_finding_in_its_zone_never_lowers_a_site(seed: int) -> None:
    problem = some_problem(seed)
    rng = np.random.default_rng(2000 + seed)
    sites = problem.prior.shape[1]
    fixed = rng.integers(0, 2, sites).astype(float)
    fixed[0] = 0.3
    alone = replace(problem, prior=fixed[None, :], row=np.zeros(1, dtype=np.int64), log_weight=np.zeros(1))
    alone = replace(alone, leak=problem.leak[:1])
    arcs = np.where(rng.random(sites) < 0.5, rng.uniform(0.05, 0.9, sites), 0.0)
    arcs[0] = rng.uniform(0.05, 0.9)
    before = frontier.solve(alone).sites[0]
    after = frontier.solve(with_positive(alone, arcs, np.array([rng.uniform(1e-3, 0.9)]))).sites[0]
    assert after >= before * (1.0 - 1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_within_one_state_a_finding_that_only_one_site_explains_never_lowers_it(seed: int) -> None:
    problem = some_problem(seed)
    one = replace(problem, row=problem.row[:1], log_weight=np.zeros(1), leak=problem.leak[:1])
    arcs = np.zeros(problem.prior.shape[1])
    arcs[0] = 0.4
    before = frontier.solve(one).sites[0]
    assert frontier.solve(with_positive(one, arcs, np.array([0.2]))).sites[0] >= before * (1.0 - 1e-12)
