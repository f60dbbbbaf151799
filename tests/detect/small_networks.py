"""Random small networks and their posterior by adding up every possibility."""

from __future__ import annotations

from itertools import product

import numpy as np

from unknot.detect.problem import Posterior, Problem


def random_problem(
    rng: np.random.Generator,
    *,
    sites: int = 9,
    findings: int = 6,
    states: int = 4,
    density: float = 0.4,
    tiny: bool = False,
) -> Problem:
    """Sites with sparse arcs, states that share some priors and leaks. ``tiny``: leaks and priors down to 1e-6."""
    rows = int(rng.integers(1, states + 1))
    scale = 10.0 ** rng.uniform(-6, 0, size=(rows, sites)) if tiny else rng.uniform(0.02, 0.6, size=(rows, sites))
    prior = np.where(rng.random((1, sites)) < 0.7, scale[:1], scale)  # most sites: the same under every state
    arcs = np.where(rng.random((sites, findings)) < density, rng.uniform(0.05, 0.9, (sites, findings)), 0.0)
    leak = 10.0 ** rng.uniform(-6 if tiny else -2, 0, size=(states, findings))
    leak = np.where(rng.random((states, findings)) < 0.5, leak[:1], leak)
    return Problem(
        prior=prior,
        row=rng.integers(0, rows, size=states),
        log_weight=np.log(rng.dirichlet(np.ones(states))),
        arcs=arcs,
        leak=leak,
    )


def by_enumeration(problem: Problem) -> Posterior:
    """The definition itself: every state, every set of active sites."""
    states, findings = problem.leak.shape
    sites = problem.prior.shape[1]
    active = np.array(list(product((0.0, 1.0), repeat=sites)))  # (2**sites, sites)
    quiet = np.exp(active @ np.log1p(-problem.arcs))  # (2**sites, findings)
    joint = np.zeros((states, len(active)))
    without = np.zeros((findings, states, len(active)))
    for state in range(states):
        prior = problem.prior[problem.row[state]]
        chance = np.prod(np.where(active > 0, prior, 1.0 - prior), axis=1) * np.exp(problem.log_weight[state])
        present = 1.0 - (1.0 - problem.leak[state]) * quiet
        joint[state] = chance * np.prod(present, axis=1)
        for finding in range(findings):
            without[finding, state] = chance * np.prod(np.delete(present, finding, axis=1), axis=1)
    total = joint.sum()
    return Posterior(
        log_evidence=float(np.log(total)),
        states=joint.sum(axis=1) / total,
        sites=joint.sum(axis=0) @ active / total,
        without=without.sum(axis=(1, 2)) / total,
        work=0.0,
    )
