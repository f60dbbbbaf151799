"""After a session: why it was stopped and what that means, how the pain is, what was noticed later."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from unknot.app.cases.fields import NONE, UnreadableError, field, none_of, number, read
from unknot.app.cases.state import CaseState, load_case
from unknot.app.people.country import emergency_number
from unknot.app.sessions import after as right_after
from unknot.app.sessions import look_back as looking
from unknot.app.sessions import use_cases
from unknot.app.sessions.pages_choose import SCALE
from unknot.app.sessions.pages_wrong import mistakes
from unknot.app.sessions.scripts import title
from unknot.app.sessions.state import load_session
from unknot.app.shell.pages import Request, code, meant, only, page
from unknot.case import CaseError
from unknot.knowledge import load
from unknot.record import SessionRow
from unknot.safety.limits import caps
from unknot.safety.stops import during_rules


@only("GET", "HEAD", "POST")
def stopped(request: Request, session: str) -> HttpResponse:
    """One question: why did you stop? The list begins with the most urgent sign."""
    row = load_session(request.person, str(session))
    rules = during_rules(load())
    if request.method == "POST":
        enough = "enough" in request.POST
        sign = None if enough else meant(request.POST.get("sign", ""), rules, row.id)
        if sign is None and not enough:
            return HttpResponseRedirect(reverse("sessions:stopped", args=[row.id]))
        if sign is None:
            use_cases.end(request.person, request.clock, row, completed=False)
            return HttpResponseRedirect(reverse("sessions:rate", args=[row.id]))
        use_cases.stopped_because(request.person, request.clock, row, sign)
        return HttpResponseRedirect(reverse("sessions:means", args=[row.id]))
    signs = [
        {"code": code(row.id, rule.id), "sign": rule.sign, "chosen": rule.id in row.stopped_for}
        for rule in rules.values()
        if rule.action != "alarm" or rule.id in row.stopped_for
    ]
    return page(request, "sessions/stopped.html", row=row, signs=signs, just_enough=not row.stopped_for)


@only("GET", "HEAD", "POST")
def means(request: Request, session: str) -> HttpResponse:
    """What each sign that was named asks for now, the most urgent first. A POST says that it is still there."""
    row = load_session(request.person, str(session))
    named = [rule for rule in during_rules(load()).values() if rule.id in row.stopped_for]
    if not named:
        return HttpResponseRedirect(reverse("sessions:rate", args=[row.id]))
    answer = ""
    if request.method == "POST":
        still = use_cases.still_there(request.person, request.clock, row)
        if still is not None and still.level != "self_care":
            return HttpResponseRedirect(reverse("cases:stop", args=[row.case]))
        answer = "app_sessions.means.still_early" if still is None else "app_sessions.means.still_rest"
    return page(
        request,
        "sessions/means.html",
        row=row,
        rules=named,
        mistakes=[{"sign": rule.sign, "url": mistakes(row)[rule.id]} for rule in named],
        worst=named[0],
        number=emergency_number(request.person, load()) if named[0].level == "emergency" else "",
        asks_still=named[0].level == "self_care" and any(rule.still for rule in named),
        answer=answer,
    )


@only("GET", "HEAD", "POST")
def rate(request: Request, session: str) -> HttpResponse:
    """How the pain is now and, where nobody heard it, how strong it was."""
    row = load_session(request.person, str(session))
    if not row.finished:
        return HttpResponseRedirect(reverse("sessions:play", args=[row.id]))
    state = load_case(request.person, row.case, request.clock)
    asks_strength = row.comfort_peak is None
    fault = ""
    if request.method == "POST":
        try:
            pain, comfort = _pain_and_comfort(request, state)
            given = request.POST.get("strongest", "")
            strongest = number(given, state.knowledge.questions["intensity"]) if asks_strength and given else None
            use_cases.rate(request.person, request.clock, row, pain, strongest, comfort=comfort)
            return HttpResponseRedirect(_after_rating(request, row))
        except UnreadableError:
            fault = "app_sessions.rate.choose_one"
    return page(
        request,
        "sessions/rate.html",
        422 if fault else 200,
        row=row,
        before=right_after.told(row).pain.get("before"),
        asks_strength=asks_strength,
        asks_bruise=looking.bruises_matter(state),
        scale=SCALE,
        fault=fault,
    )


def _pain_and_comfort(request: Request, state: CaseState) -> tuple[float, float | None]:
    """The two numbers of a form. Raises UnreadableError."""
    question = state.knowledge.questions["intensity"]
    given = request.POST.get("comfort", "")
    return number(request.POST.get("pain", ""), question), number(given, question) if given else None


def _after_rating(request: Request, row: SessionRow) -> str:
    """A bruise is looked at closer; everybody else sees what comes next."""
    return reverse(f"sessions:{'look_back' if request.POST.get('bruise') == 'yes' else 'after'}", args=[row.id])


@only("GET", "HEAD", "POST")
def after(request: Request, session: str) -> HttpResponse:
    """What the session changes in the next one, and at ten minutes the same two questions once more."""
    row = load_session(request.person, str(session))
    if not row.finished:
        return HttpResponseRedirect(reverse("sessions:play", args=[row.id]))
    state = load_case(request.person, row.case, request.clock)
    said, left = right_after.told(row), right_after.seconds_left(row, request.clock)
    fault = ""
    if request.method == "POST" and left == 0:
        try:
            pain, comfort = _pain_and_comfort(request, state)
            right_after.rate_later(request.person, request.clock, row, pain, comfort)
            return HttpResponseRedirect(_after_rating(request, row))
        except UnreadableError:
            fault = "app_sessions.rate.choose_one"
    line = right_after.changes(state, row.head["site"], row.head["side"])
    return page(
        request,
        "sessions/after.html",
        422 if fault else 200,
        row=row,
        said=said,
        asked="after_10" in said.pain,
        left=left,
        minutes=None if left is None else -(-left // 60),
        line=line,
        until=line and right_after.day(line.until, request.clock),
        asks_bruise=looking.bruises_matter(state),
        scale=SCALE,
        fault=fault,
    )


@only("GET", "HEAD", "POST")
def look_back(request: Request, session: str) -> HttpResponse:
    """Soreness, a bruise, signs: two hours later, the next morning, on day three, and before the next session."""
    row = load_session(request.person, str(session))
    if not row.started:
        raise Http404
    state = load_case(request.person, row.case, request.clock)
    fault = ""
    if request.method == "POST":
        try:
            at = next((moment for _, moment in looking.all_due([row], request.clock)), None)
            looking.look_back(request.person, request.clock, row, at or _undated(row), **_noticed(request))
            return HttpResponseRedirect(reverse("sessions:follows", args=[row.id]))
        except (UnreadableError, CaseError) as error:
            fault = error.message_id if isinstance(error, UnreadableError) else "app.fault.bad_request"
    signs = field("after_session_signs", state.knowledge, request.POST.getlist("value"))
    return page(
        request,
        "sessions/look_back.html",
        422 if fault else 200,
        row=row,
        title=title(row.script),
        began=looking.days_begun([row])[row.id],
        choices=[choice for choice in signs.choices if choice.value != "soreness_only"],
        bleeds=looking.bruises_matter(state),
        scale=SCALE,
        soreness=request.POST.get("soreness", ""),
        bruise_cm=request.POST.get("bruise_cm", ""),
        fault=fault,
    )


def _undated(row: SessionRow) -> looking.Moment:
    """A look-back that nothing asked for: at once after the session, or before the next one."""
    return "before_next" if row.looked_back else "two_hours"


def _noticed(request: Request) -> dict[str, Any]:
    """What a form says was noticed. Raises UnreadableError."""
    knowledge = load()
    question = knowledge.questions["after_session_signs"]
    sore, bruise = request.POST.get("soreness", ""), request.POST.get("bruise_cm", "").strip()
    soreness = number(sore, knowledge.questions["intensity"]) if sore else None
    bruise_cm = _centimetres(bruise) if bruise else None
    signs = [] if request.POST.get("press") == NONE else read("after_session_signs", request.POST, knowledge)
    if bruise_cm and not {"bruise_small", "bruise_large"} & set(signs):
        large = bruise_cm > caps(knowledge).of("recovery", "large_bruise")
        signs = [*signs, "bruise_large" if large else "bruise_small"]
    if not signs and request.POST.get("press") != NONE:
        raise UnreadableError("app_sessions.look_back.choose_one")
    if not set(signs) <= set(question.values):
        raise UnreadableError("app.fault.bad_request")
    nothing = ["soreness_only"] if soreness else none_of(question)
    return {"signs": list(signs) or nothing, "soreness": soreness, "bruise_cm": bruise_cm}


def _centimetres(text: str) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        raise UnreadableError("app_sessions.look_back.bad_bruise") from None
    if not 0 <= value <= 100:
        raise UnreadableError("app_sessions.look_back.bad_bruise")
    return value


@only("GET", "HEAD")
def follows(request: Request, session: str) -> HttpResponse:
    """What the signs ask for. An emergency goes straight to its own page."""
    row = load_session(request.person, str(session))
    state = load_case(request.person, row.case, request.clock)
    level = state.triage.level if state.triage else "self_care"
    if level == "emergency":
        return HttpResponseRedirect(reverse("cases:stop", args=[state.id]))
    return page(request, "sessions/follows.html", row=row, state=state, level=level, rules=looking.follows(state, row))
