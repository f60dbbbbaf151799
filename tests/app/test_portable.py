import json
from datetime import timedelta
from importlib import resources
from typing import Any

import pytest
from journal_entries import some_entries, tables
from jsonschema_rs import Draft202012Validator

from unknot.app.ids import new_id
from unknot.app.journal.erase import erase
from unknot.app.journal.models import Entry, Tombstone
from unknot.app.journal.portable import Imported, export, import_record
from unknot.app.journal.rebuild import rebuild
from unknot.app.journal.write import Clock
from unknot.app.people.models import Person
from unknot.app.people.use_cases import local_person
from unknot.record import KINDS, RecordError


def wipe(person: Person) -> None:
    """As if on another machine: no entry, no tombstone, no person."""
    erase(person)
    Tombstone.objects.all().delete()


def on_paper(document: dict[str, Any]) -> Any:
    return json.loads(json.dumps(document))


def test_an_exported_record_imported_on_an_empty_machine_is_the_same_record(person: Person, clock: Clock) -> None:
    some_entries(person, clock)
    exported, before = on_paper(export(person, clock.now)), tables()
    wipe(person)
    local_person()
    assert import_record(exported) == Imported(added=9, known=0, erased=0)
    assert tables() == before
    assert on_paper(export(local_person(), clock.now)) == exported


def test_an_exported_record_keeps_to_its_published_schema(person: Person, clock: Clock) -> None:
    some_entries(person, clock)
    published = json.loads((resources.files("unknot") / "schemas" / "unknot.record.1.json").read_text())
    Draft202012Validator(published).validate(on_paper(export(person, clock.now)))
    assert published["$defs"]["entry"]["properties"]["kind"]["enum"] == sorted(KINDS)


def test_importing_twice_adds_nothing(person: Person, clock: Clock) -> None:
    some_entries(person, clock)
    exported = on_paper(export(person, clock.now))
    assert import_record(exported) == Imported(added=0, known=9, erased=0)


def test_importing_into_a_longer_record_keeps_what_is_here(person: Person, clock: Clock) -> None:
    some_entries(person, clock)
    exported = on_paper(export(person, clock.now))
    some_entries(person, Clock(clock.now + timedelta(days=1), clock.zone))
    before = tables()
    assert import_record(exported) == Imported(added=0, known=9, erased=0)
    assert tables() == before


def test_another_persons_record_is_refused_where_one_is_kept(person: Person, clock: Clock) -> None:
    some_entries(person, clock)
    other = {"schema": "unknot.record/1", "person": str(new_id()), "events": []}
    with pytest.raises(RecordError, match="somebody else"):
        import_record(other)


def test_an_entry_that_says_something_else_is_refused_and_nothing_is_taken_in(person: Person, clock: Clock) -> None:
    some_entries(person, clock)
    exported = on_paper(export(person, clock.now))
    exported["events"][3]["payload"] = {"person": {"age": 90}}
    with pytest.raises(RecordError, match="says something else here"):
        import_record(exported)
    assert Entry.objects.count() == 9


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"schema": "fit.record/9"}, "schema: must be unknot.record/1"),
        ({"events": 4}, "events: must be a list"),
        ({"person": "me"}, "person: must be an id"),
        ({"erased": ["me"]}, r"erased\[0\]: must be an id"),
    ],
)
def test_a_file_that_is_no_record_is_refused_with_its_path(
    person: Person, clock: Clock, change: dict[str, Any], fault: str
) -> None:
    with pytest.raises(RecordError, match=fault):
        import_record({**export(person, clock.now), **change})


def test_each_wrong_entry_of_a_file_is_named(person: Person, clock: Clock) -> None:
    some_entries(person, clock)
    exported = on_paper(export(person, clock.now))
    exported["events"][0]["kind"] = "wished"
    exported["events"][1]["at"] = "yesterday"
    exported["events"][2]["person"] = str(new_id())
    with pytest.raises(RecordError) as caught:
        import_record(exported)
    assert [fault.path for fault in caught.value.faults] == ["events[0].kind", "events[1].at", "events[2].person"]


def test_erasing_leaves_only_ids(person: Person, clock: Clock) -> None:
    some_entries(person, clock)
    ids = {person.id, *Entry.objects.values_list("id", flat=True)}
    assert erase(person) == 9
    assert not Entry.objects.exists()
    assert not any(tables().values())
    assert not Person.objects.exists()
    assert set(Tombstone.objects.values_list("id", flat=True)) == ids


def test_an_old_export_does_not_bring_erased_entries_back(person: Person, clock: Clock) -> None:
    some_entries(person, clock)
    exported = on_paper(export(person, clock.now))
    erase(person)
    assert import_record(exported) == Imported(added=0, known=9, erased=10)  # the entries and the person
    assert not Entry.objects.exists()


def test_an_export_tells_another_machine_what_was_erased(person: Person, clock: Clock) -> None:
    some_entries(person, clock)
    exported = on_paper(export(person, clock.now))
    gone = exported["events"].pop()
    exported["erased"] = [gone["id"]]
    import_record(exported)
    assert Entry.objects.count() == 8
    live = tables()
    rebuild(person)
    assert tables() == live
