"""Pages to read: understand, the glossary, and what Unknot is for."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from unknot import __version__
from unknot.app.library.sections import INTENDED, MAY_NOT, UNDERSTAND, terms
from unknot.app.shell.pages import Request, only, page
from unknot.knowledge import load
from unknot.knowledge.model import Muscle
from unknot.messages import render


@dataclass(frozen=True, slots=True)
class Loading:
    """One kind of load with the muscles that it is thought to load."""

    id: str
    kind: str
    muscles: list[Muscle]


@only("GET", "HEAD")
def understand(request: Request) -> HttpResponse:
    """What trigger points are, what is disputed, and how the day loads muscles."""
    loads = loadings()
    muscles = [
        {"id": muscle.id, "loads": [one.id for one in loads if muscle in one.muscles]}
        for muscle in sorted(load().muscles.values(), key=lambda one: render(f"muscle.{one.id}.name"))
    ]
    groups = [(kind, [one for one in loads if one.kind == kind]) for kind in ("movement", "posture")]
    return page(request, "library/understand.html", sections=UNDERSTAND, groups=groups, muscles=muscles, tab="learn")


def loadings() -> list[Loading]:
    """Every load with its muscles, in the order of the knowledge."""
    known = load()
    return [
        Loading(
            one.id,
            one.kind,
            [muscle for muscle in known.muscles.values() if set(one.activities).intersection(muscle.activities)],
        )
        for one in known.day_loads.values()
    ]


@only("GET", "HEAD")
def glossary(request: Request) -> HttpResponse:
    """The words of the field, by their first letter."""
    return page(request, "library/glossary.html", terms=terms(), tab="learn")


@only("GET", "HEAD")
def about(request: Request) -> HttpResponse:
    """What Unknot is for and who may not use it."""
    return page(request, "library/about.html", sections=INTENDED, points=MAY_NOT, version=__version__, tab="learn")
