"""No text, document or piece of metadata promises, frightens, or repeats what is not so; and all of it is plain."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from messages.readability import grade, spoken
from wording.texts import ROOT, TEMPLATES, documents, literal_words, texts

from unknot import messages

RULES: dict[str, dict[str, Any]] = {
    rule["id"]: rule for rule in tomllib.loads((Path(__file__).parent / "forbidden.toml").read_text())["rule"]
}
TEXTS = list(texts())
HELD_ELSEWHERE = ("precaution.", "rule.", "site_rule.", "question.", "condition.", "lab.", "cli.")
"""Sentences whose reading age has a test of its own, and those that no patient meets."""


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!])\s+", text)


def _found(rule: dict[str, Any]) -> list[tuple[str, str]]:
    pattern = re.compile(rule["pattern"], re.IGNORECASE)
    return [
        (place, sentence)
        for place, text in TEXTS
        if pattern.search(text)
        for sentence in _sentences(text)
        if pattern.search(sentence)
    ]


def _lets(allowance: dict[str, str], place: str, sentence: str) -> bool:
    return bool(re.search(allowance["place"], place) and re.search(allowance.get("only", ""), sentence))


@pytest.mark.parametrize("id", RULES)
def test_a_forbidden_word_stands_only_where_it_is_explained(id: str) -> None:
    rule = RULES[id]
    wrong = [
        found for found in _found(rule) if not any(_lets(allowance, *found) for allowance in rule.get("allowed", ()))
    ]
    assert not wrong, rule["because"]


@pytest.mark.parametrize("id", RULES)
def test_a_rule_catches_its_example_lets_its_counterexample_pass_and_has_no_spare_allowance(id: str) -> None:
    rule = RULES[id]
    assert re.search(rule["pattern"], rule["catches"], re.IGNORECASE)
    assert not re.search(rule["pattern"], rule["passes"], re.IGNORECASE)
    found = _found(rule)
    spare = [one["place"] for one in rule.get("allowed", ()) if not any(_lets(one, *hit) for hit in found)]
    assert not spare


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_sentence_of_its_own(path: Path) -> None:
    words = re.sub(r"\b(?:Unknot|screen--split|A|B|C|D)\b", "", literal_words(path))
    assert not re.findall(r"[A-Za-z]{2,}", words)


def test_every_sentence_for_a_person_is_readable_at_twelve() -> None:
    said = {id: spoken(text) for id, text in messages.catalogue().items() if not id.startswith(HELD_ELSEWHERE)}
    whole = {id: text for id, text in said.items() if len(text.split()) >= 6 and text.endswith((".", "?"))}
    hard = {id: round(grade(text), 1) for id, text in whole.items() if grade(text) > 10}
    assert not hard


@pytest.mark.parametrize(
    ("name", "bound"),
    [("README.md", 9), ("INTENDED_USE.md", 7), ("docs/first-session.md", 8), ("docs/data-and-privacy.md", 9),
     ("docs/glossary.md", 8), ("docs/install.md", 9)],
)  # fmt: skip
def test_a_document_for_everybody_is_plain(name: str, bound: float) -> None:
    grades = [grade(text) for place, text in documents() if place == name and len(text.split()) > 12]
    assert median(grades) <= bound, name


def test_the_intended_use_is_linked_where_people_arrive() -> None:
    assert "INTENDED_USE.md" in (ROOT / "README.md").read_text()
