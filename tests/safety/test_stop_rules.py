"""Signs during a session and after it."""

import pytest
from people import KNOWN, NOW, history, person, session

from unknot.messages import has
from unknot.safety import Stop, gate, screen, stops
from unknot.safety.rulebook import SEVERITY
from unknot.safety.stops import adapted, after, automatic, during, during_rules, silence_s

EMERGENCY = [
    "chest_pain",
    "breathless",
    "face_droop",
    "speech_trouble",
    "one_side_weak",
    "vision_change",
    "worst_headache",
    "fainting",
    "bladder_or_saddle",
    "limb_cold",
    "pounding_headache_cord_injury",
]
SAME_DAY = ["new_weakness", "swelling_growing", "crack_and_sharp_breath"]


@pytest.mark.parametrize("sign", EMERGENCY)
def test_signs_of_danger_stop_everything_and_call_for_help_at_once(sign):
    rule = during(sign, KNOWN)
    assert (rule.action, rule.level, rule.closes, rule.hours) == ("stop", "emergency", "everything", None)


@pytest.mark.parametrize("sign", SAME_DAY)
def test_new_weakness_growing_swelling_and_a_crack_are_seen_the_same_day(sign):
    assert (during(sign, KNOWN).action, during(sign, KNOWN).level) == ("stop", "same_day")


def test_sharp_electric_tingling_and_numb_stop_at_once():
    for sign in ("sharp_or_electric", "tingling_or_numb"):
        assert during(sign, KNOWN).action == "stop"


def test_a_numb_patch_after_an_hour_is_seen_the_same_day():
    assert any(s.after_min == 60 and s.level == "same_day" for s in during("tingling_or_numb", KNOWN).still)


def test_a_dull_known_spread_is_eased_first_and_stopped_if_it_stays():
    rule = during("dull_spread_below_joint", KNOWN)
    assert (rule.action, rule.lighten_to, rule.lighten_s) == ("lighten", 3, 10)


def test_silence_raises_the_alarm_after_ten_seconds():
    assert silence_s(KNOWN) == 10
    assert during("no_answer", KNOWN).action == "alarm"


@pytest.mark.parametrize(
    ("measured", "sign"),
    [
        ({}, None),
        ({"silent_s": 9.9}, None),
        ({"silent_s": 10}, "no_answer"),
        ({"above_stop": -0.1, "rise_in_hold": 1.9}, None),
        ({"above_stop": 0}, "too_strong"),
        ({"above_stop": -1, "rise_in_hold": 2}, "pain_rising"),
        ({"above_stop": 1, "rise_in_hold": 4}, "too_strong"),
    ],
)
def test_a_session_notices_silence_too_much_and_rising_pain_by_itself(measured, sign):
    assert automatic(measured, KNOWN) == sign


@pytest.mark.parametrize(
    ("measured", "change"),
    [
        ({"above_aim": 0, "times_above": 0, "holds_above": 0, "after_hold": 0}, None),
        ({"above_aim": 1, "times_above": 1, "holds_above": 0, "after_hold": 0}, "ease"),
        ({"above_aim": 1, "times_above": 2, "holds_above": 0, "after_hold": 0}, "shorten"),
        ({"above_aim": 1, "times_above": 3, "holds_above": 0, "after_hold": 0}, "move_on"),
        ({"above_aim": 1, "times_above": 1, "holds_above": 1, "after_hold": 1}, "shorten"),
        ({"above_aim": 1, "times_above": 1, "holds_above": 2, "after_hold": 1}, "move_on"),
        ({"above_aim": -1, "times_above": 3, "holds_above": 2, "after_hold": 1}, None),
    ],
)
def test_an_answer_above_the_aim_eases_then_shortens_then_moves_on(measured, change):
    rule = adapted(measured, KNOWN)
    assert (rule and rule.do) == change


def test_an_unknown_sign_is_an_error():
    with pytest.raises(KeyError):
        stops.during("no_such_sign", KNOWN)


def test_what_is_above_self_care_never_reopens_by_the_clock_alone():
    for rule in during_rules(KNOWN).values():
        assert (rule.hours is None) == (rule.level != "self_care"), rule.id


def test_what_stays_grows_only_more_urgent():
    for rule in during_rules(KNOWN).values():
        levels = [SEVERITY.index(level) for level in (rule.level, *(still.level for still in rule.still))]
        assert levels == sorted(levels), rule.id
        minutes = [still.after_min for still in rule.still]
        assert minutes == sorted(minutes)


def test_every_sign_and_consequence_has_a_sentence():
    for rule in during_rules(KNOWN).values():
        assert has(rule.sign.id) and has(rule.do.id)
    for table in KNOWN.safety["stop_rules"]["after"]:
        assert has(f"after.{table['id']}.do")


def test_every_sign_of_the_look_back_has_a_rule_for_everybody():
    without_condition = {table["sign"] for table in KNOWN.safety["stop_rules"]["after"] if "when" not in table}
    assert without_condition == set(KNOWN.questions["after_session_signs"].values) - {"none"}


@pytest.mark.parametrize("sign", KNOWN.questions["after_session_signs"].values)
@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"conditions": ("anticoagulant",)},
        {"neck_pain_unlike_any": True},
        {"belly_severe_or_rigid": True},
        {"dizziness": True},
    ],
)
def test_the_look_back_is_never_more_urgent_than_screening_says(sign, facts):
    case = person(after_session_signs=[sign], **facts)
    level = screen(case, None, KNOWN).level
    for rule in after([sign], case, KNOWN):
        assert SEVERITY.index(rule.level) <= SEVERITY.index(level)


@pytest.mark.parametrize(
    ("sign", "level"),
    [
        ("face_speech_or_one_side", "emergency"),
        ("chest_or_breath", "emergency"),
        ("dizziness_or_vision", "emergency"),
        ("bladder_or_saddle", "emergency"),
        ("limb_cold", "emergency"),
        ("fainting", "emergency"),
        ("dark_urine", "emergency"),
        ("calf_swelling", "same_day"),
        ("numb_or_weak", "same_day"),
        ("swelling_growing", "same_day"),
        ("rib_or_bone_pain", "same_day"),
        ("belly_or_flank_pain", "same_day"),
        ("bruise_large", "provider"),
        ("bruise_small", "self_care"),
        ("soreness_only", "self_care"),
    ],
)
def test_each_sign_after_a_session_has_its_urgency(sign, level):
    (rule,) = after([sign], person(), KNOWN)
    assert rule.level == level


def test_strong_belly_pain_after_a_session_is_an_emergency():
    (rule,) = after(["belly_or_flank_pain"], person("flank left 8"), KNOWN)
    assert rule.level == "emergency"


def test_not_sure_about_a_danger_picks_the_more_urgent_rule():
    (rule,) = after(["new_headache"], person(neck_pain_unlike_any=None), KNOWN)
    assert rule.level == "emergency"


def test_a_large_bruise_is_for_the_same_day_when_one_bleeds_more_easily():
    (rule,) = after(["bruise_large"], person(conditions=("anticoagulant",)), KNOWN)
    assert rule.level == "same_day"
    (rule,) = after(["bruise_small"], person(conditions=("anticoagulant",)), KNOWN)
    assert (rule.closes, rule.hours) == ("region", 168)


@pytest.mark.parametrize("sign", [*EMERGENCY, *SAME_DAY])
def test_a_session_stopped_for_danger_stops_the_next_one_whatever_the_look_back_says(sign):
    case = person(after_session_signs=["none"])
    assert isinstance(gate(case, history(session(NOW, stopped_for=sign)), NOW, KNOWN), Stop)
