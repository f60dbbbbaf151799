"""The next best step on the page of likely spots, and how the last answer moved the ranking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from unknot.app.cases import use_cases
from unknot.app.cases.fields import UnreadableError, field, read
from unknot.app.cases.pages_answers import confirm_taking_back
from unknot.app.cases.state import CaseState, load_case
from unknot.app.cases.steps import next_url
from unknot.app.shell.pages import Request, code, meant, only, page
from unknot.assessment import Assessment
from unknot.case import CaseError
from unknot.detect import detect
from unknot.messages import render
from unknot.safety import pressable
from unknot.safety.asked import not_sure
from unknot.script import Text


class Ranked(Protocol):
    """What of a spot decides about the next step."""

    @property
    def code(self) -> str: ...
    @property
    def pressed(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Step:
    """A press or a question that would tell most: what to say, where it leads, and the reason."""

    kind: str
    url: str
    name: str
    params: Mapping[str, object]
    why: Text
    spot: str = ""  # the opaque name of the spot to press


def next_step(state: CaseState, whole: Assessment, found: Iterable[Ranked]) -> Step | None:
    """The step that would tell most; None when no answer would change where to begin."""
    places = {spot.code: index for index, spot in enumerate(found, 1)}
    for step in whole.detection.ask_next:
        if step.kind == "question" and step.id in state.knowledge.questions:
            url = reverse("cases:ask", args=[state.id, code(state.id, step.id)])
            return Step("question", url, "app.spots.answer", {"question": f"@question.{step.id}.ask"}, step.why)
        if step.kind == "palpation":
            if f"{step.id}|{step.side}" in state.row.presses:
                continue  # pressed, or looked for and not found
            spot = spot_code(state, step.id, step.side or "midline")
            url = reverse("cases:press", args=[state.id, spot])
            if spot in places:
                return Step("press", url, "app.spots.press", {"n": places[spot]}, step.why, spot)
            muscle = f"@muscle.{state.knowledge.sites[step.id].muscle}.name"
            return Step("press", url, "app.spots.press_other", {"muscle": muscle}, step.why, spot)
    return None


def spot_code(state: CaseState, site: str, side: str) -> str:
    """The opaque name of a spot in addresses."""
    return code(state.id, f"{site}|{side}")


def before_last(state: CaseState, after: str) -> Mapping[tuple[str, str], float] | None:
    """How likely each spot was before the press or the answer with this opaque name; None for an unknown name."""
    case = state.case
    if case is None or not after:
        return None
    pressed = [press for press in case.palpation if spot_code(state, press.site, press.side) == after]
    answered = meant(after, case.answers, state.id)
    if pressed:
        case = replace(case, palpation=tuple(press for press in case.palpation if press not in pressed))
    elif answered is not None:
        case = replace(case, answers={key: value for key, value in case.answers.items() if key != answered})
    else:
        return None
    may = pressable(case, state.knowledge, state.history, now=state.clock.now)
    found = detect(
        case, state.knowledge, history=state.history, settled=lambda _, __: True, pressable=lambda site, _: site in may
    )
    return {(one.site, one.side): one.probability for one in found.candidates}


def unclear(state: CaseState) -> list[dict[str, str]]:
    """The gate questions that were answered "not sure", each with the address under which it can be cleared up."""
    if state.case is None:
        return []
    return [
        {
            "ask": render(f"question.{id}.ask"),
            "url": reverse("cases:change", args=[state.id, code(state.id, id)]),
        }
        for id in not_sure(state.case, state.knowledge)
    ]


@only("GET", "HEAD", "POST")
def ask(request: Request, case: str, question: str) -> HttpResponse:
    """One question of the detector; its answer leads back to the ranking, which shows how it moved."""
    state = load_case(request.person, str(case), request.clock)
    id = meant(question, state.knowledge.questions, state.id)
    spots = reverse("cases:spots", args=[state.id])
    if id is None or next_url(state) != spots:
        return HttpResponseRedirect(next_url(state))
    fault = ""
    if request.method == "POST":
        try:
            taken = use_cases.answer(
                request.person, request.clock, state.id, {id: read(id, request.POST, state.knowledge)}
            )
            if taken:
                return confirm_taking_back(request, state, taken)
            url = next_url(use_cases.assess_again(request.person, request.clock, state.id))
            return HttpResponseRedirect(f"{url}?after={question}" if url == spots else url)
        except (UnreadableError, CaseError) as error:
            fault = error.message_id if isinstance(error, UnreadableError) else "app.fault.bad_request"
    given = state.document.get("answers", {}).get(id, "")
    return page(
        request,
        "cases/question.html",
        422 if fault else 200,
        state=state,
        field=field(id, state.knowledge, given),
        back=spots,
        fault=fault,
    )
