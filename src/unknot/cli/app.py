"""``unknot serve | passphrase | pair | export | import | backup | erase``: the app and the person's data."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path

from unknot import messages
from unknot.app import commands
from unknot.cli.files import InputError, print_json, read_json, write_json


def add_commands(rooms: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the command line."""
    command = rooms.add_parser("serve", help="open the app in the browser; it runs on this machine only")
    command.add_argument(
        "--host",
        action="append",
        metavar="NAME",
        help="loopback address to listen on (127.0.0.1); with --lan a name or address by which phones come, repeatable",
    )
    command.add_argument("--port", type=int, help="port to listen on; a busy one makes it the next free one")
    command.add_argument("--no-browser", action="store_true", help="print the address and open nothing")
    command.add_argument("--lan", action="store_true", help="let paired phones in the home network in, over HTTPS")
    command.add_argument("--new-authority", action="store_true", help="with --lan: a new certificate authority")
    command.set_defaults(run=_serve)

    command = rooms.add_parser("passphrase", help="choose the passphrase that phones ask for")
    command.set_defaults(run=_passphrase)

    command = rooms.add_parser("pair", help="a code to pair one phone, while `unknot serve --lan` runs")
    command.set_defaults(run=_pair)

    command = rooms.add_parser("export", help="the whole record as one JSON file")
    command.add_argument("file", nargs="?", default="-", metavar="FILE", help="where to write it; - is standard output")
    command.add_argument("--adverse-events", action="store_true", help="only what went wrong, without identity")
    command.set_defaults(run=_export)

    command = rooms.add_parser("import", help="take in a record that was exported")
    command.add_argument("file", metavar="FILE", help="an unknot.record/1 document; - reads standard input")
    command.set_defaults(run=_import)

    command = rooms.add_parser("backup", help="a checked copy of the database, also while the app runs")
    command.add_argument("file", nargs="?", type=Path, metavar="FILE", help="where to put it (the data folder)")
    command.set_defaults(run=_backup)

    command = rooms.add_parser("erase", help="erase the whole record; only the ids of its entries stay")
    command.add_argument("--yes", action="store_true", help="do it; without this nothing is erased")
    command.set_defaults(run=_erase)


def _serve(given: argparse.Namespace) -> int:
    hosts, browser = given.host or [], not given.no_browser
    if not given.lan and (len(hosts) > 1 or given.new_authority):
        raise InputError(messages.render("app.lan.only_with_lan"))
    with _faults():
        if not given.lan:
            commands.serve(hosts[0] if hosts else "127.0.0.1", given.port, browser, _say)
            return 0
        if sys.stdin.isatty() and not commands.has_passphrase():
            _tell(commands.choose_passphrase(_ask_passphrase()))
        commands.serve_phones(hosts, given.port, browser, _say, new_authority=given.new_authority)
    return 0


def _passphrase(given: argparse.Namespace) -> int:
    with _faults():
        _tell(commands.choose_passphrase(_ask_passphrase()))
    return 0


def _ask_passphrase() -> str:
    """Typed twice without showing it; one line of standard input where there is no terminal."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass(messages.render("app.lan.ask_passphrase"))
    if getpass(messages.render("app.lan.ask_again")) != first:
        raise InputError(messages.render("app.phones.passphrase_differs"))
    return first


def _pair(given: argparse.Namespace) -> int:
    with _faults():
        commands.pair(_say)
    return 0


def _export(given: argparse.Namespace) -> int:
    with _faults():
        record = commands.export_adverse_events() if given.adverse_events else commands.export_record()
    if given.file == "-":
        print_json(record)
    else:
        write_json(given.file, record)
    return 0


def _import(given: argparse.Namespace) -> int:
    document = read_json(given.file)
    with _faults():
        _tell(commands.import_record(document))
    return 0


def _backup(given: argparse.Namespace) -> int:
    with _faults():
        _tell(commands.backup(given.file))
    return 0


def _erase(given: argparse.Namespace) -> int:
    if not given.yes:
        raise InputError(messages.render("app.data.erase_needs_yes"))
    with _faults():
        _tell(commands.erase())
    return 0


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except commands.CommandError as error:
        raise InputError(*error.faults) from error


def _say(line: str) -> None:
    print(line, flush=True)


def _tell(line: str) -> None:
    print(line, file=sys.stderr)
