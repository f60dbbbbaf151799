"""The command line gives a stopped person no session either: every command with a case, all options."""

from __future__ import annotations

import argparse
import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from unknot.cli import main, parser

ROUTINE = Path(__file__).parents[2] / "examples" / "evening-routine.json"
EXAMPLE = json.loads((Path(__file__).parents[2] / "examples" / "low-back-left.json").read_text())

SIGNS = ("Hold, ", '"total_hold_s"', '"steps"', "A session now")
"""What only a page or document with a session says."""

STOPS: dict[str, dict[str, Any]] = {
    "emergency": {"answers": {"ces_saddle": True}},
    "same day": {"answers": {"fever": True}},
    "appointment": {"answers": {"weight_loss_unexplained": True, "pain_steadily_worsening": True}},
    "alcohol": {"answers": {"alcohol_or_sedative_now": True}},
    "not sure": {"answers": {"ces_saddle": None}},
    "under age": {"person": {"age": 15}},
    "low platelets": {"person": {"conditions": ["low_platelets"]}},
    "nothing about conditions": {"person": {"conditions": None}},
    "nothing about the bladder": {"answers": {"ces_bladder_leak": ...}},
}


def _case(how: str) -> dict[str, Any]:
    """The example, for which there is a session, with what stops it; ``...`` and None of the person leave it out."""
    person = {**EXAMPLE["person"], **STOPS[how].get("person", {})}
    answers = {**EXAMPLE["answers"], **STOPS[how].get("answers", {})}
    return EXAMPLE | {
        "person": {key: value for key, value in person.items() if value is not None},
        "answers": {key: value for key, value in answers.items() if value is not ...},
    }


def _commands() -> list[list[str]]:
    """Every command that takes a case, with none of its switches and with as many as may stand together."""
    choices = next(a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)).choices
    found = []
    for name, command in choices.items():
        if not any(action.metavar == "CASE.json" for action in command._actions):
            continue
        switches = [
            a.option_strings[0] for a in command._actions if a.option_strings and a.nargs == 0 and a.dest != "help"
        ]
        apart = [{a.option_strings[0] for a in group._group_actions} for group in command._mutually_exclusive_groups]
        sets = [
            some
            for size in range(len(switches), -1, -1)
            for some in combinations(switches, size)
            if not any(len(group & set(some)) > 1 for group in apart)
        ]
        found += [[name, *some] for some in sets if len(some) in (0, len(sets[0]))]
    return found


def _run(command: list[str], case: dict[str, Any], folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    file = folder / "case.json"
    file.write_text(json.dumps(case))
    given = ["check", str(ROUTINE), "--case", str(file)] if command[0] == "routine" else [str(file)]
    assert main([command[0], *given, *command[1:]]) == 0
    return capsys.readouterr().out


def test_assess_and_session_are_among_the_commands_that_are_tried():
    assert {command[0] for command in _commands()} >= {"assess", "session"}


@pytest.mark.parametrize("command", _commands(), ids=" ".join)
def test_no_command_prints_a_session_for_a_stopped_person(command, tmp_path, capsys):
    allowed = _run(command, EXAMPLE, tmp_path, capsys)
    assert any(sign in allowed for sign in SIGNS)
    for how in STOPS:
        printed = _run(command, _case(how), tmp_path, capsys)
        assert not [sign for sign in SIGNS if sign in printed], how
