"""The page for times without a connection: the same for everybody, so that a browser may keep it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse

from unknot.app.shell.pages import Request, only, page
from unknot.messages import catalogue, render

WORDS = ("player.", "kept.")
"""The sentences that this page says begin with these."""


@only("GET", "HEAD")
def kept(request: Request) -> HttpResponse:
    """Sessions that this phone keeps, from their questions to the numbers afterwards. It holds nothing of a person."""
    words = {id: text for id, text in catalogue().items() if id.startswith(WORDS)}
    return page(request, "sync/kept.html", words=words)


@only("GET", "HEAD")
def manifest(request: Request) -> JsonResponse:
    """What a phone needs to put Unknot beside its other apps."""
    icons = [
        {"src": static(f"icon-{size}{mask}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size, mask, purpose in ((192, "", "any"), (512, "", "any"), (512, "-mask", "maskable"))
    ]
    document = {
        "id": "/",
        "name": "Unknot",
        "short_name": "Unknot",
        "description": render("kept.about"),
        "lang": settings.LANGUAGE_CODE,
        "start_url": reverse("progress:home"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#FAF5EC",
        "theme_color": "#FAF5EC",
        "icons": icons,
    }
    return JsonResponse(document, content_type="application/manifest+json")
