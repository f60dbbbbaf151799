"""What a device may keep to read without a connection: general pages and static files, nothing about a person."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse

from unknot.app.shell.pages import Request, only
from unknot.knowledge import load

KEPT_FILES = {".js", ".css", ".woff2", ".webp", ".wav"}
READING = (
    "library:learn",
    "library:understand",
    "library:glossary",
    "library:about",
    "library:evidence",
    "atlas:browse",
)


@only("GET", "HEAD")
def worker(request: Request) -> HttpResponse:
    """The service worker, at the root because it may speak only for addresses below its own."""
    path = Path(settings.STATIC_ROOT) / "ui" / "worker.js"
    if not path.exists():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@only("GET", "HEAD")
def kept(request: Request) -> JsonResponse:
    """The addresses to keep; the version changes with the program's files and with the knowledge."""
    known = load()
    pages = [
        *(reverse(name) for name in READING),
        *(reverse("library:claim", args=[claim]) for claim in known.claims),
        *(reverse("atlas:region", args=[region]) for region in known.regions),
        *(reverse("atlas:muscle", args=[muscle]) for muscle in known.muscles),
    ]
    files = sorted(path for path in (Path(settings.STATIC_ROOT) / "ui").glob("*") if path.suffix in KEPT_FILES)
    pages += [f"{settings.STATIC_URL}ui/{path.name}" for path in files]
    version = settings.STATIC_URL.strip("/").split("/")[-1] + known.content_hash[:12]
    return JsonResponse({"version": version, "pages": [*pages, f"{settings.STATIC_URL}icon.svg"]})
