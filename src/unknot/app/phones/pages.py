"""Pairing and logging in on the phone; on the home computer the codes, the passphrase and the list of phones."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Any

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from unknot.app.phones import limits, pairing, passphrase
from unknot.app.phones.authority import FILES, download, fingerprint
from unknot.app.phones.middleware import COOKIE, COOKIE_AGE, erasing, log_in
from unknot.app.phones.place import Served, served
from unknot.app.progress.read import local
from unknot.app.shell.clock import clock_of, now
from unknot.app.shell.pages import Request, only, page

LONGEST_NAME = 40


@only("GET", "HEAD")
def certificate(request: HttpRequest) -> HttpResponse:
    """The authority's certificate, to be installed on a phone. It holds nothing secret."""
    if not FILES.authority.exists():
        raise Http404
    return HttpResponse(
        download(FILES),
        content_type="application/x-x509-ca-cert",
        headers={"Content-Disposition": 'attachment; filename="unknot-home.crt"'},
    )


@only("GET", "HEAD", "POST")
def pair(request: Request) -> HttpResponse:
    """A new phone: the code from the home computer, the passphrase, a name for the list."""
    if not settings.LAN:
        raise Http404
    if request.method != "POST":
        return page(request, "phones/pair.html", code=request.GET.get("code", "")[:20], name=_guess(request))
    code, name = request.POST.get("code", ""), request.POST.get("name", "").strip()[:LONGEST_NAME]
    shown = {"code": code[:20], "name": name}
    account, who = passphrase.account(), request.META.get("REMOTE_ADDR", "")
    if hold := limits.wait("pair", who, now()):
        return _too_many(request, "phones/pair.html", hold, **shown)
    # Both are always looked at, so that the time of the answer does not tell which of them was right.
    known = passphrase.fits(account, request.POST.get("passphrase", ""))
    if account is None or not known or not name.isprintable() or not pairing.use_code(code, now()):
        return page(request, "phones/pair.html", 422, fault="app.phones.pair_wrong", **shown)
    limits.succeeded("pair", who)
    phone, cookie = pairing.pair(account, name or _guess(request), now())
    log_in(request, phone, now())
    response = HttpResponseRedirect("/")
    response.set_cookie(COOKIE, cookie, max_age=COOKIE_AGE, secure=True, httponly=True, samesite="Strict", path="/")
    return response


@only("GET", "HEAD", "POST")
def login(request: Request) -> HttpResponse:
    """A paired phone that was not used for a week, or is new to a changed passphrase."""
    phone = getattr(request, "phone", None)
    if phone is None:
        raise Http404
    onward = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts=None) or not onward.startswith("/"):
        onward = "/"
    if request.method != "POST":
        return page(request, "phones/login.html", onward=onward)
    who = str(phone.id)
    if hold := limits.wait("login", who, now()):
        return _too_many(request, "phones/login.html", hold, onward=onward)
    if not passphrase.fits(phone.account, request.POST.get("passphrase", "")):
        return page(request, "phones/login.html", 422, fault="app.phones.login_wrong", onward=onward)
    limits.succeeded("login", who)
    log_in(request, phone, now())
    return HttpResponseRedirect(onward)


@only("POST")
def lock(request: Request) -> HttpResponse:
    """Ask for the passphrase next time; the phone stays paired."""
    if getattr(request, "phone", None) is None:
        raise Http404
    request.session.flush()
    return HttpResponseRedirect(reverse("phones:login"))


@only("GET", "HEAD")
def phones(request: Request) -> HttpResponse:
    """Which phones are paired. On the home computer also how to pair one more."""
    return page(request, "phones/phones.html", **_shown(request))


@only("POST")
def code(request: Request) -> HttpResponse:
    """A fresh code to pair a phone; on the home computer only."""
    home = _home_computer(request)
    at = served(FILES)
    if not home or at is None or passphrase.account() is None:
        return HttpResponseRedirect(reverse("phones:phones"))
    fresh = pairing.new_code(now())
    until = local(now() + pairing.CODE_LIFE, clock_of(request))
    return page(request, "phones/phones.html", **_shown(request), fresh=fresh, until=until, **_pictures(at, fresh))


@only("POST")
def choose_passphrase(request: Request) -> HttpResponse:
    """A passphrase for the phones; on the home computer only."""
    if not _home_computer(request):
        raise Http404
    given = request.POST.get("passphrase", "")
    try:
        if given != request.POST.get("again", ""):
            raise passphrase.WeakError("app.phones.passphrase_differs")
        passphrase.choose(given)
    except passphrase.WeakError as error:
        return page(request, "phones/phones.html", 422, **_shown(request), fault=str(error))
    return HttpResponseRedirect(reverse("phones:phones") + "?saved=1")


@only("POST")
def unpair(request: Request) -> HttpResponse:
    """Let a phone in no longer. The phone itself is told at once, another one when it comes next."""
    given = request.POST.get("phone", "")
    phone = next((one for one in pairing.phones() if str(one.id) == given), None)
    if phone is None:
        return HttpResponseRedirect(reverse("phones:phones"))
    pairing.unpair(given, now())
    if getattr(request, "phone", None) == phone:
        request.session.flush()
        return erasing(page(request, "phones/unpaired.html"), phone)
    return HttpResponseRedirect(reverse("phones:phones"))


def _shown(request: Request) -> dict[str, Any]:
    clock = clock_of(request)
    own = getattr(request, "phone", None)
    return {
        "home": _home_computer(request),
        "served": served(FILES),
        "chosen": passphrase.account() is not None,
        "fingerprint": fingerprint(FILES) if FILES.authority.exists() else "",
        "paired": [
            {"phone": one, "made": local(one.made_at, clock), "seen": local(one.seen_at, clock), "own": one == own}
            for one in pairing.phones()
        ],
        "saved": "saved" in request.GET,
        "tab": "settings",
    }


def _home_computer(request: HttpRequest) -> bool:
    """Whether this is the computer itself. Phones come through another server with other settings."""
    return not settings.LAN


def pair_address(at: Served, fresh: str) -> str:
    return f"{at.https}{reverse('phones:pair')}?code={fresh}"


def _pictures(at: Served, fresh: str) -> dict[str, str]:
    return {"first_qr": _qr(f"{at.http}/"), "pair_qr": _qr(pair_address(at, fresh)), "address": at.https}


def _qr(text: str) -> str:
    """A QR code as SVG: dark on white in both themes, or cameras do not read it."""
    code = segno.make(text, error="m", micro=False)
    return code.svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None)


def _too_many(request: HttpRequest, template: str, hold: timedelta, **shown: Any) -> HttpResponse:
    minutes = math.ceil(hold.total_seconds() / 60)
    answer = page(request, template, 429, wait_minutes=minutes, **shown)
    answer.headers["Retry-After"] = str(math.ceil(hold.total_seconds()))
    return answer


def _guess(request: HttpRequest) -> str:
    """A name for the list, from what the browser says it runs on."""
    agent = request.headers.get("User-Agent", "")
    return next((name for name in ("iPhone", "iPad", "Android", "Mac", "Windows", "Linux") if name in agent), "Phone")
