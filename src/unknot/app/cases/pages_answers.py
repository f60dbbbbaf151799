"""Everything that was said about a complaint, and how to change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from unknot.app.cases import use_cases
from unknot.app.cases.fields import NOT_SURE, UnreadableError, field, read, read_named, spoken
from unknot.app.cases.state import CaseState, load_case
from unknot.app.cases.steps import next_url
from unknot.app.shell.pages import Request, code, meant, only, page
from unknot.case import CaseError
from unknot.messages import render


@only("GET", "HEAD")
def answers(request: Request, case: str) -> HttpResponse:
    """Everything that was said, each with a way to change it."""
    state = load_case(request.person, str(case), request.clock)
    given: Mapping[str, Any] = state.document.get("answers", {})
    rows = [
        {"code": code(state.id, id), "ask": render(f"question.{id}.ask"), "said": spoken(id, value, state.knowledge)}
        for id, value in given.items()
        if id in state.knowledge.questions and id not in ("after_session_signs",)
    ]
    return page(request, "cases/answers.html", state=state, rows=rows)


@only("GET", "HEAD", "POST")
def change(request: Request, case: str, question: str) -> HttpResponse:
    """Change one answer. One that takes back a danger is confirmed on the same page."""
    state = load_case(request.person, str(case), request.clock)
    given = state.document.get("answers", {})
    id = meant(question, given, state.id)
    if id is None:
        raise Http404
    if request.method == "POST":
        try:
            value = read(id, request.POST, state.knowledge)
            return _changed(request, state, id, value)
        except (UnreadableError, CaseError) as error:
            fault = error.message_id if isinstance(error, UnreadableError) else "app.fault.bad_request"
            return _change_page(request, state, id, given[id], fault=fault)
    return _change_page(request, state, id, given[id])


def _changed(request: Request, state: CaseState, id: str, value: Any) -> HttpResponse:
    reason = request.POST.get("reason", "")
    if reason in ("mistake", "gone"):
        use_cases.take_back(request.person, request.clock, state.id, {id: value}, reason)
    elif use_cases.answer(request.person, request.clock, state.id, {id: value}):
        return _change_page(request, state, id, value, confirming=True)
    return HttpResponseRedirect(next_url(use_cases.assess_again(request.person, request.clock, state.id)))


def _change_page(
    request: Request, state: CaseState, id: str, value: Any, fault: str = "", confirming: bool = False
) -> HttpResponse:
    shown = field(id, state.knowledge, value)
    before = spoken(id, state.document["answers"][id], state.knowledge)
    template = "cases/take_back.html" if confirming else "cases/question.html"
    return page(
        request,
        template,
        422 if fault else 200,
        state=state,
        field=shown,
        before=before,
        after=spoken(id, value, state.knowledge),
        press=request.POST.get("press", ""),
        values=request.POST.getlist("value"),
        changing=True,
        fault=fault,
    )


def confirm_taking_back(
    request: Request, state: CaseState, taken: Iterable[use_cases.TakenBack], *, screened: bool = False
) -> HttpResponse:
    """Ask once more before dangers that were named are taken back; ``screened``: the short form ends with it."""
    rows = [
        {
            "code": code(state.id, one.question),
            "ask": render(f"question.{one.question}.ask"),
            "before": spoken(one.question, one.before, state.knowledge),
            "now": spoken(one.question, one.now, state.knowledge),
            "values": _form_values(one.now),
        }
        for one in taken
    ]
    return page(request, "cases/before_confirm.html", state=state, rows=rows, screened=screened)


@only("POST")
def taken_back(request: Request, case: str) -> HttpResponse:
    """What was said before and is denied now: gone, a mistake, or after all still so."""
    state = load_case(request.person, str(case), request.clock)
    for question in state.document.get("answers", {}):
        name = code(state.id, question)
        reason = request.POST.get(f"back-{name}", "")
        try:
            if reason in ("gone", "mistake"):
                value = read_named(question, f"q-{name}", request.POST, state.knowledge)
                use_cases.take_back(request.person, request.clock, state.id, {question: value}, reason)
            elif reason == "keep":
                said = state.document["answers"][question]
                use_cases.answer(request.person, request.clock, state.id, {question: said})
        except (UnreadableError, CaseError):
            return HttpResponseRedirect(reverse("cases:answers", args=[state.id]))
    if "screened" in request.POST:
        use_cases.screened(request.person, request.clock, state.id)
    return HttpResponseRedirect(next_url(use_cases.assess_again(request.person, request.clock, state.id)))


def _form_values(value: Any) -> list[str]:
    """A value as the inputs of a form say it."""
    if value is None:
        return [NOT_SURE]
    if isinstance(value, bool):
        return ["true" if value else "false"]
    return list(value) if isinstance(value, list | tuple) else [str(value)]


@only("POST")
def close(request: Request, case: str) -> HttpResponse:
    """Put the complaint away."""
    use_cases.close(request.person, request.clock, str(case))
    return HttpResponseRedirect(reverse("progress:today"))
