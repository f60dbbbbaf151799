"""Pages of a session: choose tool and position, play, stop, rate, look back."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import ensure_csrf_cookie

from unknot import messages
from unknot.app.cases.fields import UnreadableError, field, number, read
from unknot.app.cases.pages_spots import spot_meant
from unknot.app.cases.state import CaseState, load_case
from unknot.app.cases.use_cases import assess_again, describe
from unknot.app.people.country import emergency_number
from unknot.app.sessions import use_cases
from unknot.app.shell.pages import Request, code, meant, only, page
from unknot.case import CaseError
from unknot.knowledge import load
from unknot.record import SessionRow, moment
from unknot.safety import Option, Stop
from unknot.safety.stops import during_rules

FOR_THE_MORNING = timedelta(hours=6)
"""From so long after a session on, the look-back counts as the next morning's."""


@only("GET", "HEAD", "POST")
def choose(request: Request, case: str, spot: str) -> HttpResponse:
    """Every allowed way of pressing the spot; a POST plans a session with one of them."""
    state = assess_again(request.person, request.clock, str(case))
    if state.case is not None and state.case.person.tools is None:
        return HttpResponseRedirect(reverse("sessions:tools", args=[state.id, spot]))
    if not state.screened_lately:
        return HttpResponseRedirect(reverse("cases:before", args=[state.id]))
    site, side = spot_meant(state, spot)
    clearance = use_cases.leave(state)
    if isinstance(clearance, Stop):
        return _refused(request, state, clearance)
    options = clearance.options(site, side)
    if request.method == "POST":
        chosen = meant(request.POST.get("option", ""), [_key(option) for option in options], state.id)
        option = next((one for one in options if _key(one) == chosen), None)
        if option is not None:
            try:
                id = use_cases.plan(request.person, request.clock, state.id, site, side, option)
                return HttpResponseRedirect(reverse("sessions:play", args=[id]))
            except use_cases.RefusedError as refused:
                return _refused(request, state, refused.stop)
    ways = [{"option": option, "code": code(state.id, _key(option))} for option in options]
    closed = () if options else clearance.closed_because(site, side)
    return page(
        request,
        "sessions/choose.html",
        state=state,
        spot=spot,
        site=site,
        side=side,
        ways=ways,
        closed=closed,
        muscle=state.knowledge.sites[site].muscle,
        limits=clearance.session_limits,
    )


def _key(option: Option) -> str:
    return f"{option.access}|{option.posture}"


@only("GET", "HEAD", "POST")
def tools(request: Request, case: str, spot: str) -> HttpResponse:
    """What the person has to press with."""
    state = load_case(request.person, str(case), request.clock)
    fault = ""
    if request.method == "POST":
        try:
            describe(request.person, request.clock, {"tools": read("tools", request.POST, state.knowledge)})
            return HttpResponseRedirect(reverse("sessions:choose", args=[state.id, spot]))
        except (UnreadableError, CaseError):
            fault = "app.fault.bad_request"
    shown = field("tools", state.knowledge, state.document["person"].get("tools"))
    return page(request, "cases/question.html", 422 if fault else 200, state=state, field=shown, fault=fault)


def _refused(request: Request, state: CaseState, stop: Stop) -> HttpResponse:
    """No session, and why. Answer 409: the page is there, the session is not."""
    if state.triage is not None and state.triage.level != "self_care":
        return HttpResponseRedirect(reverse("cases:stop", args=[state.id]))
    look_back = "after_session_signs" in stop.unanswered and state.last_session is not None
    return page(
        request,
        "sessions/refused.html",
        409,
        state=state,
        reasons=stop.reasons,
        until=stop.until,
        look_back=state.last_session if look_back else None,
        open_questions=bool(stop.unanswered) and not look_back,
    )


@only("GET", "HEAD")
@ensure_csrf_cookie
def play(request: Request, session: str) -> HttpResponse:
    """The script, for the player and to be read."""
    row = use_cases.load_session(request.person, str(session))
    if row.finished:
        return HttpResponseRedirect(reverse("sessions:rate", args=[row.id]))
    try:
        state = use_cases.may_play(request.person, request.clock, row)
    except use_cases.RefusedError as refused:
        return _refused(request, load_case(request.person, row.case, request.clock), refused.stop)
    return page(
        request,
        "sessions/play.html",
        state=state,
        row=row,
        script=row.script,
        words=_player_words(),
        heading=_heading(row),
    )


def _player_words() -> dict[str, str]:
    return {id: text for id, text in messages.catalogue().items() if id.startswith("player.")}


def _heading(row: SessionRow) -> str:
    params = {"muscle": f"@muscle.{row.script['muscle']}.name", "side": f"@side.{row.script['side']}"}
    return messages.render("app.session.heading", params)


@only("POST")
def done(request: Request, session: str) -> HttpResponse:
    """The session was done by reading its steps, or stopped."""
    row = use_cases.load_session(request.person, str(session))
    completed = request.POST.get("press") == "done"
    if not row.finished:
        if not row.started:
            try:
                use_cases.may_play(request.person, request.clock, row)
            except use_cases.RefusedError as refused:
                return _refused(request, load_case(request.person, row.case, request.clock), refused.stop)
        use_cases.finish(request.person, request.clock, row, completed=completed)
    return HttpResponseRedirect(reverse("sessions:rate" if completed else "sessions:stopped", args=[row.id]))


@only("GET", "HEAD", "POST")
def stopped(request: Request, session: str) -> HttpResponse:
    """Why it was stopped: each sign says what to do now."""
    row = use_cases.load_session(request.person, str(session))
    rules = during_rules(load())
    if request.method == "POST":
        sign = meant(request.POST.get("sign", ""), rules, row.id)
        if sign is None:
            return HttpResponseRedirect(reverse("sessions:rate", args=[row.id]))
        use_cases.name_stop(request.person, request.clock, row, sign)
        return HttpResponseRedirect(reverse("sessions:stopped", args=[row.id]))
    named = next((rule for rule in rules.values() if rule.id in row.stopped_for), None)
    if named is not None and "more" not in request.GET:
        number_to_call = emergency_number(request.person, load())
        return page(request, "sessions/stopped_for.html", row=row, rule=named, number=number_to_call)
    signs = [{"code": code(row.id, rule.id), "sign": rule.sign, "level": rule.level} for rule in rules.values()]
    return page(request, "sessions/stopped.html", row=row, signs=signs)


@only("GET", "HEAD", "POST")
def rate(request: Request, session: str) -> HttpResponse:
    """How the pain is now."""
    row = use_cases.load_session(request.person, str(session))
    state = load_case(request.person, row.case, request.clock)
    fault = ""
    if request.method == "POST":
        try:
            value = number(request.POST.get("value", ""), load().questions["intensity"])
            use_cases.rate(request.person, request.clock, row, "pain", value, "after")
            return HttpResponseRedirect(reverse("progress:today") + "?saved=1")
        except UnreadableError as error:
            fault = error.message_id
    areas = state.row.pain.get("areas", [])
    before = max((area.get("intensity", 0) for area in areas), default=None)
    return page(
        request, "sessions/rate.html", 422 if fault else 200, row=row, before=before, scale=range(11), fault=fault
    )


@only("GET", "HEAD", "POST")
def look_back(request: Request, session: str) -> HttpResponse:
    """Soreness, a bruise, signs: asked the next morning and before the next session."""
    row = use_cases.load_session(request.person, str(session))
    knowledge = load()
    fault = ""
    if request.method == "POST":
        try:
            _keep_look_back(request, row)
            state = assess_again(request.person, request.clock, row.case)
            urgent = state.triage is not None and state.triage.level != "self_care"
            return HttpResponseRedirect(
                reverse("cases:stop", args=[state.id]) if urgent else reverse("progress:today") + "?saved=1"
            )
        except (UnreadableError, CaseError) as error:
            fault = error.message_id if isinstance(error, UnreadableError) else "app.fault.bad_request"
    return page(
        request,
        "sessions/look_back.html",
        422 if fault else 200,
        row=row,
        signs=field("after_session_signs", knowledge, row.signs),
        scale=range(11),
        fault=fault,
    )


def _keep_look_back(request: Request, row: SessionRow) -> None:
    knowledge = load()
    signs = read("after_session_signs", request.POST, knowledge)
    if not signs:
        raise UnreadableError("app.check.tick_or_none")
    unknown = set(signs) - set(knowledge.questions["after_session_signs"].values)
    if unknown:
        raise UnreadableError("app.fault.bad_request")
    sore, bruise = request.POST.get("soreness", ""), request.POST.get("bruise_cm", "").strip()
    soreness = number(sore, knowledge.questions["intensity"]) if sore else None
    try:
        size = float(bruise.replace(",", ".")) if bruise else None
    except ValueError:
        raise UnreadableError("app.check.no_number") from None
    if size is not None and not 0 <= size <= 100:
        raise UnreadableError("app.check.out_of_range")
    use_cases.look_back(request.person, request.clock, row, _moment(request, row), signs, soreness, size)


def _moment(request: Request, row: SessionRow) -> str:
    if not row.started:
        raise Http404
    since = request.clock.now - moment(row.started)
    if since < FOR_THE_MORNING:
        return "two_hours"
    return "morning" if since < timedelta(days=2) else "day_3"
