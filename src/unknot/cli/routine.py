"""``unknot routine check``: read a shared routine, and see what the safety gate makes of it for a case."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from typing import Any

from unknot.assessment_json import session_to_json
from unknot.case import Case
from unknot.cli.files import InputError, case_from, print_json, read_json
from unknot.knowledge import load
from unknot.messages import render
from unknot.plan.choose import asked_for
from unknot.record import RecordError
from unknot.record.routine import Item, Routine, read_routine
from unknot.safety import Clearance, Stop, gate
from unknot.script import Session, Text


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = commands.add_parser("routine", help="check a shared routine, and what of it a case may do now")
    command.add_argument("what", choices=["check"], help="read the file and name what is wrong with it")
    command.add_argument("file", metavar="FILE", help="an unknot.routine/1 document; - reads standard input")
    command.add_argument("--case", metavar="CASE.json", help="build each session anew for this case, or say why not")
    command.add_argument("--json", action="store_true", help="print one JSON document")
    command.set_defaults(run=_routine)


def _routine(given: argparse.Namespace) -> int:
    try:
        routine = read_routine(read_json(given.file), load())
    except RecordError as error:
        raise InputError(*(f"{given.file}: {fault.path}: {fault.message}" for fault in error.faults)) from error
    made = _made(routine, case_from(given.case)) if given.case else None
    if given.json:
        print_json(_document(routine, made))
    else:
        sys.stdout.write(_page(routine, made))
    return 0


def _made(routine: Routine, case: Case) -> list[Session | tuple[Text, ...]]:
    """Each item asked of the gate; without leave every one has the reasons of the stop."""
    leave = gate(case, None, datetime.now(UTC), load())
    if isinstance(leave, Stop):
        return [leave.reasons for _ in routine.items]
    assert isinstance(leave, Clearance)
    return [asked_for(leave, item, case) for item in routine.items]


def _document(routine: Routine, made: list[Session | tuple[Text, ...]] | None) -> dict[str, Any]:
    items = []
    for number, item in enumerate(routine.items):
        found: dict[str, Any] = {"site": item.site, "side": item.side, "tool": item.tool, "posture": item.posture}
        if made is not None:
            one = made[number]
            session = session_to_json(one) if isinstance(one, Session) else None
            reasons = [] if isinstance(one, Session) else [render(text.id, text.params) for text in one]
            found |= {"session": session, "because": reasons}
        items.append(found)
    return {"name": routine.name, "items": items}


def _page(routine: Routine, made: list[Session | tuple[Text, ...]] | None) -> str:
    lines = [routine.name, "=" * len(routine.name)]
    for number, item in enumerate(routine.items, start=1):
        lines.append(f"{number:>2}. {_item_words(item)}")
        if made is None:
            continue
        one = made[number - 1]
        if isinstance(one, Session):
            minutes = max(1, round(sum(step.duration_s for step in one.steps) / 60))
            lines.append(f"    {render('routine.open', {'minutes': minutes, 'hold': one.total_hold_s})}")
        else:
            lines.append(f"    {render('routine.left_out')}")
            lines += [f"    - {render(text.id, text.params)}" for text in one]
    return "\n".join(lines) + "\n"


def _item_words(item: Item) -> str:
    """One item in a line."""
    muscle = load().sites[item.site].muscle
    params = {"muscle": f"@muscle.{muscle}.name", "tool": f"@tool.{item.tool}", "posture": f"@posture.{item.posture}"}
    if item.side == "midline":
        return render("routine.item_midline", params)
    return render("routine.item", {**params, "side": f"@side.{item.side}"})
