"""The posterior and what follows from it: exact while that is affordable, else sampled, and then said so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from unknot.detect.frontier import TooWideError, solve, solve_all
from unknot.detect.order import order
from unknot.detect.parameters import Work
from unknot.detect.problem import Floats, Problem, with_negative, with_site
from unknot.detect.products import cross, product
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


Arcs = tuple[Floats, Floats]
"""Of one more finding: its arcs (sites,) and its leaks (states,)."""

_FEWEST_DRAWS = 30


class Inference:
    """Answers about one problem. ``approximate`` says that the posterior itself is sampled.

    The evidences of two problems that differ in one finding are compared, so every question costs one more pass over
    the table. Where that is too much, the questions are answered from samples although the posterior is exact.
    """

    def __init__(self, problem: Problem, work: Work) -> None:
        self.problem = problem
        self._work = work
        self._drawn: Samples | None = None
        self._sampled = False
        self._others: Floats | None = None
        self.approximate = False
        try:
            self._plan = order(problem.arcs)
            found = solve(problem, work.exact, self._plan)
        except TooWideError:
            self.approximate = True
            self._sampled = True
            drawn = sample(problem, int(work.sweeps), int(work.chains))
            self._drawn = drawn
            self.states: Floats = np.bincount(drawn.states, minlength=len(problem.row)) / len(drawn.states)
            self.sites: Floats = drawn.sites
            return
        self.states, self.sites, self.without = found.states, found.sites, found.without
        self.log_evidence = found.log_evidence
        self._sampled = found.work > work.repeated

    @property
    def _samples(self) -> Samples | None:
        """The samples that answer further questions, drawn when the first is asked; None = the answers are exact."""
        if self._sampled and self._drawn is None:
            self._drawn = sample(self.problem, int(self._work.sweeps_repeated), int(self._work.chains))
        return self._drawn

    def silent(self, state: int) -> float:
        """P(Z = state and no site at all is active)."""
        if self.approximate and self._drawn is not None:
            still = (self._drawn.states == state) & ~self._drawn.active.any(axis=1)
            return float(still.mean())
        problem = self.problem
        log_joint = (
            problem.log_weight[state]
            + np.log1p(-problem.prior[problem.row[state]]).sum()
            + np.log(problem.leak[state]).sum()
        )
        return float(np.exp(log_joint - self.log_evidence))

    def with_active(self, sites: Sequence[int]) -> list[Joint | None]:
        """Everything together with each of these sites being active. None if too few samples have it to tell."""
        if not sites:
            return []
        if self._samples is not None:
            return [self._sampled_with(self._samples, site) for site in sites]
        found = solve_all([with_site(self.problem, site) for site in sites], plan=self._plan)
        shares = [float(np.exp(one.log_evidence - self.log_evidence)) for one in found]
        return [
            Joint(
                states=one.states * share,
                all_states=self.states,
                without=one.without * share,
                all_without=self.without,
            )
            for one, share in zip(found, shares, strict=True)
        ]

    def _sampled_with(self, samples: Samples, site: int) -> Joint | None:
        drawn, active = samples.states, samples.active[:, site]
        if active.sum() < _FEWEST_DRAWS:
            return None
        if self._others is None:
            quiet = np.exp(product(samples.active.astype(np.float64), np.log1p(-self.problem.arcs)))
            self._others = 1.0 / (1.0 - quiet * (1.0 - self.problem.leak[drawn]))  # 1 / P(finding present | draw)
        return Joint(
            states=np.bincount(drawn[active], minlength=len(self.problem.row)) / len(drawn),
            all_states=np.bincount(drawn, minlength=len(self.problem.row)) / len(drawn),
            without=self._others[active].sum(axis=0) / len(drawn),
            all_without=self._others.mean(axis=0),
        )

    def sites_of(self, problems: Sequence[Problem]) -> list[Floats] | None:
        """The site marginals of other problems with the same arcs. None where that would take too long."""
        if self._sampled:
            return None
        return [one.sites for one in solve_all(problems, plan=self._plan)] if problems else []

    def if_absent(self, findings: Sequence[Arcs]) -> list[Answered]:
        """What it would mean if one more finding were absent, for each of these."""
        if not findings:
            return []
        if self._samples is not None:
            return self._sampled_absent(self._samples, findings)
        once = [with_negative(self.problem, arcs, leak) for arcs, leak in findings]
        twice = [with_negative(one, arcs, leak) for one, (arcs, leak) in zip(once, findings, strict=True)]
        found = solve_all([*once, *twice], plan=self._plan)
        shares = [float(np.exp(one.log_evidence - self.log_evidence)) for one in found]
        count = len(findings)
        return [
            Answered(
                absent=shares[place],
                absent_twice=shares[count + place],
                states=found[place].states * shares[place],
                sites=found[place].sites * shares[place],
            )
            for place in range(count)
        ]

    def _sampled_absent(self, samples: Samples, findings: Sequence[Arcs]) -> list[Answered]:
        drawn, active = samples.states, samples.active.astype(np.float64)
        quiet = np.exp(product(active, np.log1p(-np.stack([arcs for arcs, _ in findings], axis=1))))
        leaks = np.stack([leak for _, leak in findings], axis=1)
        absent = quiet * (1.0 - leaks[drawn])  # (draws, findings)
        sites = cross(absent, active) / len(drawn)
        return [
            Answered(
                absent=float(one.mean()),
                absent_twice=float((one**2).mean()),
                states=np.bincount(drawn, weights=one, minlength=len(leaks)) / len(drawn),
                sites=sites[place],
            )
            for place, one in enumerate(absent.T)
        ]
