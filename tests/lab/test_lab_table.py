"""The table of checks: its figures, bars and intervals, as rows, as text and as JSON."""

from __future__ import annotations

import json

import numpy as np
import pytest

from unknot.cli import main
from unknot.lab import exactness
from unknot.lab.rows import Row, bootstrap, share, wilson


def test_a_wilson_interval_is_the_published_one():
    # Newcombe 1998 (Stat Med 17:857), table I, method 3: 81 of 263 and 0 of 20.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)


def test_a_bootstrap_interval_of_a_mean_is_near_the_one_of_the_normal_law():
    values = np.random.default_rng(1).normal(0.0, 1.0, 400)
    low, high = bootstrap(lambda chosen: values[chosen].mean(), len(values), seed=2)
    assert low < values.mean() < high
    assert high - low == pytest.approx(2 * 1.96 / 20, rel=0.15)


@pytest.mark.parametrize(
    ("value", "bar", "passed"),
    [
        (0.9, {"at_least": 0.9}, True),
        (0.89, {"at_least": 0.9}, False),
        (0.05, {"at_most": 0.05}, True),
        (0.06, {"at_most": 0.05}, False),
        (0.5, {}, None),
        (None, {"at_least": 0.9}, None),
    ],
)
def test_a_row_passes_when_its_value_reaches_the_bar(value, bar, passed):
    assert Row(id="x", value=value, unit="share", **bar).passed is passed


def test_a_share_of_nobody_is_not_measured_rather_than_perfect():
    row = share("x", [], at_least=0.9)
    assert row.value is None
    assert row.passed is None
    assert row.missing == "nobody"


@pytest.fixture
def quick(monkeypatch):
    """Twenty networks instead of two hundred: the rows are what matters here."""
    monkeypatch.setattr(exactness, "SMALL_NETWORKS", 20)
    monkeypatch.setattr(exactness, "has_pyagrum", lambda: False)


def test_the_table_names_value_bar_and_verdict(quick, capsys):
    assert main(["validate", "--only", "exactness"]) == 0
    printed = capsys.readouterr().out
    assert "Largest error against adding up every possibility" in printed
    assert "at most 1.0e-09  met" in printed


def test_the_json_form_has_the_same_rows(quick, capsys):
    assert main(["validate", "--only", "exactness", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    (section,) = document["sections"]
    assert [row.get("passed") for row in section["rows"]] == [True, None, True]
    assert section["rows"][1]["missing"] == "pyagrum"


@pytest.mark.parametrize("words", [["--only", "nonsense"], ["--n", "0"]])
def test_a_wrong_section_or_number_is_refused_in_one_sentence(words, capsys):
    assert main(["validate", *words]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
