"""Strict reading: what a case may say, and the fault that names the field for everything else."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unknot.case import CaseError, case_to_json, read_case
from unknot.knowledge import load
from unknot.knowledge.model import Question

EXAMPLE: dict[str, Any] = {
    "schema": "unknot.case/1",
    "person": {
        "age": 44,
        "sex": "female",
        "height_cm": 168,
        "mass_kg": 72,
        "conditions": ["anticoagulant"],
        "tools": ["massage_ball"],
    },
    "pain": [
        {"region": "lumbar_paraspinal", "side": "left", "intensity": 6, "coverage": 0.8, "qualities": ["aching"]},
        {"region": "lumbar_midline", "side": "midline"},
    ],
    "answers": {
        "duration_weeks": 5,
        "worse_with": ["bending_forward", "sitting_long"],
        "activities": ["driving", "desk_work"],
        "ces_saddle": False,
        "fever": None,
    },
    "palpation": [{"site": "qls1", "side": "left", "tender": True, "familiar": True, "spreads_to": ["si_joint"]}],
}
MINIMAL: dict[str, Any] = {"schema": "unknot.case/1", "person": {"age": 44}, "answers": {}}


def unordered(value: Any) -> Any:
    """The same value with every list in one order."""
    if isinstance(value, dict):
        return {key: unordered(item) for key, item in value.items()}
    return sorted(map(unordered, value), key=repr) if isinstance(value, list) else value


def faults(document: Any) -> dict[str, str]:
    with pytest.raises(CaseError) as error:
        read_case(document)
    return {fault.path: fault.message for fault in error.value.faults}


def changed(path: str, value: Any) -> dict[str, Any]:
    """The example with one field set: "answers.fever", "pain.0.region"."""
    document = deepcopy(EXAMPLE)
    *way, last = path.split(".")
    place: Any = document
    for key in way:
        place = place[int(key)] if isinstance(place, list) else place[key]
    place[int(last) if isinstance(place, list) else last] = value
    return document


def test_the_example_is_read_as_it_was_said() -> None:
    case = read_case(EXAMPLE)
    assert case.person.age == 44
    assert case.person.conditions == {"anticoagulant"}
    assert case.pain[0].region == "lumbar_paraspinal"
    assert case.answers["ces_saddle"] is False
    assert case.answers["fever"] is None
    assert "chills" not in case.answers
    assert case.palpation[0].familiar is True


@pytest.mark.parametrize("extra", [{"answers": {}}, {"pain": []}])
def test_schema_age_and_one_of_pain_and_answers_are_enough(extra: dict[str, Any]) -> None:
    case = read_case({"schema": "unknot.case/1", "person": {"age": 44}, **extra})
    assert (case.person.conditions, case.pain, case.answers, case.palpation) == (None, (), {}, ())


def test_asked_and_none_differs_from_not_asked() -> None:
    assert read_case(changed("person.conditions", [])).person.conditions == frozenset()
    assert read_case(changed("person.conditions", None)).person.conditions is None


@pytest.mark.parametrize("answer", ["fever", "duration_weeks", "onset", "worse_with"])
def test_every_kind_of_answer_can_be_not_sure(answer: str) -> None:
    assert read_case({**MINIMAL, "answers": {answer: None}}).answers == {answer: None}


def test_a_band_or_a_depth_is_a_region_that_a_person_may_name() -> None:
    pain = [{"region": "lumbar_band", "side": "midline"}, {"region": "scapula_deep", "side": "left"}]
    assert len(read_case({**MINIMAL, "pain": pain}).pain) == 2


@pytest.mark.parametrize("key", ["schema", "person"])
def test_what_is_needed_is_missed_by_name(key: str) -> None:
    assert faults({name: value for name, value in EXAMPLE.items() if name != key}) == {
        key: "this is needed and is not there"
    }


def test_a_case_that_says_nothing_is_a_fault() -> None:
    assert "at least one of pain and answers" in faults({"schema": "unknot.case/1", "person": {"age": 44}})["pain"]


FAULTY: list[tuple[str, Any, str, str]] = [
    ("answers.feverr", True, "answers.feverr", "the nearest is fever"),
    ("answers.age", 3, "answers.age", "no question called age"),
    ("answers.worse_with", ["driving", "drivin"], "answers.worse_with[1]", "the nearest is driving"),
    ("answers.onset", "Instant", "answers.onset", "the nearest is instant"),
    ("pain.0.region", "lumbar_paraspinals", "pain[0].region", "the nearest is lumbar_paraspinal"),
    ("person.conditions", ["anticoagulants"], "person.conditions[0]", "the nearest is anticoagulant"),
    ("person.tools", ["massage_bal"], "person.tools[0]", "the nearest is massage_ball"),
    ("palpation.0.site", "qls9", "palpation[0].site", "the nearest is qls"),
    ("palpation.0.spreads_to", ["si_join"], "palpation[0].spreads_to[0]", "the nearest is si_joint"),
    ("painn", [], "painn", "the nearest is pain"),
    ("person.@age", 1, "person.@age", "no field called @age"),
    ("pain.0.strength", 3, "pain[0].strength", "no field called strength"),
    ("schema", "unknot.case/2", "schema", 'this must be "unknot.case/1"'),
    ("person.age", None, "person.age", "this is needed"),
    ("person.age", 121, "person.age", "from 0 to 120 (years)"),
    ("person.age", True, "person.age", "a number"),
    ("person.age", "44", "person.age", "a number"),
    ("person.mass_kg", 10**400, "person.mass_kg", "from 30 to 300 (kg)"),
    ("pain.0.intensity", float("nan"), "pain[0].intensity", "a number"),
    ("pain.0.intensity", float("inf"), "pain[0].intensity", "a number"),
    ("pain.0.intensity", -0.1, "pain[0].intensity", "from 0 to 10"),
    ("pain.0.coverage", 80, "pain[0].coverage", "from 0 to 1"),
    ("pain.0.side", None, "pain[0].side", "this is needed"),
    ("pain.0.side", "both", "pain[0].side", "not one of the answers"),
    ("pain.0.side", "midline", "pain[0].side", "left or right"),
    ("pain.1.side", "left", "pain[1].side", "midline"),
    ("palpation.0.side", "midline", "palpation[0].side", "left or right"),
    ("palpation.0.tender", 1, "palpation[0].tender", "true, false or null"),
    ("answers.fever", "no", "answers.fever", "true, false or null"),
    ("answers.fever", 0, "answers.fever", "true, false or null"),
    ("answers.worse_with", "driving", "answers.worse_with", "a list"),
    ("answers.worse_with", [None], "answers.worse_with[0]", "one of the allowed words"),
    ("answers.worse_with", [["driving"]], "answers.worse_with[0]", "one of the allowed words"),
    ("answers.worse_with", ["driving", "driving"], "answers.worse_with[1]", "driving stands in the list twice"),
    ("answers.onset", ["instant"], "answers.onset", "one of the allowed words"),
    ("answers.onset_event", ["none_known", "lifting"], "answers.onset_event", "none_known cannot stand beside"),
    ("answers.numb_strip", ["groin", "none_clear"], "answers.numb_strip", "none_clear cannot stand beside"),
    ("answers.skin_at_site", ["none", "burn"], "answers.skin_at_site", "none cannot stand beside"),
    ("answers.better_with", ["nothing", "heat"], "answers.better_with", "nothing cannot stand beside"),
    ("answers", [], "answers", "an object"),
    ("person", None, "person", "an object"),
    ("pain", {}, "pain", "a list"),
    ("pain.0", "lumbar_paraspinal", "pain[0]", "an object"),
    ("palpation", None, "palpation", "a list"),
]


@pytest.mark.parametrize(("path", "value", "where", "what"), FAULTY)
def test_a_fault_names_its_field_and_what_would_be_right(path: str, value: Any, where: str, what: str) -> None:
    found = faults(changed(path, value))
    assert list(found) == [where]
    assert what in found[where]


def test_the_same_place_twice_is_a_fault_and_its_other_side_is_not() -> None:
    area, press = EXAMPLE["pain"][0], EXAMPLE["palpation"][0]
    other = [{**area, "side": "right"}, area]
    assert len(read_case({**EXAMPLE, "pain": other}).pain) == 2
    assert "twice" in faults({**EXAMPLE, "pain": [area, {**area, "intensity": 2}]})["pain[1]"]
    assert "twice" in faults({**EXAMPLE, "palpation": [press, press]})["palpation[1]"]


def test_all_faults_are_named_at_once() -> None:
    document = changed("answers.feverr", True)
    document["pain"][0]["intensity"] = 11
    assert list(faults(document)) == ["pain[0].intensity", "answers.feverr"]


def test_a_flood_of_faults_ends_the_reading() -> None:
    assert len(faults({**EXAMPLE, "answers": {"worse_with": ["x" * 10_000] * 10_000}})) == 100


def test_the_order_of_what_was_said_does_not_matter() -> None:
    turned = {
        "palpation": EXAMPLE["palpation"],
        "pain": EXAMPLE["pain"][::-1],
        "answers": {
            id: answer[::-1] if isinstance(answer, list) else answer
            for id, answer in reversed(EXAMPLE["answers"].items())
        },
        "person": dict(reversed(EXAMPLE["person"].items())),
        "schema": "unknot.case/1",
    }
    assert json.dumps(case_to_json(read_case(turned))) == json.dumps(case_to_json(read_case(EXAMPLE)))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
PLACES = ["schema", "person", "pain", "answers", "palpation", "pain.0", "palpation.0"]
PLACES += [f"{place}.{key}" for place in ("person", "answers") for key in EXAMPLE[place]]
PLACES += [f"{place}.0.{key}" for place in ("pain", "palpation") for key in EXAMPLE[place][0]]


@given(JSON)
def test_any_json_value_is_a_case_or_a_case_error(document: Any) -> None:
    with pytest.raises(CaseError) as error:
        read_case(document)
    assert all(str(fault) for fault in error.value.faults)


@given(st.sampled_from(PLACES), JSON)
def test_any_json_value_in_any_field_is_read_or_named_with_its_path(path: str, value: Any) -> None:
    try:
        read_case(changed(path, value))
    except CaseError as error:
        start = path.replace(".0", "[0]")
        assert all(fault.path.startswith(start) and fault.message for fault in error.faults)


def answers_to(question: Question) -> st.SearchStrategy[Any]:
    """Any answer that the question allows, "not sure" among them."""
    match question.type:
        case "bool":
            return st.none() | st.booleans()
        case "number":
            return st.none() | st.floats(question.min, question.max) | st.integers(0, 1)
        case "one_of":
            return st.none() | st.sampled_from(question.values)
        case "many_of":
            several = st.lists(
                st.sampled_from([v for v in question.values if v not in question.exclusive]), unique=True
            )
            return st.none() | several | st.sampled_from([[], *([alone] for alone in question.exclusive)])


QUESTIONS = {id: q for id, q in load().questions.items() if q.group not in ("person", "pain", "palpation")}


@settings(max_examples=50)
@given(st.lists(st.sampled_from(sorted(QUESTIONS)), unique=True, max_size=20), st.data())
def test_a_case_written_and_read_again_is_the_same_case(asked: list[str], data: st.DataObject) -> None:
    document = {**EXAMPLE, "answers": {id: data.draw(answers_to(QUESTIONS[id])) for id in asked}}
    case = read_case(document)
    written = case_to_json(case)
    assert read_case(json.loads(json.dumps(written))) == case
    assert written["answers"].keys() == document["answers"].keys()


def test_the_example_is_written_as_it_was_read() -> None:
    assert unordered(case_to_json(read_case(EXAMPLE))) == unordered(EXAMPLE)
