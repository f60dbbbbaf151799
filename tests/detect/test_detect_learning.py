"""What a person's own record changes in the ranking."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from detect_cases import KNOWLEDGE, NETWORK, a_case, cases, pain
from hypothesis import given, settings
from hypothesis import strategies as st

from unknot.case import Case, Press
from unknot.detect import detect
from unknot.detect.learning import learnt
from unknot.record import History, PastPress, PastSession

AT = datetime(2026, 3, 1, tzinfo=UTC)
CASE = a_case(pain("lumbar_paraspinal", "left", 6), worse_with=("bending_forward",))
PLACE = ("icl1", "left")


def pressed(
    familiar: bool | None, tender: bool | None = None, place: tuple[str, str] = PLACE, day: int = 0
) -> PastPress:
    at = AT + timedelta(days=day)
    return PastPress(at=at, site=place[0], side=place[1], tender=tender, familiar=familiar)  # type: ignore[arg-type]


def session(before: float | None, after: float | None, stopped_for: str | None = None) -> PastSession:
    return PastSession(
        at=AT, site=PLACE[0], side="left", tool="massage_ball", posture="wall", hold_seconds=60.0,
        pain_before=before, pain_after=after, stopped_for=stopped_for,
    )  # fmt: skip


def odds(history: History, case: Case = CASE) -> float:
    return float(learnt(case, NETWORK, history).odds[NETWORK.sites[PLACE]])


def chance(history: History | None) -> float:
    found = {(c.site, c.side): c.probability for c in detect(CASE, KNOWLEDGE, history=history).candidates}
    return found[PLACE]


def test_a_spot_that_was_confirmed_before_is_likelier_and_a_quiet_one_less_likely() -> None:
    assert chance(History(presses=(pressed(True),))) > chance(None) > chance(History(presses=(pressed(False, False),)))


def test_a_spot_whose_session_eased_the_pain_is_likelier() -> None:
    assert odds(History(sessions=(session(6, 3),))) > 1.0 > odds(History(sessions=(session(6, 6),)))


@pytest.mark.parametrize("one", [session(None, None), session(6, 2, stopped_for="tingling"), session(0, 0)])
def test_a_session_without_ratings_or_that_was_stopped_teaches_nothing(one: PastSession) -> None:
    assert odds(History(sessions=(one,))) == 1.0


def test_not_sure_teaches_nothing() -> None:
    assert odds(History(presses=(pressed(None, None),))) == 1.0


def test_the_latest_press_counts_and_none_counts_twice() -> None:
    once = odds(History(presses=(pressed(True),)))
    assert odds(History(presses=(pressed(True), pressed(True, day=3)))) == once
    assert odds(History(presses=(pressed(True), pressed(False, False, day=3)))) < 1.0


def test_what_the_case_itself_says_of_a_press_is_not_counted_again() -> None:
    today = a_case(*CASE.pain, presses=(Press(site=PLACE[0], side="left", tender=True, familiar=True),))
    assert odds(History(presses=(pressed(True),)), today) == 1.0


def test_what_was_learnt_is_said() -> None:
    found = detect(CASE, KNOWLEDGE, history=History(presses=(pressed(True),), sessions=(session(6, 2),)))
    told = next(c for c in found.candidates if (c.site, c.side) == PLACE)
    assert {"detect.for.confirmed", "detect.for.eased"} & {text.id for text in told.reasons_for}


def test_a_site_that_the_knowledge_no_longer_holds_is_passed_over() -> None:
    assert (learnt(CASE, NETWORK, History(presses=(pressed(True, place=("gone", "left")),))).odds == 1.0).all()


@settings(max_examples=20, deadline=None)
@given(cases(), st.lists(st.tuples(st.sampled_from(list(NETWORK.sites)), st.booleans(), st.booleans()), max_size=6))
def test_earlier_days_stay_within_their_bounds(case: Case, presses: list) -> None:
    history = History(
        presses=tuple(pressed(familiar, tender, place) for place, familiar, tender in presses),
        sessions=(session(8, 0), session(5, 5)),
    )
    given_odds = learnt(case, NETWORK, history).odds
    bounds = NETWORK.parameters.learned
    assert np.all((given_odds >= bounds.least) & (given_odds <= bounds.greatest))
