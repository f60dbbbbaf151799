"""The commands that handle a person's data, as a person types them."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from server import SOURCE, Server

pytestmark = [pytest.mark.programs, pytest.mark.sqlite]  # each run has a folder of its own


def unknot(home: Path, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "UNKNOT_HOME": str(home), "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-m", "unknot", *words]
    return subprocess.run(command, env=environment, input=stdin, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the record of a person who began a complaint, left by a server that has stopped."""
    folder = tmp_path_factory.mktemp("recorded")
    with Server(folder) as server:
        server.open().request("GET", "/settings/")
        _, headers, _ = server.post("/new/", {})
        case = headers["location"].split("/")[2]
        server.post(f"/case/{case}/pain/", {"place": "lumbar_paraspinal|left"})
    return folder


@pytest.fixture
def home(recorded: Path, tmp_path: Path) -> Path:
    """That record in a folder of the test's own."""
    return Path(shutil.copytree(recorded, tmp_path / "here"))


def exported(home: Path) -> dict:
    done = unknot(home, "export")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_what_one_machine_exports_another_imports_and_exports_alike(home: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    record = exported(home)
    assert len(record["events"]) == 2
    done = unknot(there, "import", "-", stdin=json.dumps(record))
    assert (done.returncode, done.stdout) == (0, "")
    assert "2 entries added" in done.stderr
    assert {**exported(there), "exported_at": ""} == {**record, "exported_at": ""}


def test_a_file_that_is_no_record_is_refused_in_one_sentence_for_each_fault(home: Path) -> None:
    done = unknot(home, "import", "-", stdin='{"schema": "other"}')
    assert done.returncode == 1
    assert done.stderr.startswith("unknot: schema: must be unknot.record/1")


def test_a_record_that_names_a_place_that_does_not_exist_is_refused(home: Path) -> None:
    record = exported(home)
    record["events"][1]["payload"]["pain"][0]["region"] = "elbow_of_the_moon"
    done = unknot(home, "import", "-", stdin=json.dumps(record))
    assert done.returncode == 1
    assert "events[1].payload.pain[0].region: there is no region called elbow_of_the_moon" in done.stderr


def test_an_export_to_a_file_can_be_read_by_its_owner_only(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "record.json"
    assert unknot(home, "export", str(target)).returncode == 0
    assert target.stat().st_mode & 0o777 == 0o600
    assert json.loads(target.read_text())["schema"] == "unknot.record/1"


def test_a_backup_is_a_whole_database(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite3"
    done = unknot(home, "backup", str(target))
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("SELECT count(*) FROM journal_entry").fetchone() == (2,)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_backup_that_cannot_be_written_says_why(home: Path) -> None:
    done = unknot(home, "backup", "/proc/nowhere/copy.sqlite3")
    assert done.returncode == 1
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_erasing_needs_to_be_said_twice(home: Path) -> None:
    done = unknot(home, "erase")
    assert done.returncode == 1
    assert len(exported(home)["events"]) == 2


def test_erasing_leaves_ids_only_in_the_file_too(home: Path) -> None:
    events = exported(home)["events"]
    ids = {event["id"] for event in events} | {event["person"] for event in events}
    unknot(home, "backup")
    assert unknot(home, "erase", "--yes").returncode == 0
    after = exported(home)
    assert after["events"] == []
    assert sorted(after["erased"]) == sorted(ids)  # the entries and the person
    kept = b"".join(path.read_bytes() for path in home.rglob("*.sqlite3*"))
    assert b"lumbar_paraspinal" not in kept
    assert not list(home.glob("copies/*"))


def test_a_copy_is_taken_before_the_database_is_brought_up_to_date(home: Path) -> None:
    with closing(sqlite3.connect(home / "unknot.sqlite3")) as database:
        for trigger in ("entry_never_changes", "entry_leaves_a_tombstone", "entry_stays_erased"):
            database.execute(f"DROP TRIGGER {trigger}")
        database.execute("DELETE FROM django_migrations WHERE name = '0002_append_only'")
        database.commit()
    assert len(exported(home)["events"]) == 2
    (copy,) = home.glob("copies/*-before-update.sqlite3")
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT count(*) FROM journal_entry").fetchone() == (2,)
    with closing(sqlite3.connect(home / "unknot.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone() == (3,)


def test_a_wrong_database_address_is_one_clear_sentence(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNKNOT_DATABASE_URL", "mysql://nowhere")
    done = unknot(home, "export")
    assert done.returncode == 1
    assert done.stderr.startswith("unknot: UNKNOT_DATABASE_URL must look like postgresql://")
