"""The page of the person's own tools: describe one, pass it on as a file, take one in, forget it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, get_args
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from unknot.app.shell.pages import Request, only, page
from unknot.app.tools import use_cases
from unknot.dose.checks import DoseError
from unknot.dose.described import Shape, hardness_of_thumb, softness
from unknot.dose.own import SCHEMA, SIZES, OwnTool, read_tool, write_tool

FAULTS = ("name", "shape", *SIZES)
"""The fields whose fault has a sentence of its own, ``app.tools.fault.<field>``."""


@only("GET", "HEAD", "POST")
def tools(request: Request) -> HttpResponse:
    """What is kept, and the form for one more."""
    typed = {name: request.POST.get(name, "").strip()[:60] for name in FAULTS}
    if request.method != "POST":
        return _shown(request, typed | {"shape": "ball", "thumb_mm": "0"})
    try:
        use_cases.keep(request.person, request.clock, read_tool({"schema": SCHEMA, **typed, **_sizes(typed)}))
    except DoseError as error:
        return _shown(request, typed, error)
    return HttpResponseRedirect(reverse("tools:tools"))


@only("POST")
def bring(request: Request) -> HttpResponse:
    """Take in a tool that somebody passed on."""
    file = request.FILES.get("file")
    try:
        use_cases.keep(request.person, request.clock, read_tool(json.load(file) if file else None))
    except DoseError as error:
        return _shown(request, {}, error)
    except (ValueError, RecursionError):
        return _shown(request, {}, DoseError("schema", "no JSON"))
    return HttpResponseRedirect(reverse("tools:tools"))


@only("GET", "HEAD")
def share(request: Request, tool: UUID) -> HttpResponse:
    """The tool as a file."""
    answer = JsonResponse(write_tool(_one(request, tool)), json_dumps_params={"indent": 1})
    answer.headers["Content-Disposition"] = 'attachment; filename="unknot-tool.json"'
    return answer


@only("POST")
def remove(request: Request, tool: UUID) -> HttpResponse:
    """Forget a tool."""
    _one(request, tool)
    use_cases.remove(request.person, request.clock, str(tool))
    return HttpResponseRedirect(reverse("tools:tools"))


def _one(request: Request, tool: UUID) -> OwnTool:
    try:
        return use_cases.all_of(request.person)[str(tool)]
    except KeyError as error:
        raise Http404 from error


def _sizes(typed: Mapping[str, str]) -> dict[str, float]:
    """The sizes as numbers. Raises DoseError naming the first that is none."""
    sizes = {}
    for name in SIZES:
        try:
            sizes[name] = float(typed[name].replace(",", "."))
        except ValueError as error:
            raise DoseError(name, "is not a number") from error
    return sizes


def _shown(request: Request, typed: Mapping[str, str], error: DoseError | None = None) -> HttpResponse:
    fault = "" if error is None else f"app.tools.fault.{error.field if error.field in FAULTS else 'file'}"
    owned: list[dict[str, Any]] = [
        {"id": id, "own": own, "soft": softness(hardness_of_thumb(own.thumb_mm))}
        for id, own in use_cases.all_of(request.person).items()
    ]
    return page(
        request,
        "tools/tools.html",
        422 if fault else 200,
        owned=owned,
        typed=typed,
        sizes=[{"name": name, "value": typed.get(name, "")} for name in SIZES],
        shapes=get_args(Shape),
        fault=fault,
        tab="learn",
    )
