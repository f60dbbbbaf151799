"""Home, today, and what has been: sessions and ratings, as a table that the chart draws."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from unknot.app.cases.drawings import drawings
from unknot.app.cases.fields import UnreadableError, number
from unknot.app.cases.state import CaseState
from unknot.app.cases.steps import next_url
from unknot.app.journal.write import Clock
from unknot.app.progress import read, use_cases
from unknot.app.reminders import use_cases as reminders
from unknot.app.sessions.after import asks_now
from unknot.app.sessions.scripts import title, where
from unknot.app.shell.pages import Request, only, page
from unknot.knowledge import load
from unknot.record import SessionRow, moment
from unknot.safety.stops import STILL
from unknot.script import Text

SCALE = range(11)
STAMP = re.compile(r"[0-9T:.-]{26}Z\|[0-9a-f-]{36}")


@only("GET", "HEAD")
def home(request: Request) -> HttpResponse:
    """Welcome for a new person, today for everybody else, an emergency before anything."""
    state = read.current_case(request.person, request.clock)
    if state is None:
        return page(request, "progress/welcome.html")
    if state.triage is not None and state.triage.level == "emergency" and not state.emergency_dismissed:
        return HttpResponseRedirect(reverse("cases:stop", args=[state.id]))
    return HttpResponseRedirect(reverse("progress:today"))


@only("GET", "HEAD", "POST")
def today(request: Request) -> HttpResponse:
    """What comes first, what is due, what comes next, how it was lately. A POST keeps one number for the pain now."""
    state = read.current_case(request.person, request.clock)
    if state is None:
        return HttpResponseRedirect(reverse("progress:home"))
    fault = ""
    if request.method == "POST":
        try:
            pain = number(request.POST.get("pain", ""), load().questions["intensity"])
            use_cases.rate_now(request.person, request.clock, state.id, pain)
            return HttpResponseRedirect(reverse("progress:today") + "?saved=1")
        except UnreadableError:
            fault = "app_sessions.rate.choose_one"
    recent = read.recent_sessions(request.person, request.clock)
    reminder = reminders.card(request.person, request.clock)
    due = read.due_now(recent, request.clock)
    shown = {
        "left_open": [{"open": one, "title": title(one.row.script)} for one in read.left_open(recent, request.clock)],
        "due": due and {"row": due[0], "says": f"app_progress.today.due_{due[1]}", "title": title(due[0].script)},
        "ten": next((row for row in recent if asks_now(row, request.clock)), None),
        "still": read.perhaps_still_there(recent, request.clock),
        "days": read.days(request.person, request.clock.today, read.LATELY_DAYS),
        "reminder": reminder,
        "reminder_later": reminders.later_in(reminder, request.clock) if reminder else (),
        "scale": SCALE,
        "fault": fault,
        "saved": "saved" in request.GET,
        "tab": "today",
        **_next(state, request),
    }
    return page(request, "progress/today.html", 422 if fault else 200, **shown)


def _next(state: CaseState, request: Request) -> dict[str, Any]:
    """The complaint at hand: what stands, where it goes on, when to look again; and the others."""
    rows = read.open_rows(request.person)
    level = state.triage.level if state.triage else "self_care"
    return {
        "state": state,
        "level": level,
        "reasons": state.triage.reasons if state.triage and level != "self_care" else (),
        "is_open": state.row.open,
        "place": read.place(state.row),
        "next": next_url(state),
        "ready": next_url(state) == reverse("cases:spots", args=[state.id]),
        "review": read.review_on(state.row, request.clock),
        "others": [{"id": row.id, "place": read.place(row)} for row in rows if row.id != state.id],
    }


@only("GET", "HEAD")
def past(request: Request) -> HttpResponse:
    """Sessions and ratings: a stretch of days as chart and table, and a page of sessions."""
    until = _until(request.GET.get("until", ""), request.clock)
    shown = read.days(request.person, until, read.CHART_DAYS)
    rows, older = read.sessions_page(request.person, _stamp(request.GET.get("before", "")))
    return page(
        request,
        "progress/past.html",
        sessions=[_told(row, request.clock) for row in rows],
        older=older,
        drawings=drawings(request.person),
        newest="before" not in request.GET,
        days=shown,
        first=until - timedelta(days=read.CHART_DAYS - 1),
        last=until,
        earlier=until - timedelta(days=read.CHART_DAYS),
        later=_later(until, request.clock),
        tab="past",
    )


def _stamp(text: str) -> str:
    """The stamp of a session from which an address goes on; "" for anything else."""
    return text if STAMP.fullmatch(text) else ""


def _until(text: str, clock: Clock) -> date:
    """The last day that is shown: today unless an earlier one was asked for."""
    try:
        return min(date.fromisoformat(text), clock.today)
    except ValueError:
        return clock.today


def _later(until: date, clock: Clock) -> date | None:
    """The last day of the next stretch; None when today is shown."""
    return None if until >= clock.today else min(until + timedelta(days=read.CHART_DAYS), clock.today)


def _told(row: SessionRow, clock: Clock) -> dict[str, Any]:
    """A session as the list shows it."""
    knowledge = load()
    site = knowledge.sites.get(row.head["site"])
    script = {**row.head, "muscle": site.muscle if site else ""}
    return {
        "row": row,
        "at": read.local(moment(row.started), clock),
        "where": where(script) if site else "",
        "tool": f"@tool.{row.head['tool']}",
        "outcome": _outcome(row),
    }


def _outcome(row: SessionRow) -> Text:
    if row.stopped_for:
        return Text(
            id="app_progress.past.stopped",
            params={"signs": [f"@stop.{sign}.sign" for sign in row.stopped_for if not sign.endswith(STILL)]},
        )
    if not row.finished:
        return Text(id="app_progress.past.unfinished")
    return Text(id=f"app_progress.past.{'finished' if row.completed else 'stopped_early'}")
