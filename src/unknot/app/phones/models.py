"""Phones that were let in, codes that let one in once, and the tries of the last hours."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from unknot.app.ids import new_id
from unknot.app.people.models import User


class Phone(models.Model):
    """A phone, tablet or second computer that was paired. Only the digest of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(User, on_delete=models.CASCADE, related_name="phones")
    name = models.CharField(max_length=40)
    secret = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    unpaired_at = models.DateTimeField(null=True)  # it is told to erase what it keeps when it comes next


class PairingCode(models.Model):
    """A code that the home computer showed; good once and for a few minutes."""

    digest = models.CharField(max_length=64, primary_key=True)
    expires_at = models.DateTimeField()


class Attempt(models.Model):
    """A try to pair or to log in that has not succeeded. Kept for a day."""

    what = models.CharField(max_length=8)
    who = models.CharField(max_length=64)  # network address, or the phone's id
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["what", "at"], name="attempt_by_time")]
