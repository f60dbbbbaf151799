"""The strict reader: one table into one value, every fault named with its place."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unknot.knowledge.model import Quantity, Site
from unknot.knowledge.read import KnowledgeError, parse, read


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Kettle:
    id: str
    colour: Literal["red", "blue"]
    litres: float
    whistles: bool = False
    marks: tuple[str, ...] = ()
    heat: Mapping[str, Quantity] = dataclasses.field(default_factory=dict)


GOOD: dict[str, Any] = {
    "colour": "red",
    "litres": 2,
    "marks": ["a", "b"],
    "heat": {"low": {"unit": "W", "source": "S", "basis": "assumed", "date": "2026-11-22", "lo": 1, "hi": 2.5}},
}


def kettle(table: Any) -> tuple[Kettle | None, list[str]]:
    faults: list[str] = []
    return read(Kettle, table, "kitchen.toml: tea", faults, id="tea"), faults


def test_a_right_table_becomes_a_frozen_value_with_its_defaults():
    value, faults = kettle(GOOD)
    assert faults == []
    assert value is not None
    assert (value.id, value.litres, value.whistles, value.marks) == ("tea", 2.0, False, ("a", "b"))
    assert type(value.litres) is float
    assert value.heat["low"].hi == 2.5
    with pytest.raises(TypeError):
        value.heat["high"] = value.heat["low"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"litres": "x"}, "kitchen.toml: tea.litres: must be a number, not 'x'"),
        ({"litres": True}, "kitchen.toml: tea.litres: must be a number, not True"),
        ({"whistles": 1}, "kitchen.toml: tea.whistles: must be true or false, not 1"),
        ({"colour": "green"}, "kitchen.toml: tea.colour: must be one of red, blue, not 'green'"),
        ({"marks": "a"}, "kitchen.toml: tea.marks: must be a list, not 'a'"),
        ({"marks": ["a", 3]}, "kitchen.toml: tea.marks[1]: must be text, not 3"),
        ({"marks": ["a", "a"]}, "kitchen.toml: tea.marks: holds a value twice"),
        ({"heat": []}, "kitchen.toml: tea.heat: must be a table, not []"),
        ({"heat": {"low": 3}}, "kitchen.toml: tea.heat.low: must be a table, not 3"),
        (
            {"heat": {"low": GOOD["heat"]["low"] | {"hi": "x"}}},
            "kitchen.toml: tea.heat.low.hi: must be a number, not 'x'",
        ),
        (
            {"heat": {"low": GOOD["heat"]["low"] | {"basis": "guess"}}},
            "kitchen.toml: tea.heat.low.basis: "
            "must be one of measured, published, memory, assumed, proposal, not 'guess'",
        ),
        (
            {"lid": 1},
            "kitchen.toml: tea.lid: is not a field here (fields: colour, litres, whistles, marks, heat)",
        ),
        ({"id": "x"}, "kitchen.toml: tea.id: is not a field here (fields: colour, litres, whistles, marks, heat)"),
    ],
)
def test_a_wrong_field_is_named_with_its_whole_path(change: dict[str, Any], fault: str):
    value, faults = kettle(GOOD | change)
    assert value is None
    assert faults == [fault]


def test_a_missing_field_is_named_and_all_faults_come_at_once():
    value, faults = kettle({"colour": 3, "marks": "a"})
    assert value is None
    assert {fault.split(": ")[1] for fault in faults} == {"tea.colour", "tea.marks", "tea.litres"}


@given(st.dictionaries(st.text(min_size=1), st.one_of(st.none(), st.booleans(), st.integers(), st.text()), max_size=4))
def test_any_table_is_either_read_or_faulted_never_an_exception(table: dict[str, Any]):
    faults: list[str] = []
    value = read(Site, table, "x", faults)
    assert (value is None) == bool(faults)


def test_text_that_is_not_toml_is_named_with_its_file_and_line():
    with pytest.raises(KnowledgeError, match=r"^muscles/neck\.toml: .*line 2") as caught:
        parse('a = 1\nb = "open\n', "muscles/neck.toml")
    assert len(caught.value.faults) == 1
