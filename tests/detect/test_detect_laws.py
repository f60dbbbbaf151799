"""What must hold for every case, whatever the numbers of the network are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from detect_cases import KNOWLEDGE, NETWORK, cases, mirror
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from unknot.case import Case, PainArea, Press
from unknot.detect import detect
from unknot.detect.calibration import calibrated
from unknot.detect.evidence import gather
from unknot.detect.inference import Inference

_OTHER = {"left": "right", "right": "left", "midline": "midline"}
few = settings(max_examples=30, deadline=None)
whole = settings(max_examples=12, deadline=None)  # these run the whole detector, not the posterior alone


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


@whole
@given(cases())
def test_the_four_mechanisms_sum_to_one(case: Case) -> None:
    found = detect(case, KNOWLEDGE).mechanism
    shares = (found.muscle, found.nerve_root, found.other, found.unknown)
    assert abs(sum(shares) - 1.0) <= 1e-12
    assert min(shares) >= 0.0


@whole
@given(cases())
def test_candidates_are_sorted_probabilities_and_the_same_every_time(case: Case) -> None:
    found = detect(case, KNOWLEDGE)
    chances = [candidate.probability for candidate in found.candidates]
    assert chances == sorted(chances, reverse=True)
    assert all(0.0 <= chance <= 1.0 for chance in chances)
    assert detect(case, KNOWLEDGE) == found


def _log_odds(case: Case, state: int, others: np.ndarray, site: int) -> float:
    """Log-odds of one site with Z and every other site held fixed."""
    evidence = gather(case, KNOWLEDGE, NETWORK)
    problem = evidence.problem
    prior = problem.prior[problem.row[state], site]
    quiet = np.exp(others @ np.log1p(-problem.arcs)) * (1.0 - problem.leak[state])  # P(absent | the site is not active)
    gain = np.log1p(-quiet * (1.0 - problem.arcs[site])) - np.log1p(-quiet)
    return float(np.log(prior) - np.log1p(-prior) + gain.sum())


@few
@given(cases(), st.data())
def test_with_every_other_cause_held_fixed_a_mark_in_its_zone_never_lowers_a_site(
    case: Case, data: st.DataObject
) -> None:
    assume(case.pain)
    place = data.draw(st.sampled_from(list(NETWORK.sites)))
    site = NETWORK.sites[place]
    zone = [p for p, tile in NETWORK.regions.items() if NETWORK.direct[site, tile] + NETWORK.spill[site, tile] > 0.0]
    drawn = {tile for area in case.pain for tile in NETWORK.tiles[area.region, area.side]}
    free = [p for p in zone if NETWORK.regions[p] not in drawn]
    assume(free)
    region, side = data.draw(st.sampled_from(free))
    mark = PainArea(region=region, side=side, intensity=data.draw(st.none() | st.integers(0, 10)), coverage=0.5)
    rng = np.random.default_rng(data.draw(st.integers(0, 1000)))
    others = (rng.random(len(NETWORK.sites)) < 0.05).astype(float)
    others[site] = 0.0
    state = data.draw(st.integers(0, len(NETWORK.states) - 1))
    before = _log_odds(case, state, others, site)
    after = _log_odds(replace(case, pain=(*case.pain, mark)), state, others, site)
    assert after >= before - 1e-9


@few
@given(st.lists(st.floats(0.0, 1.0), min_size=2, max_size=20))
def test_recalibration_never_changes_which_spot_is_likelier(chances: list[float]) -> None:
    ordered = np.sort(np.array(chances))
    found = calibrated(ordered, NETWORK.parameters.calibration)
    assert (np.diff(found) >= 0.0).all()
    assert ((found >= 0.0) & (found <= 1.0)).all()
