"""Bringing the app up: settings, database (a copy is taken before it is changed), the local person."""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

KEPT_COPIES = 5


def ready() -> None:
    """Load the app and bring the database to the form that this version of the program uses."""
    os.umask(0o077)  # every file that is made is its owner's alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unknot.app.settings")
    django.setup()
    _bring_up_to_date()
    from unknot.app.people.use_cases import local_person

    local_person()


def copies() -> Path:
    """The folder of the copies that the program makes by itself."""
    return Path(settings.HOME) / "copies"


def _bring_up_to_date() -> None:
    executor = MigrationExecutor(connection)
    wanted = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(wanted)
    if not plan:
        return
    if executor.loader.applied_migrations and connection.vendor == "sqlite":
        _take_copy()
    executor.migrate(wanted, plan)


def _take_copy() -> None:
    from unknot.app.journal.backup import backup, copy_name
    from unknot.app.shell.clock import now

    backup(copies() / copy_name(now(), "before-update"))
    for old in sorted(copies().glob("*-before-update.sqlite3"))[:-KEPT_COPIES]:
        old.unlink()
