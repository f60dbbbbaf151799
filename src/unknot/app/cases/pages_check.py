"""The safety questions: a screen of at most six facts with "none of these", a short form, or one question at a time."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect

from unknot.app.cases import use_cases
from unknot.app.cases.fields import NONE, NOT_SURE, UnreadableError, condition_choices, field, read, read_on_form
from unknot.app.cases.form import form_fields, optional, yes_no
from unknot.app.cases.pages_answers import confirm_taking_back
from unknot.app.cases.state import CaseState, load_case
from unknot.app.cases.steps import all_screens, next_url, open_page
from unknot.app.shell.pages import Request, code, only, page
from unknot.case import CaseError
from unknot.safety import Page
from unknot.safety.asked import denied
from unknot.safety.gatebook import CONDITIONS

ONE_BY_ONE = "one"


@only("GET", "HEAD", "POST")
def check(request: Request, case: str) -> HttpResponse:
    """The next page of questions, or its answer."""
    state = load_case(request.person, str(case), request.clock)
    asked = open_page(state, ticked=_ticked_before(request, state), singly=_singly(request))
    if asked is None:
        return HttpResponseRedirect(next_url(state))
    if request.method == "POST":
        return _answered(request, state, asked)
    return _show(request, state, asked)


def _singly(request: Request) -> bool:
    return request.GET.get("how") == ONE_BY_ONE


def _ticked_before(request: Request, state: CaseState) -> list[str]:
    """The tiles that were ticked on the page before and hold more than one fact."""
    names = request.GET.getlist("closer")
    return [tile.id for screen in all_screens(state) for tile in screen.tiles if code(state.id, tile.id) in names]


def _show(request: Request, state: CaseState, asked: Page, fault: str = "", status: int = 200) -> HttpResponse:
    shown = {"state": state, "asked": asked, "title": asked.title, "fault": fault, "token": _token(asked)}
    shown |= _where(state, asked)
    first = asked.questions[0]
    if asked.kind == "tiles":
        return page(request, "cases/tiles.html", status, **shown)
    if asked.kind == "form":
        return page(
            request, "cases/form.html", status, fields=form_fields(asked, state, request.POST), yes_no=yes_no(), **shown
        )
    if asked.kind == "conditions":
        group = first.removeprefix(CONDITIONS)
        choices = condition_choices(group, state.knowledge, state.document["person"])
        return page(request, "cases/conditions.html", status, choices=choices, **shown)
    return page(request, "cases/question.html", status, field=field(first, state.knowledge, ""), **shown)


def _token(asked: Page) -> str:
    """What a page asks, so that an answer to an old page is not taken for an answer to the present one."""
    return (
        asked.screen.id if asked.kind in ("tiles", "form") and asked.title == asked.screen.title else asked.questions[0]
    )


def _where(state: CaseState, asked: Page) -> dict[str, Any]:
    order = [one.id for one in all_screens(state)]
    at = order.index(asked.screen.id) + 1
    return {"at": at, "of": len(order), "bars": [n < at for n in range(len(order))]}


def _answered(request: Request, state: CaseState, asked: Page) -> HttpResponse:
    if request.POST.get("asked", "") != _token(asked):
        return HttpResponseRedirect(next_url(state))  # an old page came back: show what is asked now
    ticked = list(request.GET.getlist("closer"))
    try:
        if asked.kind == "tiles" and request.POST.get("press") == NOT_SURE:
            return HttpResponseRedirect(f"{request.path}?{urlencode({'how': ONE_BY_ONE})}")
        answers = _said(request, state, asked)
        if asked.kind == "tiles":
            ticked += [code(state.id, tile.id) for tile in asked.tiles if not answers.keys() & set(tile.questions)]
        taken = keep(request, state, answers)
    except UnreadableError as error:
        return _show(request, state, asked, error.message_id, 422)
    except CaseError:
        return _show(request, state, asked, "app.fault.bad_request", 422)
    if taken:
        return confirm_taking_back(request, state, taken)
    return HttpResponseRedirect(_on(request, state.id, asked, ticked))


def _said(request: Request, state: CaseState, asked: Page) -> dict[str, Any]:
    """The answers of a page. Raises UnreadableError."""
    if asked.kind == "tiles":
        return _from_tiles(request, state, asked)
    if asked.kind == "form":
        may_lack = optional(asked)
        return {q: read_on_form(q, request.POST, state.knowledge, needed=q not in may_lack) for q in asked.questions}
    first = asked.questions[0]
    return {
        first: _conditions(request, state, first)
        if asked.kind == "conditions"
        else read(first, request.POST, state.knowledge)
    }


def _from_tiles(request: Request, state: CaseState, asked: Page) -> dict[str, Any]:
    """Ticked facts are yes, the others are denied. A ticked tile of several facts or a list is left open."""
    ticked = set() if request.POST.get("press") == NONE else set(request.POST.getlist("tile"))
    if request.POST.get("press") != NONE and not ticked:
        raise UnreadableError("app.check.tick_or_none")
    answers: dict[str, Any] = {}
    for tile in asked.tiles:
        if tile.id not in ticked:
            answers |= {question: denied(question, state.knowledge) for question in tile.questions}
        elif len(tile.questions) == 1 and denied(tile.questions[0], state.knowledge) is False:
            answers[tile.questions[0]] = True
    return answers


def _conditions(request: Request, state: CaseState, question: str) -> list[str]:
    named = [] if request.POST.get("press") == NONE else request.POST.getlist("value")
    if request.POST.get("press") != NONE and not named:
        raise UnreadableError("app.check.tick_or_none")
    group = question.removeprefix(CONDITIONS)
    if not {id for id, one in state.knowledge.conditions.items() if one.group == group}.issuperset(named):
        raise UnreadableError("app.fault.bad_request")
    return named


def keep(request: Request, state: CaseState, answers: dict[str, Any]) -> list[use_cases.TakenBack]:
    """Keep answers where they belong: with the person, or with the complaint. Returns what must be confirmed first."""
    known = state.knowledge.questions
    own = {q: value for q, value in answers.items() if q.startswith(CONDITIONS) or known[q].group == "person"}
    facts = {q: value for q, value in own.items() if value is not None}
    if facts:
        use_cases.describe(request.person, request.clock, facts)
    rest = {q: value for q, value in answers.items() if q not in own}
    return use_cases.answer(request.person, request.clock, state.id, rest) if rest else []


def _on(request: Request, case: str, asked: Page, ticked: list[str]) -> str:
    state = use_cases.assess_again(request.person, request.clock, case)
    url = next_url(state)
    if not url.endswith("/check/"):
        return url
    after = open_page(state, singly=_singly(request))
    still_here = after is not None and after.screen.id == asked.screen.id
    if still_here and _singly(request):
        return f"{url}?{urlencode({'how': ONE_BY_ONE})}"
    return f"{url}?{urlencode({'closer': ticked}, doseq=True)}" if still_here and ticked else url
