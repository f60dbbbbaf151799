"""Which database holds the record: SQLite in the data folder, or PostgreSQL by setting."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"  # an acknowledged entry survives a power cut; NORMAL loses entries in WAL mode
    "PRAGMA secure_delete=ON;"  # erased rows are overwritten
    "PRAGMA busy_timeout=10000;"
)


def database(url: str | None, home: Path) -> dict[str, Any]:
    """Django's description of the database. ``url`` is like ``postgresql://user:password@host:5432/name``;
    a socket folder is given as ``?host=/folder``. None = SQLite. Raises ValueError for any other kind of URL."""
    if not url:
        return sqlite(home / "unknot.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise ValueError("UNKNOT_DATABASE_URL must look like postgresql://user:password@host:5432/name")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": query.pop("port", str(parts.port or "")),
        "OPTIONS": query,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite with a write lock taken at the start of each transaction, so that none fails half-way."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": SQLITE_PRAGMAS},
        "CONN_MAX_AGE": None,
    }
