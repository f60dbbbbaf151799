"""``unknot assess`` and ``unknot session``: a case file in, an honest answer out."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from unknot.assess import assess
from unknot.assessment_json import assessment_to_json, session_to_json
from unknot.cli import page
from unknot.cli.files import case_from, print_json
from unknot.plan.text import session_text
from unknot.script import Form


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands to the command line."""
    command = commands.add_parser("assess", help="screen a case, rank trigger sites, suggest what to do")
    command.add_argument("case", metavar="CASE.json", help="an unknot.case/1 document; - reads standard input")
    command.add_argument("--json", action="store_true", help="print the unknot.assessment/1 document")
    command.set_defaults(run=_assess)

    command = commands.add_parser("session", help="the guided session for a case, or why there is none")
    command.add_argument("case", metavar="CASE.json", help="an unknot.case/1 document; - reads standard input")
    command.add_argument("--short", action="store_true", help="the short form, two to five minutes")
    command.add_argument("--no-floor", action="store_true", help="nothing for which one lies down, floor or bed")
    command.add_argument("--both-sides", action="store_true", help="the other side after the first, where it is open")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--text", action="store_true", help="print a page to read (this is the default)")
    form.add_argument("--json", action="store_true", help="print the unknot.session/1 document, or null")
    command.set_defaults(run=_session)


def _assess(given: argparse.Namespace) -> int:
    assessment = assess(case_from(given.case), now=datetime.now(UTC))
    if given.json:
        print_json(assessment_to_json(assessment))
    else:
        sys.stdout.write(page.assessment(assessment))
    return 0


def _wished(given: argparse.Namespace) -> Form:
    return Form(length="short" if given.short else "full", no_floor=given.no_floor, both_sides=given.both_sides)


def _session(given: argparse.Namespace) -> int:
    assessment = assess(case_from(given.case), now=datetime.now(UTC), form=_wished(given))
    session = assessment.session
    if given.json:
        print_json(session_to_json(session) if session else None)
    elif session:
        sys.stdout.write(session_text(session))
    else:
        sys.stdout.write(page.why_no_session(assessment))
    return 0
