"""Where it hurts: the list of regions (the body map fills the same form), left and right confirmed, and who it is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from unknot import body
from unknot.app.cases import use_cases
from unknot.app.cases.drawings import beside_the_last
from unknot.app.cases.fields import Field, UnreadableError, field, number
from unknot.app.cases.state import CaseState, load_case
from unknot.app.cases.steps import next_url
from unknot.app.people.country import body_of
from unknot.app.shell.pages import Request, only, page
from unknot.case import CaseError
from unknot.knowledge import Knowledge
from unknot.knowledge.model import Region, Side
from unknot.messages import catalogue, render

MOST_AREAS = 40


@only("POST")
def new(request: Request) -> HttpResponse:
    """Begin a complaint."""
    id = use_cases.start(request.person, request.clock)
    if request.POST.get("first") == "danger":
        return HttpResponseRedirect(reverse("cases:you", args=[id]))
    return HttpResponseRedirect(reverse("cases:pain", args=[id]))


@only("GET", "HEAD")
def resume(request: Request, case: str) -> HttpResponse:
    """Go on where it was left."""
    return HttpResponseRedirect(next_url(load_case(request.person, str(case), request.clock)))


@only("GET", "HEAD", "POST")
def pain(request: Request, case: str) -> HttpResponse:
    """Choose the places."""
    state = load_case(request.person, str(case), request.clock)
    areas = state.row.pain.get("areas", [])
    if request.method == "POST" and request.POST.get("press") != "search":
        try:
            drawn = _drawn(request, areas)
            if not drawn:
                raise UnreadableError("app.pain.choose_one")
            use_cases.paint(request.person, request.clock, state.id, drawn, confirmed=False)
            return HttpResponseRedirect(reverse("cases:confirm", args=[state.id]))
        except (UnreadableError, CaseError) as error:
            fault = error.message_id if isinstance(error, UnreadableError) else "app.fault.bad_request"
            return _pain_page(request, state, areas, fault, 422)
    if request.method == "POST":
        areas = _listed(request, areas)
    return _pain_page(request, state, areas)


def _pain_page(
    request: Request, state: CaseState, areas: list[dict[str, Any]], fault: str = "", status: int = 200
) -> HttpResponse:
    query = request.POST.get("query", "").strip()
    return page(
        request,
        "cases/pain.html",
        status,
        state=state,
        drawing=json.dumps(areas),
        body=body_of(request.person),
        bodies=" ".join(body.BODIES),
        words=_map_words(state.knowledge),
        overlays=_overlays(state.knowledge),
        groups=_region_groups(state.knowledge, areas, query),
        query=query,
        fault=fault,
    )


def _map_words(knowledge: Knowledge) -> dict[str, str]:
    """The sentences of the body map, as templates by id: it renders them in the browser."""
    ids = [
        *(id for id in catalogue() if id.startswith("bodymap.")),
        *(f"region.{region}" for region in knowledge.regions),
        *(f"side.{side}" for side in ("left", "right", "midline")),
        *(f"answer.qualities.{quality}" for quality in knowledge.questions["qualities"].values),
    ]
    templates = catalogue()
    return {id: templates[id] for id in ids}


def _overlays(knowledge: Knowledge) -> dict[str, list[str]]:
    """Bands and depths, which have no shape of their own, and the areas they are drawn as: "region@side"."""
    return {
        f"{region.id}@{side}": [f"{part}@{of}" for part, of in body.made_of(region.id, side, knowledge.regions)]
        for region in knowledge.regions.values()
        if region.shape != "area"
        for side in _sides(region)
    }


def _sides(region: Region) -> tuple[Side, ...]:
    return ("left", "right") if region.lateral else ("midline",)


def _region_groups(knowledge: Knowledge, areas: Iterable[dict[str, Any]], query: str) -> list[dict[str, Any]]:
    """The regions by body group; those that a search does not find are left out unless they are chosen."""
    chosen = {(area["region"], area["side"]) for area in areas}
    groups: dict[str, list[dict[str, Any]]] = {}
    for region in knowledge.regions.values():
        name = render(f"region.{region.id}")
        boxes = [
            {"value": f"{region.id}|{side}", "side": side, "chosen": (region.id, side) in chosen}
            for side in _sides(region)
        ]
        if not query or query.lower() in name.lower() or any(box["chosen"] for box in boxes):
            groups.setdefault(region.group, []).append({"id": region.id, "name": name, "boxes": boxes})
    return [
        {
            "name": render(f"region_group.{group}"),
            "regions": regions,
            "open": bool(query) or any(box["chosen"] for region in regions for box in region["boxes"]),
        }
        for group, regions in groups.items()
    ]


def _drawn(request: Request, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The areas of a form: the body map's drawing if it has one, else the ticked list. Raises UnreadableError."""
    drawing = request.POST.get("drawing", "")
    if not drawing:
        return _listed(request, before)
    try:
        areas = json.loads(drawing)
        known = {"region", "side", "intensity", "coverage", "qualities"}
        # What was not said of a place (no strength, no quality) is left out: null would read as "not sure".
        return [{key: area[key] for key in known & area.keys() if area[key] is not None} for area in areas[:MOST_AREAS]]
    except (ValueError, TypeError, AttributeError):
        raise UnreadableError("app.fault.bad_request") from None


def _listed(request: Request, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The ticked places; a place that was there before keeps what was said about it."""
    old = {f"{area['region']}|{area['side']}": area for area in before}
    places = dict.fromkeys(request.POST.getlist("place"))
    if any(place.count("|") != 1 for place in places):
        raise UnreadableError("app.fault.bad_request")
    return [
        old.get(place) or dict(zip(("region", "side"), place.split("|"), strict=True))
        for place in list(places)[:MOST_AREAS]
    ]


@only("GET", "HEAD", "POST")
def confirm(request: Request, case: str) -> HttpResponse:
    """Say again, in words, which side it is; how strong, where the map did not ask; and once, age and sex."""
    state = load_case(request.person, str(case), request.clock)
    areas = state.row.pain.get("areas", [])
    if not areas:
        return HttpResponseRedirect(reverse("cases:pain", args=[state.id]))
    if request.method == "POST":
        try:
            told = [_told(request, index, area, state.knowledge) for index, area in enumerate(areas)]
            if _unknown(state):
                use_cases.describe(request.person, request.clock, _facts(request, state.knowledge))
            use_cases.paint(request.person, request.clock, state.id, _merged(told), confirmed=True)
            qualities = request.POST.getlist("quality")
            if qualities:
                use_cases.answer(request.person, request.clock, state.id, {"qualities": qualities})
        except (UnreadableError, CaseError) as error:
            fault = error.message_id if isinstance(error, UnreadableError) else "app.fault.bad_request"
            return _confirm_page(request, state, areas, fault, 422)
        return HttpResponseRedirect(next_url(use_cases.assess_again(request.person, request.clock, state.id)))
    return _confirm_page(request, state, areas)


def _confirm_page(
    request: Request, state: CaseState, areas: list[dict[str, Any]], fault: str = "", status: int = 200
) -> HttpResponse:
    shown = [
        {
            "name": render(f"region.{area['region']}"),
            "side": area["side"],
            "lateral": state.knowledge.regions[area["region"]].lateral,
            "said": area.get("intensity"),
            "given": request.POST.get(f"intensity-{index}", ""),
            "field": f"intensity-{index}",
        }
        for index, area in enumerate(areas)
    ]
    qualities = field("qualities", state.knowledge, state.document.get("answers", {}).get("qualities"))
    return page(
        request,
        "cases/confirm.html",
        status,
        state=state,
        areas=shown,
        scale=range(11),
        qualities=None if any("qualities" in area for area in areas) else qualities,
        fields=_person_fields(request, state, ("age", "sex")) if _unknown(state) else {},
        last=beside_the_last(request.person, areas, request.clock.today),
        fault=fault,
    )


def _unknown(state: CaseState) -> bool:
    """Whether nobody has asked yet who this is."""
    return "age" not in state.document["person"] or "sex" not in state.document["person"]


def _person_fields(request: Request, state: CaseState, ids: Iterable[str]) -> dict[str, Field]:
    facts = state.document["person"]
    return {id: field(id, state.knowledge, request.POST.get(id, facts.get(id, ""))) for id in ids}


def _told(request: Request, index: int, area: dict[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    said = request.POST.get(f"intensity-{index}", "")
    strength = area["intensity"] if "intensity" in area and not said else number(said, knowledge.questions["intensity"])
    lateral = knowledge.regions[area["region"]].lateral
    side = request.POST.get(f"side-{index}", area["side"]) if lateral else "midline"
    return {**area, "side": side, "intensity": strength}


def _merged(areas: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One entry per place: when two became the same side, the stronger one stays."""
    best: dict[tuple[str, str], dict[str, Any]] = {}
    for area in areas:
        key = (area["region"], area["side"])
        if key not in best or area["intensity"] > best[key]["intensity"]:
            best[key] = area
    return list(best.values())


@only("GET", "HEAD", "POST")
def you(request: Request, case: str) -> HttpResponse:
    """Age, sex and, if the person likes, weight."""
    state = load_case(request.person, str(case), request.clock)
    fault = ""
    if request.method == "POST":
        try:
            use_cases.describe(request.person, request.clock, _facts(request, state.knowledge))
            return HttpResponseRedirect(_after_you(use_cases.assess_again(request.person, request.clock, state.id)))
        except (UnreadableError, CaseError) as error:
            fault = error.message_id if isinstance(error, UnreadableError) else "app.fault.bad_request"
    fields = _person_fields(request, state, ("age", "sex", "mass_kg"))
    return page(request, "cases/you.html", 422 if fault else 200, state=state, fields=fields, fault=fault)


def _after_you(state: CaseState) -> str:
    """Who came in a hurry goes to the danger signs before the drawing."""
    if not state.row.pain.get("areas") and state.triage is not None and state.triage.level != "emergency":
        return reverse("cases:check", args=[state.id])
    return next_url(state)


def _facts(request: Request, knowledge: Knowledge) -> dict[str, Any]:
    facts: dict[str, Any] = {"age": number(request.POST.get("age", ""), knowledge.questions["age"])}
    sex = request.POST.get("sex", "")
    if sex not in knowledge.questions["sex"].values:
        raise UnreadableError("app.check.choose_one")
    facts["sex"] = sex
    weight = request.POST.get("mass_kg", "").strip()
    if weight:
        facts["mass_kg"] = number(weight, knowledge.questions["mass_kg"])
    return facts
