"""What the inference is given: a set of small arrays, and nothing of bodies or questions.

A hidden state Z (no competing cause, or one of them) and hidden trigger sites T_s that are independent given Z.
Every negative finding is already absorbed into the priors of the sites and the weights of the states, which is
exact because negatives of a noisy-OR factorise (Heckerman 1989, Quickscore). What is left are the positive findings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A noisy-OR network with its negative findings absorbed, and its positive findings.

    P(finding f present | Z=z, T) = 1 - (1 - leak[z, f]) * prod over active sites s of (1 - arcs[s, f])
    """

    prior: Floats  # (prior rows, sites): P(T_s = 1 | Z), one row for each set of states that share their priors
    row: Integers  # (states,): the prior row of each state
    log_weight: Floats  # (states,): log P(Z = z) and everything that depends on Z alone; any common constant
    arcs: Floats  # (sites, positive findings): in [0, 1), 0 = no arc
    leak: Floats  # (states, positive findings): in (0, 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """What the findings say, exactly."""

    log_evidence: float  # log P(findings), up to the constant in ``Problem.log_weight``
    states: Floats  # (states,): P(Z = z | findings)
    sites: Floats  # (sites,): P(T_s = 1 | findings)
    without: Floats  # (positive findings,): P(the others) / P(all of them), >= 1
    work: float  # cell updates that it took


def with_site(problem: Problem, site: int) -> Problem:
    """The same problem given that a site is active; its log evidence is then log P(findings, T_site = 1)."""
    prior = problem.prior.copy()
    prior[:, site] = 1.0
    with np.errstate(divide="ignore"):
        log_weight = problem.log_weight + np.log(problem.prior[problem.row, site])
    return replace(problem, prior=prior, log_weight=log_weight)


def with_positive(problem: Problem, arcs: Floats, leak: Floats) -> Problem:
    """The same problem with one more positive finding: ``arcs`` (sites,), ``leak`` (states,)."""
    return replace(
        problem,
        arcs=np.concatenate([problem.arcs, arcs[:, None]], axis=1),
        leak=np.concatenate([problem.leak, leak[:, None]], axis=1),
    )


def with_negative(problem: Problem, arcs: Floats, leak: Floats) -> Problem:
    """The same problem with one more finding that is absent; exact, and cheap at any number of them."""
    prior, log_factor = absorb(problem.prior, 1.0 - arcs)
    with np.errstate(divide="ignore"):
        log_weight = problem.log_weight + np.log1p(-leak) + log_factor[problem.row]
    return replace(problem, prior=prior, log_weight=log_weight)


def absorb(prior: Floats, ratio: Floats) -> tuple[Floats, Floats]:
    """Priors after evidence that bears on single sites, and the log of its probability per prior row.

    ``prior`` (rows, sites); ``ratio`` (sites,): P(evidence | active) / P(evidence | quiet) of each site.
    """
    total = 1.0 - prior + prior * ratio
    return prior * ratio / total, np.log(total).sum(axis=1)
