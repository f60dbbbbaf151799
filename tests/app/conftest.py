"""The app's tests: one settings module, a folder of their own, SQLite unless PostgreSQL is asked for."""

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

_home = tempfile.TemporaryDirectory(prefix="unknot-test-")
os.environ["UNKNOT_HOME"] = _home.name
os.environ["DJANGO_SETTINGS_MODULE"] = "unknot.app.settings"
os.environ.pop("UNKNOT_LAUNCH_TOKEN", None)

import django  # noqa: E402  (the settings must be named first)

django.setup()

from unknot.app.journal.write import Clock  # noqa: E402
from unknot.app.people.models import Person  # noqa: E402
from unknot.app.people.use_cases import local_person  # noqa: E402

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def person(db: None) -> Person:
    return local_person()


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON, "Europe/London")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
