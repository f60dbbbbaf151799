"""Triage: the three named cases first, then what the answers of a person lead to."""

from unknot.case import read_case
from unknot.knowledge import load
from unknot.safety import screen, unanswered

CONTRACT_EXAMPLE = {
    "schema": "unknot.case/1",
    "person": {
        "age": 44,
        "sex": "female",
        "height_cm": 168,
        "mass_kg": 72,
        "conditions": ["anticoagulant"],
        "tools": ["massage_ball"],
    },
    "pain": [{"region": "lumbar_paraspinal", "side": "left", "intensity": 6, "coverage": 0.8, "qualities": ["aching"]}],
    "answers": {
        "duration_weeks": 5,
        "worse_with": ["bending_forward", "sitting_long"],
        "activities": ["driving", "desk_work"],
        "ces_saddle": False,
        "fever": False,
    },
}


def case(*pain: str, age: float = 40, sex: str | None = None, conditions: list[str] | None = None, **answers: object):
    """A case from regions written ``"lumbar_paraspinal left 6"`` and answers."""
    document: dict = {"schema": "unknot.case/1", "person": {"age": age}, "answers": answers}
    if sex is not None:
        document["person"]["sex"] = sex
    if conditions is not None:
        document["person"]["conditions"] = conditions
    if pain:
        document["pain"] = []
    for entry in pain:
        region, side, *strength = entry.split()
        document["pain"].append(
            {"region": region, "side": side} | ({"intensity": float(strength[0])} if strength else {})
        )
    return read_case(document)


def triage(*pain: str, **facts: object):
    return screen(case(*pain, **facts), None, load())


def everything_not_sure(*pain: str):
    ids = [q.id for q in load().questions.values() if q.group not in ("person", "pain", "palpation")]
    return case(*pain, **dict.fromkeys(ids))


# --- the three named cases


def test_the_contracts_example_is_self_care_but_waits_for_the_rest_of_the_gate():
    found = screen(read_case(CONTRACT_EXAMPLE), None, load())
    assert found.level == "self_care"
    assert not found.complete
    assert "ces_bladder_retention" in found.unanswered
    assert "ces_saddle" not in found.unanswered
    assert "fever" not in found.unanswered


def test_no_answers_at_all_is_self_care_without_a_session_and_says_what_to_ask():
    found = triage("lumbar_paraspinal left", "neck_angle right")
    assert found.level == "self_care"
    assert not found.complete
    assert found.action.id == "action.answer_first"
    assert {"ces_saddle", "neck_pain_unlike_any", "conditions", "sex"} <= set(found.unanswered)


def test_every_answer_not_sure_is_not_self_care_and_forbids_a_session():
    found = screen(everything_not_sure("lumbar_paraspinal left"), None, load())
    assert found.level == "same_day"
    assert [reason.id for reason in found.reasons] == ["not_sure"]
    assert found.session_forbidden_by


# --- what was not asked


def test_nothing_but_an_age_asks_where_it_hurts_and_the_shared_opening():
    waiting = unanswered(case(), load())
    assert waiting[0] == "pain"
    assert {"chest_pain", "breathless", "conditions", "onset"} <= set(waiting)
    assert "ces_saddle" not in waiting
