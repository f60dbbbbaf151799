"""The made-up people: frozen, well formed, and unlike the detector's own model in the ways that were promised."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from unknot.case import case_to_json, read_case
from unknot.cli import main
from unknot.knowledge import load
from unknot.lab import people
from unknot.lab.people import SEED, Simulated, simulate, story
from unknot.lab.people.others import INFLAMED, JOINTS, NUMB, ORGANS, ROOTS

KNOWLEDGE = load()


def _by_id(document: dict) -> dict:
    """Reading puts things into the order of the vocabulary, which is not the order in which they were said."""
    presses = sorted(document.get("palpation", []), key=lambda press: (press["site"], press["side"]))
    answers = {key: sorted(v) if isinstance(v, list) else v for key, v in document["answers"].items()}
    pain = sorted(document["pain"], key=lambda area: (area["region"], area["side"]))
    return {**document, "pain": pain, "palpation": presses, "answers": answers}


@pytest.fixture(scope="module")
def crowd() -> list[Simulated]:
    return [simulate(SEED, number, KNOWLEDGE) for number in range(240)]


def test_the_generator_is_the_one_that_was_frozen_before_the_first_measurement():
    frozen = tomllib.loads((Path(people.__file__).parent / "frozen.toml").read_text())
    assert people.digest() == frozen["digest"]
    assert frozen["seed"] == SEED


def test_a_person_does_not_depend_on_how_many_others_are_drawn(crowd):
    again = simulate(SEED, 7, KNOWLEDGE)
    assert again.interviewed(3) == crowd[7].interviewed(3)


def test_the_order_of_questions_changes_no_answer(crowd):
    person = crowd[3]
    one = person.answered(person.answered(person.case(), "worse_with"), "qualities")
    other = person.answered(person.answered(person.case(), "qualities"), "worse_with")
    assert one == other


def test_every_person_is_a_case_that_can_be_read(crowd):
    for person in crowd[:30]:
        document = case_to_json(person.interviewed(4))
        again = case_to_json(read_case(json.loads(json.dumps(document))))
        assert _by_id(again) == _by_id(document)


def test_every_question_gets_an_answer_of_its_own_kind_or_none(crowd):
    person = crowd[0]
    case = person.case()
    in_answers = [q for q in KNOWLEDGE.questions.values() if q.group not in ("person", "pain", "palpation")]
    for question in in_answers:
        case = person.answered(case, question.id)
    document = case_to_json(case)
    assert _by_id(case_to_json(read_case(json.loads(json.dumps(document))))) == _by_id(document)


def test_two_drawings_of_one_pain_overlap_as_published(crowd):
    overlaps = []
    for person in crowd:
        one, two = ({(a.region, a.side) for a in drawing} for drawing in (person.drawing, person.redrawn(1)))
        overlaps.append(len(one & two) / len(one | two))
    assert sum(overlaps) / len(overlaps) == pytest.approx(0.42, abs=0.05)  # 240 people: standard error 0.017


def test_some_have_no_muscle_cause_and_all_kinds_of_others_occur(crowd):
    kinds = Counter(person.cause.kind for person in crowd if person.cause and not person.spots)
    assert set(kinds) == {"nerve_root", "joint_or_disc", "inflammatory", "visceral", "widespread", "unknown"}
    assert 0.15 < sum(kinds.values()) / len(crowd) < 0.32


def test_spots_come_together_more_often_in_tied_muscles_than_apart(crowd):
    # Two independent spots would share a body region group far less often than these do.
    several = [person.spots for person in crowd if len(person.spots) > 1]
    groups = [{KNOWLEDGE.regions[KNOWLEDGE.sites[site].home].group for site, _ in spots[:2]} for spots in several]
    assert sum(len(group) == 1 for group in groups) / len(groups) > 0.6


def test_a_familiar_press_speaks_for_an_active_spot(crowd):
    said = Counter()
    for person in crowd:
        if person.spots:
            quiet = next(name for name in KNOWLEDGE.sites if all(name != spot for spot, _ in person.spots))
            for spot, active in ((person.spots[0], True), ((quiet, "left"), False)):
                said[active, person.pressed(person.case(), spot).palpation[0].familiar] += 1
    rate = {active: said[active, True] / (said[active, True] + said[active, False]) for active in (True, False)}
    assert rate[True] > rate[False] + 0.25


def test_all_names_in_the_tables_exist():
    regions = {name for _, way in ROOTS.values() for name in way} | {
        name for _, at, _ in JOINTS.values() for name in at
    }
    regions |= {name for at in INFLAMED.values() for name in at} | {n for _, at, _ in ORGANS.values() for n in at}
    assert regions <= set(KNOWLEDGE.regions)
    questions = KNOWLEDGE.questions
    assert set(story.YES) | set(story.ORGAN_YES) <= set(questions)
    named = {value for values in story.MOVEMENTS.values() for value in values} | set(story.COMMON_MOVEMENTS)
    assert named <= set(questions["worse_with"].values)
    assert {v for vs in story.SHORTENED.values() for v in vs} <= set(questions["limited_movements"].values)
    assert set(story.COMMON_ACTIVITIES) <= set(questions["activities"].values)
    assert {v for vs in NUMB.values() for v in vs} <= set(questions["numb_strip"].values)
    assert {v for vs in story.QUALITIES.values() for v in vs} <= set(questions["qualities"].values)
    assert {v for vs in story.BETTER.values() for v in vs} <= set(questions["better_with"].values)
    assert {v for vs in story.CONDITIONS.values() for v in vs} <= set(KNOWLEDGE.conditions)


def test_the_command_prints_one_case_with_its_truth_a_line(capsys):
    assert main(["simulate", "--n", "12", "--seed", "5", "--presses", "2", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == 12
    for line in lines:
        assert len(read_case(line["case"]).palpation) == 2
        assert all(spot["site"] in KNOWLEDGE.sites for spot in line["truth"])
        assert line["truth"] or line["cause"]


@pytest.mark.parametrize("words", [["--n", "0"], ["--seed", "-1"], ["--presses", "-1"]])
def test_numbers_that_mean_nothing_are_refused(words, capsys):
    assert main(["simulate", *words]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
