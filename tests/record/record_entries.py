"""A small hand for making entries in tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from unknot.record import Event, uuid7

START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
PERSON = uuid7(1, bytes(10))
CASE = str(uuid7(2, bytes(10)))
SESSION = str(uuid7(3, bytes(10)))
PHONE = uuid7(4, bytes(10))
LAPTOP = uuid7(5, bytes(10))

SCRIPT = {
    "site": "qls1",
    "muscle": "quadratus_lumborum_superficial",
    "side": "left",
    "tool": "massage_ball",
    "posture": "wall_lean",
    "total_hold_s": 90,
    "cap_kpa": 100.0,
    "expires_at": "2026-03-01T20:00:00+00:00",
    "steps": [{"kind": "hold", "duration_s": 90, "text": "Hold.", "comfort": {"lo": 3, "hi": 5, "stop": 7}}],
}


class Hand:
    """Makes entries of one device, one minute apart unless told otherwise."""

    def __init__(self, device: UUID = PHONE, start: datetime = START) -> None:
        self.device, self.now, self.seq = device, start, 0

    def __call__(
        self, kind: str, payload: dict[str, Any], *, later: timedelta | None = None, amends: UUID | None = None
    ) -> Event:
        self.seq += 1
        self.now += later or timedelta(minutes=1)
        return Event(
            id=uuid7(int(self.now.timestamp() * 1000), self.device.bytes[:6] + self.seq.to_bytes(4, "big")),
            person=PERSON,
            device=self.device,
            device_seq=self.seq,
            at=self.now,
            zone="Europe/London",
            local_date=self.now.date(),
            received_at=self.now,
            kind=kind,
            payload=payload,
            amends=amends,
        )

    def answers(self, **given: Any) -> Event:
        return self("answers_given", {"case": CASE, "answers": given})

    def amend(self, reason: str, amends: UUID | None = None, **given: Any) -> Event:
        payload = {"case": CASE, "answers": given, "reason": reason, "confirmed": True}
        return self("answer_amended", payload, amends=amends)

    def assessed(self, level: str, *rules: tuple[str, str, list[str]], regions: tuple[str, ...] = ()) -> Event:
        reasons = [{"id": id, "level": rule_level, "facts": facts} for id, rule_level, facts in rules]
        payload = {"case": CASE, "level": level, "complete": True, "reasons": reasons, "blocked_regions": list(regions)}
        return self("assessed", payload)
