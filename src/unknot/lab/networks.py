"""Random small networks, and two ways to a posterior that share no line with the detector's own."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import product
from time import process_time
from typing import Any

import numpy as np

from unknot.detect.problem import Floats, Posterior, Problem


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


def some_problem(seed: int) -> Problem:
    """One of the 200 small networks of the checks (up to 10 sites, 8 findings, 5 states); every second one is tiny."""
    rng = np.random.default_rng(seed)
    return random_problem(
        rng,
        sites=int(rng.integers(1, 11)),
        findings=int(rng.integers(0, 9)),
        states=int(rng.integers(1, 6)),
        density=float(rng.uniform(0.1, 0.9)),
        tiny=bool(seed % 2),
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


def has_pyagrum() -> bool:
    """Whether pyAgrum, the peer and judge of the posterior, is installed."""
    return find_spec("pyagrum") is not None


def by_pyagrum(problem: Problem) -> tuple[float, Floats, Floats]:
    """Log evidence, P(Z | findings), P(T | findings) by pyAgrum's lazy propagation, once for each differing state.

    One net with Z in it is faster where it fits into memory (``pyagrum_net``), but it often does not. Raises
    ImportError without pyAgrum.
    """
    weight, sites = np.zeros(len(problem.row)), np.zeros(problem.prior.shape[1])
    answers: dict[tuple[float, ...], tuple[float, Floats]] = {}
    for state in range(len(problem.row)):
        key = (float(problem.row[state]), *problem.leak[state].tolist())
        if key not in answers:
            net = pyagrum_net(problem, [state])
            given: Floats = problem.prior[problem.row[state]].copy()
            for site in net.reaching:
                given[site] = net.inference.posterior(f"t{site}")[1]
            answers[key] = float(net.inference.evidenceProbability()), given
        chance, given = answers[key]
        weight[state] = chance * np.exp(problem.log_weight[state])
        sites += weight[state] * given
    total = weight.sum()
    return float(np.log(total)), weight / total, sites / total


@dataclass(frozen=True, slots=True, kw_only=True)
class PyAgrumNet:
    """A net with its evidence set and propagated."""

    inference: Any
    reaching: list[int]  # sites with an arc to a positive finding; the others keep their prior
    seconds: float  # processor time of the propagation alone, without building the net


def pyagrum_net(problem: Problem, states: list[int]) -> PyAgrumNet:
    """The net over some states of Z, node ``z`` (left out for a single state), sites ``t<number>``.

    Negatives are absorbed for pyAgrum too, and each finding is a chain of ORs with one site at a time: a table over
    all of its sites, which are up to seventy, would not fit into memory.
    """
    gum: Any = import_module("pyagrum")
    net = gum.BayesNet()
    if len(states) > 1:
        weight = np.exp(problem.log_weight[states] - problem.log_weight[states].max())
        net.add(gum.LabelizedVariable("z", "", len(states)))
        net.cpt("z").fillWith((weight / weight.sum()).tolist())

    def add(name: str, chance: Floats) -> None:
        """A node that is present with ``chance`` (states,), a child of Z only where the states differ."""
        net.add(gum.LabelizedVariable(name, "", 2))
        if np.ptp(chance) == 0.0:
            net.cpt(name).fillWith([1.0 - float(chance[0]), float(chance[0])])
        else:
            net.addArc("z", name)
            net.cpt(name)[:] = np.stack([1.0 - chance, chance], axis=1)

    reaching = np.flatnonzero(problem.arcs.any(axis=1)).tolist()
    for site in reaching:
        add(f"t{site}", problem.prior[problem.row[states], site])
    evidence = {}
    for finding in range(problem.arcs.shape[1]):
        last = f"f{finding}"
        add(last, problem.leak[states, finding])
        for site in [site for site in reaching if problem.arcs[site, finding] > 0.0]:
            here, arc = f"f{finding}_{site}", float(problem.arcs[site, finding])
            net.add(gum.LabelizedVariable(here, "", 2))
            net.addArc(last, here)
            net.addArc(f"t{site}", here)
            for before in (0, 1):
                for active in (0, 1):
                    absent = 0.0 if before else 1.0 - arc * active
                    net.cpt(here)[{last: before, f"t{site}": active}] = [absent, 1.0 - absent]
            last = here
        evidence[last] = 1
    begun = process_time()
    inference = gum.LazyPropagation(net)
    inference.setEvidence(evidence)
    inference.makeInference()
    for site in reaching:
        inference.posterior(f"t{site}")
    return PyAgrumNet(inference=inference, reaching=reaching, seconds=process_time() - begun)
