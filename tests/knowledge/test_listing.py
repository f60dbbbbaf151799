"""The vocabulary as rows: what another program needs in order to write a case."""

from __future__ import annotations

import json

import pytest

from unknot.knowledge import load
from unknot.knowledge.listing import listing

KINDS = (
    "regions",
    "muscles",
    "sites",
    "tools",
    "questions",
    "conditions",
    "exercises",
    "modalities",
    "claims",
    "sources",
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_entry_is_listed_once_with_an_id_and_a_label_and_survives_json(kind: str):
    rows = listing(load(), kind)
    assert [row["id"] for row in rows] == list(getattr(load(), kind))
    assert all(row["label"].strip() for row in rows)
    assert json.loads(json.dumps(rows)) == rows


def test_a_region_says_which_sides_it_has():
    sides = {row["id"]: row["sides"] for row in listing(load(), "regions")}
    assert sides["sacrum"] == ["midline"]
    assert sides["flank"] == ["left", "right"]


def test_a_question_lists_its_allowed_values_with_labels_or_its_bounds():
    rows = {row["id"]: row for row in listing(load(), "questions")}
    assert "instant" in [value["id"] for value in rows["onset"]["values"]]
    assert all(value["label"] for row in rows.values() for value in row.get("values", []))
    assert (rows["age"]["unit"], rows["age"]["min"], rows["age"]["max"]) == ("year", 0, 120)
    assert "values" not in rows["fever"]


def test_a_tool_lists_the_positions_in_which_it_is_used():
    rows = {row["id"]: row for row in listing(load(), "tools")}
    assert "wall_lean" in rows["massage_ball"]["postures"]
    assert rows["custom"]["postures"] == []


def test_another_word_is_a_key_error():
    with pytest.raises(KeyError):
        listing(load(), "spells")
