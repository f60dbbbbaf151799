"""Starting a routine: every session in it is built anew for this person, or left out with its reason."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from unknot.app.cases.fields import UnreadableError, number
from unknot.app.cases.use_cases import assess_again
from unknot.app.progress.read import current_case
from unknot.app.routines import use_cases
from unknot.app.routines.words import item_words
from unknot.app.sessions.pages_choose import SCALE, refused
from unknot.app.sessions.state import Refused, RefusedError, leave
from unknot.app.shell.pages import Request, only, page


@only("GET", "HEAD", "POST")
def start(request: Request, routine: str) -> HttpResponse:
    """What of the routine is open now, in its order. A POST plans one of it."""
    id = str(routine)
    kept = use_cases.one_of(request.person, id)
    now = current_case(request.person, request.clock)
    if now is None:
        return page(request, "routines/no_case.html", routine=kept)
    state = assess_again(request.person, request.clock, now.id)
    clearance = leave(state)
    if isinstance(clearance, Refused):
        return refused(request, state, clearance)
    fault = ""
    press, _, which = request.POST.get("press", "").partition("-")
    if press == "begin" and which.isdigit() and int(which) < len(kept.items):
        try:
            pain = number(request.POST.get("pain", ""), state.knowledge.questions["intensity"])
            session = use_cases.plan(request.person, state, id, kept.items[int(which)], pain)
            return HttpResponseRedirect(reverse("sessions:play", args=[session]))
        except RefusedError as error:
            return refused(request, state, error.stop)
        except UnreadableError:
            fault = "app_routines.start.choose_pain"
    turns = use_cases.turns(state, clearance, kept)
    rows = [
        {
            "turn": turn,
            "words": item_words(turn.item),
            "minutes": turn.session and max(1, round(sum(step.duration_s for step in turn.session.steps) / 60)),
        }
        for turn in turns
    ]
    return page(
        request,
        "routines/start.html",
        422 if fault else 200,
        routine=kept,
        rows=rows,
        first=next((n for n, turn in enumerate(turns) if turn.session), None),
        any_done=any(turn.done for turn in turns),
        scale=SCALE,
        pain=request.POST.get("pain", ""),
        fault=fault,
    )
