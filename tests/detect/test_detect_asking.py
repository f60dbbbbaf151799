"""What to ask or press next, and when to stop."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from detect_cases import KNOWLEDGE, NETWORK, a_case, cases, pain
from hypothesis import given, settings

from unknot.case import Case, Press
from unknot.detect import detect
from unknot.detect.ask import effort, information_of_findings
from unknot.detect.inference import Inference
from unknot.detect.problem import Problem
from unknot.lab.networks import random_problem

LOW_BACK = a_case(pain("lumbar_paraspinal", "left", 6))
LEG = a_case(pain("buttock_mid", "left"), pain("thigh_back_upper", "left"), pain("calf_upper", "left"), worse_with=())


def _enumerated(problem: Problem, arcs: np.ndarray, leak: np.ndarray) -> float:
    """I(finding; Z, T) in bits by adding up every possibility."""
    sites = problem.prior.shape[1]
    active = np.array(list(product((0.0, 1.0), repeat=sites)))
    weights, absent = [], []
    for state in range(len(problem.row)):
        prior = problem.prior[problem.row[state]]
        chance = np.prod(np.where(active > 0, prior, 1 - prior), axis=1) * np.exp(problem.log_weight[state])
        quiet = np.exp(active @ np.log1p(-problem.arcs))
        weights.append(chance * np.prod(1 - (1 - problem.leak[state]) * quiet, axis=1))
        absent.append(np.exp(active @ np.log1p(-arcs)) * (1 - leak[state]))
    weight, q = np.concatenate(weights), np.concatenate(absent)
    weight /= weight.sum()

    def entropy(p: np.ndarray) -> np.ndarray:
        return -(p * np.log2(p) + (1 - p) * np.log2(1 - p))

    return float(entropy(np.array([weight @ q]))[0] - weight @ entropy(q))


@pytest.mark.parametrize("seed", range(30))
def test_the_bits_of_a_movement_are_bounded_closely_from_above(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = random_problem(rng, sites=8, findings=4, states=3)
    arcs = np.where(rng.random(8) < 0.5, 0.3, 0.0)
    leak = np.full(3, 0.03)
    found = information_of_findings(Inference(problem, NETWORK.parameters.work), [(arcs, leak)])[0]
    right = _enumerated(problem, arcs, leak)
    assert right - 1e-9 <= found <= 1.3 * right + 1e-9


@pytest.mark.parametrize("seed", range(30))
def test_the_bits_of_a_movement_of_one_site_are_exact(seed: int) -> None:
    problem = random_problem(np.random.default_rng(seed), sites=8, findings=4, states=3)
    arcs = np.zeros(8)
    arcs[seed % 8] = 0.3
    leak = np.full(3, 0.03)
    found = information_of_findings(Inference(problem, NETWORK.parameters.work), [(arcs, leak)])[0]
    assert found == pytest.approx(_enumerated(problem, arcs, leak), abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(cases())
def test_nothing_is_asked_twice(case: Case) -> None:
    pressed = {(p.site, p.side) for p in case.palpation if p.tender is not None and p.familiar is not None}
    for step in detect(case, KNOWLEDGE).ask_next:
        if step.kind == "question":
            assert step.id not in case.answers
        else:
            assert (step.id, step.side) not in pressed
        assert step.gain_bits > 0.0


def test_before_anything_was_asked_the_movements_that_hurt_come_first() -> None:
    assert detect(LOW_BACK, KNOWLEDGE).ask_next[0].id in ("worse_with", "limited_movements")


def test_pain_down_the_leg_asks_for_signs_of_a_nerve() -> None:
    asked = {step.id for step in detect(LEG, KNOWLEDGE).ask_next}
    assert asked & {"limb_worse_than_spine", "leg_pain_below_knee", "numb_strip", "seated_leg_straighten_limb_pain"}


def test_a_settled_case_asks_nothing_more() -> None:
    assert detect(LOW_BACK, KNOWLEDGE, settled=lambda mechanism, candidates: True).ask_next == ()
    assert detect(LOW_BACK, KNOWLEDGE, settled=lambda mechanism, candidates: False).ask_next != ()


def test_only_spots_that_may_be_pressed_are_pressed() -> None:
    steps = detect(LOW_BACK, KNOWLEDGE, pressable=lambda site, side: False).ask_next
    assert all(step.kind == "question" for step in steps)
    every = detect(LOW_BACK, KNOWLEDGE).ask_next
    assert any(step.kind == "palpation" for step in every)


def test_nobody_is_sent_to_a_spot_that_people_do_not_press_by_themselves() -> None:
    groin = a_case(pain("thigh_front_upper", "left"), pain("groin", "left"), worse_with=(), limited_movements=())
    steps = detect(groin, KNOWLEDGE).ask_next
    assert all(
        KNOWLEDGE.sites[step.id].self_press and KNOWLEDGE.muscles[KNOWLEDGE.sites[step.id].muscle].access
        for step in steps
        if step.kind == "palpation"
    )


def test_a_press_tells_most_about_an_even_chance_and_nothing_once_pressed() -> None:
    presses = [step for step in detect(LOW_BACK, KNOWLEDGE).ask_next if step.kind == "palpation"]
    first = presses[0]
    assert first.side is not None
    press = Press(site=first.id, side=first.side, tender=True, familiar=True)
    after = detect(a_case(*LOW_BACK.pain, presses=(press,)), KNOWLEDGE).ask_next
    assert (first.id, first.side) not in {(step.id, step.side) for step in after}


def test_a_press_that_needs_a_tool_costs_more_and_a_deep_one_most() -> None:
    ask, muscles = NETWORK.parameters.ask, KNOWLEDGE.muscles
    assert "fingers" in muscles["trapezius_upper"].access
    assert "fingers" not in muscles["latissimus_dorsi"].access
    efforts = [effort(muscles[name], ask) for name in ("trapezius_upper", "latissimus_dorsi", "piriformis")]
    assert efforts == sorted(set(efforts))
