"""Today, and what has been: sessions and ratings, as a table that the chart draws."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from unknot.app.cases.state import CaseState, open_cases
from unknot.app.cases.steps import next_url
from unknot.app.journal.models import RatingTable, SessionTable
from unknot.app.people.models import Person
from unknot.app.shell.pages import Request, only, page
from unknot.record import SessionRow, moment

DAYS_SHOWN = 60
SESSIONS_SHOWN = 30
LOOK_BACK_AFTER = timedelta(hours=2)
LOOK_BACK_UNTIL = timedelta(days=7)


@only("GET", "HEAD")
def home(request: Request) -> HttpResponse:
    """Welcome for a new person, today for everybody else, an emergency before anything."""
    cases = open_cases(request.person, request.clock)
    if not cases:
        known = SessionTable.objects.filter(person=request.person).exists()
        return HttpResponseRedirect(reverse("progress:today")) if known else page(request, "progress/welcome.html")
    for state in cases:
        if state.triage is not None and state.triage.level == "emergency" and not state.emergency_dismissed:
            return HttpResponseRedirect(next_url(state))
    return HttpResponseRedirect(reverse("progress:today"))


@only("GET", "HEAD")
def today(request: Request) -> HttpResponse:
    """What is open, what comes next, how it was lately."""
    cases = open_cases(request.person, request.clock)
    return page(
        request,
        "progress/today.html",
        cases=[{"state": state, "next": next_url(state), "review": _review(state)} for state in cases],
        due=_due(request, cases),
        days=pain_by_day(request.person, request.clock.today),
        saved="saved" in request.GET,
        tab="today",
    )


@only("GET", "HEAD")
def past(request: Request) -> HttpResponse:
    """Sessions and ratings of the last weeks."""
    kept = SessionTable.objects.filter(person=request.person).exclude(started="").order_by("-started")
    rows = [SessionRow(**document) for document in kept.values_list("document", flat=True)[:SESSIONS_SHOWN]]
    return page(
        request,
        "progress/past.html",
        sessions=[{"row": row, "at": moment(row.started)} for row in rows],
        days=pain_by_day(request.person, request.clock.today),
        tab="past",
    )


def pain_by_day(person: Person, until: date) -> list[dict[str, object]]:
    """The mean pain that was given on each day, oldest first; days without a word are left out."""
    since = until - timedelta(days=DAYS_SHOWN)
    given = RatingTable.objects.filter(person=person, what="pain", local_date__gte=since)
    days: dict[date, list[float]] = {}
    for day, document in given.order_by("at").values_list("local_date", "document"):
        days.setdefault(day, []).append(document["value"])
    return [{"day": day, "pain": round(sum(values) / len(values), 1)} for day, values in sorted(days.items())]


def _due(request: Request, cases: list[CaseState]) -> SessionRow | None:
    """The last session, if it is time to ask what was noticed since."""
    last = cases[0].last_session if cases else None
    if last is None or last.signs is not None:
        return None
    since = request.clock.now - moment(last.started)
    return last if LOOK_BACK_AFTER <= since <= LOOK_BACK_UNTIL else None


def _review(state: CaseState) -> date | None:
    """The day on which to look again."""
    assessed = state.row.assessed
    if not assessed or "review_after_days" not in assessed:
        return None
    return (moment(assessed["stamp"]) + timedelta(days=assessed["review_after_days"])).date()
