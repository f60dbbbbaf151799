"""The stop page: what to do, why, what to say, whom to call. And what a clinician said since."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from unknot.app.cases import use_cases
from unknot.app.cases.fields import field
from unknot.app.cases.next_step import unclear
from unknot.app.cases.state import load_case
from unknot.app.cases.steps import next_url
from unknot.app.people.country import change_settings, countries, emergency_number
from unknot.app.shell.pages import Request, only, page
from unknot.case import CaseError


@only("GET", "HEAD", "POST")
def stop(request: Request, case: str) -> HttpResponse:
    """Show why not to go on; a POST puts the page away (the stop itself stays)."""
    state = use_cases.assess_again(request.person, request.clock, str(case))
    triage = state.triage
    if triage is None or (triage.level == "self_care" and not triage.session_forbidden_by):
        return HttpResponseRedirect(next_url(state))
    if request.method == "POST" and request.POST.get("country") in state.knowledge.countries:
        change_settings(request.person, request.clock, {"country": request.POST["country"]})
        return HttpResponseRedirect(reverse("cases:stop", args=[state.id]))
    if request.method == "POST":
        use_cases.dismiss_stop(request.person, request.clock, state.id)
        return HttpResponseRedirect(reverse("progress:today"))
    number = emergency_number(request.person, state.knowledge)
    reasons = [reason for reason in triage.reasons if reason.level == triage.level]
    return page(
        request,
        "cases/stop.html",
        state=state,
        triage=triage,
        level_heading=f"app.stop.{triage.level}",
        reasons=reasons,
        forbidden=triage.session_forbidden_by,
        unclear=unclear(state),
        review=request.clock.today + timedelta(days=triage.review_after_days),
        countries=[] if number else countries(state.knowledge),
        says=[reason.say for reason in reasons if reason.say],
        others=[reason for reason in triage.reasons if reason.level != triage.level],
        number=number,
        emergency=triage.level == "emergency",
        urgent=triage.level in ("emergency", "same_day"),
    )


@only("GET", "HEAD", "POST")
def clinician(request: Request, case: str) -> HttpResponse:
    """Tell that a clinician has looked at it."""
    state = load_case(request.person, str(case), request.clock)
    fault = ""
    if request.method == "POST":
        try:
            on = date.fromisoformat(request.POST.get("on", ""))
            if on > request.clock.today:
                raise ValueError
            new = {"true": True, "false": False}.get(request.POST.get("new", ""))
            ruled_out = request.POST.getlist("value")
            use_cases.seen_by_clinician(request.person, request.clock, state.id, on, ruled_out, new)
            return HttpResponseRedirect(next_url(use_cases.assess_again(request.person, request.clock, state.id)))
        except CaseError:
            fault = "app.fault.bad_request"
        except ValueError:
            fault = "app.clinician.which_day"
    shown = field("clinician_ruled_out", state.knowledge, [])
    today = request.clock.today.isoformat()
    return page(
        request, "cases/clinician.html", 422 if fault else 200, state=state, field=shown, today=today, fault=fault
    )
