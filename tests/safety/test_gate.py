"""The one door: who gets leave to press, for how long, and what earlier days do to it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people import (
    KNOWN,
    NOW,
    ago,
    cleared,
    everything,
    history,
    may_press,
    options,
    person,
    reasons,
    regular,
    session,
    stopped,
    with_answers,
    without,
)

from unknot.case import Case
from unknot.case import Person as CasePerson
from unknot.messages import render
from unknot.record import PainRating, StandingStop
from unknot.safety import Clearance, Stop, gate, screen, unanswered

# --- who passes


def test_a_person_with_every_gate_question_answered_gets_a_clearance_for_twelve_hours():
    clearance = cleared(person())
    assert clearance.expires_at == NOW + timedelta(hours=12)
    assert clearance.options("qls2", "left")
    assert clearance.session_limits.max_spots == 3
    assert clearance.session_limits.max_minutes == 12
    assert {"chest_pain", "tingling_or_numb", "too_strong", "no_answer"} <= set(clearance.stop_rules)


def test_nobody_but_the_gate_makes_a_clearance():
    clearance = cleared(person())
    given = {name: getattr(clearance, name) for name in Clearance.__slots__}
    with pytest.raises(TypeError):
        Clearance(token=object(), **given)
    with pytest.raises(TypeError):
        Clearance(**given)
    with pytest.raises(ValueError, match="InitVar"):
        replace(clearance, expires_at=NOW + timedelta(days=99))


def test_without_the_time_there_is_no_session():
    assert reasons(stopped(person(), now=None)) == {"refuse.no_time"}


def test_a_time_without_a_zone_is_an_error():
    with pytest.raises(ValueError, match="zone"):
        gate(person(), None, datetime(2026, 11, 22), KNOWN)


@pytest.mark.parametrize("question", sorted(person().answers))
def test_a_missing_gate_answer_forbids_any_session(question):
    case = without(person(), question)
    found = gate(case, None, NOW, KNOWN)
    if question in unanswered(case, KNOWN):
        assert isinstance(found, Stop)
        assert question in found.unanswered
    else:
        assert isinstance(found, Clearance)


def test_no_answers_at_all_give_no_session_and_the_questions():
    bare = replace(person(), answers={}, person=CasePerson(age=40))
    assert {"conditions", "ces_saddle"} <= set(stopped(bare).unanswered)


def test_every_answer_not_sure_gives_no_session():
    assert stopped(replace(person(), answers=dict.fromkeys(person().answers)))


@pytest.mark.parametrize(
    "sign", ["ces_saddle", "fever", "chest_pain", "leg_weakness_both", "belly_pulsing", "fainting"]
)
def test_a_danger_sign_gives_a_stop_with_its_reasons(sign):
    stop = stopped(person(**{sign: True}))
    assert stop.reasons
    assert all(render(text.id, text.params) for text in stop.reasons)


# --- tools


def test_only_tools_that_the_person_has_are_offered_and_hands_always():
    assert {option.tool for option in options(cleared(person(tools=["massage_ball"])))} == {"massage_ball", "fingers"}
    assert {option.tool for option in options(cleared(person(tools=[])))} == {"fingers"}


def test_unknown_tools_mean_hands_only_and_the_reason_says_so():
    found = options(cleared(person(tools=None)))
    assert {option.tool for option in found} == {"fingers"}
    assert all("because.tools_unknown" in [text.id for text in option.because] for option in found)


# --- how old the answers are


def test_answers_are_good_for_twelve_hours_from_the_screening():
    fresh = cleared(person(), history(screened_at=ago(hours=11.9)))
    assert fresh.expires_at == ago(hours=11.9) + timedelta(hours=12)
    assert reasons(stopped(person(), history(screened_at=ago(hours=12)))) == {"refuse.answers_too_old"}
    assert stopped(person(), history(screened_at=NOW + timedelta(hours=1)))


# --- how often


def light(n, **facts):
    """The person on a day after n earlier sessions, look-back answered."""
    return person(after_session_signs=[], **facts)


def test_one_visit_a_day_unless_the_last_morning_was_quiet():
    unknown = history(session(ago(hours=3), soreness_next_day=None))
    assert "refuse.day_full" in reasons(stopped(light(1), unknown))
    quiet = history(session(ago(days=2)), session(ago(hours=3), soreness_next_day=None))
    second = cleared(light(2), quiet)
    assert {option.comfort_max for option in second.options("mt1", "left")} == {3}
    third = history(session(ago(days=2)), session(ago(hours=9), soreness_next_day=None), session(ago(hours=3)))
    assert "refuse.day_full" in reasons(stopped(light(3), third))


def test_five_visits_in_seven_days_are_enough():
    days = [session(ago(days=day)) for day in (6, 5, 4, 3, 1.2)]
    stop = stopped(light(5), history(*days))
    assert reasons(stop) == {"refuse.week_full"}
    assert stop.until == ago(days=6) + timedelta(days=7)
    assert isinstance(gate(light(5), history(*days[1:]), NOW, KNOWN), Clearance)


def test_a_visit_holds_three_spots_and_twelve_minutes():
    within = [session(ago(hours=0.4), site=site, hold_seconds=60) for site in ("qls2", "mt1")]
    going_on = cleared(person(), history(*within))
    assert going_on.session_limits.max_spots == 1
    assert going_on.session_limits.max_minutes == 10
    third = session(ago(hours=0.1), site="gmd1")
    assert reasons(stopped(person(), history(*within, third))) == {"refuse.visit_full"}


def test_one_spot_gets_two_minutes_a_day():
    before = history(session(ago(hours=0.5), hold_seconds=70))
    assert {option.max_spot_s for option in cleared(person(), before).options("qls2", "left")} == {50}
    other = cleared(person(), before).options("qls2", "right")
    assert {option.max_spot_s for option in other if option.access != "elbow_tool"} == {120}
    # The elbow tool presses both sides at once: what the left has had today counts for it on the right as well.
    assert {option.max_spot_s for option in other if option.access == "elbow_tool"} == {50}
    full = cleared(person(), history(session(ago(hours=0.5), hold_seconds=115)))
    assert [text.id for text in full.closed_because("qls2", "left")] == ["closed.enough_today"]


def test_a_session_that_is_dated_after_now_counts_as_one_of_today():
    ahead = history(session(NOW + timedelta(days=2), soreness_next_day=None))
    assert isinstance(gate(light(1), ahead, NOW, KNOWN), Stop)


# --- growing slowly


def test_the_first_two_visits_halve_the_class_cap_even_at_their_second_spot():
    first = cleared(person())
    assert first.options("mt1", "left")[0].cap_kpa == 125
    during_second = history(session(ago(days=2)), session(ago(hours=0.5)))
    assert cleared(light(2), during_second).options("mt1", "left")[0].cap_kpa == 125
    third = history(session(ago(days=4)), session(ago(days=2)))
    assert cleared(light(3), third).options("mt1", "left")[0].cap_kpa == 250


def test_no_class_goes_above_250_in_the_first_four_weeks_nor_before_two_quiet_mornings():
    new = history(*(session(ago(days=day), site="gmx1") for day in (27, 20, 2)))
    assert cleared(light(3), new).options("gmx1", "left")[0].cap_kpa == 250
    assert cleared(light(3), regular()).options("gmx1", "left")[0].cap_kpa == 400
    sore = history(*regular("gmx1").sessions, session(ago(days=3), site="gmx1", soreness_next_day=2))
    assert cleared(light(3), sore).options("gmx1", "left")[0].cap_kpa == 250
    unknown = history(*regular("gmx1").sessions, session(ago(days=3), site="gmx1", soreness_next_day=None))
    assert cleared(light(3), unknown).options("gmx1", "left")[0].cap_kpa == 250
    assert cleared(light(3), regular("mt1")).options("gmx1", "left")[0].cap_kpa == 250


def test_a_spot_that_was_never_borne_well_is_held_for_a_minute_at_most():
    assert cleared(person()).options("gmx1", "left")[0].max_hold_s == 60
    assert cleared(light(1), regular()).options("gmx1", "left")[0].max_hold_s == 90


# --- rest after soreness and bruises


def test_a_sore_spot_rests_for_two_days_from_the_next_day_on():
    sore = history(session(ago(days=2.9), soreness_next_day=4))
    assert [text.id for text in cleared(light(1), sore).closed_because("qls2", "left")] == ["closed.sore"]
    assert cleared(light(1), sore).options("qls2", "right")
    assert cleared(light(1), history(session(ago(days=3.1), soreness_next_day=4))).options("qls2", "left")


def test_a_spot_that_was_sore_twice_in_a_row_rests_for_a_week():
    twice = history(session(ago(days=11), soreness_next_day=5), session(ago(days=7), soreness_next_day=4))
    assert [text.id for text in cleared(light(2), twice).closed_because("qls2", "left")] == ["closed.sore_twice"]


def test_a_large_bruise_closes_its_region_for_a_week_and_a_small_one_its_spot_for_two_days():
    large = cleared(light(1), history(session(ago(days=5), bruise_cm=4)))
    assert not large.options("qls2", "left") and not large.options("qld2", "left")
    assert large.options("qld2", "right")
    small = cleared(light(1), history(session(ago(days=2), bruise_cm=1)))
    assert not small.options("qls2", "left") and small.options("qld2", "left")


def test_any_bruise_closes_the_region_for_a_week_when_one_bleeds_more_easily():
    case = person(conditions=("anticoagulant",), after_session_signs=[])
    small = cleared(case, history(session(ago(days=5), bruise_cm=1)))
    assert not small.options("qld2", "left")


# --- signs during and after earlier sessions


def test_a_session_stopped_for_an_emergency_sign_closes_everything_until_a_clinician_has_looked():
    past = history(session(ago(days=10), stopped_for="chest_pain"))
    stop = stopped(light(1), past)
    assert reasons(stop) == {"closed.stopped"} and stop.until is None
    seen = light(1, clinician_seen_days_ago=9, new_since_clinician=False, clinician_ruled_out=["heart"])
    assert isinstance(gate(seen, past, NOW, KNOWN), Clearance)
    assert isinstance(gate(with_answers(seen, new_since_clinician=True), past, NOW, KNOWN), Stop)
    assert isinstance(gate(with_answers(seen, clinician_seen_days_ago=11), past, NOW, KNOWN), Stop)


def test_tingling_closes_its_region_for_a_day_because_the_spots_beside_it_lie_on_the_same_nerve():
    past = history(session(ago(days=3)), session(ago(hours=20), stopped_for="tingling_or_numb"))
    clearance = cleared(light(2), past)
    assert not clearance.options("qls2", "left")
    assert not clearance.options("qld2", "left")
    assert clearance.options("mt1", "left")


def test_a_hold_that_was_too_strong_closes_its_spot_and_leaves_the_others():
    past = history(session(ago(days=3)), session(ago(hours=17), stopped_for="too_strong"), session(ago(hours=17)))
    clearance = cleared(person(after_session_signs=[]), past)
    assert not clearance.options("qls2", "left")
    assert clearance.options("qld2", "left")


@pytest.mark.parametrize("sign", ["too_strong", "sharp_or_electric", "dull_spread_below_joint"])
def test_after_a_stop_nothing_else_is_pressed_until_it_is_known_whether_the_sign_went(sign):
    stop = stopped(person(), history(session(ago(hours=0.3), stopped_for=sign)))
    assert "closed.after_stop" in reasons(stop)
    assert stop.until == ago(hours=0.3) + timedelta(minutes=22)  # an end not told: 12 minutes
    later = cleared(person(), history(session(ago(hours=0.4), stopped_for=sign)))
    assert later.options("mt1", "left") and not later.options("qls2", "left")
    assert stopped(person(), history(session(ago(hours=0.4), stopped_for=sign + ".still")))


def test_pain_that_is_two_points_above_its_baseline_for_a_week_rests_the_spots_for_a_week():
    def told(now_value, days=(6.5, 4, 1)):
        before = [PainRating(at=ago(days=day), value=3) for day in (18, 14, 10)]
        return [*before, *(PainRating(at=ago(days=day), value=now_value) for day in days)]

    past = history(session(ago(days=8)), session(ago(days=2)))
    risen = cleared(light(2), replace(past, pain=tuple(told(5))))
    assert not risen.options("qls2", "left")
    assert [text.id for text in risen.closed_because("qls2", "left")] == ["closed.pain_risen"]
    assert risen.options("mt1", "left")
    for milder in (told(4.9), told(5, days=(1, 0.5, 0.2)), told(5)[1:], told(5)[:5], []):
        assert cleared(light(2), replace(past, pain=tuple(milder))).options("qls2", "left")


def test_a_sensitive_person_gets_half_until_two_mornings_in_a_row_were_quiet():
    def cap(*mornings):
        days = [session(ago(days=10 - 2 * n), soreness_next_day=sore) for n, sore in enumerate(mornings)]
        found = cleared(light(len(days), pain_areas=5), history(*days)).options("gmd1", "left")
        return max(option.cap_kpa for option in found)

    assert cap(0, 0) == cap(2, 0, 0) == 2 * cap(0, 2, 0) == 2 * cap(0, 0, None) == 250


def test_the_look_back_comes_before_the_next_visit():
    stop = stopped(person(), history(session(ago(days=3))))
    assert stop.unanswered == ("after_session_signs",)
    assert isinstance(gate(light(1), history(session(ago(days=3))), NOW, KNOWN), Clearance)
    assert stopped(with_answers(light(1), after_session_signs=None), history(session(ago(days=3))))
    assert isinstance(gate(person(), history(session(ago(days=22))), NOW, KNOWN), Clearance)


@pytest.mark.parametrize("sign", KNOWN.questions["after_session_signs"].values)
def test_signs_after_a_session_stop_the_next_one_unless_they_are_mild(sign):
    found = gate(person(after_session_signs=[sign]), history(session(ago(days=2))), NOW, KNOWN)
    assert isinstance(found, Clearance) == (sign in ("none", "soreness_only", "bruise_small"))


def test_a_small_bruise_after_the_last_session_closes_its_spot():
    clearance = cleared(person(after_session_signs=["bruise_small"]), history(session(ago(days=2))))
    assert not clearance.options("qls2", "left")
    assert clearance.options("qld2", "left")


def test_a_small_bruise_closes_every_spot_of_the_last_session_and_none_of_an_earlier_one():
    past = history(session(ago(days=4), "qld2"), session(ago(days=2)), session(ago(days=2), side="right"))
    clearance = cleared(person(after_session_signs=["bruise_small"]), past)
    assert not clearance.options("qls2", "left")
    assert not clearance.options("qls2", "right")
    assert clearance.options("qld2", "left")


def test_a_standing_emergency_stop_forbids_any_session():
    past = history(stops=(StandingStop(rule="ces", level="emergency", since=ago(days=3)),))
    assert stopped(person(), past)


def test_a_standing_provider_stop_closes_its_region_and_those_beside_it():
    far = StandingStop(rule="unknown_rule", level="provider", since=ago(days=3), regions=frozenset({"neck_angle"}))
    clearance = cleared(person(), history(stops=(far,)))
    assert not clearance.options("ut1", "left")
    assert not clearance.options("mt2", "left")
    assert clearance.options("qls2", "left")


# --- laws

bool_answers = [q.id for q in KNOWN.questions.values() if q.type == "bool" and q.group != "palpation"]


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(bool_answers), st.sampled_from([True, None]), max_size=4), st.integers(5, 95))
def test_a_clearance_is_given_only_on_a_complete_self_care_triage(answers, age):
    case = person(age=age, **answers)
    triage = screen(case, None, KNOWN)
    found = gate(case, None, NOW, KNOWN)
    if isinstance(found, Clearance):
        assert triage.level == "self_care"
        assert triage.complete
        assert not triage.session_forbidden_by
        assert age >= 18
    else:
        assert found.reasons
        assert all(render(text.id, text.params) for text in found.reasons)


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(sorted(person().answers)), min_size=1, max_size=6))
def test_no_case_with_an_open_gate_question_gets_a_clearance(left_out):
    case: Case = without(person(), *left_out)
    if unanswered(case, KNOWN):
        assert isinstance(gate(case, None, NOW, KNOWN), Stop)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0.1, 60), st.sampled_from(["qls2", "mt1", "gmx1"]), st.none() | st.integers(0, 10)),
        max_size=8,
    )
)
def test_more_earlier_sessions_never_make_this_weeks_limits_wider(past):
    """Sessions of the last week only take away: growth needs older ones."""
    older = regular().sessions
    recent = tuple(session(ago(days=days % 7), site=site, soreness_next_day=sore) for days, site, sore in past)
    before, after = gate(light(1), history(*older), NOW, KNOWN), gate(light(1), history(*older, *recent), NOW, KNOWN)
    assert isinstance(before, Clearance)
    if isinstance(after, Clearance):
        assert after.session_limits.max_spots <= before.session_limits.max_spots
        earlier = everything(before)
        for spot, found in everything(after).items():
            assert len(found) <= len(earlier[spot])
            assert all(option.max_spot_s <= earlier[spot][0].max_spot_s for option in found)


def test_nobody_is_sent_to_press_with_a_danger_sign_or_in_a_blocked_region():
    assert may_press(person())
    assert not may_press(person(ces_saddle=True))
    provider = person(lump_signs=["longer_than_6_weeks"])
    blocked = screen(provider, None, KNOWN).blocked_regions
    assert blocked
    assert not {KNOWN.sites[site].home for site in may_press(provider)} & set(blocked)
