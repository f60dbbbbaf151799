"""How long to hold: short at first, then longer, inside what the clearance allows for one hold and for the spot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from unknot.knowledge.model import Knowledge
from unknot.safety import Option, SessionLimits
from unknot.script import Comfort

STEP_S = 5.0  # holds are whole multiples of this, rounded down
FIRST_SESSIONS_MAIN_S = 60.0  # a first session stays at the short end of the 60-90 s that trials held


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """One hold: its length and the comfort to aim at. ``kind`` picks its sentence."""

    kind: Literal["first", "main", "short"]
    seconds: float
    comfort: Comfort


def holds(
    option: Option,
    limits: SessionLimits,
    knowledge: Knowledge,
    *,
    used_to_it: bool,
    reserved_s: float = 0.0,
    short: bool = False,
) -> tuple[Hold, ...]:
    """The holds of one spot: first 30 s low, then the main one; a short third one only for who is used to it.

    ``used_to_it``: earlier sessions went well, so the main hold may use its whole length and a third may follow.
    ``short``: two holds of the first one's length, whoever it is for.
    ``reserved_s``: time on the spot that a small movement on the tool will need; it takes the place of the third hold.
    No hold exceeds ``option.max_hold_s``, and their sum stays within ``option.max_spot_s``. Figures: safety/caps.toml.
    """
    figures = knowledge.safety["caps"]["hold"]
    first, later = _value(figures["first"]), _value(figures["later"])
    main = later if used_to_it else min(later, FIRST_SESSIONS_MAIN_S)
    wished: list[tuple[Literal["first", "main", "short"], float]] = [("first", first), ("main", main)]
    if short:
        wished[1] = ("main", min(main, first))
    elif used_to_it and not reserved_s:
        wished.append(("short", first))
    left, least = option.max_spot_s, _value(figures["least"])
    planned = []
    for kind, seconds in wished[: limits.max_holds_per_spot]:
        spare = left if kind == "first" else left - reserved_s
        length = min(seconds, option.max_hold_s, spare) // STEP_S * STEP_S
        if length < least:
            break
        aim = figures["first_comfort"] if kind == "first" else figures["later_comfort"]
        planned.append(Hold(kind=kind, seconds=length, comfort=comfort(aim, option)))
        left -= length
    return tuple(planned)


def comfort(aim: Mapping[str, Any], option: Option) -> Comfort:
    """The aim within what the clearance allows, at least one point wide."""
    hi = min(float(aim["hi"]), option.comfort_max)
    return Comfort(lo=min(float(aim["lo"]), max(hi - 1.0, 0.0)), hi=hi, stop=option.comfort_stop)


def _value(quantity: Mapping[str, Any]) -> float:
    return float(quantity["value"])
