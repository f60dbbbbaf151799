"""The page of the benchmarks says what the proof measured, and nothing else."""

from __future__ import annotations

import json

import figures

from unknot.lab.people import SEED, digest

RESULT = json.loads(figures.PROOF.read_text())["result"]


def test_the_figures_on_the_page_are_those_of_the_proof():
    assert figures.PAGE.read_text() == figures.page(RESULT), "run: python tools/figures.py"


def test_they_were_measured_with_the_frozen_generator():
    assert RESULT["generator"] == digest()
    assert RESULT["seed"] == SEED


def test_a_missed_bar_is_printed_as_missed():
    missed = [row["id"] for rows in RESULT["rows"].values() for row in rows if row.get("passed") is False]
    assert figures.PAGE.read_text().count("**not met**") == len(missed)
