"""Before a session: what one has to press with, tool and position, or why there is no session."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from unknot.app.cases.fields import UnreadableError, field, number, read
from unknot.app.cases.pages_spots import spot_meant
from unknot.app.cases.state import CaseState, load_case
from unknot.app.cases.use_cases import assess_again, describe
from unknot.app.sessions import use_cases
from unknot.app.sessions.after import changes
from unknot.app.sessions.pictures import shown
from unknot.app.sessions.push import Push, push
from unknot.app.sessions.spot import SetUp, Spot, placing, set_up
from unknot.app.sessions.state import Refused, leave
from unknot.app.sessions.under_tool import under_tool
from unknot.app.shell.pages import Request, only, page
from unknot.case import CaseError
from unknot.safety import Clearance
from unknot.safety.keep_away import keep_away
from unknot.script import Form, Text

SCALE = range(11)
WHY = "self_massage"  # the modality whose grade stands on the set-up page


@only("GET", "HEAD", "POST")
def choose(request: Request, case: str, spot: str = "") -> HttpResponse:
    """Tool and position for a spot (without one: the spot to begin with). A POST looks at another way, or plans."""
    state = assess_again(request.person, request.clock, str(case))
    clearance = leave(state)
    if isinstance(clearance, Refused):
        return refused(request, state, clearance)
    if state.case is not None and state.case.person.tools is None:
        return HttpResponseRedirect(_url("tools", state, spot))
    wanted = Spot(*spot_meant(state, spot)) if spot else None
    form = _form(request)
    made = set_up(state, clearance, wanted, request.POST.get("look") or request.POST.get("way", ""), form)
    if not isinstance(made, SetUp):
        return refused(request, state, Refused(made, "wait"))
    fault = ""
    if request.POST.get("press") == "plan":
        try:
            pain = number(request.POST.get("pain", ""), state.knowledge.questions["intensity"])
            id = use_cases.plan(
                request.person,
                request.clock,
                state.id,
                made.spot,
                made.reach.key,
                pain,
                form,
                _weighed(request, state, made)[0].kept_kg,
            )
            return HttpResponseRedirect(reverse("sessions:play", args=[id]))
        except use_cases.RefusedError as error:
            return refused(request, state, error.stop)
        except UnreadableError:
            fault = "app_sessions.choose.choose_pain"
    return _set_up_page(request, state, clearance, made, form, fault)


def _weighed(request: Request, state: CaseState, made: SetUp) -> tuple[Push, bool]:
    """The push of the set-up with what the scale showed, and whether that reading could not be used."""
    given = request.POST.get("scale_kg", "").strip().replace(",", ".")
    try:
        return push(state, made, float(given) if given else None), False
    except ValueError:  # no number, or (DoseError) a weight that no scale shows
        return push(state, made), True


def _form(request: Request) -> Form:
    """The session that the page asks for so far. ``lie``: the button that has just been pressed."""
    given = request.POST
    return Form(
        length="short" if given.get("length") == "short" else "full",
        no_floor=given.get("lie", given.get("floor", "")) == "no",
        both_sides=given.get("sides") == "both",
    )


def _set_up_page(
    request: Request, state: CaseState, clearance: Clearance, made: SetUp, form: Form, fault: str
) -> HttpResponse:
    position, load, weight = placing(made.script)
    pushed, scale_fault = _weighed(request, state, made)
    hold = next(step.comfort for step in made.script.steps if step.kind == "hold" and step.comfort)
    return page(
        request,
        "sessions/choose.html",
        422 if fault or scale_fault else 200,
        state=state,
        made=made,
        muscle=f"@muscle.{made.script.muscle}.name",
        side=f"@side.{made.spot.side}",
        where=f"site.{made.spot.site}.where",
        picture=shown(made.script.posture, made.script.tool, made.spot.site, made.spot.side, state.knowledge),
        keep_away=keep_away(made.spot.site),
        cut=under_tool(made.spot.site, made.spot.side, made.script.tool, state.knowledge),
        position=position,
        load=load,
        weight=weight,
        comfort=hold,
        push=pushed,
        scale_kg=request.POST.get("scale_kg", ""),
        scale_fault=scale_fault,
        grade=state.knowledge.modalities[WHY].grade,
        why=Text(id=f"modality.{WHY}.text"),
        lengths=_lengths(state, clearance, made, form),
        no_floor=form.no_floor,
        since_last=_since_last(state, made),
        both=_both_sides(state, clearance, made, form),
        both_ticked=form.both_sides or ("press" not in request.POST and _sore_on_both(state)),
        length=request.POST.get("length") or ("full" if state.history.sessions else "short"),
        scale=SCALE,
        pain=request.POST.get("pain", ""),
        fault=fault,
    )


def _since_last(state: CaseState, made: SetUp) -> Text | None:
    """What the last session on this spot changes, unless a reason on the page says so already."""
    line = changes(state, made.spot.site, made.spot.side)
    told = line is None or line.text in made.script.because or line.text.id == "next_time.tell_us"
    return None if told or line is None else line.text


def _lengths(state: CaseState, clearance: Clearance, made: SetUp, form: Form) -> list[tuple[str, int]]:
    """The lengths of the session on one side with their minutes; the short one only where it is shorter."""
    one = replace(form, both_sides=False)
    full, short = (
        _minutes(set_up(state, clearance, made.spot, made.reach.key, replace(one, length=length)), made)
        for length in ("full", "short")
    )
    return [("short", short), ("full", full)] if short < full else [("full", full)]


def _minutes(one: SetUp | tuple[Text, ...], otherwise: SetUp) -> int:
    script = (one if isinstance(one, SetUp) else otherwise).script
    return round(sum(step.duration_s for step in script.steps) / 60)


def _both_sides(state: CaseState, clearance: Clearance, made: SetUp, form: Form) -> int | None:
    """The minutes of the full session with the other side after the first, or None where that is not possible."""
    full = replace(form, length="full", both_sides=True)
    both = set_up(state, clearance, made.spot, made.reach.key, full)
    if not isinstance(both, SetUp) or len({step.side for step in both.script.steps if step.comfort}) < 2:
        return None
    return _minutes(both, made)


def _sore_on_both(state: CaseState) -> bool:
    """Whether the drawing has pain on the left and on the right."""
    return state.case is not None and {"left", "right"} <= {area.side for area in state.case.pain}


@only("GET", "HEAD", "POST")
def tools(request: Request, case: str, spot: str = "") -> HttpResponse:
    """What the person has to press with. Not asked while a clinician comes first."""
    state = load_case(request.person, str(case), request.clock)
    clearance = leave(state)
    if isinstance(clearance, Refused) and clearance.way == "stop":
        return refused(request, state, clearance)
    fault = ""
    if request.method == "POST":
        try:
            owned = [] if request.POST.get("press") == "none" else read("tools", request.POST, state.knowledge)
            weight = request.POST.get("mass_kg", "").strip()
            more = {"mass_kg": number(weight, state.knowledge.questions["mass_kg"])} if weight else {}
            describe(request.person, request.clock, {"tools": owned, **more})
            return HttpResponseRedirect(_url("choose", state, spot))
        except UnreadableError as error:
            fault = error.message_id
        except CaseError:
            fault = "app.fault.bad_request"
    person = state.document["person"]
    weight_field = None if "mass_kg" in person else field("mass_kg", state.knowledge, request.POST.get("mass_kg", ""))
    shown = field("tools", state.knowledge, request.POST.getlist("value") or person.get("tools"))
    return page(
        request,
        "sessions/tools.html",
        422 if fault else 200,
        state=state,
        field=shown,
        weight=weight_field,
        fault=fault,
    )


def _url(name: str, state: CaseState, spot: str) -> str:
    return reverse(f"sessions:{name}", args=[state.id, spot] if spot else [state.id])


def refused(request: Request, state: CaseState, why: Refused) -> HttpResponse:
    """No session now: on to what opens the way again, or a page that says why (409: it is no session)."""
    if why.way == "stop":
        return HttpResponseRedirect(reverse("cases:stop", args=[state.id]))
    if why.way == "short_form":
        return HttpResponseRedirect(reverse("cases:before", args=[state.id]))
    last = state.last_session
    return page(
        request,
        "sessions/closed.html",
        409,
        state=state,
        reasons=why.reasons,
        way=why.way,
        until=why.until and why.until.astimezone(ZoneInfo(request.clock.zone)).replace(tzinfo=None),
        last=last if why.way == "look_back" else None,
    )
