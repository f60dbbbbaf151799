"""Reasons are what they say: how the odds move when a finding is left out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from detect_cases import KNOWLEDGE, NETWORK, a_case, cases, pain
from hypothesis import given, settings

from unknot.case import Case, Press
from unknot.detect import detect
from unknot.detect.evidence import gather
from unknot.detect.explain import log_odds_shifts
from unknot.detect.frontier import solve
from unknot.detect.inference import Inference
from unknot.messages import render

CASE = a_case(
    pain("lumbar_paraspinal", "left", 6),
    pain("buttock_mid", "left", 4),
    worse_with=("bending_forward", "sitting_long"),
    activities=("driving",),
    leg_pain_below_knee=False,
)


def _log_odds(chance: float) -> float:
    return float(np.log(chance / (1.0 - chance)))


@pytest.mark.parametrize("site", ["icl1", "pf1", "gmd2"])
def test_the_shift_of_a_finding_is_the_change_of_log_odds_without_it(site: str) -> None:
    evidence = gather(CASE, KNOWLEDGE, NETWORK)
    number = NETWORK.sites[site, "left"]
    shifts = log_odds_shifts(evidence, Inference(evidence.problem, NETWORK.parameters.work), [number])[0]
    assert shifts is not None
    problem = evidence.problem
    now = _log_odds(solve(problem).sites[number])
    for place in range(len(evidence.positives)):
        fewer = replace(
            problem, arcs=np.delete(problem.arcs, place, axis=1), leak=np.delete(problem.leak, place, axis=1)
        )
        assert shifts.positives[place] == pytest.approx(now - _log_odds(solve(fewer).sites[number]), abs=1e-8)
    unsaid = {key: value for key, value in CASE.answers.items() if key != "leg_pain_below_knee"}
    other = gather(replace(CASE, answers=unsaid), KNOWLEDGE, NETWORK).problem
    right = now - _log_odds(solve(other).sites[number])
    assert shifts.readings["leg_pain_below_knee"] == pytest.approx(right, abs=1e-8)


def _ids(texts: tuple) -> list[str]:
    return [text.id for text in texts]


def test_a_marked_region_of_its_zone_speaks_for_a_spot_and_an_unmarked_one_against() -> None:
    top = next(c for c in detect(CASE, KNOWLEDGE).candidates if c.site == "pf1")
    assert "detect.for.marked" in _ids(top.reasons_for)
    against = next(text for text in top.reasons_against if text.id == "detect.against.unmarked")
    assert against.params["regions"] == ["@region.si_joint"]


def test_presses_are_told_one_by_one() -> None:
    press = Press(site="pf1", side="left", tender=True, familiar=False)
    case = replace(CASE, palpation=(press,))
    top = next(c for c in detect(case, KNOWLEDGE).candidates if c.site == "pf1")
    assert "detect.for.tender" in _ids(top.reasons_for)
    assert "detect.against.familiar" in _ids(top.reasons_against)


def test_no_more_reasons_than_a_person_reads() -> None:
    most = NETWORK.parameters.report.reasons
    for candidate in detect(CASE, KNOWLEDGE).candidates:
        assert len(candidate.reasons_for) <= most
        assert len(candidate.reasons_against) <= most


@settings(max_examples=20, deadline=None)
@given(cases())
def test_everything_that_is_said_can_be_read_out(case: Case) -> None:
    found = detect(case, KNOWLEDGE)
    texts = [text for c in found.candidates for text in (*c.reasons_for, *c.reasons_against)]
    texts += [step.why for step in found.ask_next]
    if found.abstained is not None:
        texts.append(found.abstained)
    for text in texts:
        assert render(text.id, text.params)
