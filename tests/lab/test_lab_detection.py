"""How the detection section counts, and the simpler methods it is held against."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from unknot.assessment import Mechanism
from unknot.case import Case, PainArea, Person, Press
from unknot.detect import detect
from unknot.knowledge import load
from unknot.lab.comparators import COMPARATORS
from unknot.lab.detection import calibration_error, figures
from unknot.lab.outcome import Outcome, one_per_muscle, outcomes
from unknot.lab.people import SEED, simulate
from unknot.lab.trial import MOST_PRESSES, MOST_QUESTIONS, run, without_reasons

KNOWLEDGE = load()
SHARES = Mechanism(muscle=1.0, nerve_root=0.0, other=0.0, unknown=0.0)
RIGHT = Outcome(
    spots=(("qls1", "left"),),
    cause=None,
    lists={},
    chances={},
    mechanism=SHARES,
    questions=3,
    presses=2,
    reach=True,
    overlap=0.4,
)
SPOT = RIGHT.spots[0]
ELSEWHERE = ("ut1", "right")


def _outcome(first, chance: float = 0.8, **more) -> Outcome:
    lists = dict.fromkeys(("engine", "drawing_alone", *COMPARATORS), (first,))
    return replace(RIGHT, lists=lists, chances={first: chance}, **more)


def _row(found: list[Outcome], id: str):
    return next(row for row in figures(found, KNOWLEDGE) if row.id == id)


def test_a_hit_is_an_active_spot_and_not_another_of_the_list():
    found = [_outcome(SPOT), _outcome(SPOT), _outcome(SPOT), _outcome(ELSEWHERE)]
    assert _row(found, "top1").value == 0.75
    assert _row(found, "ahead").value == 0.0


def test_somebody_without_a_muscle_cause_who_gets_a_spot_above_one_half_is_counted_against_us():
    found = [_outcome(SPOT), _outcome(SPOT, 0.6, spots=(), cause="visceral"), _outcome(SPOT, 0.5, spots=(), cause="x")]
    assert _row(found, "no_muscle").value == 0.5


def test_perfect_claims_have_no_calibration_error_and_full_skill():
    found = [_outcome(SPOT, 1.0), _outcome(SPOT, 1.0)]
    assert _row(found, "calibration").value == 0.0
    assert _row(found, "brier").value == 1.0


def test_the_calibration_error_is_the_distance_of_claim_and_truth_in_each_band():
    claimed = np.array([0.1, 0.25, 0.25, 0.9, 0.9, 0.9, 0.9])
    true = np.array([1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0])
    assert calibration_error(claimed, true) == pytest.approx((2 * 0.25 + 4 * 0.15) / 6)


def test_one_muscle_stands_on_a_list_once_for_each_side():
    ranked = [("ut1", "left"), ("ut2", "left"), ("ut1", "right"), ("ls1", "left"), ("mt1", "left")]
    assert one_per_muscle(ranked, KNOWLEDGE) == (("ut1", "left"), ("ut1", "right"), ("ls1", "left"))


@pytest.mark.parametrize("method", COMPARATORS)
def test_each_simpler_method_finds_a_spot_whose_pattern_is_drawn_and_that_is_familiar(method):
    site = KNOWLEDGE.sites["inf1"]
    drawn = tuple(PainArea(region=region, side="right") for region in site.primary)
    case = Case(person=Person(age=40), pain=drawn)
    pressed = replace(case, palpation=(Press(site="inf1", side="right", tender=True, familiar=True),))
    places = [list(COMPARATORS[method](given, KNOWLEDGE)).index(("inf1", "right")) for given in (case, pressed)]
    assert places[1] <= places[0] < 12
    assert places[1] < 3


def test_leaving_the_reasons_out_changes_no_chance_and_no_next_step():
    case = simulate(SEED, 2, KNOWLEDGE).interviewed(1)
    full, silent = detect(case, KNOWLEDGE), detect(case, without_reasons(KNOWLEDGE))
    chances = [[(c.site, c.side, c.probability) for c in found.candidates] for found in (full, silent)]
    assert chances[0] == chances[1]
    assert full.ask_next == silent.ask_next
    assert any(candidate.reasons_for for candidate in full.candidates)
    assert not any(candidate.reasons_for for candidate in silent.candidates)


def test_nobody_presses_more_than_six_spots_or_answers_more_than_twelve_questions():
    for number in (1, 5):
        trial = run(simulate(SEED, number, KNOWLEDGE), KNOWLEDGE)
        assert len(trial.case.palpation) == trial.presses <= MOST_PRESSES
        assert trial.questions <= MOST_QUESTIONS
        assert len({(press.site, press.side) for press in trial.case.palpation}) == trial.presses


def test_the_rows_of_real_people_are_complete():
    rows = figures(outcomes(2), KNOWLEDGE)
    bars = {row.id for row in rows if row.at_least is not None or row.at_most is not None}
    assert bars == {"top1", "top3", "ahead", "calibration", "brier", "no_muscle"}
    assert {row.id for row in rows if row.compared} >= {"top1", "top3"}
