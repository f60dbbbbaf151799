"""What must hold for every case, whatever the numbers of the network are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from detect_cases import KNOWLEDGE, NETWORK, cases, mirror
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from unknot.case import Case, Press
from unknot.detect import detect
from unknot.detect.evidence import gather
from unknot.detect.inference import Inference

_OTHER = {"left": "right", "right": "left", "midline": "midline"}
few = settings(max_examples=40, deadline=None)


def posterior(case: Case) -> Inference:
    return Inference(gather(case, KNOWLEDGE, NETWORK).problem, NETWORK.parameters.work)


def _same(one: Inference, other: Inference) -> None:
    np.testing.assert_allclose(one.sites, other.sites, rtol=0, atol=1e-12)
    np.testing.assert_allclose(one.states, other.states, rtol=0, atol=1e-12)


@few
@given(cases())
def test_mirroring_the_case_mirrors_the_answer(case: Case) -> None:
    here, there = posterior(case), posterior(mirror(case))
    for (site, side), number in NETWORK.sites.items():
        assert there.sites[NETWORK.sites[site, _OTHER[side]]] == pytest.approx(here.sites[number], abs=1e-12)
    places = {(state.cause, state.focus, state.side): number for number, state in enumerate(NETWORK.states)}
    for (cause, focus, side), number in places.items():
        assert there.states[places[cause, focus, _OTHER[side]]] == pytest.approx(here.states[number], abs=1e-12)


@few
@given(cases(), st.randoms())
def test_the_order_of_what_was_said_does_not_matter(case: Case, random: object) -> None:
    def shuffled(values: tuple) -> tuple:
        listed = list(values)
        random.shuffle(listed)  # type: ignore[attr-defined]
        return tuple(listed)

    keys = shuffled(tuple(case.answers))
    other = replace(
        case,
        pain=shuffled(case.pain),
        palpation=shuffled(case.palpation),
        answers={k: shuffled(v) if isinstance(v := case.answers[k], tuple) else v for k in keys},
    )
    _same(posterior(case), posterior(other))


@few
@given(cases(), st.sampled_from(sorted(KNOWLEDGE.questions)))
def test_not_sure_is_the_same_as_not_asked(case: Case, question: str) -> None:
    assume(question not in case.answers)
    _same(posterior(case), posterior(replace(case, answers={**case.answers, question: None})))


@few
@given(cases())
def test_answers_without_an_arc_change_nothing(case: Case) -> None:
    more = {**case.answers, "smoker": True, "treatments_helped": ("heat",), "fall_minor": True, "loaded_side": "left"}
    _same(posterior(case), posterior(replace(case, answers=more)))


@few
@given(cases(), st.sampled_from(list(NETWORK.sites)))
def test_a_tender_or_familiar_spot_is_never_less_likely_for_it(case: Case, place: tuple[str, str]) -> None:
    assume(place not in {(press.site, press.side) for press in case.palpation})
    before = posterior(case).sites[NETWORK.sites[place]]
    for item in ("tender", "familiar"):
        press = Press(site=place[0], side=place[1], **{item: True})  # type: ignore[arg-type]
        after = posterior(replace(case, palpation=(*case.palpation, press))).sites[NETWORK.sites[place]]
        assert after >= before


@few
@given(cases())
def test_the_four_mechanisms_sum_to_one(case: Case) -> None:
    found = detect(case, KNOWLEDGE).mechanism
    shares = (found.muscle, found.nerve_root, found.other, found.unknown)
    assert abs(sum(shares) - 1.0) <= 1e-12
    assert min(shares) >= 0.0


@few
@given(cases())
def test_candidates_are_sorted_probabilities_and_the_same_every_time(case: Case) -> None:
    found = detect(case, KNOWLEDGE)
    chances = [candidate.probability for candidate in found.candidates]
    assert chances == sorted(chances, reverse=True)
    assert all(0.0 <= chance <= 1.0 for chance in chances)
    assert detect(case, KNOWLEDGE) == found
