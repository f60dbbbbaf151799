"""What visits cost against owning a tool: the person's own prices, kept with the settings and exported with them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from unknot.app.people.country import change_settings, settings_of
from unknot.app.people.models import Person
from unknot.app.shell.pages import Request, only, page
from unknot.plan.cost import YEAR, Comparison, Prices, compare

FIELDS = ("tool_price", "visit_price", "visits_per_month", "tool_years", "first_visits")
USUAL = {"tool_years": "3", "first_visits": "0"}
MOST = Decimal(1_000_000)


@only("GET", "HEAD", "POST")
def cost(request: Request) -> HttpResponse:
    """The form, and what follows from the figures that are kept."""
    fault = ""
    if request.method == "POST":
        typed = {name: request.POST.get(name, "").strip()[:20].replace(",", ".") for name in FIELDS}
        try:
            compare(prices(typed))
        except ValueError:
            fault = "app.cost.fault"
        else:
            change_settings(request.person, request.clock, {f"cost_{name}": typed[name] for name in FIELDS})
            return HttpResponseRedirect(reverse("library:cost"))
    else:
        typed = kept(request.person)
    fields = [{"name": name, "value": typed[name]} for name in FIELDS]
    found = None if fault else found_from(typed)
    return page(
        request, "library/cost.html", 422 if fault else 200, fields=fields, fault=fault, found=found, tab="learn"
    )


def kept(person: Person) -> dict[str, str]:
    """The figures as they were last typed; the usual ones, or "", where none were."""
    settings = settings_of(person)
    return {name: str(settings.get(f"cost_{name}", USUAL.get(name, ""))) for name in FIELDS}


def prices(typed: Mapping[str, str]) -> Prices:
    """What was typed as figures. Raises ValueError when a figure is missing or makes no sense."""
    try:
        figures = {name: Decimal(typed[name]) for name in FIELDS}
    except InvalidOperation as error:
        raise ValueError("a figure cannot be read") from error
    if not all(0 <= figure <= MOST for figure in figures.values() if figure.is_finite()):
        raise ValueError("a figure is out of range")
    return Prices(
        tool_price=figures["tool_price"],
        visit_price=figures["visit_price"],
        visits_per_month=figures["visits_per_month"],
        tool_months=int(figures["tool_years"] * YEAR) if figures["tool_years"].is_finite() else 0,
        first_visits=int(figures["first_visits"]) if figures["first_visits"].is_finite() else -1,
    )


def found_from(typed: Mapping[str, str]) -> Comparison | None:
    """The comparison, or None while a figure is missing."""
    try:
        return compare(prices(typed))
    except ValueError:
        return None
