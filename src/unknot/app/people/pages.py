"""Settings, and the person's own data: take it away, bring it back, erase it."""

from __future__ import annotations

import json

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from unknot.app.journal.erase import erase
from unknot.app.journal.portable import export, import_record
from unknot.app.people.country import THEMES, change_settings, settings_of
from unknot.app.people.country import countries as named_countries
from unknot.app.ready import copies
from unknot.app.shell.pages import Request, only, page
from unknot.body.load import BODIES
from unknot.knowledge import load
from unknot.messages import render
from unknot.record import RecordError

MOST_FAULTS = 10
YEAR_S = 365 * 24 * 3600


@only("POST")
def body(request: Request) -> HttpResponse:
    """Keep which body the map shows, as the map sends it (JSON)."""
    try:
        chosen = json.loads(request.body)["body"]
    except (ValueError, KeyError, TypeError):
        chosen = None
    if chosen not in BODIES:
        return HttpResponse(status=422)
    change_settings(request.person, request.clock, {"body": chosen})
    return HttpResponse(status=204)


@only("GET", "HEAD", "POST")
def settings(request: Request) -> HttpResponse:
    """Country (for the emergency number) and light or dark."""
    countries = load().countries
    if request.method == "POST":
        country, theme = request.POST.get("country", ""), request.POST.get("theme", "")
        if country in ("", *countries) and theme in THEMES:
            change_settings(request.person, request.clock, {"country": country or "none", "theme": theme or "system"})
            answer = HttpResponseRedirect(reverse("people:settings") + "?saved=1")
            if theme:
                kept = {"max_age": YEAR_S, "samesite": "Strict", "httponly": True, "secure": request.is_secure()}
                answer.set_cookie("unknot_theme", theme, **kept)
            else:
                answer.delete_cookie("unknot_theme", samesite="Strict")
            return answer
    chosen = settings_of(request.person)
    return page(
        request,
        "people/settings.html",
        countries=named_countries(load()),
        country=chosen.get("country", ""),
        themes=THEMES,
        saved="saved" in request.GET,
        tab="settings",
    )


@only("POST")
def export_data(request: Request) -> HttpResponse:
    """The whole record as a file."""
    answer = JsonResponse(export(request.person, request.clock.now), json_dumps_params={"indent": 1})
    answer.headers["Content-Disposition"] = 'attachment; filename="unknot-record.json"'
    return answer


@only("POST")
def import_data(request: Request) -> HttpResponse:
    """Take in a file that was exported."""
    file = request.FILES.get("file")
    try:
        done = import_record(json.load(file)) if file else None
    except RecordError as error:
        faults = [str(fault) for fault in error.faults[:MOST_FAULTS]]
        return page(request, "people/imported.html", 422, faults=faults)
    except (ValueError, RecursionError):
        return page(request, "people/imported.html", 422, faults=[render("app.settings.no_json")])
    if done is None:
        return HttpResponseRedirect(reverse("people:settings"))
    return page(request, "people/imported.html", done=done)


@only("POST")
def erase_data(request: Request) -> HttpResponse:
    """Erase everything, once it was said twice."""
    if request.POST.get("sure") != "yes":
        return page(request, "people/erase.html")
    erase(request.person, copies())
    answer = HttpResponseRedirect(reverse("progress:home"))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'  # what this browser kept, the pages to read included
    return answer
