"""The short form before each session: one screen with "none of these", then only what was ticked, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect

from unknot.app.cases import use_cases
from unknot.app.cases.fields import NONE, UnreadableError, field, read_named
from unknot.app.cases.pages_answers import confirm_taking_back
from unknot.app.cases.state import CaseState, load_case
from unknot.app.cases.steps import next_url
from unknot.app.shell.pages import Request, only, page
from unknot.case import CaseError
from unknot.safety import Tile, before_session
from unknot.safety.asked import deniable, denied


@only("GET", "HEAD", "POST")
def before(request: Request, case: str) -> HttpResponse:
    """Ask, then ask closer what was ticked; both stages post to the same address."""
    state = load_case(request.person, str(case), request.clock)
    if state.case is None:
        return HttpResponseRedirect(next_url(state))
    tiles = before_session(state.case, state.knowledge)
    stage = request.POST.get("stage", "")
    try:
        if stage == "ticked":
            return _after_ticking(request, state, tiles)
        if stage == "closer":
            return _after_closer(request, state, tiles)
    except (UnreadableError, CaseError) as error:
        fault = error.message_id if isinstance(error, UnreadableError) else "app.fault.bad_request"
        return page(request, "cases/before.html", 422, state=state, tiles=tiles, fault=fault)
    return page(request, "cases/before.html", state=state, tiles=tiles)


def _after_ticking(request: Request, state: CaseState, tiles: tuple[Tile, ...]) -> HttpResponse:
    ticked = set() if request.POST.get("press") == NONE else set(request.POST.getlist("tile"))
    if request.POST.get("press") != NONE and not ticked:
        raise UnreadableError("app.check.tick_or_none")
    closer = [tile for tile in tiles if tile.id in ticked]
    clear = [tile for tile in tiles if tile.id not in ticked]
    if closer:
        fields = [field(question, state.knowledge, "") for question in _questions(closer)]
        return page(
            request, "cases/before_closer.html", state=state, fields=fields, ticked=[tile.id for tile in closer]
        )
    return _keep(request, state, _none(_questions(clear), state))


def _after_closer(request: Request, state: CaseState, tiles: tuple[Tile, ...]) -> HttpResponse:
    ticked = set(request.POST.getlist("tile"))
    asked = _questions(tile for tile in tiles if tile.id in ticked)
    others = _questions(tile for tile in tiles if tile.id not in ticked)
    answers = {question: read_named(question, f"q-{question}", request.POST, state.knowledge) for question in asked}
    return _keep(request, state, {**_none([one for one in others if one not in answers], state), **answers})


def _keep(request: Request, state: CaseState, answers: Mapping[str, Any]) -> HttpResponse:
    taken = use_cases.answer(request.person, request.clock, state.id, answers) if answers else []
    if taken:
        return confirm_taking_back(request, state, taken, screened=True)
    return _finished(request, state.id)


def _finished(request: Request, case: str) -> HttpResponse:
    use_cases.screened(request.person, request.clock, case)
    return HttpResponseRedirect(next_url(use_cases.assess_again(request.person, request.clock, case)))


def _questions(tiles: Iterable[Tile]) -> list[str]:
    return list(dict.fromkeys(question for tile in tiles for question in tile.questions))


def _none(questions: Iterable[str], state: CaseState) -> dict[str, Any]:
    """No to each that can be denied."""
    return {q: denied(q, state.knowledge) for q in questions if deniable(q, state.knowledge)}
