"""What a person tells between sessions."""

from __future__ import annotations

from unknot.app.journal.write import Clock, writing
from unknot.app.people.models import Person


def rate_now(person: Person, clock: Clock, case: str, pain: float) -> None:
    """Keep how the pain is now, outside any session."""
    with writing(person, clock) as write:
        write("rated", {"what": "pain", "value": pain, "moment": "now", "case": case})
