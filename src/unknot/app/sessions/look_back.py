"""What was noticed since a session: which questions are due when, and what follows from the answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from unknot.app.cases import use_cases as cases
from unknot.app.cases.state import CaseState
from unknot.app.journal.models import Entry
from unknot.app.journal.write import Clock, writing
from unknot.app.people.models import Person
from unknot.knowledge import load
from unknot.record import SessionRow, moment
from unknot.safety.stops import AfterRule, after

Moment = Literal["two_hours", "morning", "day_3", "before_next"]

TWO_HOURS = timedelta(hours=2)
ASKED_FOR_DAYS = 7
"""A look-back that was missed is asked for so long; then only before the next session."""


def due(row: SessionRow, began_on: date, clock: Clock) -> Moment | None:
    """The look-back to ask about a session now, the latest that is due; None when it was asked already."""
    if not row.started:
        return None
    days = (clock.today - began_on).days
    if days > ASKED_FOR_DAYS:
        return None
    found: Moment | None = None
    if days >= 3:
        found = "day_3"
    elif days >= 1:
        found = "morning"
    elif clock.now - moment(row.started) >= TWO_HOURS:
        found = "two_hours"
    return None if found is None or found in row.looked_back else found


def days_begun(rows: Iterable[SessionRow]) -> Mapping[str, date]:
    """The person's own calendar day on which each session began, as their clock showed it then."""
    by_entry = {UUID(row.started.partition("|")[2]): row.id for row in rows if row.started}
    if not by_entry:
        return {}
    found = Entry.objects.filter(pk__in=by_entry).values_list("id", "local_date")
    return {by_entry[id]: day for id, day in found}


def all_due(rows: Iterable[SessionRow], clock: Clock) -> list[tuple[SessionRow, Moment]]:
    """Every look-back that is due, the latest session first."""
    earliest = clock.now - timedelta(days=ASKED_FOR_DAYS + 2)
    recent = [row for row in rows if row.started and moment(row.started) >= earliest]
    began = days_begun(recent)
    found = [(row, due(row, began[row.id], clock)) for row in recent if row.id in began]
    return sorted(((row, at) for row, at in found if at), key=lambda pair: pair[0].started, reverse=True)


def look_back(
    person: Person,
    clock: Clock,
    row: SessionRow,
    at: Moment,
    *,
    signs: list[str],
    soreness: float | None,
    bruise_cm: float | None,
    id: UUID | None = None,
    device: UUID | None = None,
) -> CaseState:
    """Keep what was noticed, screen again, and return the complaint as it is now."""
    payload: dict[str, object] = {"session": row.id, "moment": at, "signs": signs}
    if soreness is not None:
        payload["soreness"] = soreness
    if bruise_cm is not None:
        payload["bruise_cm"] = bruise_cm
    with writing(person, clock, load().content_hash, device) as write:
        write("look_back", payload, id=id)
        if soreness is not None:
            moment_ = "morning" if at == "morning" else "now"
            rated = {"what": "soreness", "value": soreness, "moment": moment_, "case": row.case, "session": row.id}
            write("rated", rated)
    return cases.assess_again(person, clock, row.case)


def follows(state: CaseState, row: SessionRow) -> tuple[AfterRule, ...]:
    """What the signs noticed after a session ask for."""
    return () if state.case is None else after(row.signs or (), state.case, state.knowledge)


def bruises_matter(state: CaseState) -> bool:
    """Whether this person bleeds easily, so that even a small bruise is asked for: the stop rules know."""
    return state.case is not None and any(
        rule.id != rule.sign for rule in after(["bruise_small"], state.case, state.knowledge)
    )
