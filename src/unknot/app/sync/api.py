"""How a phone speaks with the home computer: it fetches what it may keep, and tells what waited on it."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field

from unknot.app.journal.models import Tombstone
from unknot.app.sync.package import package
from unknot.app.sync.take_in import take_in

MOST = 100
"""Messages in one request; a phone with more sends them one after another."""

router = Router()

Score = Annotated[float, Field(ge=0, le=10)]
Name = Annotated[str, Field(max_length=80, pattern=r"^[a-z0-9_]+$")]
Short = Annotated[str, Field(max_length=80)]


class Message(Schema):
    """What all messages have. ``id`` is made on the phone; sent again with the same id, it changes nothing."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    at: AwareDatetime
    zone: Annotated[str, Field(max_length=64)]
    session: UUID


class Before(Message):
    """The answers of the short form before a session: true, false, null (not sure), or a choice."""

    kind: Literal["before"]
    answers: Annotated[dict[Name, bool | Short | list[Short] | None], Field(min_length=1, max_length=80)]


class Change(Message):
    """One thing that happened in the session player. ``leave``: the pass that came with the session."""

    kind: Literal["change"]
    what: Literal["started", "step", "paused", "resumed", "comfort", "more", "less", "stopped", "finished"]
    step: Annotated[int, Field(ge=0, le=500)]
    value: Score | None = None
    reason: Name | None = None
    leave: Annotated[str, Field(max_length=600)] | None = None


class Why(Message):
    """Why a session was stopped."""

    kind: Literal["why"]
    sign: Name


class Rated(Message):
    """The pain after a session, and how strong it was at most where the player did not hear it."""

    kind: Literal["rated"]
    pain: Score
    strongest: Score | None = None


class Bruise(Message):
    """A bruise right after a session, in centimetres."""

    kind: Literal["bruise"]
    cm: Annotated[float, Field(ge=0, le=100)]


class Telling(Schema):
    """What waited on a phone, oldest first."""

    model_config = ConfigDict(extra="forbid")

    person: UUID
    device: UUID
    told: Annotated[
        list[Annotated[Before | Change | Why | Rated | Bruise, Field(discriminator="kind")]],
        Field(min_length=1, max_length=MOST),
    ]


class Told(Schema):
    """``kept``: on the disk. ``refused``: cannot be kept, and why. ``stop``: sessions that may not go on, and why."""

    kept: list[UUID]
    refused: dict[str, list[str]]
    stop: dict[str, list[str]]


class Other(Schema):
    """This record is not the one that the phone keeps."""

    detail: str


@router.get("kept", response=dict[str, Any], summary="What a phone may keep: sessions that may be played now")
def kept(request: HttpRequest) -> dict[str, Any]:
    return package(request.person, request.clock)  # type: ignore[attr-defined]


@router.post(
    "told",
    response={200: Told, 400: Other, 409: Other, 410: Other, 422: Other},
    summary="Keep what was told on a phone",
)
def told(request: HttpRequest, telling: Telling) -> Status:
    """410: that record was erased here, and the phone forgets it too. 409: another person's record is here."""
    person = request.person  # type: ignore[attr-defined]
    if telling.person != person.id:
        erased = Tombstone.objects.filter(pk=telling.person).exists()
        return Status(410 if erased else 409, {"detail": "erased" if erased else "another record"})
    messages = [message.model_dump() for message in telling.told]
    taken = take_in(person, request.clock, telling.device, messages)  # type: ignore[attr-defined]
    return Status(200, {"kept": taken.kept, "refused": taken.refused, "stop": taken.stop})
