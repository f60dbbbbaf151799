"""What a browser may keep in its cache: the shell of the app, pages to read, static files; nothing about a person."""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse

from unknot.app.shell.pages import Request, only
from unknot.knowledge import load

KEPT_FILES = {".js", ".css", ".woff2", ".webp", ".wav"}
SHELL_FILES = {".js", ".css", ".woff2", ".wav"}
SHELL_PAGE = "sync:kept"
READING = (
    "library:learn",
    "library:understand",
    "library:glossary",
    "library:about",
    "library:evidence",
    "atlas:browse",
)


def version() -> str:
    """Changes with the program's files and with the knowledge."""
    return settings.STATIC_URL.strip("/").split("/")[-1] + load().content_hash[:12]


@only("GET", "HEAD")
def worker(request: Request) -> HttpResponse:
    """The service worker, at the root because it may speak only for addresses below its own.

    Its first line names the version, so that a browser sees a new worker whenever anything that it keeps has changed.
    """
    path = Path(settings.STATIC_ROOT) / "ui" / "worker.js"
    if not path.exists():
        raise Http404
    program = f'self.UNKNOT_VERSION = "{version()}";\n'.encode() + path.read_bytes()
    return HttpResponse(program, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@only("GET", "HEAD")
def kept(request: Request) -> JsonResponse:
    """The addresses to keep: ``shell`` for every device, ``pages`` for one that reads them."""
    known = load()
    pages = [
        *(reverse(name) for name in READING),
        *(reverse("library:claim", args=[claim]) for claim in known.claims),
        *(reverse("atlas:region", args=[region]) for region in known.regions),
        *(reverse("atlas:muscle", args=[muscle]) for muscle in known.muscles),
    ]
    files = sorted((Path(settings.STATIC_ROOT) / "ui").glob("*"))
    icon = f"{settings.STATIC_URL}icon.svg"
    return JsonResponse(
        {
            "version": version(),
            "pages": [*pages, *_addresses(files, KEPT_FILES), icon],
            "shell": [reverse(SHELL_PAGE), *_addresses(files, SHELL_FILES), icon],
        }
    )


def _addresses(files: Iterable[Path], kinds: Container[str]) -> list[str]:
    return [f"{settings.STATIC_URL}ui/{path.name}" for path in files if path.suffix in kinds]
