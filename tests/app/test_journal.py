from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from journal_entries import some_entries, tables

from unknot.app.journal.models import AppendOnlyError, Entry, Tombstone
from unknot.app.journal.rebuild import rebuild
from unknot.app.journal.shelf import TableShelf
from unknot.app.journal.write import Clock, from_entry, writing
from unknot.app.people.models import Person
from unknot.record import RecordError, fold


def test_the_tables_kept_as_entries_arrive_equal_a_replay_of_the_journal(person: Person, clock: Clock) -> None:
    some_entries(person, clock)
    live = tables()
    assert all(live.values())
    assert rebuild(person) == 9
    assert tables() == live


def test_the_tables_equal_the_fold_of_the_journal(person: Person, clock: Clock) -> None:
    case = some_entries(person, clock)
    memory = fold(from_entry(entry) for entry in Entry.objects.all())
    row = TableShelf().cases.get(case)
    assert row is not None
    assert asdict(row) == asdict(memory.cases[case])


def test_an_entry_comes_back_from_the_database_as_it_was_written(person: Person, clock: Clock) -> None:
    with writing(person, clock) as write:
        event = write("person_described", {"person": {"age": 44.5, "mass_kg": 70.0, "conditions": []}})
    assert from_entry(Entry.objects.get()) == event


def test_entries_of_one_request_keep_their_order(person: Person, clock: Clock) -> None:
    with writing(person, clock) as write:
        events = [write("person_described", {"person": {"age": age}}) for age in (44, 45, 46)]
    assert sorted(events, key=lambda event: event.stamp) == events
    assert [event.device_seq for event in events] == [0, 1, 2]


def test_a_clock_set_back_an_hour_does_not_put_new_words_before_old_ones(person: Person, clock: Clock) -> None:
    with writing(person, clock) as write:
        write("person_described", {"person": {"age": 44}})
    with writing(person, Clock(clock.now - timedelta(hours=1), clock.zone)) as write:
        write("person_described", {"person": {"age": 45}})
        assert write.shelf.people.get(str(person.id)).facts["age"]["said"].keys() == {"45"}


def test_a_wrong_entry_leaves_nothing_behind(person: Person, clock: Clock) -> None:
    with pytest.raises(RecordError), writing(person, clock) as write:
        write("person_described", {"person": {"age": 44}})
        write("wished", {})
    assert not Entry.objects.exists()
    assert not any(tables().values())


def test_another_persons_complaint_cannot_be_written_to(person: Person, clock: Clock) -> None:
    case = some_entries(person, clock)
    other = Person.objects.create()
    with pytest.raises(RecordError, match=r"payload\.case: is not known"), writing(other, clock) as write:
        write("answers_given", {"case": case, "answers": {"fever": False}})


def test_code_cannot_change_or_remove_an_entry(person: Person, clock: Clock) -> None:
    some_entries(person, clock)
    entry = Entry.objects.first()
    assert entry is not None
    with pytest.raises(AppendOnlyError, match="never changed"):
        entry.save()
    with pytest.raises(AppendOnlyError, match="tombstone"):
        entry.delete()


@pytest.mark.parametrize("statement", ["UPDATE journal_entry SET kind = 'rated'", "DELETE FROM journal_entry"])
def test_the_database_refuses_to_change_or_remove_an_entry(person: Person, clock: Clock, statement: str) -> None:
    some_entries(person, clock)
    with (
        pytest.raises(DatabaseError, match="entry of the journal"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Entry.objects.count() == 9


def test_an_erased_entry_does_not_come_back(person: Person, clock: Clock) -> None:
    some_entries(person, clock)
    entry = Entry.objects.first()
    assert entry is not None
    Tombstone.objects.create(id=entry.id, erased_at=clock.now)
    Entry.objects.filter(pk=entry.pk)._raw_delete(using="default")
    with pytest.raises(DatabaseError, match="does not come back"), transaction.atomic():
        Entry.objects.bulk_create([entry])


@pytest.mark.parametrize("entries", [1, 40])
def test_writing_costs_the_same_queries_however_long_the_record_is(
    person: Person, clock: Clock, entries: int, django_assert_num_queries: Any
) -> None:
    for _ in range(entries):
        case = some_entries(person, clock)
    with django_assert_num_queries(8), writing(person, clock) as write:
        write("answers_given", {"case": case, "answers": {"course": "improving"}})
