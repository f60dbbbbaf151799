"""The edges of the gate: each bound at its value, and every way out of it."""

from datetime import timedelta

import pytest
from people import KNOWN, NOW, ago, cleared, history, options, person, reasons, session, stopped, with_answers, without

from unknot.messages import render
from unknot.safety import Clearance, gate
from unknot.safety.gate import earlier_days

SEEN = {"clinician_seen_days_ago": 1, "new_since_clinician": False}


def looked_back(*signs, **facts):
    """A person on a day after earlier sessions, with the look-back answered."""
    return person(after_session_signs=list(signs), **facts)


def test_a_precaution_that_forbids_stops_with_its_reason():
    assert "precaution.alcohol_or_sedative_now.because" in reasons(stopped(person(alcohol_or_sedative_now=True)))


def test_what_a_precaution_asks_for_stops_with_the_question():
    stop = stopped(without(person(conditions=("pacemaker",), implant_place=["chest_upper"]), "implant_place"))
    assert stop.unanswered == ("implant_place",)
    assert reasons(stop) == {"refuse.unanswered"}


def test_a_large_bruise_stops_the_day_even_when_a_clinician_found_no_bleeding():
    case = looked_back("bruise_large", clinician_ruled_out=["bleeding"], **SEEN)
    assert reasons(stopped(case, history(session(ago(days=2))))) == {"after.bruise_large.do"}


def test_who_named_tools_is_not_told_that_they_are_unknown():
    assert "because.tools_unknown" not in {text.id for option in options(cleared(person())) for text in option.because}


def test_the_first_visit_of_a_day_is_not_kept_as_mild_as_a_second_one():
    found = options(cleared(person()))
    assert max(option.comfort_max for option in found) > 3
    assert "because.second_today" not in {text.id for option in found for text in option.because}


def test_who_is_not_sensitive_does_not_wait_for_quiet_mornings():
    found = options(cleared(looked_back(), history(session(ago(days=4), soreness_next_day=3), session(ago(days=2)))))
    assert "because.two_quiet_mornings" not in {text.id for option in found for text in option.because}


def test_answers_given_this_very_moment_hold():
    assert cleared(person(), history(screened_at=NOW)).expires_at == NOW + timedelta(hours=12)


def test_the_look_back_ends_on_its_last_day():
    assert isinstance(gate(person(), history(session(ago(days=21))), NOW, KNOWN), Clearance)
    almost = history(session(ago(days=21) + timedelta(seconds=1)))
    assert stopped(person(), almost).unanswered == ("after_session_signs",)


def test_a_visit_ends_when_its_minutes_are_used_up_even_with_spots_left():
    full = history(session(ago(hours=0.4), hold_seconds=300), session(ago(hours=0.2), site="mt1", hold_seconds=420))
    stop = stopped(person(), full)
    assert reasons(stop) == {"refuse.visit_full"}
    assert stop.until == ago(hours=0.2) + timedelta(hours=18)
    nearly = history(session(ago(hours=0.4), hold_seconds=300), session(ago(hours=0.2), site="mt1", hold_seconds=390))
    assert cleared(person(), nearly).session_limits.max_minutes == 0.5


def test_the_day_opens_again_eighteen_hours_after_the_last_visit():
    stop = stopped(looked_back(), history(session(ago(hours=9), soreness_next_day=None)))
    assert reasons(stop) == {"refuse.day_full"}
    assert stop.until == ago(hours=9) + timedelta(hours=18)


@pytest.mark.parametrize("older", [10, 7])
def test_the_week_counts_from_the_oldest_visit_that_is_still_in_it(older):
    days = [session(ago(days=day)) for day in (older, 6, 5, 4, 3, 1.2)]
    assert stopped(looked_back(), history(*days)).until == ago(days=6) + timedelta(days=7)


def test_of_several_rests_of_everything_the_longest_is_told():
    both = history(session(ago(hours=3), stopped_for="no_answer"), session(ago(hours=1), stopped_for="dizziness"))
    assert stopped(looked_back(), both).until == ago(hours=1) + timedelta(hours=18)
    open_end = history(session(ago(days=2), stopped_for="chest_pain"), session(ago(hours=1), stopped_for="dizziness"))
    assert stopped(looked_back(), open_end).until is None


def test_soreness_alone_closes_nothing():
    before = cleared(looked_back(), history(session(ago(days=2))))
    after = cleared(looked_back("soreness_only"), history(session(ago(days=2))))
    for site in ("qls2", "qld2", "mt1"):
        assert after.options(site, "left") == before.options(site, "left") != ()


@pytest.mark.parametrize(("days", "is_open"), [(2.99, False), (3, True), (4, True)])
def test_a_small_bruise_closes_its_spot_for_three_days(days, is_open):
    clearance = cleared(looked_back("bruise_small"), history(session(ago(days=days))))
    assert bool(clearance.options("qls2", "left")) is is_open
    assert clearance.options("qld2", "left")


def test_a_small_bruise_closes_the_whole_region_of_who_bleeds_more_easily():
    clearance = cleared(looked_back("bruise_small", conditions=("antiplatelet",)), history(session(ago(days=4))))
    assert not clearance.options("qld2", "left")
    assert not clearance.options("qld2", "right")
    assert clearance.options("mt1", "left")
    assert {text.id for text in clearance.closed_because("qld2", "left")} == {"after.bruise_small_bleeding.do"}


def test_a_sign_after_a_session_that_never_was_closes_nothing():
    assert cleared(looked_back("bruise_small")).options("qls2", "left")


def test_not_sure_about_anything_that_needs_a_clear_answer_says_which():
    stop = stopped(with_answers(person(), recent_infection=None))
    assert any("infection" in render(text.id, text.params) for text in stop.reasons)


def test_what_earlier_days_leave_can_be_asked_without_leave_to_press():
    case = person(alcohol_or_sedative_now=True)
    before = history(session(ago(days=2)))
    assert stopped(case, before)
    past = earlier_days(case, before, NOW, KNOWN)
    assert [one.at for one in past.sessions] == [ago(days=2)]
    assert past.now == NOW
