"""Whole copies of the database, checked before they are called done."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from django.db import connection

from unknot.messages import render


class BackupError(Exception):
    """A copy could not be made; the message says why in one sentence."""


def backup(target: Path) -> Path:
    """Copy the SQLite database to ``target`` while it is in use. The file appears whole or not at all."""
    if connection.vendor != "sqlite":
        raise BackupError(render("app.data.backup_postgresql"))
    source = Path(connection.settings_dict["NAME"])
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(part)) as copy:
            here.backup(copy)
            _check(copy)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise BackupError(render("app.data.backup_failed", {"target": str(target), "why": str(error)})) from error
    return target


def copy_name(now: datetime, why: str) -> str:
    return f"{now:%Y%m%dT%H%M%SZ}-{why}.sqlite3"


def _check(copy: sqlite3.Connection) -> None:
    result = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if result != "ok":
        raise BackupError(render("app.data.backup_damaged", {"why": result}))
