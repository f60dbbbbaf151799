"""What every request passes: same origin, headers, the launch cookie, the local person."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from unknot.app.people.use_cases import local_person as find_local_person
from unknot.app.shell import launch
from unknot.app.shell.clock import clock_of

Handler = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "media-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": with it browsers send "Origin: null" from our own forms, like those of a hostile page.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def security_headers(handle: Handler) -> Handler:
    """Strict headers on every answer; nothing but static files may be kept by a browser or a proxy."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = handle(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def same_origin(handle: Handler) -> Handler:
    """Refuse another host name (DNS rebinding) and anything that another site's page sends."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.path:
            raise BadRequest  # no database text holds it, and none of our addresses does
        host = request.get_host()  # raises DisallowedHost (answer 400) unless it is a loopback name
        origin = request.headers.get("Origin")
        if origin is not None and (urlsplit(origin).scheme, urlsplit(origin).netloc) != (request.scheme, host):
            return HttpResponse("This request came from another site.", status=403, content_type="text/plain")
        if request.headers.get("Sec-Fetch-Site") == "cross-site" and not _visit(request):
            return HttpResponse("This request came from another site.", status=403, content_type="text/plain")
        return handle(request)

    return middleware


def _visit(request: HttpRequest) -> bool:
    """A person following a link to a page, which changes nothing."""
    return request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate"


def launch_cookie(handle: Handler) -> Handler:
    """Let in only who opened the address that ``unknot serve`` printed, from this machine."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _from_here(request):
            raise BadRequest
        if launch.PARAMETER in request.GET and launch.token_fits(request):
            response = HttpResponseRedirect(request.path)
            launch.set_cookie(response)
            return response
        if launch.cookie_fits(request) or request.path.startswith(launch.OPEN):
            request.let_in = True  # type: ignore[attr-defined]
            return handle(request)
        return render(request, "shell/locked.html", status=403)

    return middleware


def _from_here(request: HttpRequest) -> bool:
    """Whether the request came over this machine's own loopback, whatever address the server listens on."""
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def local_person(handle: Handler) -> Handler:
    """Put the person and the clock on the request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.person = find_local_person()  # type: ignore[attr-defined]
        request.clock = clock_of(request)  # type: ignore[attr-defined]
        return handle(request)

    return middleware
