"""Settings of a person, and the emergency number of their country."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from unknot.app.journal.models import PersonTable
from unknot.app.journal.write import Clock, writing
from unknot.app.people.models import Person
from unknot.body.load import BODIES, NEUTRAL
from unknot.knowledge import Knowledge
from unknot.messages import render
from unknot.record import PersonRow, settings

THEMES = ("", "light", "dark")


def settings_of(person: Person) -> dict[str, Any]:
    """The settings as they were last chosen."""
    document = PersonTable.objects.filter(pk=str(person.id)).values_list("document", flat=True).first()
    return settings(None if document is None else PersonRow(**document))


def change_settings(person: Person, clock: Clock, chosen: Mapping[str, str | list[str]]) -> None:
    """Keep settings."""
    with writing(person, clock) as write:
        write("settings_changed", {"settings": dict(chosen)})


def body_of(person: Person) -> str:
    """The body that the map shows: the one last chosen there."""
    chosen = str(settings_of(person).get("body", ""))
    return chosen if chosen in BODIES else NEUTRAL


def countries(knowledge: Knowledge) -> list[tuple[str, str]]:
    """Every country with a known emergency number, by name."""
    return sorted(((id, render(f"country.{id}")) for id in knowledge.countries), key=lambda pair: pair[1])


def emergency_number(person: Person, knowledge: Knowledge) -> str:
    """The number that calls an ambulance in the person's country; "" when no country is chosen."""
    country = knowledge.countries.get(str(settings_of(person).get("country", "")))
    return country.ambulance if country else ""
