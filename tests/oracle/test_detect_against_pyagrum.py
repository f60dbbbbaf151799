"""The posterior of the full-size network against pyAgrum, which shares no line with it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

gum = pytest.importorskip("pyagrum")
sys.path.append(str(Path(__file__).parents[1] / "detect"))

from detect_cases import KNOWLEDGE, NETWORK, a_case, pain  # noqa: E402

from unknot.case import Case  # noqa: E402
from unknot.detect.evidence import gather  # noqa: E402
from unknot.detect.frontier import solve  # noqa: E402
from unknot.detect.problem import Problem  # noqa: E402

CASES = {
    "low back": a_case(
        pain("lumbar_paraspinal", "left", 6), pain("si_joint", "left"), pain("buttock_mid", "left"),
        worse_with=("bending_forward", "sitting_long"), limited_movements=("back_forward",),
    ),
    "neck and head": a_case(
        pain("neck_back_upper", "right"), pain("head_temple", "right"), pain("head_occiput", "left"),
        worse_with=("turning_head", "looking_up"), qualities=("aching",),
    ),
    "shoulder and arm": a_case(
        pain("shoulder_front", "right"), pain("arm_side", "right"), pain("forearm_radial", "right"),
        limited_movements=("hand_behind_back", "arm_up"), arm_pain_below_elbow=True,
    ),
    "leg": a_case(
        pain("buttock_mid", "left"), pain("thigh_outer", "left"), pain("leg_outer", "left"), pain("foot_top", "left"),
        worse_with=("walking",), heel_walk_weak=True,
    ),
}  # fmt: skip


def _given_state(problem: Problem, state: int) -> tuple[float, np.ndarray]:
    """P(findings | Z = state) and P(T | findings, Z = state) by lazy propagation.

    Negatives are absorbed for pyAgrum too, and each finding is a chain of ORs with one site at a time: a table over
    all of its sites, which are up to seventy, would not fit into memory.
    """
    net = gum.BayesNet()
    prior = problem.prior[problem.row[state]]
    reaching = np.flatnonzero(problem.arcs.any(axis=1)).tolist()
    for site in reaching:
        net.add(gum.LabelizedVariable(f"t{site}", "", 2))
        net.cpt(f"t{site}").fillWith([1.0 - prior[site], prior[site]])
    evidence = {}
    for finding in range(problem.arcs.shape[1]):
        last = f"f{finding}"
        net.add(gum.LabelizedVariable(last, "", 2))
        leak = float(problem.leak[state, finding])
        net.cpt(last).fillWith([1.0 - leak, leak])
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
    inference = gum.LazyPropagation(net)
    inference.setEvidence(evidence)
    inference.makeInference()
    sites = prior.copy()
    for site in reaching:
        sites[site] = inference.posterior(f"t{site}")[1]
    return inference.evidenceProbability(), sites


@pytest.mark.parametrize("name", CASES)
def test_the_full_network_agrees_with_pyagrum(name: str) -> None:
    case: Case = CASES[name]
    problem = gather(case, KNOWLEDGE, NETWORK).problem
    found = solve(problem)
    weight, sites = np.zeros(len(problem.row)), np.zeros(problem.prior.shape[1])
    answers: dict[tuple[float, ...], tuple[float, np.ndarray]] = {}
    for state in range(len(problem.row)):
        key = (float(problem.row[state]), *problem.leak[state].tolist())
        if key not in answers:
            answers[key] = _given_state(problem, state)
        chance, given = answers[key]
        weight[state] = chance * np.exp(problem.log_weight[state])
        sites += weight[state] * given
    assert found.log_evidence == pytest.approx(float(np.log(weight.sum())), abs=1e-9)
    np.testing.assert_allclose(found.states, weight / weight.sum(), rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.sites, sites / weight.sum(), rtol=0, atol=1e-9)
