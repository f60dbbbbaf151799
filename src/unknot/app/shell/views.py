"""Pages of the frame: refused, not found, broken."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refused(request: HttpRequest, reason: str = "", exception: Exception | None = None) -> HttpResponse:
    return render(request, "shell/fault.html", {"fault": "app.fault.refused"}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "shell/fault.html", {"fault": "app.fault.not_found"}, status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "shell/fault.html", {"fault": "app.fault.bad_request"}, status=400)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "shell/fault.html", {"fault": "app.fault.broken"}, status=500)
