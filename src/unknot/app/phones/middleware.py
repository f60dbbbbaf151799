"""What stands before every page when phones are let in: a paired phone, and its passphrase within the last days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from unknot.app.phones import pairing
from unknot.app.phones.models import Phone
from unknot.app.shell.clock import now
from unknot.app.shell.launch import OPEN

Handler = Callable[[HttpRequest], HttpResponse]

COOKIE = "__Host-unknot_phone"  # the prefix makes browsers take it only over HTTPS and from this host itself
BEFORE_LOGIN = ("/pair/", "/certificate/", "/manifest.webmanifest")  # none says anything about anybody
COOKIE_AGE = 400 * 24 * 3600  # browsers cap a cookie's life at 400 days
IDLE = timedelta(days=7)
LONGEST = timedelta(days=30)
ERASE = '"cache", "cookies", "storage"'
ERASE_UNSEEN = '"cache", "storage"'


def paired_phone(handle: Handler) -> Handler:
    """Let in a paired phone that is logged in; everybody else only as far as the pages for that."""

    def middleware(request: HttpRequest) -> HttpResponse:
        cookie = request.COOKIES.get(COOKIE, "")
        phone = pairing.phone_of(cookie) if cookie else None
        request.phone = phone if phone and phone.unpaired_at is None else None  # type: ignore[attr-defined]
        if request.path.startswith((*BEFORE_LOGIN, *OPEN)):
            return handle(request)
        if request.phone is None:  # type: ignore[attr-defined]
            return _erase(request, phone) if cookie else _away(request, reverse("phones:pair"))
        if request.path.startswith("/login/"):
            return handle(request)
        if not logged_in(request, request.phone, now()):  # type: ignore[attr-defined]
            return _away(request, f"{reverse('phones:login')}?next={quote(request.path)}")
        pairing.seen(request.phone, now())  # type: ignore[attr-defined]
        request.let_in = True  # type: ignore[attr-defined]
        return handle(request)

    return middleware


def log_in(request: HttpRequest, phone: Phone, at: datetime) -> None:
    """Begin a session of this phone, under a new key."""
    request.session.flush()
    request.session["phone"] = str(phone.id)
    request.session["since"] = request.session["seen"] = at.isoformat()
    request.session["passphrase"] = phone.account.get_session_auth_hash()
    request.session.set_expiry(int(LONGEST.total_seconds()))


def logged_in(request: HttpRequest, phone: Phone, at: datetime) -> bool:
    """Whether this phone gave the passphrase that is in force, within 30 days, and was used within 7."""
    session = request.session
    if session.get("phone") != str(phone.id) or session.get("passphrase") != phone.account.get_session_auth_hash():
        return False
    since, seen = datetime.fromisoformat(session["since"]), datetime.fromisoformat(session["seen"])
    if not (at - LONGEST < since <= at + timedelta(days=1) and at - IDLE < seen):
        session.flush()
        return False
    if at - seen > timedelta(hours=1):
        session["seen"] = at.isoformat()
    return True


def _away(request: HttpRequest, where: str) -> HttpResponse:
    """To the page that lets in; what a script asked for is refused instead, for it can follow no page."""
    if _page_wanted(request):
        return HttpResponseRedirect(where)
    return JsonResponse({"detail": "log in first"}, status=401)


def _erase(request: HttpRequest, phone: Phone | None) -> HttpResponse:
    """A phone that is let in no longer (or that this computer no longer knows) is told to erase what it keeps."""
    if _page_wanted(request):
        response = render(request, "phones/unpaired.html", status=403)
    else:
        # Nobody reads this answer: what the phone keeps goes at once, and the next page tells the person why.
        response = JsonResponse({"detail": "unpaired"}, status=403)
        response.headers["Clear-Site-Data"] = ERASE_UNSEEN
        response.headers["Unknot-Unpaired"] = "1"
        if phone is not None:
            pairing.told_to_erase(phone)
        return response
    return erasing(response, phone)


def erasing(response: HttpResponse, phone: Phone | None) -> HttpResponse:
    """The answer with the order to erase. Browsers without it run the page's script, which does the same."""
    response.headers["Clear-Site-Data"] = ERASE
    response.headers["Unknot-Unpaired"] = "1"
    for name in (COOKIE, settings.SESSION_COOKIE_NAME):
        response.set_cookie(name, "", max_age=0, secure=True, httponly=True, samesite="Strict")
    if phone is not None:
        pairing.told_to_erase(phone)
    return response


def _page_wanted(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD") and not request.path.startswith("/api/")
