"""The posterior of the full-size network against pyAgrum, which shares no line with it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("pyagrum")
sys.path.append(str(Path(__file__).parents[1] / "detect"))

from detect_cases import KNOWLEDGE, NETWORK, a_case, pain

from unknot.case import Case
from unknot.detect.evidence import gather
from unknot.detect.frontier import solve
from unknot.lab.networks import by_pyagrum

CASES = {
    "low back": a_case(
        pain("lumbar_paraspinal", "left", 6), pain("si_joint", "left"), worse_with=("bending_forward",),
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
        pain("thigh_outer", "left"), pain("leg_outer", "left"), pain("foot_top", "left"), heel_walk_weak=True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_full_network_agrees_with_pyagrum(name: str) -> None:
    case: Case = CASES[name]
    problem = gather(case, KNOWLEDGE, NETWORK).problem
    found = solve(problem)
    log_evidence, states, sites = by_pyagrum(problem)
    assert found.log_evidence == pytest.approx(log_evidence, abs=1e-9)
    np.testing.assert_allclose(found.states, states, rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.sites, sites, rtol=0, atol=1e-9)
