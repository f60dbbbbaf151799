"""A session while it runs: the script for the player, and the same to be read and ended by plain forms."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import ensure_csrf_cookie

from unknot.app.cases.state import load_case
from unknot.app.sessions import use_cases
from unknot.app.sessions.pages_choose import refused
from unknot.app.sessions.pictures import shown
from unknot.app.sessions.scripts import minutes, player_words, steps_in_words, title, where
from unknot.app.sessions.state import Refused, RefusedError, load_session, session_state
from unknot.app.shell.pages import Request, only, page
from unknot.knowledge import load
from unknot.safety.stops import for_player


@only("GET", "HEAD", "POST")
@ensure_csrf_cookie
def play(request: Request, session: str) -> HttpResponse:
    """Show the session; a POST begins it (pages without script). Nothing of it is shown without leave."""
    row = load_session(request.person, str(session))
    if row.finished:
        return HttpResponseRedirect(reverse("sessions:rate" if row.completed else "sessions:stopped", args=[row.id]))
    state = session_state(request.person, row, request.clock)
    if isinstance(state.leave, Refused):
        return refused(request, state.case, state.leave)
    if request.method == "POST":
        use_cases.begin(request.person, request.clock, row)
        return HttpResponseRedirect(reverse("sessions:play", args=[row.id]))
    return page(
        request,
        "sessions/play.html",
        row=row,
        script=row.script,
        title=title(row.script),
        where=where(row.script),
        picture=shown(*(row.script[key] for key in ("posture", "tool", "site", "side")), state.case.knowledge),
        minutes=minutes(row.script),
        steps=steps_in_words(row.script),
        words=player_words(),
        stops=for_player(load()),
    )


@only("POST")
def done(request: Request, session: str) -> HttpResponse:
    """Finished, or stopped. Ending needs no leave; but what was never begun here cannot be ended without it."""
    row = load_session(request.person, str(session))
    completed = request.POST.get("press") == "finished"
    if not row.started:
        try:
            use_cases.may_play(request.person, request.clock, row)
        except RefusedError as error:
            return refused(request, load_case(request.person, row.case, request.clock), error.stop)
    use_cases.end(request.person, request.clock, row, completed=completed)
    return HttpResponseRedirect(reverse("sessions:rate" if completed else "sessions:stopped", args=[row.id]))
