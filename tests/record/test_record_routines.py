"""A routine comes in strictly, goes out as it came, and is kept so that the order of arrival never matters."""

import json
from itertools import permutations
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from record.record_entries import Hand

from unknot.knowledge import load
from unknot.record import RecordError, fold, payload_faults, routines
from unknot.record.routine import read_routine, write_routine
from unknot.record.vocabulary import vocabulary_faults

ROOT = Path(__file__).parents[2]
EXAMPLE = json.loads((ROOT / "examples" / "evening-routine.json").read_text())
SCHEMA = Draft202012Validator(json.loads((ROOT / "src/unknot/schemas/unknot.routine.1.json").read_text()))
ITEM = {"site": "gmx1", "side": "left", "tool": "massage_ball", "posture": "wall_lean"}
ID = "01890a5d-ac96-774b-bcce-b302099a8057"


def faults(**change):
    with pytest.raises(RecordError) as error:
        read_routine({**EXAMPLE, **change}, load())
    return [(fault.path, fault.id.rpartition(".")[2]) for fault in error.value.faults]


def test_a_routine_goes_out_as_it_came_in():
    routine = read_routine(EXAMPLE, load())
    again = write_routine(routine)
    assert read_routine(again, load()) == routine
    assert not list(SCHEMA.iter_errors(EXAMPLE)) and not list(SCHEMA.iter_errors(again))


@pytest.mark.parametrize(
    ("path", "kind", "change"),
    [
        ("schema", "no_routine", {"schema": "unknot.session/1"}),
        ("name", "no_text", {"name": ""}),
        ("name", "too_long", {"name": "x" * 61}),
        ("name", "control_character", {"name": "a\x07b"}),
        ("items", "no_items", {"items": []}),
        ("items", "too_many", {"items": [ITEM] * 13}),
        ("items", "no_list", {"items": "gmx1"}),
        ("items[0].site", "unknown_id", {"items": [{**ITEM, "site": "gmx9"}]}),
        ("items[1].tool", "unknown_id", {"items": [ITEM, {**ITEM, "tool": "hammer"}]}),
        ("items[0].posture", "unknown_id", {"items": [{**ITEM, "posture": "headstand"}]}),
        ("items[0].side", "no_such_side", {"items": [{**ITEM, "side": "midline"}]}),
        ("items[0].script", "unknown_field", {"items": [{**ITEM, "script": {"steps": []}}]}),
        ("items[0].form.length", "not_one_of", {"items": [{**ITEM, "form": {"length": "long"}}]}),
        ("session", "unknown_field", {"session": {}}),
    ],
)
def test_a_bad_file_is_refused_with_the_path_of_the_field(path, kind, change):
    assert (path, kind) in faults(**change)


def test_a_fault_names_the_nearest_id():
    with pytest.raises(RecordError, match="the nearest is gmx"):
        read_routine({**EXAMPLE, "items": [{**ITEM, "site": "gmx9"}]}, load())


def test_what_is_no_table_is_no_routine():
    for document in (None, [], "x", 3):
        with pytest.raises(RecordError, match="is not a routine"):
            read_routine(document, load())


def test_the_last_word_on_a_routine_counts_in_whatever_order_it_arrives():
    saved = {"routine": ID, "name": "One", "items": [ITEM]}
    hand = Hand()
    entries = [
        hand("routine_saved", saved),
        hand("routine_removed", {"routine": ID}),
        hand("routine_saved", {**saved, "name": "Two", "items": []}),
    ]
    for order in permutations(entries):
        person = next(iter(fold(order).people.values()))
        assert {id: one["name"] for id, one in routines(person).items()} == {ID: "Two"}
    for order in permutations(entries[:2]):
        assert routines(next(iter(fold(order).people.values()))) == {}


def test_an_entry_with_a_spot_that_does_not_exist_is_refused():
    payload = {"routine": ID, "name": "One", "items": [{**ITEM, "site": "nowhere"}]}
    assert not list(payload_faults("routine_saved", payload))
    assert [fault.path for fault in vocabulary_faults("routine_saved", payload)] == ["items[0].site"]
    assert [one.path for one in payload_faults("routine_saved", {**payload, "items": [{}]})]
