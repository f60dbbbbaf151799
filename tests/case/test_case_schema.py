"""The published JSON Schema of a case and the strict reading say the same."""

from __future__ import annotations

from typing import Any

import pytest
import schemas
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from test_case_reading import EXAMPLE, FAULTY, JSON, MINIMAL, PLACES, changed

from unknot.case import CaseError, read_case
from unknot.case.schema import case_schema
from unknot.knowledge import load

SCHEMA = Draft202012Validator(case_schema(load()))


def test_the_published_files_are_what_the_vocabulary_gives() -> None:
    for name, text in schemas.written().items():
        assert (schemas.FOLDER / name).read_text(encoding="utf-8") == text, "run tools/schemas.py"
    assert {path.name for path in schemas.FOLDER.glob("unknot.case.*")} <= schemas.written().keys()


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA.schema)


@pytest.mark.parametrize("document", [EXAMPLE, MINIMAL, {**MINIMAL, "pain": []}])
def test_a_case_that_can_be_read_is_valid(document: Any) -> None:
    SCHEMA.validate(document)


@pytest.mark.parametrize(("path", "value"), [(path, value) for path, value, _, _ in FAULTY])
def test_a_document_with_a_fault_is_not_valid(path: str, value: Any) -> None:
    document = changed(path, value)
    assert SCHEMA.is_valid(document) is (value != value)  # NaN is no JSON, so the schema cannot speak of it


@given(st.sampled_from(PLACES), JSON)
def test_reading_and_schema_agree(path: str, value: Any) -> None:
    document = changed(path, value)
    try:
        read_case(document)
    except CaseError as error:
        if all(fault.id != "case.fault.same_place_twice" for fault in error.faults):
            assert not SCHEMA.is_valid(document)
    else:
        assert SCHEMA.is_valid(document)
