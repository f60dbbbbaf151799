"""What the player tells while a session runs. It hears 204 only after the entry is on the disk."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from ninja import Router, Schema
from pydantic import AwareDatetime, ConfigDict, Field

from unknot.app.sessions import use_cases
from unknot.app.shell.pages import Request
from unknot.messages import render

router = Router(tags=["sessions"])


class ChangeIn(Schema):
    """One change of the running session. ``id`` makes telling it twice the same as telling it once."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    at: AwareDatetime
    kind: use_cases.Change
    step: Annotated[int, Field(ge=0, le=500)] = 0
    value: Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)] | None = None
    reason: Annotated[str, Field(min_length=1, max_length=40, pattern="^[a-z_]+$")] | None = None


class Refusal(Schema):
    """Why nothing was kept."""

    message: str


@router.post("/{uuid:session}/events", response={204: None, 409: Refusal})
def events(request: Request, session: UUID, change: ChangeIn) -> tuple[int, dict[str, str] | None]:
    """Keep one change. 409: the session is over, or there is no leave for it; then the player stops."""
    said = use_cases.Said(
        id=change.id,
        at=_utc(change.at),
        kind=change.kind,
        step=change.step,
        value=change.value,
        reason=change.reason,
    )
    try:
        use_cases.tell(request.person, request.clock, str(session), said)
    except use_cases.RefusedError as refusal:
        return 409, {"message": render(f"app_sessions.refused.{refusal}")}
    return 204, None


def _utc(value: datetime) -> datetime:
    return value.astimezone(UTC)
