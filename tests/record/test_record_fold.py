import itertools
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from record_entries import CASE, LAPTOP, SCRIPT, SESSION, START, Hand

from unknot.knowledge.model import Question
from unknot.record import Event, case_document, fold, history, person_facts

QUESTIONS = {
    "fever": Question(id="fever", type="bool", group="red_flag_general"),
    "chest_pain_timing": Question(
        id="chest_pain_timing",
        type="one_of",
        group="red_flag_general",
        values=("now", "last_12_hours", "last_3_days", "longer_ago"),
    ),
    "skin_at_site": Question(
        id="skin_at_site",
        type="many_of",
        group="red_flag_general",
        values=("rash", "burn", "none"),
        exclusive=("none",),
    ),
    "course": Question(id="course", type="one_of", group="course", values=("improving", "worsening")),
    "duration_weeks": Question(id="duration_weeks", type="number", group="onset"),
    "after_session_signs": Question(
        id="after_session_signs", type="many_of", group="after_session", exclusive=("none", "soreness_only")
    ),
}


def document(events: list[Event], days: float = 0) -> dict[str, Any]:
    shelf = fold(events)
    person = next(iter(shelf.people.values()), None)
    return case_document(shelf.cases[CASE], person, QUESTIONS, events[-1].at + timedelta(days=days))


def answers(events: list[Event], days: float = 0) -> dict[str, Any]:
    return document(events, days)["answers"]


def test_a_complaint_is_put_together_from_its_entries() -> None:
    hand = Hand()
    pain = [{"region": "lumbar_paraspinal", "side": "left", "intensity": 6}]
    press = {"site": "qls1", "side": "left", "tender": True}
    events = [
        hand("person_described", {"person": {"age": 44, "conditions": []}}),
        hand("case_started", {"case": CASE}),
        hand("pain_painted", {"case": CASE, "pain": []}),
        hand("pain_painted", {"case": CASE, "pain": pain}),
        hand.answers(fever=False, course="improving"),
        hand("palpated", {"case": CASE, "press": press}),
    ]
    assert document(events) == {
        "schema": "unknot.case/1",
        "person": {"age": 44, "conditions": []},
        "pain": pain,
        "answers": {"fever": False, "course": "improving"},
        "palpation": [press],
    }


def test_a_danger_answer_stands_against_a_later_no() -> None:
    hand = Hand()
    assert answers([hand.answers(fever=True), hand.answers(fever=False)])["fever"] is True


def test_a_danger_answer_stands_against_a_later_not_sure() -> None:
    hand = Hand()
    assert answers([hand.answers(fever=True), hand.answers(fever=None)])["fever"] is True


def test_a_no_after_not_sure_counts() -> None:
    hand = Hand()
    assert answers([hand.answers(fever=None), hand.answers(fever=False)])["fever"] is False


def test_a_not_sure_after_a_no_counts() -> None:
    hand = Hand()
    assert answers([hand.answers(fever=False), hand.answers(fever=None)])["fever"] is None


def test_a_confirmed_amendment_takes_a_danger_answer_back() -> None:
    hand = Hand()
    wrong = hand.answers(fever=True)
    assert answers([wrong, hand.amend("mistake", wrong.id, fever=False)])["fever"] is False


def test_an_amendment_takes_back_what_a_fast_clock_said() -> None:
    fast = Hand(start=START + timedelta(days=400))
    wrong = fast.answers(fever=True)
    assert answers([wrong, Hand().amend("mistake", wrong.id, fever=False)])["fever"] is False


def test_a_danger_answer_given_again_after_the_amendment_stands_again() -> None:
    hand = Hand()
    events = [hand.answers(fever=True), hand.amend("gone", fever=False), hand.answers(fever=True)]
    assert answers([*events, hand.answers(fever=False)])["fever"] is True


def test_the_most_urgent_timing_stands() -> None:
    hand = Hand()
    events = [hand.answers(chest_pain_timing="last_12_hours"), hand.answers(chest_pain_timing="longer_ago")]
    assert answers(events)["chest_pain_timing"] == "last_12_hours"


def test_danger_lists_add_up_and_none_gives_way() -> None:
    hand = Hand()
    events = [
        hand.answers(skin_at_site=["rash"]),
        hand.answers(skin_at_site=["none"]),
        hand.answers(skin_at_site=["burn"]),
    ]
    assert answers(events)["skin_at_site"] == ["burn", "rash"]


def test_an_empty_list_stays_an_empty_list() -> None:
    assert answers([Hand().answers(skin_at_site=[])])["skin_at_site"] == []


def test_an_ordinary_answer_follows_the_latest_word() -> None:
    hand = Hand()
    assert answers([hand.answers(course="worsening"), hand.answers(course="improving")])["course"] == "improving"


def test_two_devices_merge_to_the_more_cautious_answer() -> None:
    phone, laptop = Hand(), Hand(LAPTOP, START + timedelta(hours=1))
    assert answers([phone.answers(fever=True), laptop.answers(fever=False)])["fever"] is True


def test_a_condition_stands_until_it_is_taken_back_and_confirmed() -> None:
    hand = Hand()
    start = hand("case_started", {"case": CASE})
    named = hand("person_described", {"person": {"conditions": ["anticoagulant"]}})
    later = hand("person_described", {"person": {"conditions": []}})
    assert document([start, named, later])["person"]["conditions"] == ["anticoagulant"]
    taken = hand("person_amended", {"person": {"conditions": []}, "reason": "gone", "confirmed": True})
    assert document([start, named, later, taken])["person"]["conditions"] == []


def test_the_duration_of_a_complaint_grows_with_the_days() -> None:
    assert answers([Hand().answers(duration_weeks=2)], days=7)["duration_weeks"] == 3


def test_a_visit_to_a_clinician_ages_too() -> None:
    hand = Hand()
    seen = hand("clinician_seen", {"case": CASE, "on": "2026-02-27", "ruled_out": ["heart"], "new_since": False})
    found = answers([seen], days=3)
    assert found["clinician_seen_days_ago"] == 5
    assert found["clinician_ruled_out"] == ["heart"]
    assert found["new_since_clinician"] is False


def signs(events: list[Event], session: str) -> Any:
    shelf = fold(events)
    last = shelf.sessions.get(session)
    return case_document(shelf.cases[CASE], None, QUESTIONS, START, last_session=last).get("answers")


def test_signs_after_a_session_add_up_and_mere_soreness_gives_way() -> None:
    hand = Hand()
    start = hand("case_started", {"case": CASE})
    back = {"session": SESSION, "moment": "morning"}
    sore = hand("look_back", {**back, "signs": ["soreness_only"]})
    worse = hand("look_back", {**back, "signs": ["dark_urine"]})
    assert signs([start, sore], SESSION) == {"after_session_signs": ["soreness_only"]}
    assert signs([start, sore, worse], SESSION) == {"after_session_signs": ["dark_urine"]}


def test_a_session_without_a_look_back_has_no_signs_yet() -> None:
    hand = Hand()
    start = hand("case_started", {"case": CASE})
    assert signs([start, hand("session_started", {"session": SESSION})], SESSION) is None


def conditions(*said: dict[str, Any]) -> Any:
    hand = Hand()
    shelf = fold([hand("person_described", {"person": facts}) for facts in said])
    return person_facts(next(iter(shelf.people.values())), ["medicines", "bones"]).get("conditions")


def test_conditions_count_as_asked_when_every_group_was() -> None:
    assert conditions({"conditions.medicines": ["statin"]}) is None
    assert conditions({"conditions.medicines": ["statin"]}, {"conditions.bones": []}) == ["statin"]
    assert conditions({"conditions.medicines": []}, {"conditions.bones": []}) == []


def test_conditions_given_at_once_count_as_asked() -> None:
    assert conditions({"conditions": ["osteoporosis"]}, {"conditions.medicines": ["statin"]}) == [
        "osteoporosis",
        "statin",
    ]


def test_a_session_that_was_never_finished_counts_with_its_whole_planned_hold() -> None:
    hand = Hand()
    events = [
        hand("session_planned", {"case": CASE, "session": SESSION, "script": SCRIPT}),
        hand("session_started", {"session": SESSION}),
    ]
    (past,) = history(fold(events).sessions.values(), [], {}).sessions
    assert past.hold_seconds == 90


def test_a_session_that_was_only_planned_is_no_past_session() -> None:
    planned = Hand()("session_planned", {"case": CASE, "session": SESSION, "script": SCRIPT})
    assert history(fold([planned]).sessions.values(), [], {}).sessions == ()


def test_a_finished_session_tells_its_hold_comfort_stop_and_soreness() -> None:
    hand = Hand()
    events = [
        hand("session_planned", {"case": CASE, "session": SESSION, "script": SCRIPT}),
        hand("session_started", {"session": SESSION}),
        hand("session_event", {"session": SESSION, "what": "comfort", "value": 5}),
        hand("session_event", {"session": SESSION, "what": "comfort", "value": 3}),
        hand("session_finished", {"session": SESSION, "hold_s": 40, "completed": False, "stopped_for": "tingling"}),
        hand("look_back", {"session": SESSION, "moment": "morning", "soreness": 4, "bruise_cm": 2}),
    ]
    (past,) = history(fold(events).sessions.values(), [], {}).sessions
    assert (past.site, past.side, past.tool, past.posture) == ("qls1", "left", "massage_ball", "wall_lean")
    assert (past.hold_seconds, past.comfort_peak, past.stopped_for) == (40, 5, "tingling")
    assert (past.soreness_next_day, past.bruise_cm) == (4, 2)
    assert past.at == events[1].at


def stops(events: list[Event]) -> list[str]:
    shelf = fold(events)
    return [stop.rule for stop in history([], shelf.stops.values(), shelf.cases).stops]


def test_a_stop_outlives_the_assessment_that_no_longer_names_it() -> None:
    hand = Hand()
    fired = hand.assessed("same_day", ("fever_back", "same_day", ["fever"]), regions=("lumbar_paraspinal",))
    assert stops([fired, hand.amend("gone", fever=False), hand.assessed("self_care")]) == ["fever_back"]


def test_a_stop_falls_when_the_answer_behind_it_was_a_mistake() -> None:
    hand = Hand()
    fired = hand.assessed("same_day", ("fever_back", "same_day", ["fever"]))
    mistake = hand.amend("mistake", fever=False)
    assert stops([fired, mistake]) == ["fever_back"]
    assert stops([fired, mistake, hand.assessed("self_care")]) == []


def test_a_mistake_in_another_answer_leaves_the_stop() -> None:
    hand = Hand()
    fired = hand.assessed("same_day", ("fever_back", "same_day", ["fever"]))
    assert stops([fired, hand.amend("mistake", chills=False), hand.assessed("self_care")]) == ["fever_back"]


def test_a_stop_that_fires_again_after_the_mistake_stands() -> None:
    hand = Hand()
    rule = ("fever_back", "same_day", ["fever"])
    events = [hand.assessed("same_day", rule), hand.amend("mistake", fever=False), hand.assessed("self_care")]
    assert stops([*events, hand.assessed("same_day", rule)]) == ["fever_back"]


def test_a_stop_page_that_was_put_away_still_stops() -> None:
    hand = Hand()
    fired = hand.assessed("emergency", ("saddle", "emergency", ["ces_saddle"]))
    assert stops([fired, hand("stop_dismissed", {"case": CASE, "rules": ["saddle"]})]) == ["saddle"]


def test_self_care_reasons_are_no_stops() -> None:
    assert stops([Hand().assessed("self_care", ("dated", "self_care", []))]) == []


def test_a_closed_complaint_opens_again_when_the_person_speaks_of_it() -> None:
    hand = Hand()
    events = [hand("case_started", {"case": CASE}), hand("case_closed", {"case": CASE})]
    assert not fold(events).cases[CASE].open
    assert fold([*events, hand.answers(course="worsening")]).cases[CASE].open


answer = st.sampled_from([True, False, None])
step = st.one_of(
    st.tuples(st.just("answers"), answer),
    st.tuples(st.sampled_from(["mistake", "gone"]), answer),
    st.tuples(st.just("number"), st.integers(0, 9)),
    st.tuples(st.just("assessed"), st.booleans()),
    st.tuples(st.just("pain"), st.integers(0, 9)),
    st.tuples(st.sampled_from(["plan", "start", "finish", "signs", "comfort", "dismiss", "rate", "close"]), st.just(0)),
)


def event(hand: Hand, what: str, value: Any) -> Event:
    if what == "answers":
        return hand.answers(fever=value)
    if what in ("mistake", "gone"):
        return hand.amend(what, fever=value)
    if what == "number":
        return hand.answers(duration_weeks=value)
    if what == "assessed":
        return hand.assessed("same_day", ("fever_back", "same_day", ["fever"])) if value else hand.assessed("self_care")
    payloads: dict[str, tuple[str, dict[str, Any]]] = {
        "pain": ("pain_painted", {"case": CASE, "pain": [{"region": "flank", "side": "left", "intensity": value}]}),
        "plan": ("session_planned", {"case": CASE, "session": SESSION, "script": SCRIPT}),
        "start": ("session_started", {"session": SESSION}),
        "finish": ("session_finished", {"session": SESSION, "hold_s": hand.seq, "completed": True}),
        "signs": ("look_back", {"session": SESSION, "moment": "morning", "signs": ["soreness_only"]}),
        "comfort": ("session_event", {"session": SESSION, "what": "comfort", "value": hand.seq % 10}),
        "dismiss": ("stop_dismissed", {"case": CASE, "rules": ["fever_back"]}),
        "rate": ("rated", {"what": "pain", "value": 4, "moment": "now"}),
        "close": ("case_closed", {"case": CASE}),
    }
    return hand(*payloads[what])


@given(st.lists(st.tuples(st.booleans(), step), min_size=1, max_size=14), st.randoms(use_true_random=False))
def test_neither_the_order_of_arrival_nor_hearing_an_entry_twice_changes_the_record(steps: Any, random: Any) -> None:
    phone, laptop = Hand(), Hand(LAPTOP)
    events = [event(phone if first else laptop, *what) for first, what in steps]
    shuffled = events + random.sample(events, random.randint(0, len(events)))
    random.shuffle(shuffled)
    assert asdict(fold(shuffled)) == asdict(fold(events))


def test_every_sign_that_a_session_was_stopped_for_reaches_the_gate() -> None:
    hand = Hand()
    events = [
        hand("session_planned", {"case": CASE, "session": SESSION, "script": SCRIPT}),
        hand("session_started", {"session": SESSION}),
        hand("session_event", {"session": SESSION, "what": "stop", "reason": "too_strong"}),
        hand("session_finished", {"session": SESSION, "hold_s": 40, "completed": False, "stopped_for": "chest_pain"}),
    ]
    (past,) = history(fold(events).sessions.values(), [], {}).sessions
    assert {past.stopped_for, *past.also_stopped_for} == {"chest_pain", "too_strong"}


def test_a_sign_taken_back_stands_again_only_when_it_is_named_again() -> None:
    hand = Hand()
    named = hand("session_event", {"session": SESSION, "what": "stop", "reason": "chest_pain"})
    back = hand("session_amended", {"case": CASE, "session": SESSION, "sign": "chest_pain", "confirmed": True})
    again = hand("session_finished", {"session": SESSION, "hold_s": 3, "completed": False, "stopped_for": "chest_pain"})
    for order in itertools.permutations([named, back]):
        assert fold(order).sessions[SESSION].stopped_for == []
    for order in itertools.permutations([named, back, again]):
        assert fold(order).sessions[SESSION].stopped_for == ["chest_pain"]


def test_what_went_wrong_is_kept_with_its_session_and_names_its_signs() -> None:
    hand = Hand()
    told = {"case": CASE, "session": SESSION, "what": "numbness", "severity": "mild", "when": "during", "still": None}
    row = fold([hand("adverse_event", {**told, "signs": ["numb_or_weak"], "stops": ["tingling_or_numb"]})]).sessions[
        SESSION
    ]
    assert (row.adverse, row.signs, row.stopped_for) == (["numbness"], ["numb_or_weak"], ["tingling_or_numb"])
