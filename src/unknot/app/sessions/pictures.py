"""The picture of a position: for a page, and as a file that a browser may keep for ever."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.urls import reverse

from unknot.app.shell.pages import Request, only
from unknot.body import positions
from unknot.knowledge import Knowledge
from unknot.knowledge.model import Side
from unknot.messages import render

FOR_EVER = "public, max-age=31536000, immutable"  # the address is the digest of the file, and says nothing else


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page needs to show a picture: where it is, its size before it is there, and its words."""

    url: str
    width: int
    height: int
    mirrored: bool
    alt: str


def shown(posture: str, tool: str, site: str, side: Side, knowledge: Knowledge) -> Shown | None:
    """The picture of a session's position; None where there is none."""
    area = positions.area_of(knowledge.sites[site].home)
    found = positions.picture(posture, tool, area, side) if area else None
    if found is None:
        return None
    url = reverse("sessions:picture", args=[positions.digest(found.name)])
    return Shown(url, found.width, found.height, found.mirrored, render(found.alt_id, found.alt_params))


@only("GET", "HEAD")
def picture(request: Request, digest: str) -> HttpResponse:
    """One picture as a file. It holds nothing about a person."""
    name = positions.by_digest().get(digest)
    if name is None:
        raise Http404
    return HttpResponse(positions.svg(name), content_type="image/svg+xml", headers={"Cache-Control": FOR_EVER})
