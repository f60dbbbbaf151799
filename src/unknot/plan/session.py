"""Building a guided session. The only way in is a clearance of the safety gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from unknot.case import Case
from unknot.knowledge.model import Knowledge, Side
from unknot.plan import steps as say
from unknot.plan.ending import easy_only, ending
from unknot.plan.fitting import Fit, fits, well_borne_sessions
from unknot.plan.holds import Hold, holds
from unknot.plan.movement import MOVE_S, small_movement
from unknot.record import History
from unknot.safety import Clearance, Option, check, other_side, zones
from unknot.script import FULL, Form, Pressed, Session, Step, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Visit:
    """What stays the same while the ways of one spot are tried."""

    clearance: Clearance
    case: Case
    knowledge: Knowledge
    history: History
    form: Form
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """One side of the spot with its holds, and the seconds of the small movement after them (0 = none)."""

    side: Side
    option: Option
    planned: tuple[Hold, ...]
    moving_s: float


def build(
    clearance: Clearance,
    site: str,
    side: Side,
    case: Case,
    knowledge: Knowledge,
    *,
    history: History | None = None,
    option: Option | None = None,
    form: Form = FULL,
) -> Session | None:
    """A session for one spot, or None when nothing the person has fits under the caps there.

    ``option`` picks one of ``clearance.options(site, side)``; without it the gentlest that suits is taken.
    ``form``: short is about three minutes: straight to the spot, two short holds, one easy movement, no exercise.
    Without lying down nothing is done on the floor or in bed. Both sides: the other one follows, or is left out where
    it is closed in this way or the minutes do not last.
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
    if form.no_floor:
        options = tuple(one for one in options if not knowledge.postures[one.posture].lying)
    visit = _Visit(clearance=clearance, case=case, knowledge=knowledge, history=past, form=form, site=site)
    found = fits(options, site, side, person=case.person, history=past, knowledge=knowledge)
    made = (_build(visit, one, sides) for one in found for sides in _ways(visit, one, side))
    return next((session for session in made if session), None)


def _ways(visit: _Visit, one: Fit, side: Side) -> list[tuple[Side, ...]]:
    """Both sides first, where that is wished for and possible; then the one side."""
    other = other_side(side)
    at_once = one.option.access in zones(visit.clearance.knowledge).both_at_once
    if visit.form.both_sides and other != side and not at_once and visit.clearance.session_limits.max_spots > 1:
        return [(side, other), (side,)]
    return [(side,)]


def _build(visit: _Visit, one: Fit, sides: tuple[Side, ...]) -> Session | None:
    """The session on these sides with the load that is gentle enough for each, or None."""
    found = [one if side == sides[0] else _same_way(visit, one, side) for side in sides]
    ways = [way for way in found if way is not None]
    spots = [spot for way, side in zip(ways, sides, strict=False) if (spot := _spot(visit, way.option, side))]
    if len(spots) < len(sides):
        return None
    gentlest = min(ways, key=lambda way: way.dose.force_n.p50)
    used = replace(gentlest, option=one.option)
    dose = used.dose
    script = _within(_script(visit, used, spots), visit.clearance.session_limits.max_minutes * 60.0, len(spots) > 1)
    if not script:
        return None
    pressure, force = dose.mean_pressure_kpa, dose.force_n
    session = Session(
        site=visit.site,
        muscle=visit.knowledge.sites[visit.site].muscle,
        side=sides[0],
        tool=one.option.tool,
        posture=one.option.posture,
        steps=script,
        spots=_pressed(visit, script, one.option),
        total_hold_s=sum(step.duration_s for step in script if step.comfort is not None),
        cap_kpa=min(spot.option.cap_kpa for spot in spots),
        estimated_kpa=(pressure.p05, pressure.p50, pressure.p95),
        start_force_n=(force.p05, force.p50, force.p95),
        gentleness=dose.gentleness,
        because=_because(spots),
        load=dose.load,
        load_because=used.why,
        stop_rules=tuple(visit.clearance.stop_rules),
        expires_at=visit.clearance.expires_at.isoformat(),
    )
    return session if not check(session, visit.clearance) else None  # the gate has the last word


def _same_way(visit: _Visit, one: Fit, side: Side) -> Fit | None:
    """The same tool in the same position on the other side, as far as it is allowed and fits there."""
    way = (one.option.access, one.option.posture)
    for option in visit.clearance.options(visit.site, side):
        if (option.access, option.posture) == way:
            there = fits(
                (option,), visit.site, side, person=visit.case.person, history=visit.history, knowledge=visit.knowledge
            )
            return next(there, None)
    return None


def _spot(visit: _Visit, option: Option, side: Side) -> _Spot | None:
    """The holds of one side, or None where too little is left of its day."""
    moving = None if visit.form.short else _moving(visit, option)
    planned = holds(
        option,
        visit.clearance.session_limits,
        visit.knowledge,
        used_to_it=well_borne_sessions(visit.history, visit.site, side, option.tool) > 0,
        reserved_s=MOVE_S if moving else 0.0,
        short=visit.form.short,
    )
    if not planned:
        return None
    left = min(MOVE_S, option.max_hold_s, option.max_spot_s - sum(one.seconds for one in planned))
    worth_it = moving is not None and left >= float(visit.knowledge.safety["caps"]["hold"]["least"]["value"])
    return _Spot(side=side, option=option, planned=planned, moving_s=left if worth_it else 0.0)


def _moving(visit: _Visit, option: Option) -> str | None:
    return small_movement(option, visit.site, visit.knowledge, no_stretch=easy_only(visit.case, visit.knowledge))


def _script(visit: _Visit, used: Fit, spots: Sequence[_Spot]) -> list[Step]:
    """All steps, in the form that is wished for."""
    first, site = spots[0], visit.site
    script = [say.breathe(), say.ready(used, site, first.side, visit.knowledge)]
    script += [say.heed(text, site, first.side) for text in _heed(visit.clearance, used.option)]
    script.append(say.find(site, first.side))
    for number, spot in enumerate(spots):
        if number:
            script.append(say.other_side(site, spot.side))
        script += _pressing(visit, spot)
    script += ending(visit.clearance, used.option.posture, visit.case, site, first.side, visit.knowledge, visit.form)
    script.append(say.aftercare(_aftercare(visit, used.option, spots)))
    return _short(script) if visit.form.short else script


def _pressing(visit: _Visit, spot: _Spot) -> list[Step]:
    """The holds of one side, each with the rest after it, and the small movement on the tool."""
    pause = visit.clearance.session_limits.min_rest_s
    steps: list[Step] = []
    for one in spot.planned:
        steps += [say.hold(one, spot.option.access, visit.site, spot.side), say.rest(pause)]
    if spot.moving_s and (moving := _moving(visit, spot.option)):
        steps.append(say.small_movement(moving, spot.moving_s, spot.planned[0].comfort, visit.site, spot.side))
    return steps


def _short(script: Sequence[Step]) -> list[Step]:
    """The short form: no breathing before, no rest where nothing is pressed afterwards."""
    kept = [say.shortened(step) for step in script if step.cue != "breathe"]
    last = max((n for n, step in enumerate(kept) if step.kind == "rest"), default=-1)
    return [step for n, step in enumerate(kept) if n != last]


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


def _because(spots: Sequence[_Spot]) -> tuple[Text, ...]:
    """The reasons of all sides, each once."""
    said: list[Text] = []
    for spot in spots:
        said += [text for text in spot.option.because if text not in said]
    return tuple(said)


def _pressed(visit: _Visit, script: Sequence[Step], option: Option) -> tuple[Pressed, ...]:
    """Every spot with the seconds that it is pressed."""
    seconds: dict[Side, float] = {}
    for step in script:
        if step.comfort is not None and step.side is not None:
            seconds[step.side] = seconds.get(step.side, 0.0) + step.duration_s
    if option.access in zones(visit.clearance.knowledge).both_at_once:
        seconds |= {other_side(side): time for side, time in seconds.items()}
    return tuple(Pressed(site=visit.site, side=side, seconds=time) for side, time in seconds.items())


def _aftercare(visit: _Visit, option: Option, spots: Sequence[_Spot]) -> Text:
    """Until tomorrow: soreness, what to watch, and the other side if that is open too and was left out."""
    look_again = visit.clearance.session_limits.look_again_h
    if look_again:
        params = {"hours": [str(hours) for hours in look_again]}
        soreness = Text(id="session.aftercare_look_again", params=params)
    else:
        soreness = Text(id="session.aftercare")
    side = spots[0].side
    other = other_side(side)
    done = len(spots) > 1 or side == other or option.access in zones(visit.clearance.knowledge).both_at_once
    if done or not visit.clearance.options(visit.site, other):
        return Text(id="session.afterwards", params={"soreness": soreness})
    return Text(id="session.afterwards_other_side", params={"soreness": soreness})


def _within(script: Sequence[Step], seconds: float, both_sides: bool) -> tuple[Step, ...]:
    """The script inside the minutes that are left: exercise goes first, then small movements, then later holds. With
    both sides no hold goes: where they do not all fit, there is no such script."""
    steps = list(script)
    while sum(step.duration_s for step in steps) > seconds:
        spare = [n for n, step in enumerate(steps) if step.kind == "exercise"]
        spare = spare or [n for n, step in enumerate(steps) if step.kind == "move" and step.comfort]
        if spare:
            del steps[spare[-1]]
            continue
        later = [n for n, step in enumerate(steps) if step.kind == "hold"]
        if both_sides or len(later) < 2:
            return ()
        del steps[later[-1] : later[-1] + 2]  # the hold and the rest after it
    return tuple(steps)
