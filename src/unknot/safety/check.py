"""Does a finished script keep within its clearance? Asked again before a session is shown or played."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from math import isfinite

from unknot.knowledge.model import Side
from unknot.safety.clearance import Clearance, Option, other_side
from unknot.safety.sites import zones
from unknot.script import Session, Step, Text

SLACK = 1e-6  # for sums of seconds


def check(script: Session, clearance: Clearance) -> tuple[Text, ...]:
    """Every way in which the script goes beyond the clearance; () = none."""
    return tuple(_violations(script, clearance))


def pressing(step: Step) -> bool:
    """Whether the body is pressed during a step: holds, and movements on the tool (they carry a comfort)."""
    return step.kind == "hold" or step.comfort is not None


def _violations(script: Session, clearance: Clearance) -> Iterator[Text]:
    if any(not isfinite(step.duration_s) or step.duration_s <= 0 for step in script.steps):
        yield Text(id="check.duration")
        return
    spots = _spots(script)
    if len(spots) > clearance.session_limits.max_spots:
        yield Text(id="check.too_many_spots", params={"n": clearance.session_limits.max_spots})
    if sum(step.duration_s for step in script.steps) > clearance.session_limits.max_minutes * 60 + SLACK:
        yield Text(id="check.too_long", params={"minutes": clearance.session_limits.max_minutes})
    if not spots:
        yield Text(id="check.no_hold")
    for (site, side), steps in spots.items():
        option = _option(script, clearance, site, side)
        if option is None:
            known = site in clearance.knowledge.sites
            yield Text(id="check.not_allowed", params={"where": f"@site.{site}.where" if known else site})
        else:
            yield from _beyond(script, steps, option, clearance.session_limits.max_holds_per_spot)
    yield from _told(script, spots, clearance)
    yield from _rests(script.steps, clearance.session_limits.min_rest_s)
    if missing := [rule for rule in clearance.stop_rules if rule not in script.stop_rules]:
        yield Text(id="check.stop_rules_missing", params={"signs": [f"@stop.{rule}.sign" for rule in missing]})
    if not _in_time(script.expires_at, clearance.expires_at):
        yield Text(id="check.expires_late")


def _spots(script: Session) -> dict[tuple[str, Side], list[Step]]:
    """The pressing steps by spot; a step without a spot belongs to that of the session, which always counts."""
    found: dict[tuple[str, Side], list[Step]] = {}
    for step in script.steps:
        if pressing(step):
            found.setdefault((step.site or script.site, step.side or script.side), []).append(step)
    return found


def _told(script: Session, spots: Mapping[tuple[str, Side], Sequence[Step]], clearance: Clearance) -> Iterator[Text]:
    """Everything that is pressed is named, so that it counts in the record: of a tool with two ends, both sides."""
    knowledge = clearance.knowledge
    at_once = {knowledge.access[access].tool for access in zones(knowledge).both_at_once}
    named = {(spot.site, spot.side): spot.seconds for spot in script.spots}
    for (site, side), steps in spots.items():
        sides = {side, other_side(side)} if script.tool in at_once else {side}
        seconds = sum(step.duration_s for step in steps)
        if any(named.get((site, each), 0.0) + SLACK < seconds for each in sides):
            yield Text(id="check.spots_untold")
            return


def _option(script: Session, clearance: Clearance, site: str, side: Side) -> Option | None:
    """The strictest option for this tool in this posture (two ways of reaching may share both)."""
    try:
        options = clearance.options(site, side)
    except KeyError:
        return None
    own = [one for one in options if one.tool == script.tool and one.posture == script.posture]
    return min(own, key=lambda one: (one.cap_kpa, one.max_hold_s, one.comfort_max), default=None)


def _beyond(script: Session, steps: Sequence[Step], option: Option, most_holds: int) -> Iterator[Text]:
    """What exceeds the option of one spot."""
    if not (0 < script.cap_kpa <= option.cap_kpa):
        yield Text(id="check.cap", params={"kpa": option.cap_kpa})
    if not all(0 <= kpa <= script.cap_kpa and kpa <= option.cap_kpa for kpa in script.estimated_kpa):
        yield Text(id="check.pressure_above_cap", params={"kpa": option.cap_kpa})
    if any(step.duration_s > option.max_hold_s + SLACK for step in steps):
        yield Text(id="check.hold_too_long", params={"seconds": option.max_hold_s})
    if sum(step.duration_s for step in steps) > option.max_spot_s + SLACK:
        yield Text(id="check.spot_too_long", params={"seconds": option.max_spot_s})
    if sum(step.kind == "hold" for step in steps) > most_holds:
        yield Text(id="check.too_many_holds", params={"n": most_holds})
    if any(not _comfortable(step, option) for step in steps):
        yield Text(id="check.comfort", params={"hi": option.comfort_max, "stop": option.comfort_stop})


def _comfortable(step: Step, option: Option) -> bool:
    comfort = step.comfort
    if comfort is None:
        return False
    return 0 <= comfort.lo <= comfort.hi <= option.comfort_max and comfort.hi < comfort.stop <= option.comfort_stop


def _rests(steps: Iterable[Step], least_s: float) -> Iterator[Text]:
    """Between two times of pressing there is a rest that is long enough."""
    since: float | None = None  # seconds without pressing since the last press
    for step in steps:
        if not pressing(step):
            since = None if since is None else since + step.duration_s
        else:
            if since is not None and since + SLACK < least_s:
                yield Text(id="check.rest_too_short", params={"seconds": least_s})
                return
            since = 0.0


def _in_time(stated: str, latest: datetime) -> bool:
    try:
        return datetime.fromisoformat(stated) <= latest
    except (ValueError, TypeError):
        return False
