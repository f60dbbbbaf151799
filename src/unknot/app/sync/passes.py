"""The pass that goes with a session onto a phone: proof that the gate gave leave for it, and until when."""

from __future__ import annotations

from datetime import datetime

from django.core import signing

from unknot.app.people.models import Person
from unknot.record import SessionRow, parse_instant

_SALT = "unknot.kept"


def make(person: Person, row: SessionRow) -> str:
    """A pass for this session, good for beginning until the safety check behind its script expires."""
    return signing.dumps([str(person.id), row.id, row.script["expires_at"]], salt=_SALT)


def fits(given: str, person: Person, row: SessionRow, at: datetime) -> bool:
    """Whether the gate gave leave for this session of this person, and ``at`` is before its end."""
    try:
        owner, session, until = signing.loads(given, salt=_SALT)
    except signing.BadSignature:
        return False
    return (owner, session) == (str(person.id), row.id) and at < parse_instant(until)
