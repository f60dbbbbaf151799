"""Everything that is known about one complaint now: rows, engine values, triage. Read only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.http import Http404

from unknot.app.journal.models import CaseTable, PersonTable, RatingTable, SessionTable, StopTable
from unknot.app.journal.write import Clock
from unknot.app.people.models import Person
from unknot.assessment import Triage
from unknot.case import Case, read_case
from unknot.knowledge import Knowledge, load
from unknot.record import (
    CaseRow,
    History,
    PersonRow,
    RatingRow,
    SessionRow,
    StopRow,
    case_document,
    history,
    moment,
    person_facts,
)
from unknot.record.claims import standing
from unknot.safety import screen
from unknot.safety.rescreen import changed_at, stale

TREND_DAYS = 28
"""Numbers for the pain older than this say nothing about its trend now."""

PAST_DAYS = 400
"""Sessions older than this change no advice: the longest look-back of any cap is far shorter."""


@dataclass
class CaseState:
    """One complaint. ``case`` is None while the person's age is not known, because nothing can be screened then."""

    row: CaseRow
    person: PersonRow | None
    sessions: list[SessionRow]
    stops: list[StopRow]
    ratings: list[RatingRow]
    cases: dict[str, CaseRow]
    clock: Clock

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def knowledge(self) -> Knowledge:
        return load()

    @cached_property
    def document(self) -> dict[str, Any]:
        """The complaint as ``unknot.case/1``."""
        return case_document(
            self.row,
            self.person,
            self.knowledge.questions,
            self.clock.now,
            condition_groups=condition_groups(self.knowledge),
            last_session=self.last_session,
        )

    @cached_property
    def case(self) -> Case | None:
        document = self.document
        if "age" not in document["person"]:
            return None
        if document.get("pain") or document.get("answers"):
            return read_case(document)
        # A case file must say something; somebody who has only just begun has not yet.
        return replace(read_case({**document, "answers": {"first_episode": None}}), answers={})

    @cached_property
    def history(self) -> History:
        """Earlier days. A stop of a rule that fires on today's answers is today's, and not told twice."""
        today = {reason.id for reason in self.fired.reasons} if self.fired else set()
        earlier = [stop for stop in self.stops if stop.case != self.id or stop.rule not in today]
        return history(self.sessions, earlier, self.cases, self.row, self.ratings)

    @cached_property
    def fired(self) -> Triage | None:
        """The triage of what is known now alone, without what stands from earlier days."""
        return None if self.case is None else screen(self.case, None, self.knowledge, now=self.clock.now)

    @cached_property
    def triage(self) -> Triage | None:
        return None if self.case is None else screen(self.case, self.history, self.knowledge, now=self.clock.now)

    @property
    def condition_groups_asked(self) -> frozenset[str]:
        """The groups of health conditions that this person was asked about."""
        facts = self.person.facts if self.person else {}
        return frozenset(group for group in condition_groups(self.knowledge) if f"conditions.{group}" in facts)

    @property
    def stale(self) -> frozenset[str]:
        """Answers that are asked again: given for another part of the body, or before the course changed."""
        said = {key: moment(claims[-1][0]) for key in self.row.answers if (claims := standing(self.row.answers, key))}
        course = {str(value): moment(stamp) for stamp, value in standing(self.row.answers, "course")}
        painted = {area["region"] for area in self.row.pain.get("areas", [])}
        first = {region: moment(stamp) for region, stamp in self.row.painted.items()}
        return stale(said, changed_at(first, painted, course, self.knowledge))

    @property
    def last_session(self) -> SessionRow | None:
        started = [row for row in self.sessions if row.started]
        return max(started, key=lambda row: row.started, default=None)

    @property
    def screened_lately(self) -> bool:
        """Whether the short form (or the first screening) was answered in the last 12 hours."""
        return bool(self.row.screened) and self.clock.now - moment(self.row.screened) < timedelta(hours=12)

    @property
    def emergency_dismissed(self) -> bool:
        """Whether the person has put the page of every emergency of this complaint away."""
        triage = self.triage
        rules = [reason.id for reason in triage.reasons if reason.level == "emergency"] if triage else []
        return all(rule in self.row.dismissed for rule in rules)


def condition_groups(knowledge: Knowledge) -> tuple[str, ...]:
    """The groups in which conditions are asked, in order."""
    return tuple(dict.fromkeys(condition.group for condition in knowledge.conditions.values()))


def load_case(person: Person, id: str, clock: Clock) -> CaseState:
    """The complaint with this id. Raises Http404 for one that is not this person's."""
    kept = CaseTable.objects.filter(pk=id, person=person).first()
    if kept is None:
        raise Http404
    return _state(person, CaseRow(**kept.document), clock)


def open_cases(person: Person, clock: Clock, most: int = 5) -> list[CaseState]:
    """The complaints that are not closed, the one touched last first."""
    kept = CaseTable.objects.filter(person=person, open=True).order_by("-touched")[:most]
    return [_state(person, CaseRow(**case.document), clock) for case in kept]


def _state(person: Person, row: CaseRow, clock: Clock) -> CaseState:
    kept_stops = StopTable.objects.filter(person=person).values_list("document", flat=True)
    stops = [StopRow(**document) for document in kept_stops]
    cases = {row.id: row}
    others = {stop.case for stop in stops} - {row.id}
    if others:
        kept_cases = CaseTable.objects.filter(pk__in=others).values_list("document", flat=True)
        cases |= {document["id"]: CaseRow(**document) for document in kept_cases}
    since = (clock.now - timedelta(days=PAST_DAYS)).strftime("%Y-%m-%d")
    past = SessionTable.objects.filter(person=person, started__gte=since).values_list("document", flat=True)
    lately = (clock.now - timedelta(days=TREND_DAYS)).strftime("%Y-%m-%d")
    felt = Q(what__in=("pain", "comfort"), at__gte=lately) | Q(what="scale_kg", at__gte=since)
    rated = RatingTable.objects.filter(felt, person=person).values_list("document", flat=True)
    return CaseState(
        row=row,
        person=person_row(person),
        sessions=[SessionRow(**document) for document in past],
        stops=stops,
        ratings=[RatingRow(**document) for document in rated],
        cases=cases,
        clock=clock,
    )


def person_row(person: Person) -> PersonRow | None:
    document = PersonTable.objects.filter(pk=str(person.id)).values_list("document", flat=True).first()
    return None if document is None else PersonRow(**document)


def facts_of_person(person: Person) -> dict[str, Any]:
    """What is known about the person, as ``person`` of a case."""
    return person_facts(person_row(person), condition_groups(load()))
