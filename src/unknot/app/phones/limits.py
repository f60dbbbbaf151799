"""How often somebody may try: counted in the database, so that starting the server again forgets nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from unknot.app.phones.models import Attempt

KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``each`` tries by one of them and ``all`` tries by everybody within ``within``."""

    each: int
    all: int
    within: timedelta


LIMITS = {
    # A stranger has 40 random bits to guess beside the passphrase. Nobody but a stranger is locked out by a stranger:
    # the tries to log in are counted by phone, and only a paired phone gets as far as that page.
    "pair": Limit(each=5, all=20, within=timedelta(minutes=15)),
    "login": Limit(each=5, all=40, within=timedelta(minutes=15)),
}


def wait(what: str, who: str, now: datetime) -> timedelta | None:
    """Count a try. None when it may go on; else how long to wait, and then nothing of it may be looked at.

    The try is kept before the secret is compared, so that many at the same moment gain nothing.
    """
    limit = LIMITS[what]
    with transaction.atomic():
        Attempt.objects.filter(at__lt=now - KEPT).delete()
        lately = list(Attempt.objects.filter(what=what, at__gt=now - limit.within).order_by("at"))
        own = [one for one in lately if one.who == who]
        for tries, most in ((own, limit.each), (lately, limit.all)):
            if len(tries) >= most:
                return tries[-most].at + limit.within - now
        Attempt.objects.create(what=what, who=who, at=now)
    return None


def succeeded(what: str, who: str) -> None:
    """Forget the tries of somebody who has shown that they may come in."""
    Attempt.objects.filter(what=what, who=who).delete()
