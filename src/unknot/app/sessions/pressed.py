"""How long a spot was pressed, from what the player told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Told:
    """One change that the player told: its kind (as in ``session_event``), its instant, and the step."""

    what: str
    at: datetime
    value: float | None = None


def pressed_s(steps: Sequence[Mapping[str, Any]], told: Iterable[Told], end: datetime) -> float | None:
    """Seconds under the tool until ``end``: of each pressing step no more than its length, without the pauses.

    None when the player told no step, so that nobody knows.
    """
    total, step, since, spent = 0.0, None, None, 0.0
    known = False
    for change in [*sorted(told, key=lambda one: one.at), Told("step", end)]:
        if since is not None:
            spent += max((change.at - since).total_seconds(), 0.0)
        if change.what == "step":
            total += _counted(steps, step, spent)
            step = None if change.value is None else int(change.value)
            since, spent = change.at, 0.0
            known = known or step is not None
        elif change.what == "pause":
            since = None
        elif change.what == "resume" or since is not None:
            since = change.at
    return total if known else None


def _counted(steps: Sequence[Mapping[str, Any]], index: int | None, spent: float) -> float:
    if index is None or not 0 <= index < len(steps) or steps[index]["comfort"] is None:
        return 0.0
    return min(float(steps[index]["duration_s"]), spent)
