"""What a person bears is learned from comfort answers, slowly, and the suggested load follows it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safety.people import KNOWN, NOW, history
from safety.people import session as past_session

from unknot.dose.estimate import muscle_stress_kpa
from unknot.dose.layers import Body
from unknot.track.tolerated import last_comfortable, tolerance

BODY = Body(mass_kg=72.0, height_cm=168.0, sex="female")
SPOT = ("gmx1", "left")


def past(days, force, answer, *, site="gmx1", **given):
    one = past_session(NOW - timedelta(days=days), site=site, comfort_peak=answer, **given)
    return replace(one, force_n=(force / 1.5, force, force * 1.5))


def learned(*sessions, spot=SPOT):
    return tolerance(history(*sessions), *spot, BODY, KNOWN)


def stress(force, site="gmx1"):
    return muscle_stress_kpa("massage_ball", site, force, BODY, KNOWN)


def test_before_any_session_what_one_bears_is_the_prior():
    none = learned()
    assert none.data == ()
    assert none.posterior.p05 == pytest.approx(none.prior.p05, rel=1e-6)
    assert none.posterior.p95 == pytest.approx(none.prior.p95, rel=1e-6)


def test_after_a_few_sessions_the_suggested_load_follows_what_this_person_bore():
    tough = learned(*(past(days, 120.0, 2.0) for days in (9, 6, 3)))
    tender = learned(*(past(days, 30.0, 6.0) for days in (9, 6, 3)))
    assert tender.suggested_kpa(5) < stress(30.0) < learned().suggested_kpa(5) * 3
    assert tough.suggested_kpa(5) > stress(120.0)
    for one in (tough, tender):
        assert one.posterior.p95 / one.posterior.p05 < 0.6 * one.prior.p95 / one.prior.p05
        assert len(one.data) == 3


def test_the_suggested_load_is_borne_as_likely_as_the_facts_ask():
    one = learned(past(3, 60.0, 3.0))
    assert one.chance(one.suggested_kpa(5), 5) == pytest.approx(KNOWN.dose["comfort"]["suggest"]["likely"]["value"])


def test_a_bruise_clear_soreness_or_a_stop_counts_as_too_much_whatever_was_said():
    fine = learned(past(3, 60.0, 2.0))
    for sign in ({"soreness_next_day": 6.0}, {"bruise_cm": 1.0}, {"stopped_for": "pain_rising"}):
        sore = learned(past(3, 60.0, 2.0, **sign))
        assert sore.data[0].answer == 7 and sore.data[0].too_much
        assert sore.suggested_kpa(5) < 0.7 * fine.suggested_kpa(5)


def test_another_spot_of_the_same_person_tells_less_than_the_spot_itself():
    here, there = learned(past(3, 60.0, 7.0)), learned(past(3, 60.0, 7.0, site="icl1"))
    assert here.log_sd < there.log_sd < learned().log_sd


def test_an_old_answer_weighs_less_than_a_new_one():
    recent = learned(past(1, 100.0, 2.0), past(2, 40.0, 7.0))
    faded = learned(past(1, 100.0, 2.0), past(200, 40.0, 7.0))
    assert faded.suggested_kpa(5) > recent.suggested_kpa(5)


def test_a_session_without_a_force_or_an_answer_tells_nothing():
    assert learned(past(3, 60.0, None), replace(past(3, 60.0, 3.0), force_n=None)).data == ()


def test_the_last_comfortable_session_is_the_newest_that_was_borne_well():
    good, bad = past(5, 60.0, 3.0), past(2, 90.0, 7.0)
    assert last_comfortable(history(good, bad), KNOWN) == good
    assert last_comfortable(history(bad), KNOWN) is None
    assert last_comfortable(history(good), KNOWN, ("icl1", "left")) is None


@given(st.lists(st.tuples(st.sampled_from((20.0, 50.0, 100.0)), st.floats(0, 10)), max_size=5), st.floats(0, 10))
@settings(max_examples=40, deadline=None)
def test_a_sorer_answer_never_raises_the_suggested_load_and_evidence_never_widens_the_band(told, answer):
    before = [past(10 + n, force, felt) for n, (force, felt) in enumerate(told)]
    mild, sore = (learned(*before, past(1, 50.0, felt)) for felt in sorted((answer, 5.0)))
    assert sore.suggested_kpa(5) <= mild.suggested_kpa(5) * (1 + 1e-9)
    assert mild.log_sd <= learned().log_sd * (1 + 1e-9)
