"""Small helpers of every page."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from unknot.app.journal.write import Clock
from unknot.app.people.models import Person


class Request(HttpRequest):
    """A request as our middleware leaves it."""

    person: Person
    clock: Clock


def code(*parts: str) -> str:
    """An opaque name for use in an address: addresses carry no region, spot or question."""
    return hmac.new(settings.SECRET_KEY.encode(), "|".join(parts).encode(), hashlib.sha256).hexdigest()[:20]


def meant(wanted: str, candidates: Iterable[str], *context: str) -> str | None:
    """The candidate that an opaque name stands for, or None."""
    return next((one for one in candidates if code(*context, one) == wanted), None)


def page(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, template, context, status=status)


def only(*methods: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Answer 405 to every other method."""

    def guard(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return HttpResponse(status=405, headers={"Allow": ", ".join(methods)})
            return view(request, *args, **kwargs)

        return guarded

    return guard
