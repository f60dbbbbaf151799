"""The whole path on real case files, and the documents that other programs rely on."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from safety.people import KNOWN, NOW, OPENED, person, with_answers, without

import unknot
from unknot.assess import assess
from unknot.assessment_json import assessment_to_json, session_to_json
from unknot.case import read_case
from unknot.dose import dose_to_json, estimate_dose
from unknot.plan.text import session_text
from unknot.record import History
from unknot.safety import Clearance, check, gate, unanswered

EXAMPLES = Path(__file__).parents[2] / "examples"
DANGERS = [
    "ces_saddle",
    "ces_bladder_retention",
    "leg_weakness_both",
    "tearing_trunk_pain",
    "face_numb_or_droop",
    "breathless",
    "fever",
    "foot_drop",
]


def example(name):
    return read_case(json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8")))


def schema(name):
    return Draft202012Validator(json.loads((resources.files(unknot) / "schemas" / name).read_text(encoding="utf-8")))


# --- what the first three people must get


def test_left_of_the_low_spine_with_bending_and_driving_gives_spots_reasons_and_a_session_with_the_ball():
    case = example("low-back-left")
    found = assess(case, now=NOW)
    assert found.triage.level == "self_care"
    assert found.triage.complete
    first = found.detection.candidates[0]
    assert first.side == "left"
    assert KNOWN.regions[KNOWN.sites[first.site].home].group in ("low_back_buttock", "mid_back_chest")
    assert first.reasons_for
    assert any("bending_forward" in str(text) for text in first.reasons_for)
    chances = [candidate.probability for candidate in found.detection.candidates]
    assert chances == sorted(chances, reverse=True)
    assert found.session is not None
    assert found.session.tool == "massage_ball"
    assert found.session.side == "left"
    assert not KNOWN.postures[found.session.posture].on_floor  # the wall comes before the floor
    assert found.session.gentleness == "light"
    leave = gate(case, None, NOW, KNOWN)
    assert isinstance(leave, Clearance)
    assert check(found.session, leave) == ()


def test_a_therapist_can_read_the_session_of_the_first_person():
    page = session_text(assess(example("low-back-left"), now=NOW).session)
    assert "left side: massage ball" in page
    assert "back to a wall" in page
    assert "aim for 3 to 4 out of 10" in page
    assert "Stop and get emergency help at once if" in page
    assert "The cap on this spot today" in page
    assert "Numb between the legs" in page
    assert "first two sessions" in page
    assert max(len(line) for line in page.splitlines()) <= 78


def test_numbness_between_the_legs_is_an_emergency_without_session_advice_or_more_questions():
    found = assess(example("numbness-between-legs"), now=NOW)
    assert found.triage.level == "emergency"
    assert found.session is None
    assert found.advice == ()
    assert found.detection.ask_next == ()


def test_two_regions_and_no_answers_give_no_session_and_the_gate_questions_first():
    case = example("two-regions-no-answers")
    found = assess(case, now=NOW)
    assert found.triage.level == "self_care"
    assert not found.triage.complete
    assert found.session is None
    gate_questions = unanswered(case, KNOWN)
    assert "double_vision" in gate_questions  # for the neck
    assert "chest_pain" in gate_questions  # for the shoulder, as for everybody
    asked = [step.id for step in found.detection.ask_next]
    assert tuple(asked[: len(gate_questions)]) == gate_questions
    assert len(asked) == len(set(asked))
    assert found.advice == ()


def test_the_example_of_the_contract_waits_for_its_gate():
    found = assess(example("contract"), now=NOW)
    assert found.session is None
    assert not found.triage.complete
    assert found.detection.ask_next[0].id == found.triage.unanswered[0]


def test_not_sure_everywhere_never_gives_a_session():
    case = example("low-back-left")
    unsure = replace(case, answers=dict.fromkeys(case.answers))
    assert assess(unsure, now=NOW).session is None


# --- laws of the path


@given(st.sampled_from(DANGERS), st.sampled_from(["lumbar_paraspinal left 5", "neck_back_lower right 4"]))
@settings(max_examples=20, deadline=None)
def test_a_danger_sign_never_leaves_a_session(danger, pain):
    assert assess(with_answers(person(pain), **{danger: True}), now=NOW).session is None


@given(st.data())
@settings(max_examples=15, deadline=None)
def test_a_missing_gate_answer_forbids_any_session_and_is_asked_first(data):
    case = example("low-back-left")
    bare = replace(case, answers={id: value for id, value in case.answers.items() if value is not False})
    left_out = data.draw(st.sampled_from(unanswered(bare, KNOWN)))
    found = assess(without(case, left_out), now=NOW)
    assert found.session is None
    assert left_out in found.triage.unanswered
    assert found.detection.ask_next[0].kind == "question"
    assert left_out in [step.id for step in found.detection.ask_next[: len(found.triage.unanswered)]]


@given(st.randoms(use_true_random=False))
@settings(max_examples=5, deadline=None)
def test_the_order_of_the_answers_never_matters(random):
    case = example("low-back-left")
    entries = list(case.answers.items())
    random.shuffle(entries)
    assert assess(replace(case, answers=dict(entries)), now=NOW) == assess(case, now=NOW)


def test_without_the_time_there_is_no_session_and_the_reason_is_said():
    found = assess(example("low-back-left"))
    assert found.session is None
    assert found.session_because


def test_a_precaution_that_asks_for_more_keeps_the_gate_open():
    case = person(conditions=("recent_surgery",), treated_place=None)
    found = assess(without(case, "treated_place"), now=NOW)
    assert found.session is None
    assert "treated_place" in found.triage.unanswered
    assert not found.triage.complete


def test_the_session_expires_twelve_hours_after_the_screen():
    history = History(screened_at=NOW - timedelta(hours=3))
    found = assess(example("low-back-left"), history=history, now=NOW)
    assert found.session.expires_at == (NOW + timedelta(hours=9)).isoformat()
    stale = History(screened_at=NOW - timedelta(hours=13))
    assert assess(example("low-back-left"), history=stale, now=NOW).session is None


def test_asking_goes_on_until_a_clear_leader_was_pressed():
    assert assess(example("low-back-left"), now=NOW).detection.ask_next


def test_a_site_that_nobody_presses_is_never_offered_as_a_press():
    for name in ("low-back-left", "two-regions-no-answers"):
        for step in assess(example(name), now=NOW).detection.ask_next:
            if step.kind == "palpation":
                assert KNOWN.sites[step.id].self_press


# --- documents


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in EXAMPLES.glob("*.json") if '"unknot.case/1"' in path.read_text())
)
def test_the_answer_to_every_example_is_a_valid_document(name):
    found = assess(example(name), now=NOW)
    document = json.loads(json.dumps(assessment_to_json(found), allow_nan=False))
    schema("unknot.assessment.1.json").validate(document)
    assert sum(document["mechanism"].values()) == pytest.approx(1)
    if document["session"] is not None:
        schema("unknot.session.1.json").validate(document["session"])
        assert document["session"] == session_to_json(found.session)


def test_a_dose_is_a_valid_document():
    for mass in (None, 72):
        for force in (None, 110):
            dose = estimate_dose("massage_ball", "gmx1", "wall_lean", mass_kg=mass, force_n=force)
            schema("unknot.dose.1.json").validate(dose_to_json(dose))


@pytest.mark.parametrize("name", ["assessment", "session", "dose"])
def test_the_schemas_are_schemas(name):
    Draft202012Validator.check_schema(schema(f"unknot.{name}.1.json").schema)


# --- the library's front door


def test_the_front_door_opens_every_name():
    assert {name for name in unknot.__all__ if getattr(unknot, name) is not None} == set(unknot.__all__)
    assert set(unknot.__all__) <= set(dir(unknot))
    with pytest.raises(AttributeError):
        unknot.no_such_name  # noqa: B018
    case = unknot.read_case({"schema": "unknot.case/1", "person": {"age": 44}, "answers": OPENED | {"onset_event": []}})
    assert unknot.assess(case).session is None
    assert callable(unknot.assess)  # although a module of the same name was imported above


def test_importing_the_package_alone_loads_none_of_the_heavy_libraries():
    code = "import sys, unknot; print([name for name in ('numpy', 'scipy', 'django') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_with_source())
    assert done.stdout.strip() == "[]"


def test_the_path_never_loads_scipy_or_django():
    code = (
        "import sys, unknot; c = unknot.read_case({'schema': 'unknot.case/1', 'person': {'age': 44}, 'answers': {}});"
        "unknot.assess(c); print([name for name in ('scipy', 'django', 'pydantic') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_with_source())
    assert done.stdout.strip() == "[]"


def _with_source():
    return {"PYTHONPATH": str(Path(unknot.__file__).parents[1]), "PATH": ""}
