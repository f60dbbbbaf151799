"""The sentences about muscles, exercises, treatments and claims: plain enough, short enough, no vertebra numbers."""

from __future__ import annotations

import re
from statistics import median

import pytest
from readability import grade

from unknot import messages

ENGLISH = messages.catalogue()
PARTS = (".self_check", ".where", ".how", ".text", ".measured", ".trials", ".harms", ".avoid")
PASSAGES = {
    id_: text
    for id_, text in ENGLISH.items()
    if id_.startswith(("muscle.", "site.", "exercise.", "modality.", "claim.")) and id_.endswith(PARTS)
}


@pytest.mark.parametrize("id_", sorted(PASSAGES))
def test_a_passage_is_readable_at_twelve(id_: str):
    assert grade(PASSAGES[id_]) <= 10


def test_the_usual_passage_is_easier_than_that():
    assert median(map(grade, PASSAGES.values())) <= 5


def test_no_sentence_is_long():
    for id_, text in PASSAGES.items():
        for sentence in re.split(r"(?<=[.?!:;])\s", text):
            assert len(sentence.split()) <= 24, (id_, sentence)


def test_nobody_needs_to_count_vertebrae():
    assert not [id_ for id_, text in PASSAGES.items() if re.search(r"\b[CTLS]\d", text)]


def test_names_fit_inside_a_sentence_and_notes_are_sentences():
    for id_, text in ENGLISH.items():
        if re.match(r"(region|tool|posture|mimic)\.\w+$|muscle\.\w+\.name$", id_):
            assert text[0].islower() and not text.endswith("."), id_
        elif ".caution." in id_ or id_ in PASSAGES:
            assert not text[0].islower() and text.endswith((".", "?")), id_


def test_two_regions_or_muscles_or_spots_never_have_the_same_words():
    for pattern in (r"region\.\w+$", r"muscle\.\w+\.name$", r"site\.\w+\.where$", r"exercise\.\w+\.name$"):
        texts = [text for id_, text in ENGLISH.items() if re.match(pattern, id_)]
        assert len(texts) == len(set(texts)), pattern
