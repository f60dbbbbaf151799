"""`unknot dose` with a record: the last comfortable session first, and what the person bears."""

import json
from datetime import timedelta
from importlib.resources import files

import pytest
from jsonschema_rs import Draft202012Validator
from record.record_entries import SCRIPT, Hand

from unknot.cli import main
from unknot.record import uuid7, write_event

WORDS = ["dose", "--tool", "massage_ball", "--site", "gmx1", "--posture", "wall_lean", "--mass-kg", "72"]
SCHEMA = json.loads((files("unknot") / "schemas" / "unknot.dose.1.json").read_text(encoding="utf-8"))


@pytest.fixture
def record(tmp_path):
    """Three sessions of 60 N that felt like 3 of 10; at the last one a household scale showed 7 kg."""
    hand, events = Hand(), []
    for number in range(3):
        session, case = str(uuid7(10 + number, bytes(10))), str(uuid7(9, bytes(10)))
        force = {"p05": 40.0, "p50": 60.0, "p95": 90.0, "unit": "N"}
        script = {**SCRIPT, "site": "gmx1", "muscle": "gluteus_maximus", "start_force_n": force}
        events += [
            hand("session_planned", {"case": case, "session": session, "script": script}, later=timedelta(days=3)),
            hand("session_started", {"session": session}),
            hand("session_event", {"session": session, "what": "comfort", "value": 3, "t_s": 20}),
            hand("session_finished", {"session": session, "hold_s": 60, "completed": True}),
        ]
    weighed = {"what": "scale_kg", "value": 7.0, "moment": "before", "case": case, "session": session}
    events.append(hand("rated", weighed))
    file = tmp_path / "record.json"
    file.write_text(json.dumps({"schema": "unknot.record/1", "events": [write_event(one) for one in events]}))
    return file


def test_a_record_gives_the_ratio_to_the_last_session_first_and_what_one_bears(record, capsys):
    assert main([*WORDS, "--record", str(record)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "times your last comfortable session" in lines[1]
    assert any("3 sessions have told us more" in line for line in lines)
    assert main([*WORDS, "--record", str(record), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert Draft202012Validator(SCHEMA).is_valid(document)
    assert document["last"]["force_n"]["p50"] == pytest.approx(68.6)  # 7 kg on the scale, for the last of them
    told = document["tolerance"]
    assert len(told["data"]) == 3 and {one["answer"] for one in told["data"]} == {3}
    assert told["posterior_kpa"]["p95"] / told["posterior_kpa"]["p05"] < told["prior_kpa"]["p95"] / 15


def test_a_typed_session_stands_first_and_needs_its_force(capsys):
    assert main([*WORDS, "--last-force-n", "40"]) == 0
    assert "times your last comfortable session" in capsys.readouterr().out.splitlines()[1]
    assert main([*WORDS, "--last-tool", "fingers"]) == 1
    assert "last_force_n" in capsys.readouterr().err


def test_what_is_no_record_is_refused_in_one_sentence(tmp_path, capsys):
    file = tmp_path / "no.json"
    file.write_text("{}")
    assert main([*WORDS, "--record", str(file)]) == 1
    assert "is not an unknot.record/1 document" in capsys.readouterr().err
