"""Routines: the list, building one, sharing it as a file, and bringing in one that somebody shared."""

from __future__ import annotations

import json

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from unknot.app.routines import use_cases
from unknot.app.routines.words import item_words, sides_of, spot_choices, ways
from unknot.app.shell.pages import Request, only, page
from unknot.app.tools.use_cases import all_of as own_tools
from unknot.knowledge import load
from unknot.messages import render
from unknot.record import RecordError
from unknot.record.kinds import LONGEST_NAME, MOST_ITEMS
from unknot.record.routine import Item, Routine, read_routine, write_routine
from unknot.script import Form

LARGEST = 64 * 1024
MOST_FAULTS = 10


@only("GET", "HEAD")
def listing(request: Request) -> HttpResponse:
    """Every routine of the person."""
    found = use_cases.all_of(request.person)
    return page(request, "routines/list.html", routines=found.items())


@only("POST")
def new(request: Request) -> HttpResponse:
    """A routine with nothing in it yet."""
    first = Routine(name=render("app_routines.edit.first_name"), items=())
    id = use_cases.save(request.person, request.clock, first)
    return HttpResponseRedirect(reverse("routines:edit", args=[id]))


@only("GET", "HEAD", "POST")
def edit(request: Request, routine: str) -> HttpResponse:
    """Name, order and spots. Adding a spot takes two pages: which one, and with what in which position."""
    id = str(routine)
    kept = use_cases.one_of(request.person, id)
    press, _, number = request.POST.get("press", "").partition("-")
    if press == "remove":
        use_cases.remove(request.person, request.clock, id)
        return HttpResponseRedirect(reverse("routines:list"))
    if press in ("spot", "way"):
        return _add(request, id, kept, press)
    changed = _changed(request, kept, press, int(number) if number.isdigit() else -1)
    if changed is not None:
        use_cases.save(request.person, request.clock, changed, id)
        return HttpResponseRedirect(reverse("routines:edit", args=[id]))
    return page(
        request,
        "routines/edit.html",
        id=id,
        routine=kept,
        items=[item_words(item) for item in kept.items],
        full=len(kept.items) >= MOST_ITEMS,
        most=MOST_ITEMS,
        longest=LONGEST_NAME,
        groups=spot_choices(load()),
    )


def _changed(request: Request, kept: Routine, press: str, number: int) -> Routine | None:
    """What a button of the page makes of the routine; None for none of them."""
    name = request.POST.get("name", "").strip()[:LONGEST_NAME]
    if press == "name" and name.isprintable() and name:
        return Routine(name=name, items=kept.items)
    items = list(kept.items)
    if press in ("up", "out") and 0 <= number < len(items):
        item = items.pop(number)
        if press == "up":
            items.insert(max(number - 1, 0), item)
        return use_cases.with_items(kept, items)
    return None


def _add(request: Request, id: str, kept: Routine, press: str) -> HttpResponse:
    """The second page, and what it adds."""
    knowledge = load()
    site, side = request.POST.get("site", ""), request.POST.get("side", "")
    sides = sides_of(site, knowledge)
    if not sides or len(kept.items) >= MOST_ITEMS:
        return HttpResponseRedirect(reverse("routines:edit", args=[id]))
    side = side if side in sides else sides[0]
    possible = ways(site, knowledge, own_tools(request.person).values())
    chosen = next((way for way in possible if way.key == request.POST.get("way")), None)
    if press == "way" and chosen is not None:
        form = Form(
            length="short" if request.POST.get("length") == "short" else "full",
            no_floor="no_floor" in request.POST,
            both_sides="both_sides" in request.POST,
        )
        item = Item(
            site=site, side=side, tool=chosen.tool, posture=chosen.posture, form=form, described=chosen.described
        )
        use_cases.save(request.person, request.clock, use_cases.with_items(kept, [*kept.items, item]), id)
        return HttpResponseRedirect(reverse("routines:edit", args=[id]))
    return page(
        request,
        "routines/way.html",
        422 if press == "way" else 200,
        id=id,
        site=site,
        side=side,
        where=f"site.{site}.where",
        muscle=f"@muscle.{knowledge.sites[site].muscle}.name",
        side_words=f"@side.{side}",
        ways=possible,
        fault="app_routines.way.choose_one" if press == "way" else "",
    )


@only("GET", "HEAD")
def share(request: Request, routine: str) -> HttpResponse:
    """The routine as a file: its name and its list, nothing about the person."""
    document = write_routine(use_cases.one_of(request.person, str(routine)))
    answer = JsonResponse(document, json_dumps_params={"indent": 1, "ensure_ascii": False})
    answer.headers["Content-Disposition"] = 'attachment; filename="unknot-routine.json"'
    return answer


@only("GET", "HEAD", "POST")
def bring(request: Request) -> HttpResponse:
    """Read a file that somebody shared; nothing of a bad one is kept."""
    faults: list[str] = []
    if request.method == "POST":
        try:
            routine = _read(request)
            id = use_cases.save(request.person, request.clock, routine)
            return HttpResponseRedirect(reverse("routines:edit", args=[id]))
        except RecordError as error:
            faults = [str(fault) for fault in error.faults[:MOST_FAULTS]]
        except _NoFileError as error:
            faults = [render(error.args[0])]
    return page(request, "routines/bring.html", 422 if faults else 200, faults=faults)


class _NoFileError(Exception):
    """No file that could hold a routine; the argument is the message."""


def _read(request: Request) -> Routine:
    file = request.FILES.get("file")
    if file is None:
        raise _NoFileError("app_routines.bring.no_file")
    if file.size > LARGEST:
        raise _NoFileError("app_routines.bring.too_large")
    try:
        return read_routine(json.load(file), load())
    except (ValueError, RecursionError) as error:
        if isinstance(error, RecordError):
            raise
        raise _NoFileError("app_routines.bring.no_json") from None
