"""What went wrong, for others to learn from: without name, id, date or exact age."""

from __future__ import annotations

from typing import Any

from unknot.app.journal.models import Entry, PersonTable, SessionTable
from unknot.app.people.models import Person
from unknot.record import PersonRow, SessionRow, person_facts

SCHEMA = "unknot.adverse_events/1"
BAND = 10  # years of age in one band


def adverse_events(person: Person) -> dict[str, Any]:
    """Every report with the tool, the place and the dose behind it; the person as age band, sex, conditions."""
    kept = Entry.objects.filter(person=person, kind="adverse_event").order_by("at")
    reports = list(kept.values_list("payload", flat=True))
    ids = {payload["session"] for payload in reports if "session" in payload}
    rows = SessionTable.objects.filter(pk__in=ids, person=person).values_list("document", flat=True)
    sessions = {document["id"]: SessionRow(**document) for document in rows}
    return {
        "schema": SCHEMA,
        "person": _person(person),
        "events": [
            {
                **{key: payload[key] for key in ("what", "severity", "when", "still")},
                "session": _session(sessions.get(payload.get("session", ""))),
            }
            for payload in reports
        ],
    }


def _person(person: Person) -> dict[str, Any]:
    document = PersonTable.objects.filter(pk=str(person.id)).values_list("document", flat=True).first()
    row = None if document is None else PersonRow(**document)
    asked = [key.partition(".")[2] for key in row.facts if key.startswith("conditions.")] if row else []
    facts = person_facts(row, asked)
    age = facts.get("age")
    return {
        "age_from": None if age is None else int(age // BAND * BAND),
        "sex": facts.get("sex"),
        "conditions": facts.get("conditions", []),
    }


def _session(row: SessionRow | None) -> dict[str, Any] | None:
    if row is None:
        return None
    place = {key: row.head[key] for key in ("site", "side", "tool", "posture")}
    return {**place, "hold_s": row.hold_s, "comfort_peak": row.comfort_peak, "completed": row.completed}
