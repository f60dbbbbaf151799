"""Every row of the safety review is carried out or answered by name."""

import ast
from pathlib import Path

import pytest

from unknot.knowledge import load
from unknot.safety.rows import rows

ROWS = rows(load())
ROOT = Path(__file__).parents[2]


def test_the_rows_are_those_of_the_review():
    assert list(ROWS) == list(range(1, 110))
    assert {number for number, row in ROWS.items() if row.severity == "consider"} == {44, 88, 89}


@pytest.mark.parametrize("number", sorted(ROWS))
def test_a_row_is_carried_out_or_answered(number):
    assert ROWS[number].carried_out


def test_a_row_about_what_is_pressed_or_asked_is_not_met_by_words_alone():
    bare = [n for n, row in ROWS.items() if not (row.rules or row.precautions or row.site_rules or row.stops)]
    assert all(ROWS[number].questions or ROWS[number].tests for number in bare)


def test_the_tests_that_hold_a_row_are_there():
    for row in ROWS.values():
        for test in row.tests:
            file, _, name = test.partition("::")
            defined = {node.name for node in ast.walk(ast.parse((ROOT / file).read_text())) if hasattr(node, "name")}
            assert name in defined, test
