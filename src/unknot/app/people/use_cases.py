"""One person, no account: on a loopback install the single local person is made at the first start."""

from __future__ import annotations

from django.db import transaction

from unknot.app.people.models import Person


def local_person() -> Person:
    """The one person of this machine, made if there is none."""
    person = Person.objects.order_by("made_at").first()
    if person is None:
        with transaction.atomic():
            person = Person.objects.order_by("made_at").first() or Person.objects.create()
    return person
