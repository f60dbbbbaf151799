"""A few entries of one person, and the tables they add up to."""

from datetime import timedelta
from typing import Any

from unknot.app.ids import new_id
from unknot.app.journal.models import ROW_TABLES
from unknot.app.journal.write import Clock, writing
from unknot.app.people.models import Person


def some_entries(person: Person, clock: Clock) -> str:
    case = str(new_id())
    with writing(person, clock) as write:
        write("case_started", {"case": case})
        write(
            "pain_painted", {"case": case, "pain": [{"region": "lumbar_paraspinal", "side": "left", "intensity": 6.0}]}
        )
        first = write("answers_given", {"case": case, "answers": {"fever": True, "duration_weeks": 2}})
        write("person_described", {"person": {"age": 44, "conditions": ["statin"]}})
    later = Clock(clock.now + timedelta(hours=1), clock.zone)
    session = str(new_id())
    script = {
        "site": "qls1",
        "muscle": "quadratus_lumborum_superficial",
        "side": "left",
        "tool": "massage_ball",
        "posture": "wall_lean",
        "total_hold_s": 60.5,
        "cap_kpa": 100.0,
        "expires_at": (clock.now + timedelta(hours=12)).isoformat(),
        "steps": [{"kind": "hold", "duration_s": 60.5, "text": "Hold.", "comfort": {"lo": 3, "hi": 5, "stop": 7}}],
    }
    with writing(person, later) as write:
        mistake = {"case": case, "answers": {"fever": False}, "reason": "mistake", "confirmed": True}
        write("answer_amended", mistake, amends=first.id)
        reasons = [{"id": "slow", "level": "provider", "facts": ["course"]}]
        write("assessed", {"case": case, "level": "provider", "complete": True, "reasons": reasons})
        write("session_planned", {"case": case, "session": session, "script": script})
        write("session_started", {"session": session})
        write("rated", {"what": "pain", "value": 4, "moment": "after", "session": session})
    return case


def tables() -> dict[str, list[dict[str, Any]]]:
    return {table.__name__: list(table.objects.order_by("id").values()) for table in ROW_TABLES}
