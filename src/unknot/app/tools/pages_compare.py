"""Two tools side by side on one spot: in words first, the figures one tap deeper."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from unknot.app.journal.models import PersonTable
from unknot.app.people.models import Person
from unknot.app.shell.pages import Request, only, page
from unknot.app.tools import use_cases
from unknot.dose.bands import Band
from unknot.dose.checks import DoseError
from unknot.dose.compare import SET_SIDE_BY_SIDE, Comparison, compare_tools
from unknot.knowledge import Knowledge, load
from unknot.knowledge.model import Tool
from unknot.messages import render
from unknot.plan.steps import GRAVITY
from unknot.record import PersonRow, person_facts

ALIKE = 1.25  # two middles closer than this are told as about the same: the model knows no better
USUAL = ("rubber_ball_63", "golf_ball")
BUILD = ("mass_kg", "height_cm", "sex")
SPOTS = ("rh1", "inf1", "qls1", "icl1", "gmd2", "gmx2", "pf1", "lat1")
"""Spots on which people press with such things, one for each part of the back, the shoulder and the hip."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its name, the word for its pressure, and the push in kilograms."""

    name: str
    word: str
    lo_kg: float
    hi_kg: float


@only("GET", "HEAD", "POST")
def compare(request: Request) -> HttpResponse:
    """The form, and what the two do; a form that is sent, so that no address names a spot."""
    knowledge = load()
    choices = _choices(request.person, knowledge)
    spots = [site for site in SPOTS if site in knowledge.sites]
    a, b, site = (request.POST.get(name, "") for name in ("a", "b", "site"))
    if a not in choices or b not in choices or site not in spots:
        a, b, site = *USUAL, spots[0]
    found = _found(choices[a][1], choices[b][1], site, request.person, knowledge) if request.method == "POST" else None
    return page(
        request,
        "tools/compare.html",
        choices=[{"id": id, "name": name} for id, (name, _) in choices.items()],
        spots=[{"id": one, "name": _spot(one, knowledge)} for one in spots],
        a=a,
        b=b,
        site=site,
        asked=request.method == "POST",
        sides=None if found is None else _sides(found, choices[a][0], choices[b][0]),
        position=None if found is None else render(f"posture.{found.a.posture}"),
        said=[] if found is None else _said(found, choices[b][0]),
        figures=[] if found is None else _figures(found),
        tab="learn",
    )


def _choices(person: Person, knowledge: Knowledge) -> dict[str, tuple[str, str | Tool]]:
    """What can be compared: the person's own first, then things that people own."""
    own = {id: (tool.name, tool.made()) for id, tool in use_cases.all_of(person).items()}
    return {**own, **{id: (render(f"tool_model.{id}"), id) for id in knowledge.tool_models}}


def _spot(site: str, knowledge: Knowledge) -> str:
    return render(f"muscle.{knowledge.sites[site].muscle}.name")


def _found(a: str | Tool, b: str | Tool, site: str, person: Person, knowledge: Knowledge) -> Comparison | None:
    """The two in the first position in which both can press there; None where there is none."""
    document = PersonTable.objects.filter(pk=str(person.id)).values_list("document", flat=True).first()
    facts = {} if document is None else person_facts(PersonRow(**document))
    build = {name: facts[name] for name in BUILD if facts.get(name) is not None}
    for posture in knowledge.dose["order"]["postures"]:
        try:
            return compare_tools(a, b, site, posture, knowledge=knowledge, **build)
        except DoseError:
            continue
    return None


def _sides(found: Comparison, *names: str) -> list[Side]:
    return [
        Side(name, dose.gentleness, dose.force_n.p05 / GRAVITY, dose.force_n.p95 / GRAVITY)
        for name, dose in zip(names, (found.a, found.b), strict=True)
    ]


def _said(found: Comparison, second: str) -> list[str]:
    """What the second does against the first, on the skin and in the muscle."""
    said = []
    for quantity in ("mean_pressure_kpa", "muscle_surface_kpa"):
        if quantity in found.ratios:
            ratio = found.ratios[quantity]
            way = "same" if 1 / ALIKE < ratio < ALIKE else "more" if ratio > 1 else "less"
            times = f"{max(ratio, 1 / ratio):.1f}"
            said.append(render(f"app.tools.{quantity}.{way}", {"tool": second, "times": times}))
    return said


def _figures(found: Comparison) -> list[dict[str, str]]:
    rows = []
    for quantity in SET_SIDE_BY_SIDE:
        bands: tuple[Band | None, Band | None] = (getattr(found.a, quantity), getattr(found.b, quantity))
        if all(bands):
            rows.append({"name": f"app.tools.figure.{quantity}", "a": _band(bands[0]), "b": _band(bands[1])})
    return rows


def _band(band: Band | None) -> str:
    """Nine times in ten between these; two digits, for more would claim too much."""
    assert band is not None
    lo, hi = (f"{float(f'{end:.2g}'):g}" for end in (band.p05, band.p95))
    return render("app.tools.between", {"lo": lo, "hi": hi})
