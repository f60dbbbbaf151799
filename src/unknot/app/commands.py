"""What the command line can ask of the app: serve, phones, export, import, backup, erase.

Each raises CommandError with sentences for the person. Nothing of Django is imported before it is needed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from unknot.messages import render


class CommandError(Exception):
    """A command could not be done; ``faults`` holds one clear sentence each."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def serve(
    host: str = "127.0.0.1", port: int | None = None, open_browser: bool = True, say: Callable[[str], None] = print
) -> None:
    """Serve the app until interrupted."""
    _name_settings()
    from unknot.app.shell.serve import ServeError
    from unknot.app.shell.serve import serve as run

    try:
        run(host, port, open_browser, say)
    except ServeError as error:
        raise CommandError(str(error)) from error


def serve_phones(
    hosts: Sequence[str] = (),
    port: int | None = None,
    open_browser: bool = True,
    say: Callable[[str], None] = print,
    *,
    new_authority: bool = False,
) -> None:
    """Serve the app to this machine, and over HTTPS to paired phones in the home network, until interrupted."""
    _ready()
    from unknot.app.phones.serving import serve_phones as run
    from unknot.app.shell.serve import ServeError

    try:
        run(hosts, port, open_browser, say, new_authority=new_authority)
    except ServeError as error:
        raise CommandError(str(error)) from error


def has_passphrase() -> bool:
    """Whether a passphrase for phones was chosen."""
    _ready()
    from unknot.app.phones.passphrase import account

    return account() is not None


def choose_passphrase(passphrase: str) -> str:
    """Keep a passphrase for phones. Returns a sentence about what was done."""
    _ready()
    from unknot.app.phones.passphrase import WeakError, choose

    try:
        choose(passphrase)
    except WeakError as error:
        raise CommandError(render(str(error))) from error
    return render("app.lan.passphrase_kept")


def pair(say: Callable[[str], None]) -> None:
    """A fresh code for one phone, while ``unknot serve --lan`` runs."""
    _ready()
    from unknot.app.phones.authority import FILES
    from unknot.app.phones.place import served
    from unknot.app.phones.serving import tell_pairing

    where = served(FILES)
    if where is None:
        raise CommandError(render("app.lan.not_served"))
    tell_pairing(where, say)


def export_record() -> dict[str, Any]:
    """The whole record of the local person as ``unknot.record/1``."""
    _ready()
    from unknot.app.journal.portable import export
    from unknot.app.people.use_cases import local_person
    from unknot.app.shell.clock import now

    return export(local_person(), now())


def export_adverse_events() -> dict[str, Any]:
    """What went wrong for the local person, without identity, as ``unknot.adverse_events/1``."""
    _ready()
    from unknot.app.journal.adverse import adverse_events
    from unknot.app.people.use_cases import local_person

    return adverse_events(local_person())


def import_record(document: Any) -> str:
    """Take in a record that was exported. Returns a sentence about what was done."""
    _ready()
    from unknot.app.journal.portable import import_record as take_in
    from unknot.record import RecordError

    try:
        done = take_in(document)
    except RecordError as error:
        raise CommandError(*(str(fault) for fault in error.faults)) from error
    return render("app.data.imported", {"added": done.added, "known": done.known})


def backup(target: Path | None = None) -> str:
    """Make a checked copy of the database while it may be in use. Returns a sentence about where it lies."""
    _ready()
    from unknot.app.journal.backup import BackupError, copy_name
    from unknot.app.journal.backup import backup as copy
    from unknot.app.ready import copies
    from unknot.app.shell.clock import now

    try:
        path = copy(target or copies() / copy_name(now(), "backup"))
    except BackupError as error:
        raise CommandError(str(error)) from error
    return render("app.data.copied", {"path": str(path)})


def erase() -> str:
    """Erase the whole record of the local person. Returns a sentence about what was done."""
    _ready()
    from unknot.app.journal.erase import erase as erase_all
    from unknot.app.people.use_cases import local_person
    from unknot.app.ready import copies

    count = erase_all(local_person(), copies())
    return render("app.data.erased", {"count": count})


def _name_settings() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unknot.app.settings")


def _ready() -> None:
    _name_settings()
    try:
        from unknot.app.ready import ready
    except ModuleNotFoundError as error:
        raise CommandError(render("app.data.not_installed", {"name": str(error.name)})) from error
    try:
        ready()
    except ValueError as error:
        raise CommandError(str(error)) from error
