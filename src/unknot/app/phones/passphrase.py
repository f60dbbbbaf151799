"""The one passphrase of the household: set on the home computer, asked on each phone."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator, NumericPasswordValidator
from django.core.exceptions import ValidationError
from django.db import transaction

from unknot.app.people.models import User

NAME = "home"
SHORTEST = 10
LONGEST = 200  # a longer one only makes the server work


class WeakError(Exception):
    """A passphrase that is easy to guess; the message is the id of the sentence that says why."""


def account() -> User | None:
    """The account of this household, None before a passphrase was chosen."""
    return User.objects.filter(name=NAME, is_active=True).first()


def choose(passphrase: str) -> User:
    """Keep a new passphrase. Every phone that was logged in has to log in again. Raises WeakError."""
    if not SHORTEST <= len(passphrase) <= LONGEST:
        raise WeakError("app.phones.passphrase_short")
    try:
        CommonPasswordValidator().validate(passphrase)
        NumericPasswordValidator().validate(passphrase)
    except ValidationError as error:
        raise WeakError("app.phones.passphrase_common") from error
    with transaction.atomic():
        user, _ = User.objects.get_or_create(name=NAME)
        user.password = make_password(passphrase)
        user.save()
    return user


def fits(user: User | None, given: str) -> bool:
    """Whether this is the passphrase; takes as long when there is no account."""
    return check_password(given[: LONGEST + 1], user.password if user else make_password("nobody")) and user is not None
