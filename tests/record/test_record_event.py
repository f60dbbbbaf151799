import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_entries import CASE, SESSION, Hand

from unknot.record import RecordError, instant, parse_instant, read_event, write_event


def document(**changes: object) -> dict[str, object]:
    return {**write_event(Hand().answers(fever=False)), **changes}


def faults(found: dict[str, object]) -> list[str]:
    with pytest.raises(RecordError) as caught:
        read_event(found)
    return [str(fault) for fault in caught.value.faults]


def test_an_entry_survives_the_way_to_json_and_back() -> None:
    event = Hand().answers(fever=False, duration_weeks=3, worse_with=["sitting_long"], chills=None)
    assert read_event(json.loads(json.dumps(write_event(event)))) == event


@given(st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.timezones()))
def test_an_instant_survives_the_way_to_text_and_back(moment: datetime) -> None:
    assert parse_instant(instant(moment)) == moment.astimezone(UTC)


def test_an_instant_without_a_zone_is_refused() -> None:
    assert faults(document(at="2026-03-01T08:00:00")) == ["at: must be an instant such as 2026-11-22T17:33:00Z"]


def test_every_fault_is_named_with_its_path() -> None:
    entry = document(id="7", zone="Mars/Base", payload={"case": CASE, "answers": {"fever": float("nan")}, "mood": 3})
    assert faults(entry) == [
        "id: must be an id such as 01890a5d-ac96-774b-bcce-b302099a8057",
        "zone: must be a time zone such as Europe/London",
        "payload.answers.fever: must lie from -1e+06 to 1e+06",
        "payload.mood: is not a field of this entry",
    ]


def test_an_unknown_kind_is_refused() -> None:
    assert faults(document(kind="wished"))[0].startswith("kind: must be one of person_described, ")


def test_an_entry_of_a_newer_program_is_refused() -> None:
    assert "newer program" in faults(document(kind_version=2))[0]


def test_true_is_not_a_sequence_number() -> None:
    assert faults(document(device_seq=True)) == ["device_seq: must be a number"]


def test_a_missing_field_is_named() -> None:
    entry = document()
    del entry["device"]
    assert faults(entry) == ["device: is missing"]


def test_something_that_is_no_table_is_refused() -> None:
    with pytest.raises(RecordError, match="must be a table"):
        read_event([1])


@pytest.mark.parametrize(
    ("kind", "payload", "fault"),
    [
        ("pain_painted", {"case": CASE, "pain": [{"region": "x"}]}, "payload.pain[0].side: is missing"),
        (
            "pain_painted",
            {"case": CASE, "pain": [{"region": "x", "side": "left", "intensity": 11}]},
            "payload.pain[0].intensity: must lie from 0 to 10",
        ),
        (
            "answer_amended",
            {"case": CASE, "answers": {"fever": False}, "reason": "mistake", "confirmed": False},
            "payload.confirmed: must be true",
        ),
        (
            "session_event",
            {"session": SESSION, "what": "dance"},
            "payload.what: must be one of step, comfort, more, less, pause, resume, stop",
        ),
        ("answers_given", {"case": CASE, "answers": {}}, "payload.answers: must hold at least one answer"),
        (
            "answers_given",
            {"case": CASE, "answers": {"a\u0000": True}},
            "payload.answers.a\u0000: holds a control character",
        ),
        ("session_planned", {"case": CASE, "session": SESSION, "script": 4}, "payload.script: must be a table"),
    ],
)
def test_a_wrong_payload_is_refused_with_one_clear_sentence(kind: str, payload: object, fault: str) -> None:
    assert faults(document(kind=kind, payload=payload)) == [fault]
