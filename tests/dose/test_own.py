"""A tool of one's own as a document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from unknot.dose.checks import DoseError
from unknot.dose.own import read_tool, write_tool

ROOT = Path(__file__).parents[2]
CORK = json.loads((ROOT / "examples" / "own-tool.json").read_text())
SCHEMA = json.loads((ROOT / "src" / "unknot" / "schemas" / "unknot.tool.1.json").read_text())


def test_the_example_is_read_and_written_alike_and_keeps_to_the_schema() -> None:
    Draft202012Validator(SCHEMA).validate(CORK)
    assert write_tool(read_tool(CORK)) == CORK
    assert read_tool(CORK).made().id == "massage_ball"


@pytest.mark.parametrize(
    ("field", "value"),
    [("schema", "unknot.routine/1"), ("name", ""), ("name", "x" * 41), ("name", 3), ("shape", "star"),
     ("tip_width_mm", 3000), ("tip_width_mm", True), ("tip_width_mm", "50"), ("height_mm", float("nan")),
     ("thumb_mm", -1), ("colour", "red")],
)  # fmt: skip
def test_what_is_wrong_is_refused_by_its_field(field: str, value: Any) -> None:
    with pytest.raises(DoseError) as error:
        read_tool(CORK | {field: value})
    assert error.value.field == field


def test_a_missing_size_is_named() -> None:
    with pytest.raises(DoseError, match="height_mm"):
        read_tool({name: value for name, value in CORK.items() if name != "height_mm"})
