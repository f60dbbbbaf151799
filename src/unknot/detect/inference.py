"""The posterior and what follows from it: exact while that is affordable, else sampled, and then said so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from unknot.detect.frontier import TooWideError, solve
from unknot.detect.parameters import Work
from unknot.detect.problem import Floats, Problem, with_negative, with_site
from unknot.detect.sampler import Samples, sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """Probabilities together with one active site, given all findings."""

    states: Floats  # (states,): P(Z = z, T_site = 1)
    without: Floats  # (findings,): P(others, T_site = 1) / P(all findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What one more, so far unanswered, finding would do."""

    absent: float  # P(it is absent)
    absent_twice: float  # E[P(it is absent | Z, T) ** 2]
    states: Floats  # (states,): P(Z = z, absent)
    sites: Floats  # (sites,): P(T = 1, absent)


class Inference:
    """Answers about one problem. ``approximate`` says that they are sampled.

    The evidence of two problems that differ in one finding is compared through log evidences, so every question
    costs one pass over the table (or none: samples are weighted anew).
    """

    def __init__(self, problem: Problem, work: Work) -> None:
        self.problem = problem
        self._samples: Samples | None = None
        try:
            found = solve(problem, work.exact)
        except TooWideError:
            self._samples = sample(problem, int(work.sweeps), int(work.chains))
            self.states: Floats = np.bincount(self._samples.states, minlength=len(problem.row)) / len(
                self._samples.states
            )
            self.sites: Floats = self._samples.sites
            self.without: Floats = (1.0 / self._present(self._samples)).mean(axis=0)
            self.log_evidence = float("nan")
        else:
            self.states, self.sites = found.states, found.sites
            self.without, self.log_evidence = found.without, found.log_evidence

    @property
    def approximate(self) -> bool:
        return self._samples is not None

    def silent(self, state: int) -> float:
        """P(Z = state and no site at all is active)."""
        if self._samples is not None:
            still = (self._samples.states == state) & ~self._samples.active.any(axis=1)
            return float(still.mean())
        problem = self.problem
        log_joint = (
            problem.log_weight[state]
            + np.log1p(-problem.prior[problem.row[state]]).sum()
            + np.log(problem.leak[state]).sum()
        )
        return float(np.exp(log_joint - self.log_evidence))

    def with_active(self, site: int) -> Joint:
        """Everything together with an active site."""
        if self._samples is not None:
            draws = self._samples.active[:, site]
            states = np.bincount(self._samples.states[draws], minlength=len(self.problem.row)) / len(draws)
            without = (draws[:, None] / self._present(self._samples)).mean(axis=0)
            return Joint(states=states, without=without)
        found = solve(with_site(self.problem, site))
        share = np.exp(found.log_evidence - self.log_evidence)
        return Joint(states=found.states * share, without=found.without * share)

    def if_absent(self, arcs: Floats, leak: Floats) -> Answered:
        """What it would mean if one more finding, with these arcs (sites,) and leaks (states,), were absent."""
        if self._samples is not None:
            active, drawn = self._samples.active, self._samples.states
            absent = np.exp(active @ np.log1p(-arcs)) * (1.0 - leak[drawn])
            states = np.bincount(drawn, weights=absent, minlength=len(leak)) / len(absent)
            return Answered(
                absent=float(absent.mean()),
                absent_twice=float((absent**2).mean()),
                states=states,
                sites=absent @ active / len(absent),
            )
        once = with_negative(self.problem, arcs, leak)
        found = solve(once)
        twice = solve(with_negative(once, arcs, leak)).log_evidence
        share = float(np.exp(found.log_evidence - self.log_evidence))
        return Answered(
            absent=share,
            absent_twice=float(np.exp(twice - self.log_evidence)),
            states=found.states * share,
            sites=found.sites * share,
        )

    def _present(self, samples: Samples) -> Floats:
        """P(finding present | draw), (draws, findings)."""
        quiet = np.exp(samples.active @ np.log1p(-self.problem.arcs))
        return 1.0 - quiet * (1.0 - self.problem.leak[samples.states])
