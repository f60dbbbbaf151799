"""The page of the person's own times, the answer to a reminder, and the calendar."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from unknot.app.phones.authority import FILES
from unknot.app.phones.place import served
from unknot.app.reminders import use_cases
from unknot.app.reminders.models import Feed
from unknot.app.shell.clock import now
from unknot.app.shell.pages import Request, only, page
from unknot.plan.reminders import MOST_TIMES, Reminders
from unknot.record.checks import clock_time

DAYS = range(1, 8)
FIELDS = 4  # shown; more appear when they are used
USUAL_QUIET = {"from": "21:00", "to": "07:00"}
CALENDAR = "text/calendar; charset=utf-8"


class UnfitError(Exception):
    """The times cannot be kept; the message is the id of the sentence that says why."""


@only("GET", "HEAD", "POST")
def reminders(request: Request) -> HttpResponse:
    """The times, days and quiet hours."""
    row = use_cases.person_row(request.person)
    told = row.reminders if row and row.reminders else {}
    if request.method == "POST":
        told = _told(request)
        try:
            _check(told, request.clock.zone)
        except UnfitError as error:
            return page(request, "reminders/reminders.html", 422, **_shown(request, told), fault=str(error))
        use_cases.keep(request.person, request.clock, told)
        return HttpResponseRedirect(reverse("reminders:reminders") + "?saved=1")
    return page(request, "reminders/reminders.html", **_shown(request, told))


@only("POST")
def address(request: Request) -> HttpResponse:
    """Make the secret address of the calendar, another one, or none."""
    if request.POST.get("press") == "end":
        Feed.objects.filter(person=request.person).delete()
    else:
        use_cases.feed(request.person, request.clock.now, anew=True)
    return HttpResponseRedirect(reverse("reminders:reminders") + "#calendar")


@only("GET", "HEAD")
def file(request: Request) -> HttpResponse:
    """The calendar to take in by hand."""
    content = use_cases.written(request.person, request.clock.now)
    named = {"Content-Disposition": 'attachment; filename="unknot.ics"'}
    return HttpResponse(content, content_type=CALENDAR, headers=named)


@only("GET", "HEAD")
def calendar(request: Request, token: str) -> HttpResponse:
    """The calendar for a program that subscribes to it: whoever knows the address may read it."""
    found = Feed.objects.filter(token=token).select_related("person").first()
    if found is None:
        raise Http404
    return HttpResponse(use_cases.written(found.person, now()), content_type=CALENDAR)


@only("POST")
def answer(request: Request) -> HttpResponse:
    """Not this time, or later today; or the times suit after all."""
    if request.POST.get("press") == "suit":
        use_cases.times_suit(request.person, request.clock)
    else:
        given = request.POST
        use_cases.answer(request.person, request.clock, given.get("reminder", ""), given.get("later", ""))
    return HttpResponseRedirect(reverse("progress:today"))


def _told(request: Request) -> dict[str, Any]:
    times = [one for one in request.POST.getlist("time")[:MOST_TIMES] if not list(clock_time(one, ""))]
    quiet = {name: request.POST.get(f"quiet_{name}", "") for name in ("from", "to")}
    told: dict[str, Any] = {
        "on": bool(times) and request.POST.get("on") == "yes",
        "times": sorted(set(times)),
        "days": [day for day in DAYS if str(day) in request.POST.getlist("day")],
        "quiet": {name: USUAL_QUIET[name] if list(clock_time(one, "")) else one for name, one in quiet.items()},
    }
    title = "".join(one for one in request.POST.get("title", "") if one.isprintable()).strip()[:60]
    return {**told, "title": title} if title else told


def _check(told: dict[str, Any], zone: str) -> None:
    if not told["on"]:
        return
    if not told["days"]:
        raise UnfitError("app.reminders.no_day")
    quiet = [time.fromisoformat(told["quiet"][name]) for name in ("from", "to")]
    plan = Reminders(
        times=(), days=frozenset(told["days"]), zone=zone, quiet_from=quiet[0], quiet_to=quiet[1], since=now()
    )
    if any(plan.quiet(time.fromisoformat(one)) for one in told["times"]):
        raise UnfitError("app.reminders.in_quiet")


def _shown(request: Request, told: dict[str, Any]) -> dict[str, Any]:
    times = list(told.get("times", ()))
    feed = Feed.objects.filter(person=request.person).first()
    return {
        "told": told,
        "on": told.get("on", False),
        "times": [*times, *[""] * max(1, FIELDS - len(times))][:MOST_TIMES],
        "days": [{"id": day, "on": day in told.get("days", DAYS)} for day in DAYS],
        "quiet": told.get("quiet", USUAL_QUIET),
        "zone": request.clock.zone,
        "other_zone": told.get("zone", request.clock.zone) != request.clock.zone,
        "feed": feed and _feed_address(request, feed),
        "saved": "saved" in request.GET,
        "tab": "settings",
    }


def _feed_address(request: Request, feed: Feed) -> str:
    """The address as phones reach it where phones are served, else as this computer's own programs do."""
    at = served(FILES)
    path = reverse("reminders:calendar", args=[feed.token])
    return f"{at.https}{path}" if at and not settings.LAN else request.build_absolute_uri(path)
