"""The command line: what it prints, where, and with which exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from unknot.cli import main

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


def run(capsys, *words):
    status = main([str(word) for word in words])
    caught = capsys.readouterr()
    return status, caught.out, caught.err


def test_assess_prints_one_json_document_and_nothing_else(capsys):
    status, out, err = run(capsys, "assess", EXAMPLES / "contract.json", "--json")
    assert (status, err) == (0, "")
    assert json.loads(out)["schema"] == "unknot.assessment/1"


def test_a_refusal_is_a_result_and_not_an_error(capsys):
    status, out, _ = run(capsys, "assess", EXAMPLES / "numbness-between-legs.json")
    assert status == 0
    assert out.startswith("Get emergency help now")


def test_a_stopped_case_shows_no_spots_and_no_session(capsys):
    _, out, _ = run(capsys, "assess", EXAMPLES / "numbness-between-legs.json")
    assert "Tender spots to check" not in out
    assert "hold" not in out.lower().split("session")[-1]


def test_session_prints_steps_that_a_therapist_can_read(capsys):
    status, out, _ = run(capsys, "session", EXAMPLES / "low-back-left.json", "--text")
    assert status == 0
    assert "1." in out
    assert "0-10" in out or "of 10" in out


def test_session_says_why_there_is_none(capsys):
    status, out, _ = run(capsys, "session", EXAMPLES / "contract.json")
    assert status == 0
    assert "no session" in out


def test_session_as_json_is_null_when_there_is_none(capsys):
    _, out, _ = run(capsys, "session", EXAMPLES / "contract.json", "--json")
    assert json.loads(out) is None


def test_a_wrong_id_gives_one_sentence_with_the_path_and_the_nearest_id(capsys, tmp_path):
    document = json.loads((EXAMPLES / "contract.json").read_text())
    document["pain"][0]["region"] = "lumbar_paraspinl"
    case = tmp_path / "case.json"
    case.write_text(json.dumps(document))
    status, out, err = run(capsys, "assess", case)
    assert (status, out) == (1, "")
    assert "pain[0].region" in err
    assert "lumbar_paraspinal" in err
    assert len(err.strip().splitlines()) == 1


def test_broken_json_is_named_with_line_and_column(capsys, tmp_path):
    case = tmp_path / "case.json"
    case.write_text('{"schema": \n oops}')
    status, _, err = run(capsys, "assess", case)
    assert status == 1
    assert "line 2" in err


def test_a_missing_file_is_wrong_input(capsys, tmp_path):
    status, _, err = run(capsys, "assess", tmp_path / "none.json")
    assert status == 1
    assert "cannot be read" in err


def test_wrong_usage_has_its_own_exit_status():
    with pytest.raises(SystemExit) as stop:
        main(["assess"])
    assert stop.value.code == 2


@pytest.mark.parametrize(
    "kind", ["regions", "muscles", "sites", "tools", "questions", "conditions", "exercises", "sources"]
)
def test_every_vocabulary_lists_ids_with_labels(capsys, kind):
    status, out, _ = run(capsys, kind, "--json")
    assert status == 0
    rows = json.loads(out)
    assert all(row["id"] and row["label"] for row in rows)
    _, table, _ = run(capsys, kind)
    assert len(table.splitlines()) == len(rows)


def test_dose_gives_bands_as_json(capsys):
    words = ["dose", "--tool", "massage_ball", "--site", "gmx1", "--posture", "wall_lean", "--mass-kg", "72", "--json"]
    status, out, _ = run(capsys, *words)
    assert status == 0
    force = json.loads(out)["force_n"]
    assert force["p05"] < force["p50"] < force["p95"]


def test_dose_refuses_a_negative_mass_with_the_field_named(capsys):
    words = ["dose", "--tool", "massage_ball", "--site", "gmx1", "--posture", "wall_lean", "--mass-kg", "-3"]
    status, _, err = run(capsys, *words)
    assert status == 1
    assert "mass_kg" in err


def _python(code):
    environment = {**os.environ, "PYTHONPATH": str(EXAMPLES.parent / "src")}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)


def test_importing_the_package_brings_in_neither_django_nor_scipy_nor_numpy():
    code = "import sys, unknot; print([m for m in ('django', 'scipy', 'scipy.stats', 'numpy') if m in sys.modules])"
    assert _python(code).stdout.strip() == "[]"


def test_assessing_a_case_brings_in_neither_django_nor_scipy():
    code = (
        "import sys\nfrom unknot.cli import main\n"
        f"main(['assess', {str(EXAMPLES / 'low-back-left.json')!r}, '--json'])\n"
        "print([m for m in ('django', 'scipy') if m in sys.modules], file=sys.stderr)"
    )
    assert _python(code).stderr.strip() == "[]"
