"""Letting a phone in, and putting it out again."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from unknot.app.people.models import User
from unknot.app.phones.models import PairingCode, Phone

CODE_LIFE = timedelta(minutes=10)
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none that is taken for another
CODE_LENGTH = 8  # 40 bits
LOOKS_LIKE = str.maketrans("OIL", "011")
SEEN_STEP = timedelta(minutes=10)


def new_code(now: datetime) -> str:
    """A fresh code such as 7KQ2-M9XA; the one before it is good no longer."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    with transaction.atomic():
        PairingCode.objects.all().delete()
        PairingCode.objects.create(digest=_digest(letters), expires_at=now + CODE_LIFE)
    return f"{letters[:4]}-{letters[4:]}"


def plain_code(given: str) -> str:
    """A code as it was typed, without dashes, spaces and look-alikes."""
    return "".join(given.upper().translate(LOOKS_LIKE).split()).replace("-", "")[:CODE_LENGTH]


def use_code(given: str, now: datetime) -> bool:
    """Use a code up. True for one caller only, however many come at the same moment."""
    gone, _ = PairingCode.objects.filter(digest=_digest(plain_code(given)), expires_at__gt=now).delete()
    return gone == 1


def pair(account: User, name: str, now: datetime) -> tuple[Phone, str]:
    """Keep a new phone. Returns it with the value of its cookie, which is kept nowhere else."""
    secret = secrets.token_urlsafe(32)
    phone = Phone.objects.create(account=account, name=name, secret=_digest(secret), made_at=now, seen_at=now)
    return phone, f"{phone.id.hex}.{secret}"


def phone_of(cookie: str) -> Phone | None:
    """The phone whose cookie this is, unpaired ones too; None for anything else."""
    id, _, secret = cookie.partition(".")
    try:
        phone = Phone.objects.select_related("account").filter(pk=UUID(id)).first()
    except ValueError:
        return None
    return phone if phone and hmac.compare_digest(phone.secret, _digest(secret)) else None


def seen(phone: Phone, now: datetime) -> None:
    """Note that it came, every few minutes only."""
    if abs(now - phone.seen_at) > SEEN_STEP:
        Phone.objects.filter(pk=phone.pk).update(seen_at=now)


def unpair(id: str, now: datetime) -> None:
    """Let a phone in no longer. What it keeps is erased when it comes next."""
    Phone.objects.filter(pk=id, unpaired_at=None).update(unpaired_at=now)


def unpair_all(now: datetime) -> None:
    """Let no phone in any longer."""
    PairingCode.objects.all().delete()
    Phone.objects.filter(unpaired_at=None).update(unpaired_at=now)


def told_to_erase(phone: Phone) -> None:
    """It has got the order: there is nothing left to remember."""
    phone.delete()


def phones() -> list[Phone]:
    """All that are paired, and those that have yet to hear that they no longer are."""
    return list(Phone.objects.order_by("unpaired_at", "made_at"))


def _digest(text: str) -> str:
    """No salt and no stretching: what is digested here is random and long."""
    return hashlib.sha256(text.encode()).hexdigest()
