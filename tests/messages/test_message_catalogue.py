"""The catalogue as a whole: every question can be asked, every answer shown, in plain and careful words."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from statistics import median

import pytest
from readability import NAMES, grade, syllables_of

from unknot import messages
from unknot.knowledge import load

KNOWN = load()
ENGLISH = messages.catalogue()
QUESTIONS = sorted(KNOWN.questions)
GROUPS = {condition.group for condition in KNOWN.conditions.values()}


def passages() -> dict[str, str]:
    """What is read in one go: a question with its help, a condition with its help."""
    asked = {id: f"{ENGLISH[f'question.{id}.ask']} {ENGLISH[f'question.{id}.help']}" for id in QUESTIONS}
    told = {id: f"{ENGLISH[f'condition.{id}']}. {ENGLISH[f'condition.{id}.help']}" for id in KNOWN.conditions}
    return {id: NAMES.sub("it", text) for id, text in (asked | told).items()}


@pytest.mark.parametrize("id", QUESTIONS)
def test_a_question_can_be_asked_explained_and_ticked(id: str) -> None:
    texts = {part: ENGLISH.get(f"question.{id}.{part}", "") for part in ("ask", "help", "why", "tile")}
    assert texts["ask"].endswith("?")
    assert texts["help"].endswith(".")
    assert re.fullmatch(r"[^.?!]+\.", texts["why"]), "one sentence says why we ask"
    assert 1 <= len(texts["tile"].split()) <= 8
    assert not texts["tile"].endswith((".", "?"))


def test_every_answer_has_a_short_label_and_no_label_is_left_over() -> None:
    wanted = {
        f"answer.{question.id}.{value}"
        for question in KNOWN.questions.values()
        if not question.values_from
        for value in question.values
    }
    labels = {id: text for id, text in ENGLISH.items() if id.startswith("answer.")}
    assert labels.keys() == wanted
    assert not [id for id, text in labels.items() if not 0 < len(text) <= 45]


def test_two_answers_to_one_question_never_look_the_same() -> None:
    for question in KNOWN.questions.values():
        labels = [
            ENGLISH[f"answer.{question.id}.{value}"].lower() for value in question.values if not question.values_from
        ]
        assert len(labels) == len(set(labels)), question.id


def test_no_text_speaks_of_a_question_or_condition_that_is_not_there() -> None:
    where_it_hurts = {"pain"}  # asked by the gate; answered by painting, not by an answer of its own
    asked = {id.split(".")[1] for id in ENGLISH if id.startswith("question.")}
    assert asked - where_it_hurts == set(KNOWN.questions)
    assert {id.split(".")[1] for id in ENGLISH if id.startswith("condition.")} == set(KNOWN.conditions)
    assert {id.split(".")[1] for id in ENGLISH if id.startswith("condition_group.")} == GROUPS


def test_every_finding_can_be_named_inside_a_sentence() -> None:
    places = {"pain"}
    for question in KNOWN.questions.values():
        if question.type in ("bool", "number") or question.values_from in ("regions",):
            places.add(question.id)
        elif question.id != "tools":
            places |= {f"{question.id}.{value}" for value in question.values}
    found = {id.removeprefix("finding.") for id in ENGLISH if id.startswith("finding.")}
    assert found == places - {"coverage"}
    opposites = {id.removeprefix("finding_not.") for id in ENGLISH if id.startswith("finding_not.")}
    assert {question.id for question in KNOWN.questions.values() if question.type == "bool"} <= opposites <= found
    for id, text in ENGLISH.items():
        if id.startswith("finding"):
            assert not text.endswith("."), id
            assert text[0].islower() or text.startswith(("Crohn", "{n}")), id


@pytest.mark.parametrize("id", sorted(passages()))
def test_a_question_is_readable_at_twelve(id: str) -> None:
    assert grade(passages()[id]) <= 10


def test_the_usual_question_is_easier_than_that() -> None:
    assert median(map(grade, passages().values())) <= 7


def test_no_sentence_of_a_question_is_long() -> None:
    for id, text in passages().items():
        for sentence in re.split(r"(?<=[.?!:;])\s", text):
            assert len(sentence.split()) <= 24, (id, sentence)


@pytest.mark.parametrize(("word", "count"), [("pain", 1), ("bladder", 2), ("rise", 1), ("table", 2), ("moved", 1)])
def test_syllables_are_counted_as_spoken(word: str, count: int) -> None:
    assert syllables_of(word) == count


def test_nobody_is_shouted_at() -> None:
    assert not {id: text for id, text in ENGLISH.items() if re.search(r"!|\b[A-Z]{5,}\b", text)}


def test_every_template_is_well_formed_and_every_id_stands_once() -> None:
    for lang in messages.languages():
        for id in messages.ids(lang):
            messages.parameters(id, lang)


def test_a_translation_needs_no_parameter_that_english_does_not_give() -> None:
    for lang in messages.languages():
        assert messages.ids(lang) <= messages.ids(), f"{lang} has messages that English lacks"
        for id in messages.ids(lang):
            assert messages.parameters(id, lang) <= messages.parameters(id), (lang, id)


def test_translators_are_told_what_every_parameter_stands_for() -> None:
    told = tomllib.loads((Path(messages.__file__).parent / "parameters.toml").read_text(encoding="utf-8"))
    used = {name: id for id in sorted(ENGLISH) for name in messages.parameters(id)}
    untold = {name: id for name, id in used.items() if name not in told}
    assert not untold, "say in messages/parameters.toml what these stand for"
    assert not told.keys() - used.keys(), "these are used nowhere any more"
