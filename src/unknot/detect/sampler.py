"""For drawings too wide for the exact answer: Gibbs samples of the causes of the pain, from a fixed seed.

Several chains walk side by side. Each sweep draws Z given the sites, then every site given Z and the other sites;
marginals are averages of the conditional probabilities, not of the draws (Rao-Blackwell), which halves the noise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from unknot.detect.problem import Floats, Integers, Problem

_SEED = 20261122  # the same case gives the same answer
_BURN_IN = 0.2  # share of the sweeps that is thrown away


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """Draws from P(Z, T | findings), and site marginals averaged over conditional probabilities."""

    states: Integers  # (draws,)
    active: npt.NDArray[np.bool_]  # (draws, sites)
    sites: Floats  # (sites,)


def sample(problem: Problem, sweeps: int, chains: int) -> Samples:
    """``chains`` x (kept share of ``sweeps``) draws; about 1 microsecond per site, sweep and chain."""
    rng = np.random.default_rng(_SEED)
    site_count, findings = problem.arcs.shape
    log_quiet = np.log1p(-problem.arcs)  # (sites, findings)
    log_no_leak = np.log1p(-np.minimum(problem.leak, 1.0 - 1e-15))  # (states, findings)
    reaching = np.flatnonzero(problem.arcs.any(axis=1))
    alone = np.flatnonzero(~problem.arcs.any(axis=1))
    log_odds = np.log(problem.prior) - np.log1p(-problem.prior)  # (rows, sites)

    active = np.zeros((chains, site_count), dtype=bool)
    state = rng.choice(len(problem.row), size=chains, p=_normal(problem.log_weight[None, :])[0])
    unexplained = np.zeros((chains, findings))  # log probability that no active site explains the finding
    kept = range(int(sweeps * _BURN_IN), sweeps)
    states, draws, marginal = [], [], np.zeros(site_count)
    for sweep in range(sweeps):
        state = _draw_state(rng, problem, log_no_leak, active, unexplained)
        quiet_leak = log_no_leak[state]
        odds = log_odds[problem.row[state]]
        chance = problem.prior[problem.row[state]]
        active[:, alone] = rng.random((chains, len(alone))) < chance[:, alone]
        for site in rng.permutation(reaching).tolist():
            others = unexplained - active[:, site, None] * log_quiet[site]
            total = others + quiet_leak
            gain = (np.log(-np.expm1(total + log_quiet[site])) - np.log(-np.expm1(total))).sum(axis=1)
            chance[:, site] = 1.0 / (1.0 + np.exp(-(odds[:, site] + gain)))
            active[:, site] = rng.random(chains) < chance[:, site]
            unexplained = others + active[:, site, None] * log_quiet[site]
        if sweep in kept:
            states.append(state)
            draws.append(active.copy())
            marginal += chance.mean(axis=0)
    return Samples(states=np.concatenate(states), active=np.concatenate(draws), sites=marginal / max(len(kept), 1))


def _draw_state(
    rng: np.random.Generator,
    problem: Problem,
    log_no_leak: Floats,
    active: npt.NDArray[np.bool_],
    unexplained: Floats,
) -> Integers:
    present = np.log(-np.expm1(unexplained[:, None, :] + log_no_leak[None, :, :])).sum(axis=2)  # (chains, states)
    by_row = active @ np.log(problem.prior).T + ~active @ np.log1p(-problem.prior).T  # (chains, rows)
    chance = _normal(problem.log_weight[None, :] + present + by_row[:, problem.row])
    ladder = chance.cumsum(axis=1)
    drawn: Integers = np.minimum((ladder < rng.random((len(active), 1))).sum(axis=1), len(problem.row) - 1)
    return drawn


def _normal(log_weight: Floats) -> Floats:
    weight: Floats = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
    weight /= weight.sum(axis=1, keepdims=True)
    return weight
