"""The short form before each session: one screen with "none of these", then only what was ticked, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect

from unknot.app.cases import use_cases
from unknot.app.cases.fields import NONE, UnreadableError, field, none_of, read_named, spoken
from unknot.app.cases.state import CaseState, load_case
from unknot.app.cases.steps import next_url
from unknot.app.shell.pages import Request, only, page
from unknot.case import CaseError
from unknot.messages import render
from unknot.safety import Tile, before_session


@only("GET", "HEAD", "POST")
def before(request: Request, case: str) -> HttpResponse:
    """Ask, ask closer, confirm what is taken back; each stage posts to the same address."""
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
        if stage == "confirmed":
            return _after_confirming(request, state, tiles)
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


def _after_confirming(request: Request, state: CaseState, tiles: tuple[Tile, ...]) -> HttpResponse:
    """What was said before and is denied now: gone, a mistake, or after all still so."""
    for question in _questions(tiles):
        reason = request.POST.get(f"back-{question}", "")
        if reason in ("gone", "mistake"):
            value = read_named(question, f"q-{question}", request.POST, state.knowledge)
            use_cases.take_back(request.person, request.clock, state.id, {question: value}, reason)
    return _finished(request, state.id)


def _keep(request: Request, state: CaseState, answers: Mapping[str, Any]) -> HttpResponse:
    taken = use_cases.answer(request.person, request.clock, state.id, answers) if answers else []
    if taken:
        rows = [
            {
                "id": one.question,
                "ask": render(f"question.{one.question}.ask"),
                "before": spoken(one.question, one.before, state.knowledge),
                "now": spoken(one.question, one.now, state.knowledge),
                "values": _form_values(one.now),
            }
            for one in taken
        ]
        return page(request, "cases/before_confirm.html", state=state, rows=rows)
    return _finished(request, state.id)


def _finished(request: Request, case: str) -> HttpResponse:
    use_cases.screened(request.person, request.clock, case)
    return HttpResponseRedirect(next_url(use_cases.assess_again(request.person, request.clock, case)))


def _questions(tiles: Iterable[Tile]) -> list[str]:
    return list(dict.fromkeys(question for tile in tiles for question in tile.questions))


def _none(questions: Iterable[str], state: CaseState) -> dict[str, Any]:
    """No to each: false, or "none of these" of a list."""
    known = state.knowledge.questions
    return {
        question: False if known[question].type == "bool" else none_of(known[question])
        for question in questions
        if known[question].type in ("bool", "many_of")
    }


def _form_values(value: Any) -> list[str]:
    if isinstance(value, bool):
        return ["true" if value else "false"]
    return [] if value is None else [str(one) for one in (value if isinstance(value, list) else [value])]
