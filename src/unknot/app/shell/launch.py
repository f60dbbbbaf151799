"""The launch token and the cookie that stands for it: what keeps other programs of this machine out.

``unknot serve`` prints an address with a token that lasts as long as the server. Opening it sets a signed cookie,
which stays good when the server is started again, because the key that signs it lies in the data folder.
"""

from __future__ import annotations

import hmac
import os

from django.core import signing
from django.http import HttpRequest, HttpResponseBase

COOKIE = "unknot_launch"
PARAMETER = "launch"
TOKEN_SETTING = "UNKNOT_LAUNCH_TOKEN"
OPEN = ("/calendar/",)  # a calendar program has no cookie; the address itself is the secret
MAX_AGE = 400 * 24 * 3600  # browsers cap a cookie's life at 400 days


def token_fits(request: HttpRequest) -> bool:
    """Whether the address carries this server's token."""
    token = os.environ.get(TOKEN_SETTING, "")
    given = request.GET.get(PARAMETER, "")
    return bool(token) and hmac.compare_digest(token.encode(), given.encode())


def cookie_fits(request: HttpRequest) -> bool:
    """Whether the request carries a cookie that this installation signed."""
    try:
        return bool(_signer().unsign(request.COOKIES.get(COOKIE, ""), max_age=MAX_AGE) == "here")
    except signing.BadSignature:
        return False


def cookie_value() -> str:
    return _signer().sign("here")


def _signer() -> signing.TimestampSigner:
    """Made when it is needed: this module is read before it is known which settings are in force."""
    return signing.TimestampSigner(salt="unknot.launch")


def set_cookie(response: HttpResponseBase) -> None:
    response.set_cookie(COOKIE, cookie_value(), max_age=MAX_AGE, httponly=True, samesite="Strict", path="/")
