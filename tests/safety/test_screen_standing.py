"""Stops from earlier days: they stand until a clinician's visit opens them."""

from datetime import UTC, datetime, timedelta

import pytest
from safety_cases import make_case

from unknot.knowledge import load
from unknot.record import History, PastSession, StandingStop
from unknot.safety import screen
from unknot.safety.rulebook import rulebook

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
NO_CES = dict.fromkeys(
    (
        "ces_saddle",
        "ces_bladder_retention",
        "ces_bladder_leak",
        "ces_bladder_sensation",
        "ces_bowel_control",
        "ces_bowel_sensation",
    ),
    False,
)
SEEN = {
    "clinician_seen_days_ago": 3,
    "clinician_ruled_out": ["spinal_cord", "aorta_or_artery"],
    "new_since_clinician": False,
}


def stopped(rule, level, days_ago=5, regions=()):
    return History(
        stops=(StandingStop(rule=rule, level=level, since=NOW - timedelta(days=days_ago), regions=frozenset(regions)),)
    )


def triage(history, answers, pain=("lumbar_paraspinal left 4",), now=NOW):
    return screen(make_case(pain, answers=answers), history, load(), now=now)


def test_an_emergency_stop_keeps_its_level_and_closes_every_region():
    found = triage(stopped("ces_new", "emergency"), {}, pain=("forearm_back left 2",))
    assert found.level == "emergency"
    assert found.action.id == "action.go"
    assert set(found.blocked_regions) == set(load().regions)
    assert found.reasons[0].id == "ces_new"


def test_a_visit_that_ruled_it_out_opens_the_stop_once_every_sign_is_gone():
    assert triage(stopped("ces_new", "emergency"), {**NO_CES, **SEEN}).level == "self_care"


@pytest.mark.parametrize(
    "change",
    [
        {"ces_saddle": None},
        {"clinician_ruled_out": ["heart"]},
        {"new_since_clinician": True},
        {"new_since_clinician": None},
        {"clinician_seen_days_ago": 15},
        {"clinician_seen_days_ago": None},
        {"clinician_seen_days_ago": 6},
    ],
    ids=[
        "a sign not sure",
        "another cause",
        "something new",
        "not sure if new",
        "too old",
        "not known when",
        "before the stop",
    ],
)
def test_the_stop_stands_when_one_thing_is_lacking(change):
    days = 20 if change.get("clinician_seen_days_ago") == 15 else 5
    found = triage(stopped("ces_new", "emergency", days_ago=days), {**NO_CES, **SEEN, **change})
    assert found.level == "emergency"


def test_the_stop_stands_while_a_sign_was_not_asked_again():
    missing = {id: value for id, value in NO_CES.items() if id != "ces_saddle"}
    assert triage(stopped("ces_new", "emergency"), {**missing, **SEEN}).level == "emergency"


def test_without_a_clock_nothing_opens():
    assert triage(stopped("ces_new", "emergency"), {**NO_CES, **SEEN}, now=None).level == "emergency"


def test_painting_another_place_does_not_open_a_stop():
    history = stopped("fever_where_it_matters", "same_day")
    answers = {
        "fever": True,
        "clinician_seen_days_ago": 1,
        "clinician_ruled_out": ["infection"],
        "new_since_clinician": False,
    }
    assert triage(history, answers, pain=("forearm_back left 2",)).level == "same_day"


def test_six_weeks_are_enough_for_causes_that_move_slowly():
    answers = {
        "lump_signs": ["none"],
        "clinician_seen_days_ago": 40,
        "clinician_ruled_out": ["cancer"],
        "new_since_clinician": False,
    }
    assert triage(stopped("lump", "provider", 41, ["lumbar_paraspinal"]), answers).level == "self_care"
    late = answers | {"clinician_seen_days_ago": 43}
    assert triage(stopped("lump", "provider", 50, ["lumbar_paraspinal"]), late).level == "provider"


def test_a_provider_stop_closes_its_regions_and_those_beside_and_leaves_others_open():
    history = stopped("neck_unlike_any", "provider", regions=["neck_back_lower"])
    here = triage(history, {}, pain=("neck_back_upper left 4",))
    assert here.level == "provider"
    elsewhere = triage(history, {}, pain=("lumbar_paraspinal left 4",))
    assert elsewhere.level == "self_care"
    assert "neck_back_upper" in elsewhere.blocked_regions
    assert "lumbar_paraspinal" not in elsewhere.blocked_regions


def test_a_stop_that_was_only_a_not_sure_ends_when_the_answer_is_clear():
    history = stopped("not_sure", "same_day")
    assert triage(history, {"ces_saddle": False}).level == "self_care"
    assert triage(history, {"ces_saddle": None}).level == "same_day"


def test_a_stop_of_a_rule_that_no_longer_exists_still_stands():
    assert triage(stopped("rule_of_an_older_version", "same_day"), {}).level == "same_day"


def test_what_was_ruled_out_but_is_there_and_worse_goes_one_level_up():
    answers = {
        "lump_signs": ["growing"],
        "clinician_seen_days_ago": 10,
        "clinician_ruled_out": ["cancer"],
        "new_since_clinician": True,
    }
    assert triage(None, answers | {"clinician_ruled_out": ["heart"]}).level == "provider"
    assert triage(None, answers).level == "same_day"


def test_a_rule_that_closes_nothing_leaves_nothing_standing():
    found = triage(stopped("six_weeks_no_better", "provider"), {"duration_weeks": 20, "course": "improving"})
    assert found.level == "self_care"
    assert found.blocked_regions == ()


def test_a_provider_stop_that_names_no_cause_opens_after_any_visit_once_the_sign_is_gone():
    history = stopped("painkiller_headache", "provider", regions=["head_temple"])
    seen = {"clinician_seen_days_ago": 3, "new_since_clinician": False}
    pain = ("head_temple left 3",)
    assert triage(history, {"headache": False}, pain).level == "provider"
    assert triage(history, {"headache": False, **seen}, pain).level == "self_care"
    assert triage(history, {"headache": None, **seen}, pain).level == "provider"


def test_every_urgent_rule_says_what_must_be_ruled_out_before_it_opens_again():
    assert all(rule.rules_out for rule in rulebook(load()).values() if rule.level in ("emergency", "same_day"))


def test_where_two_causes_are_possible_both_must_be_ruled_out():
    history = stopped("after_chest", "emergency")
    gone = {"after_session_signs": [], "clinician_seen_days_ago": 3, "new_since_clinician": False}
    assert triage(history, {**gone, "clinician_ruled_out": ["heart"]}).level == "emergency"
    assert triage(history, {**gone, "clinician_ruled_out": ["heart", "lung"]}).level == "self_care"


def session_rated(days_ago, before, after):
    return PastSession(
        at=NOW - timedelta(days=days_ago),
        site="qls2",
        side="left",
        tool="fingers",
        posture="standing",
        hold_seconds=30,
        pain_before=before,
        pain_after=after,
    )


def test_three_sessions_in_a_row_that_left_the_pain_worse_are_for_a_provider():
    worse = [session_rated(day, 3, 5) for day in (6, 4, 2)]
    found = triage(History(sessions=tuple(worse)), {})
    assert found.level == "provider"
    assert [reason.id for reason in found.reasons] == ["worse_each_time"]
    assert triage(History(sessions=tuple(worse[1:])), {}).level == "self_care"
    assert triage(History(sessions=(*worse, session_rated(1, 5, 4))), {}).level == "self_care"
    assert triage(History(sessions=(*worse, session_rated(1, 5, None))), {}).level == "provider"
    seen = {"clinician_seen_days_ago": 1, "new_since_clinician": False}
    assert triage(History(sessions=tuple(worse)), seen).level == "self_care"
    assert triage(History(sessions=tuple(worse)), {**seen, "clinician_seen_days_ago": 3}).level == "provider"
    assert triage(History(sessions=tuple(worse)), {**seen, "new_since_clinician": None}).level == "provider"


LUMP_SEEN = {
    "lump_signs": ["hard_or_fixed"],
    "clinician_seen_days_ago": 10,
    "clinician_ruled_out": ["cancer"],
    "new_since_clinician": False,
}


def test_a_provider_rule_has_done_its_work_once_a_visit_ruled_its_cause_out():
    assert triage(None, LUMP_SEEN).level == "self_care"
    assert triage(stopped("lump", "provider", 11, ["lumbar_paraspinal"]), LUMP_SEEN).level == "self_care"


@pytest.mark.parametrize(
    "change",
    [
        {"clinician_seen_days_ago": 43},
        {"clinician_ruled_out": ["fracture"]},
        {"new_since_clinician": None},
        {"course": "worsening"},
    ],
)
def test_and_asks_again_when_the_visit_does_not_cover_it(change):
    assert triage(None, {**LUMP_SEEN, **change}).level in ("provider", "same_day")


def test_no_visit_silences_a_sign_that_needs_help_the_same_day():
    answers = {
        "chest_pain": True,
        "clinician_seen_days_ago": 3,
        "clinician_ruled_out": ["heart"],
        "new_since_clinician": False,
    }
    assert triage(None, answers, pain=("chest_sternal left 4",)).level == "same_day"
