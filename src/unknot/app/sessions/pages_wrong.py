"""When something went wrong: reporting it in two taps, and taking back a sign that was named by mistake."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from unknot.app.cases.state import CaseState, load_case
from unknot.app.progress.read import current_case
from unknot.app.sessions import use_cases
from unknot.app.sessions.scripts import title
from unknot.app.sessions.state import load_session
from unknot.app.shell.pages import Request, code, meant, only, page
from unknot.knowledge import load
from unknot.record import SessionRow
from unknot.record.kinds import ADVERSE, SEVERITY
from unknot.safety.stops import during_rules

WHEN = ("during", "same_day", "next_day", "later")
STILL = {"yes": True, "no": False, "not_sure": None}


@only("GET", "HEAD", "POST")
def wrong(request: Request) -> HttpResponse:
    """What happened, when, how bad; about the latest session. A POST keeps it and shows what follows from it."""
    state = current_case(request.person, request.clock)
    if state is None:
        return HttpResponseRedirect(reverse("progress:home"))
    last = state.last_session
    row = load_session(request.person, last.id) if last else None
    what, severity = request.POST.get("what", ""), request.POST.get("severity", "")
    when, still = request.POST.get("when", ""), request.POST.get("still", "")
    told = what in ADVERSE and severity in SEVERITY and when in WHEN and still in STILL
    if request.method == "POST" and told:
        kept = use_cases.report(
            request.person, request.clock, row.case if row else state.id, row,
            what=what, severity=severity, when=when, still=STILL[still],
        )  # fmt: skip
        return _follows(request, kept, row)
    return page(
        request,
        "sessions/wrong.html",
        422 if request.method == "POST" else 200,
        state=state,
        row=row,
        title=title(row.script) if row else "",
        choices={"what": ADVERSE, "when": WHEN, "severity": SEVERITY, "still": tuple(STILL)},
        said={"what": what, "when": when, "severity": severity, "still": still},
        fault="app.check.answer_all" if request.method == "POST" else "",
    )


def _follows(request: Request, state: CaseState, row: SessionRow | None) -> HttpResponse:
    if state.triage is not None and state.triage.level == "emergency":
        return HttpResponseRedirect(reverse("cases:stop", args=[state.id]))
    if row is not None:
        return HttpResponseRedirect(reverse("sessions:follows", args=[row.id]))
    away = state.triage is not None and state.triage.level != "self_care"
    return HttpResponseRedirect(reverse("cases:stop", args=[state.id]) if away else reverse("progress:today"))


@only("GET", "HEAD", "POST")
def not_so(request: Request, session: str, sign: str) -> HttpResponse:
    """A sign was tapped by mistake: confirm it, then say why the session really ended."""
    row = load_session(request.person, str(session))
    named = meant(sign, row.stopped_for, row.id)
    rule = during_rules(load()).get(named or "")
    if named is None or rule is None:
        raise Http404
    if request.method == "POST":
        use_cases.take_back_sign(request.person, request.clock, row, named)
        return HttpResponseRedirect(reverse("sessions:stopped", args=[row.id]))
    state = load_case(request.person, row.case, request.clock)
    return page(request, "sessions/not_so.html", row=row, rule=rule, state=state)


def mistakes(row: SessionRow) -> dict[str, str]:
    """The address under which each sign of a session can be taken back."""
    return {sign: reverse("sessions:not_so", args=[row.id, code(row.id, sign)]) for sign in row.stopped_for}
