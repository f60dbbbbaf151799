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
    """What leaving findings out would do to one site; all relative to the probability of all findings."""

    states: Floats  # (states,): P(Z = z, T_site = 1)
    all_states: Floats  # (states,): P(Z = z)
    without: Floats  # (findings,): P(the others, T_site = 1)
    all_without: Floats  # (findings,): P(the others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What one more, so far unanswered, finding would do."""

    absent: float  # P(it is absent)
    absent_twice: float  # E[P(it is absent | Z, T) ** 2]
    states: Floats  # (states,): P(Z = z, absent)
    sites: Floats  # (sites,): P(T = 1, absent)


_FEWEST_DRAWS = 30


class Inference:
    """Answers about one problem. ``approximate`` says that the posterior itself is sampled.

    The evidences of two problems that differ in one finding are compared, so every question costs one more pass over
    the table. Where that is too much, the questions are answered from samples although the posterior is exact.
    """

    def __init__(self, problem: Problem, work: Work) -> None:
        self.problem = problem
        self._samples: Samples | None = None
        self.approximate = False
        try:
            found = solve(problem, work.exact)
        except TooWideError:
            self.approximate = True
            self._samples = sample(problem, int(work.sweeps), int(work.chains))
            drawn = self._samples.states
            self.states: Floats = np.bincount(drawn, minlength=len(problem.row)) / len(drawn)
            self.sites: Floats = self._samples.sites
            return
        self.states, self.sites, self.without = found.states, found.sites, found.without
        self.log_evidence = found.log_evidence
        if found.work > work.repeated:
            self._samples = sample(problem, int(work.sweeps_repeated), int(work.chains))

    def silent(self, state: int) -> float:
        """P(Z = state and no site at all is active)."""
        if self.approximate and self._samples is not None:
            still = (self._samples.states == state) & ~self._samples.active.any(axis=1)
            return float(still.mean())
        problem = self.problem
        log_joint = (
            problem.log_weight[state]
            + np.log1p(-problem.prior[problem.row[state]]).sum()
            + np.log(problem.leak[state]).sum()
        )
        return float(np.exp(log_joint - self.log_evidence))

    def with_active(self, site: int) -> Joint | None:
        """Everything together with an active site. None if too few samples have it to tell."""
        if self._samples is not None:
            drawn, active = self._samples.states, self._samples.active[:, site]
            if active.sum() < _FEWEST_DRAWS:
                return None
            others = 1.0 / self._present(self._samples)
            return Joint(
                states=np.bincount(drawn[active], minlength=len(self.problem.row)) / len(drawn),
                all_states=np.bincount(drawn, minlength=len(self.problem.row)) / len(drawn),
                without=(active[:, None] * others).mean(axis=0),
                all_without=others.mean(axis=0),
            )
        found = solve(with_site(self.problem, site))
        share = np.exp(found.log_evidence - self.log_evidence)
        return Joint(
            states=found.states * share,
            all_states=self.states,
            without=found.without * share,
            all_without=self.without,
        )

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
