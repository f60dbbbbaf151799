"""``unknot serve|export|import|backup|erase``: the app and the person's own data."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from unknot.app import commands as app
from unknot.cli.files import InputError, json_from, print_json
from unknot.messages import render


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the five commands to the command line."""
    command = commands.add_parser("serve", help="open the app on this machine")
    command.add_argument("--host", default="127.0.0.1", help="address to listen on; only this machine's own is allowed")
    command.add_argument("--port", type=int, help="port to listen on; busy ones are passed over (8765 unless given)")
    command.add_argument("--no-browser", action="store_true", help="print the address and open no browser")
    command.set_defaults(run=_serve)

    command = commands.add_parser("export", help="write everything recorded as one unknot.record/1 document")
    command.add_argument("--out", type=Path, metavar="FILE", help="write it here instead of to standard output")
    command.set_defaults(run=_export)

    command = commands.add_parser("import", help="take in a record that was exported; nothing is doubled")
    command.add_argument("file", metavar="RECORD.json", help="an unknot.record/1 document; - reads standard input")
    command.set_defaults(run=_import)

    command = commands.add_parser("backup", help="make a checked copy of the database, also while the app runs")
    command.add_argument("--out", type=Path, metavar="FILE", help="write the copy here instead of beside the data")
    command.set_defaults(run=_backup)

    command = commands.add_parser("erase", help="erase everything recorded, for good")
    command.add_argument("--yes", action="store_true", help="erase without asking first")
    command.set_defaults(run=_erase)


def _serve(given: argparse.Namespace) -> int:
    with _faults_as_input_errors():
        app.serve(given.host, given.port, not given.no_browser, lambda line: print(line, flush=True))
    return 0


def _export(given: argparse.Namespace) -> int:
    with _faults_as_input_errors():
        print_json(app.export_record(), given.out)
    return 0


def _import(given: argparse.Namespace) -> int:
    with _faults_as_input_errors():
        print(app.import_record(json_from(given.file)))
    return 0


def _backup(given: argparse.Namespace) -> int:
    with _faults_as_input_errors():
        print(app.backup(given.out))
    return 0


def _erase(given: argparse.Namespace) -> int:
    if not given.yes:
        print(render("cli.erase_question"), file=sys.stderr, flush=True)
        if sys.stdin.readline().strip() != render("cli.erase_word"):
            print(render("cli.erase_not_done"), file=sys.stderr)
            return 1
    with _faults_as_input_errors():
        print(app.erase())
    return 0


@contextmanager
def _faults_as_input_errors() -> Iterator[None]:
    """A command that the app could not do becomes one sentence per fault and exit status 1."""
    try:
        yield
    except app.CommandError as error:
        raise InputError(*error.faults) from error
