"""Now, and in which time zone: the browser's if it told one, else this machine's."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from django.http import HttpRequest

from unknot.app.journal.write import Clock
from unknot.record.checks import zone_faults

ZONE_COOKIE = "unknot_zone"


def now() -> datetime:
    """The instant. Tests put another function here."""
    return datetime.now(UTC)


def clock_of(request: HttpRequest) -> Clock:
    return Clock(now(), _known(request.COOKIES.get(ZONE_COOKIE, "")) or machine_zone())


def machine_clock() -> Clock:
    return Clock(now(), machine_zone())


def machine_zone() -> str:
    """The IANA name of this machine's time zone, UTC where it cannot be told."""
    link = Path("/etc/localtime")
    linked = os.path.realpath(link).partition("zoneinfo/")[2] if link.is_symlink() else ""
    return _known(os.environ.get("TZ", "")) or _known(linked) or "UTC"


def _known(name: str) -> str:
    return name if name and len(name) <= 64 and not list(zone_faults(name, "zone")) else ""
