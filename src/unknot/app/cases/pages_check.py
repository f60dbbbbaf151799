"""The safety questions: a screen of at most six facts with "none of these", or one question at a time."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from unknot.app.cases import use_cases
from unknot.app.cases.fields import NONE, NOT_SURE, UnreadableError, condition_choices, field, read
from unknot.app.cases.state import CaseState, condition_groups, load_case
from unknot.app.cases.steps import all_screens, next_url, open_screen
from unknot.app.shell.pages import Request, only, page
from unknot.case import CaseError
from unknot.safety import Screen, Tile

ONE_BY_ONE = "one"


@only("GET", "HEAD", "POST")
def check(request: Request, case: str) -> HttpResponse:
    """The next screen, or its answer."""
    state = load_case(request.person, str(case), request.clock)
    screen = open_screen(state)
    if screen is None or state.case is None:
        return HttpResponseRedirect(next_url(state))
    one_by_one = request.GET.get("how") == ONE_BY_ONE
    if request.method == "POST":
        return _answered(request, state, screen, one_by_one)
    return _show(request, state, screen, one_by_one)


def _show(
    request: Request, state: CaseState, screen: Screen, one_by_one: bool, fault: str = "", status: int = 200
) -> HttpResponse:
    tiles = together(screen, state)
    shown = {**_where(state, screen), "state": state, "screen": screen, "fault": fault}
    shown["asked"] = asked(state, screen, one_by_one)
    if tiles and not one_by_one:
        return page(request, "cases/tiles.html", status, tiles=tiles, **shown)
    id = screen.unanswered[0]
    if id == "conditions":
        return page(request, "cases/conditions.html", status, **_conditions(state), **shown)
    return page(request, "cases/question.html", status, field=field(id, state.knowledge, ""), **shown)


def together(screen: Screen, state: CaseState) -> tuple[Tile, ...]:
    """The yes/no facts that can be shown on one screen: nothing of them is answered yet, and there are two or more."""
    first = screen.unanswered[0]
    if not _yes_no(first, state):
        return ()
    tiles = tuple(tile for tile in screen.tiles if all(_yes_no(question, state) for question in tile.questions))
    questions = [question for tile in tiles for question in tile.questions]
    fresh = all(question in screen.unanswered for question in questions)
    return tiles if fresh and len(questions) > 1 else ()


def _yes_no(question: str, state: CaseState) -> bool:
    return question in state.knowledge.questions and state.knowledge.questions[question].type == "bool"


def _where(state: CaseState, screen: Screen) -> dict[str, Any]:
    order = [one.id for one in all_screens(state)]
    at = order.index(screen.id) + 1
    return {"at": at, "of": len(order), "bars": [n < at for n in range(len(order))]}


def _conditions(state: CaseState) -> dict[str, Any]:
    """The first group of conditions that was not asked yet."""
    groups = condition_groups(state.knowledge)
    asked = state.person.facts if state.person else {}
    group = next((one for one in groups if f"conditions.{one}" not in asked), groups[-1])
    return {
        "group": group,
        "heading": f"condition_group.{group}",
        "choices": condition_choices(group, state.knowledge, state.document["person"]),
        "group_at": groups.index(group) + 1,
        "group_of": len(groups),
    }


def _answered(request: Request, state: CaseState, screen: Screen, one_by_one: bool) -> HttpResponse:
    tiles = together(screen, state)
    if request.POST.get("asked", "") != asked(state, screen, one_by_one):
        return HttpResponseRedirect(next_url(state))  # an old page came back: show what is asked now
    try:
        if tiles and not one_by_one:
            if request.POST.get("press") == NOT_SURE:
                return HttpResponseRedirect(reverse("cases:check", args=[state.id]) + f"?how={ONE_BY_ONE}")
            taken = use_cases.answer(request.person, request.clock, state.id, _from_tiles(request, tiles))
        elif screen.unanswered[0] == "conditions":
            return _keep_conditions(request, state)
        else:
            id = screen.unanswered[0]
            value = read(id, request.POST, state.knowledge)
            taken = keep_answer(request, state, id, value)
    except UnreadableError as error:
        return _show(request, state, screen, one_by_one, error.message_id, 422)
    except CaseError:
        return _show(request, state, screen, one_by_one, "app.fault.bad_request", 422)
    if taken:
        return HttpResponseRedirect(reverse("cases:answers", args=[state.id]))
    return HttpResponseRedirect(_on(request, state.id, screen.id, one_by_one))


def asked(state: CaseState, screen: Screen, one_by_one: bool) -> str:
    """What a page asks, so that an answer to an old page is not taken for an answer to the present one."""
    if together(screen, state) and not one_by_one:
        return screen.id
    first = screen.unanswered[0]
    return f"{first}.{_conditions(state)['group']}" if first == "conditions" else first


def _from_tiles(request: Request, tiles: tuple[Tile, ...]) -> dict[str, bool]:
    """Ticked facts are yes, the others no. A ticked tile of several facts is left open: they are asked one by one."""
    ticked = set() if request.POST.get("press") == NONE else set(request.POST.getlist("tile"))
    if request.POST.get("press") != NONE and not ticked:
        raise UnreadableError("app.check.tick_or_none")
    answers: dict[str, bool] = {}
    for tile in tiles:
        if tile.id not in ticked:
            answers |= dict.fromkeys(tile.questions, False)
        elif len(tile.questions) == 1:
            answers[tile.questions[0]] = True
    return answers


def keep_answer(request: Request, state: CaseState, id: str, value: Any) -> list[use_cases.TakenBack]:
    """Keep one answer where it belongs: with the person, or with the complaint."""
    if state.knowledge.questions[id].group == "person":
        if value is not None:
            use_cases.describe(request.person, request.clock, {id: value})
        return []
    return use_cases.answer(request.person, request.clock, state.id, {id: value})


def _keep_conditions(request: Request, state: CaseState) -> HttpResponse:
    group = _conditions(state)["group"]
    named = [] if request.POST.get("press") == NONE else request.POST.getlist("value")
    if request.POST.get("press") != NONE and not named:
        raise UnreadableError("app.check.tick_or_none")
    known = {id for id, condition in state.knowledge.conditions.items() if condition.group == group}
    if not known.issuperset(named):
        raise UnreadableError("app.fault.bad_request")
    use_cases.describe(request.person, request.clock, {f"conditions.{group}": named})
    return HttpResponseRedirect(_on(request, state.id, "", False))


def _on(request: Request, case: str, screen: str, one_by_one: bool) -> str:
    state = use_cases.assess_again(request.person, request.clock, case)
    url = next_url(state)
    after = open_screen(state)
    still_here = one_by_one and after is not None and after.id == screen
    return f"{url}?how={ONE_BY_ONE}" if still_here and url.endswith("/check/") else url
