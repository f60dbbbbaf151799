"""Building a guided session. The only way in is a clearance of the safety gate."""

from __future__ import annotations

from collections.abc import Sequence

from unknot.case import Case
from unknot.dose.load import place_of
from unknot.knowledge.model import Knowledge, Side
from unknot.plan import steps as say
from unknot.plan.ending import ending
from unknot.plan.fitting import Fit, fits, well_borne_sessions
from unknot.plan.holds import Hold, holds
from unknot.record import History
from unknot.safety import Clearance, Option, check
from unknot.script import Session, Step, Text

# What a tool is made for beyond holding still, by access (and posture where it matters).
_SMALL_MOVEMENTS = {"lie_on": "rock", "elbow_tool": "lumbar"}
MOVE_S = 30.0


def build(
    clearance: Clearance,
    site: str,
    side: Side,
    case: Case,
    knowledge: Knowledge,
    *,
    history: History | None = None,
    option: Option | None = None,
    short: bool = False,
) -> Session | None:
    """A session for one spot, or None when nothing the person has fits under the caps there.

    ``option`` picks one of ``clearance.options(site, side)``; without it the gentlest that suits is taken.
    ``short``: about three minutes: straight to the spot, two short holds, one easy movement; no exercise on the floor.
    Raises TypeError without a clearance and ValueError for an option that the clearance does not hold.
    """
    if not isinstance(clearance, Clearance):
        raise TypeError("a session is built from a clearance of the safety gate, and from nothing else")
    past = history or History()
    options = clearance.options(site, side)
    if option is not None:
        if option not in options:
            raise ValueError(f"the clearance does not allow {option.access} in {option.posture} at {site}")
        options = (option,)
    found = fits(options, site, side, person=case.person, history=past, knowledge=knowledge)
    made = (_build(clearance, one, site, side, case, knowledge, past, short) for one in found)
    return next((session for session in made if session), None)


def _build(
    clearance: Clearance,
    fit: Fit,
    site: str,
    side: Side,
    case: Case,
    knowledge: Knowledge,
    history: History,
    short: bool,
) -> Session | None:
    option = fit.option
    moving = None if short else small_movement(option, site, knowledge)
    used_to_it = well_borne_sessions(history, site, side, option.tool) > 0
    reserved = MOVE_S if moving else 0.0
    planned = holds(
        option, clearance.session_limits, knowledge, used_to_it=used_to_it, reserved_s=reserved, short=short
    )
    if not planned:
        return None
    last = ending(clearance, option.posture, case, site, side, knowledge, short=short)
    script = _steps(clearance, fit, planned, moving, last, site, side, knowledge)
    if short:
        script = _short(script)
    if not script:
        return None
    pressure, force = fit.dose.mean_pressure_kpa, fit.dose.force_n
    session = Session(
        site=site,
        muscle=knowledge.sites[site].muscle,
        side=side,
        tool=option.tool,
        posture=option.posture,
        steps=script,
        total_hold_s=sum(step.duration_s for step in script if step.comfort is not None),
        cap_kpa=option.cap_kpa,
        estimated_kpa=(pressure.p05, pressure.p50, pressure.p95),
        start_force_n=(force.p05, force.p50, force.p95),
        gentleness=fit.dose.gentleness,
        because=option.because,
        load=fit.dose.load,
        load_because=fit.why,
        stop_rules=tuple(clearance.stop_rules),
        expires_at=clearance.expires_at.isoformat(),
    )
    return session if not check(session, clearance) else None  # the gate has the last word


def _steps(
    clearance: Clearance,
    fit: Fit,
    planned: Sequence[Hold],
    moving: str | None,
    last: Sequence[Step],
    site: str,
    side: Side,
    knowledge: Knowledge,
) -> tuple[Step, ...]:
    option = fit.option
    pause = clearance.session_limits.min_rest_s
    script = [say.breathe(), say.ready(fit, site, side, knowledge)]
    script += [say.heed(text, site, side) for text in _heed(clearance, option)]
    script.append(say.find(site, side))
    for one in planned:
        script += [say.hold(one, option.access, site, side), say.rest(pause)]
    if moving and (seconds := _left_for_moving(option, planned, knowledge)):
        script.append(say.small_movement(moving, seconds, planned[0].comfort, site, side))
    script += last
    script.append(say.aftercare(_aftercare(clearance, option, site, side)))
    return _within(script, clearance.session_limits.max_minutes * 60.0)


def _short(script: Sequence[Step]) -> tuple[Step, ...]:
    """The short form: no breathing before, no rest where nothing is pressed afterwards."""
    kept = [say.shortened(step) for step in script if step.cue != "breathe"]
    last = max((n for n, step in enumerate(kept) if step.kind == "rest"), default=-1)
    return tuple(step for n, step in enumerate(kept) if n != last)


def _heed(clearance: Clearance, option: Option) -> list[Text]:
    """What must be heeded here, each once: a soft tool, the rules of the spot, the needs of the visit."""
    knowledge = clearance.knowledge
    harder = option.access not in say.HELD and not knowledge.tools[option.tool].soft
    soft = [Text(id="session.soft_tool")] if option.soft_only and harder else []
    said: list[Text] = []
    for text in (*soft, *option.how, *clearance.session_limits.needs):
        elsewhere = text.id == "need.get_up_alone" and not knowledge.postures[option.posture].on_floor
        if text not in said and not elsewhere:
            said.append(text)
    return said


def small_movement(option: Option, site: str, knowledge: Knowledge) -> str | None:
    """The slow movement that a tool is made for in this position, or None for tools that are held still."""
    if option.posture == "wall_corner":
        return "corner"
    if option.access == "ball_floor" and place_of(site, knowledge).part == "neck":
        return "nod"
    return _SMALL_MOVEMENTS.get(option.access)


def _left_for_moving(option: Option, planned: Sequence[Hold], knowledge: Knowledge) -> float:
    """Seconds on the tool that the spot has left for today; 0 when too few to be worth it."""
    left = min(MOVE_S, option.max_hold_s, option.max_spot_s - sum(one.seconds for one in planned))
    return left if left >= float(knowledge.safety["caps"]["hold"]["least"]["value"]) else 0.0


def _aftercare(clearance: Clearance, option: Option, site: str, side: Side) -> Text:
    """Until tomorrow: soreness, what to watch, and the other side if that is open too."""
    look_again = clearance.session_limits.look_again_h
    if look_again:
        params = {"hours": [str(hours) for hours in look_again]}
        soreness = Text(id="session.aftercare_look_again", params=params)
    else:
        soreness = Text(id="session.aftercare")
    other: Side = "left" if side == "right" else "right"
    if side == "midline" or not clearance.options(site, other):
        return Text(id="session.afterwards", params={"soreness": soreness})
    return Text(id="session.afterwards_other_side", params={"soreness": soreness})


def _within(script: Sequence[Step], seconds: float) -> tuple[Step, ...]:
    """The script inside the minutes that are left: exercise goes first, then the small movement, then later holds."""
    steps = list(script)
    while sum(step.duration_s for step in steps) > seconds:
        spare = [n for n, step in enumerate(steps) if step.kind == "exercise"]
        spare = spare or [n for n, step in enumerate(steps) if step.kind == "move" and step.comfort]
        if spare:
            del steps[spare[-1]]
            continue
        later = [n for n, step in enumerate(steps) if step.kind == "hold"]
        if len(later) < 2:
            return ()
        del steps[later[-1] : later[-1] + 2]  # the hold and the rest after it
    return tuple(steps)
