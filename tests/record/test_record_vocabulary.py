import pytest

from unknot.record.vocabulary import vocabulary_faults

CASE = "01890a5d-ac96-774b-bcce-b302099a8057"


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("pain_painted", {"case": CASE, "pain": [{"region": "lumbar_paraspinal", "side": "left"}]}),
        ("pain_painted", {"case": CASE, "pain": []}),
        ("answers_given", {"case": CASE, "answers": {"fever": None, "course": "improving"}}),
        ("person_described", {"person": {"conditions.medicines": ["statin"], "age": 50}}),
        ("person_described", {"person": {"conditions.medicines": []}}),
        ("palpated", {"case": CASE, "press": {"site": "ut1", "side": "left", "tender": None}}),
        ("look_back", {"session": CASE, "moment": "morning", "signs": ["soreness_only"]}),
        ("case_started", {"case": CASE}),
    ],
)
def test_an_entry_that_names_what_exists_has_no_fault(kind: str, payload: dict) -> None:
    assert vocabulary_faults(kind, payload) == ()


@pytest.mark.parametrize(
    ("kind", "payload", "path"),
    [
        ("pain_painted", {"pain": [{"region": "elbow_of_the_moon", "side": "left"}]}, "pain[0].region"),
        ("answers_given", {"answers": {"fevre": True}}, "answers.fevre"),
        ("answers_given", {"answers": {"fever": "maybe"}}, "answers.fever"),
        ("person_described", {"person": {"conditions.medicines": ["sugar"]}}, "person.conditions[0]"),
        ("person_described", {"person": {"age": 300}}, "person.age"),
        ("palpated", {"press": {"site": "zz9", "side": "left"}}, "palpation[0].site"),
        ("look_back", {"signs": ["glee"]}, "answers.after_session_signs[0]"),
    ],
)
def test_an_entry_that_names_what_does_not_exist_is_faulted_with_its_path(kind: str, payload: dict, path: str) -> None:
    assert [fault.path for fault in vocabulary_faults(kind, payload)] == [path]
