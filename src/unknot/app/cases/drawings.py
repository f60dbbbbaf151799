"""The drawings of the past: how much skin, and how much of the same place as the time before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from unknot import body
from unknot.app.journal.models import Entry
from unknot.app.people.models import Person
from unknot.body.compare import Shares
from unknot.knowledge import load

SHOWN = 6
MOST_READ = 40  # entries; several of one day count as one drawing


@dataclass(frozen=True, slots=True)
class Drawn:
    """One day's drawing. cm2: skin on an average body. same: per cent in common with the drawing before it, if any.
    swapped: it looks like the one before with left and right exchanged."""

    day: date
    cm2: int
    same: int | None
    swapped: bool
    before: date | None


def drawings(person: Person) -> list[Drawn]:
    """The last drawings, newest first."""
    kept = _days(person)
    return [_compared(kept, number) for number in range(min(SHOWN, len(kept)))]


def beside_the_last(person: Person, areas: Iterable[Mapping[str, Any]], today: date) -> Drawn | None:
    """The areas of a drawing beside the last one of an earlier day; None where there is none."""
    earlier = [one for one in _days(person) if one[0] < today]
    return _compared([(today, shares(areas)), earlier[0]], 0) if earlier else None


def shares(areas: Iterable[Mapping[str, Any]]) -> dict[body.Area, float]:
    """The share of each region that is painted. A region that was ticked in the list counts as a whole."""
    regions = load().regions
    found: dict[body.Area, float] = {}
    for area in areas:
        if area["region"] in regions:
            share = 1.0 if area.get("coverage") is None else float(area["coverage"])
            for place in body.made_of(area["region"], area["side"], regions):
                found[place] = max(found.get(place, 0.0), share)
    return found


def _days(person: Person) -> list[tuple[date, Shares]]:
    """The last confirmed drawing of each day, newest first."""
    entries = Entry.objects.filter(person=person, kind="pain_painted", payload__confirmed=True).order_by("-at", "-id")
    kept: dict[date, Shares] = {}
    for day, payload in entries.values_list("local_date", "payload")[:MOST_READ]:
        kept.setdefault(day, shares(payload["pain"]))
    return sorted(kept.items(), reverse=True)


def _compared(kept: list[tuple[date, Shares]], number: int) -> Drawn:
    day, drawn = kept[number]
    before, last = kept[number + 1] if number + 1 < len(kept) else (None, None)
    same = None if last is None else body.shares_overlap(last, drawn)
    return Drawn(
        day=day,
        cm2=round(body.skin_cm2(drawn)),
        same=None if same is None else round(100 * same),
        swapped=last is not None and body.shares_swapped(last, drawn),
        before=before,
    )
