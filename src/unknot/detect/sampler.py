"""For drawings too wide for the exact answer: Gibbs samples of the causes of the pain, from a fixed seed.

Several chains walk side by side. Each sweep draws Z given the sites, then every site given Z and the other sites;
marginals are averages of the conditional probabilities, not of the draws (Rao-Blackwell), which halves the noise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from unknot.detect.problem import Floats, Integers, Problem
from unknot.detect.products import product

_SEED = 20261122  # the same case gives the same answer
_BURN_IN = 0.2  # share of the sweeps that is thrown away
_AT_ONCE = 40  # findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """Draws from P(Z, T | findings), and site marginals averaged over conditional probabilities."""

    states: Integers  # (draws,)
    active: npt.NDArray[np.bool_]  # (draws, sites)
    sites: Floats  # (sites,)


def sample(problem: Problem, sweeps: int, chains: int) -> Samples:
    """``chains`` x (kept share of ``sweeps``) draws; about 15 microseconds per site and sweep for 128 chains."""
    rng = np.random.default_rng(_SEED)
    sites = problem.prior.shape[1]
    quiet_leak = 1.0 - problem.leak  # (states, findings)
    reached = [np.flatnonzero(arcs) for arcs in problem.arcs]
    reaching = [site for site in range(sites) if len(reached[site])]
    alone = [site for site in range(sites) if not len(reached[site])]
    quiet = {site: 1.0 - problem.arcs[site, reached[site], None] for site in reaching}
    log_quiet = np.log1p(-problem.arcs)
    odds = (problem.prior / (1.0 - problem.prior)).T  # (sites, rows)

    active = np.zeros((sites, chains), dtype=bool)
    chance = np.zeros((sites, chains))
    state = rng.choice(len(problem.row), size=chains, p=_normal(problem.log_weight[None, :])[0])
    kept = range(int(sweeps * _BURN_IN), sweeps)
    states, draws, marginal = [], [], np.zeros(sites)
    for sweep in range(sweeps):
        # Chance that no active site explains the finding, (findings, chains); afresh each time, so that no error grows.
        unexplained = np.exp(product(active.T.astype(np.float64), log_quiet).T)
        state = _draw_state(rng, problem, quiet_leak, active.T, unexplained.T)
        row = problem.row[state]
        leaks = quiet_leak[state].T
        chance[alone] = problem.prior[row][:, alone].T
        active[alone] = rng.random((len(alone), chains)) < chance[alone]
        for site in rng.permutation(reaching).tolist():
            own, places = quiet[site], reached[site]
            others = unexplained[places] / np.where(active[site], own, 1.0)
            left = others * leaks[places]
            ratio = odds[site, row] * ((1.0 - left * own) / (1.0 - left)).prod(axis=0)
            chance[site] = ratio / (1.0 + ratio)
            active[site] = rng.random(chains) < chance[site]
            unexplained[places] = others * np.where(active[site], own, 1.0)
        if sweep in kept:
            states.append(state)
            draws.append(active.T.copy())
            marginal += chance.mean(axis=1)
    return Samples(states=np.concatenate(states), active=np.concatenate(draws), sites=marginal / max(len(kept), 1))


def _draw_state(
    rng: np.random.Generator,
    problem: Problem,
    quiet_leak: Floats,
    active: npt.NDArray[np.bool_],
    unexplained: Floats,
) -> Integers:
    """Z given the sites; ``active`` (chains, sites), ``unexplained`` (chains, findings)."""
    log_chance = problem.log_weight + np.zeros((len(active), 1))
    for first in range(0, unexplained.shape[1], _AT_ONCE):  # a product of more could underflow
        some = slice(first, first + _AT_ONCE)
        log_chance += np.log((1.0 - unexplained[:, None, some] * quiet_leak[None, :, some]).prod(axis=2))
    log_odds = np.log(problem.prior) - np.log1p(-problem.prior)
    by_row = product(active.astype(np.float64), log_odds.T) + np.log1p(-problem.prior).sum(axis=1)  # (chains, rows)
    chance = _normal(log_chance + by_row[:, problem.row])
    ladder = chance.cumsum(axis=1)
    drawn: Integers = np.minimum((ladder < rng.random((len(active), 1))).sum(axis=1), len(problem.row) - 1)
    return drawn


def _normal(log_weight: Floats) -> Floats:
    weight: Floats = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
    weight /= weight.sum(axis=1, keepdims=True)
    return weight
