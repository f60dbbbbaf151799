"""What the islands in the browser speak with: JSON, the same person, the same cookie, the same checks.

A refusal to advise a session is an answer (409 with its reasons), never a session.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema, Status
from ninja.errors import ValidationError
from ninja.security import APIKeyCookie
from pydantic import ConfigDict, Field

from unknot import __version__
from unknot.app.cases.pages_spots import assessed
from unknot.app.cases.state import load_case
from unknot.app.sessions import use_cases as sessions
from unknot.app.shell import launch
from unknot.app.sync.api import router as sync
from unknot.assessment_json import assessment_to_json
from unknot.messages import render


class Here(APIKeyCookie):
    """The cookie of the launch link or of a phone's login, together with the token of our own pages (CSRF)."""

    param_name = settings.SESSION_COOKIE_NAME if settings.LAN else launch.COOKIE

    def authenticate(self, request: HttpRequest, key: str | None) -> bool:
        return getattr(request, "let_in", False)


api = NinjaAPI(
    title="Unknot",
    version=__version__,
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
    auth=Here(csrf=True),
)


api.add_router("", sync)


class Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class PlayerChange(Strict):
    """One thing that happened in the session player. Sent again with the same id, it changes nothing."""

    id: UUID
    at: datetime
    kind: Literal["started", "step", "paused", "resumed", "comfort", "more", "less", "stopped", "finished"]
    step: Annotated[int, Field(ge=0, le=500)]
    value: Annotated[float, Field(ge=0, le=10)] | None = None
    reason: Annotated[str, Field(max_length=80, pattern=r"^[a-z0-9_]+$")] | None = None


class Stored(Schema):
    """The change is on the disk."""

    stored: UUID


class Refusal(Schema):
    """There is no session, and why."""

    reasons: list[str]


class Fault(Schema):
    """What was wrong with the request; never the value that was sent."""

    detail: str


@api.post(
    "sessions/{uuid:session}/events",
    response={200: Stored, 400: Fault, 404: Fault, 409: Refusal, 422: Fault},
    summary="Keep what the player tells",
)
def player_event(request: HttpRequest, session: UUID, change: PlayerChange) -> Status:
    row = sessions.load_session(request.person, str(session))  # type: ignore[attr-defined]
    told = {**change.model_dump(exclude_none=True), "id": str(change.id), "at": change.at.isoformat()}
    try:
        sessions.tell(request.person, request.clock, row, told)  # type: ignore[attr-defined]
    except sessions.RefusedError as refused:
        return Status(409, {"reasons": [render(text.id, text.params) for text in refused.stop.reasons]})
    return Status(200, {"stored": change.id})


@api.get(
    "sessions/{uuid:session}/script",
    response={200: dict[str, Any], 404: Fault, 409: Refusal},
    summary="The script of a planned session (unknot.session/1), if it may be played now",
)
def script(request: HttpRequest, session: UUID) -> Status:
    row = sessions.load_session(request.person, str(session))  # type: ignore[attr-defined]
    try:
        sessions.may_play(request.person, request.clock, row)  # type: ignore[attr-defined]
    except sessions.RefusedError as refused:
        return Status(409, {"reasons": [render(text.id, text.params) for text in refused.stop.reasons]})
    return Status(200, row.script)


@api.get(
    "cases/{uuid:case}/assessment",
    response={200: dict[str, Any], 404: Fault},
    summary="The assessment of a complaint (unknot.assessment/1) as it is now",
)
def assessment(request: HttpRequest, case: UUID) -> dict[str, Any]:
    state = load_case(request.person, str(case), request.clock)  # type: ignore[attr-defined]
    whole = assessment_to_json(assessed(state))
    if not state.screened_lately:
        whole["session"] = None  # the short form before a session comes first
    return whole


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Which field is wrong and how; the value itself is not repeated."""
    faults = "; ".join(f"{'.'.join(str(part) for part in one['loc'][1:])}: {one['msg']}" for one in error.errors)
    return api.create_response(request, {"detail": faults[:1000]}, status=422)


@api.exception_handler(Http404)
def unknown(request: HttpRequest, error: Http404) -> HttpResponse:
    return api.create_response(request, {"detail": "not known"}, status=404)
