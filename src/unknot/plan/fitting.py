"""Which way of reaching a spot, and how much weight on it: under the cap, at a pace, and likely comfortable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from unknot.case import Person
from unknot.dose import Dose, planned_dose
from unknot.dose.estimate import muscle_stress_kpa
from unknot.dose.layers import Body
from unknot.dose.load import load_steps, place_of
from unknot.knowledge.model import Knowledge, Side
from unknot.record import History
from unknot.safety import Option
from unknot.script import Text
from unknot.track.tolerated import Tolerance, tolerance

QUIET_SORENESS = 3.0  # soreness below 4 of 10 the next day: the session was well borne


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """An option of the clearance with the load step that fits it, the dose of that step and why it is this one.

    ``likely``: the person's own answers so far do not speak against it.
    """

    option: Option
    dose: Dose
    why: Text
    likely: bool = True


def fit(
    option: Option,
    site: str,
    knowledge: Knowledge,
    *,
    body: Body,
    well_borne: int = 0,
    borne: Tolerance | None = None,
) -> Fit | None:
    """The load step for an option, or None when even the gentlest may exceed the cap (P95 of mean pressure).

    A first session takes the gentlest step; every two sessions that were well borne allow the next one, no more than a
    stated factor above what was borne before; and where the person has answered before (``borne``), only a step whose
    answer stays within the comfort of the option as likely as comfort.toml asks for. A lower cap can only take steps
    away from the top, so it never raises the planned load.
    """
    steps = load_steps(option.access, option.posture, site, knowledge)
    doses = [planned_dose(option.access, site, option.posture, one, body=body, knowledge=knowledge) for one in steps]
    under_cap = [dose for dose in doses if dose.mean_pressure_kpa.p95 <= option.cap_kpa]
    if not under_cap:
        return None
    pace = knowledge.dose["comfort"]["suggest"]
    allowed = under_cap[: 1 + well_borne // int(pace["sessions_per_step"]["value"])]
    if borne is None or not borne.data:
        return Fit(option=option, dose=allowed[-1], why=_why(allowed, under_cap, doses, well_borne))
    stresses = [muscle_stress_kpa(one.tool, site, one.force_n.p50, body, knowledge) for one in allowed]
    good = [
        dose
        for dose, stress in zip(allowed, stresses, strict=True)
        if stress is None or _bears(borne, stress, option, pace)
    ]
    if not good:
        why = Text(id="fit.even_gentlest", params={"hi": option.comfort_max})
        return Fit(option=option, dose=allowed[0], why=why, likely=False)
    if good[-1] is not allowed[-1]:
        return Fit(option=option, dose=good[-1], why=Text(id="fit.comfort", params={"hi": option.comfort_max}))
    return Fit(option=option, dose=allowed[-1], why=_why(allowed, under_cap, doses, well_borne))


def _bears(borne: Tolerance, stress: float, option: Option, pace: dict[str, dict[str, float]]) -> bool:
    """Whether comfort is likely, and the load no more than a stated factor above the largest that was borne well."""
    likely = borne.chance(stress, option.comfort_max) >= pace["likely"]["value"]
    fine = [one.muscle_kpa for one in borne.data if not one.too_much and one.answer <= option.comfort_max]
    return likely and (not fine or stress <= pace["most_growth"]["value"] * max(fine))


def _why(allowed: list[Dose], under_cap: list[Dose], doses: list[Dose], well_borne: int) -> Text:
    """Why the fullest of the allowed steps, and no further."""
    if len(allowed) < len(under_cap):
        return Text(id="fit.pace", params={"n": well_borne}) if well_borne else Text(id="fit.first")
    if len(under_cap) < len(doses):
        return Text(id="fit.cap")
    return Text(id="fit.fullest") if len(doses) > 1 else Text(id="fit.only")


def fits(
    options: Iterable[Option], site: str, side: Side, *, person: Person, history: History, knowledge: Knowledge
) -> Iterator[Fit]:
    """Every option of a clearance that fits its cap, best first, each worked out when it is asked for.

    Best: what the person's answers do not speak against; then a tool where hands do not reach well, hands where they
    do; then the gentlest position (dose.toml lists them).
    """
    body = Body(mass_kg=person.mass_kg, height_cm=person.height_cm, sex=person.sex)
    borne = tolerance(history, site, side, body, knowledge) if history.sessions else None
    doubtful = []
    for option in sorted(options, key=lambda one: _rank(one, site, knowledge)):
        well_borne = well_borne_sessions(history, site, side, option.tool)
        one = fit(option, site, knowledge, body=body, well_borne=well_borne, borne=borne)
        if one and one.likely:
            yield one
        elif one:
            doubtful.append(one)
    yield from doubtful


def _rank(option: Option, site: str, knowledge: Knowledge) -> tuple[int, int, str]:
    order = knowledge.dose["order"]
    hands_first = place_of(site, knowledge).part in order["hands_first"]
    tool = -1 if option.tool == "fingers" and hands_first else order["tools"].index(option.tool)
    return (tool, order["postures"].index(option.posture), option.access)


def well_borne_sessions(history: History, site: str, side: Side, tool: str) -> int:
    """How many earlier sessions on this spot with this tool were borne well: not stopped, no bruise, little soreness.

    An unknown soreness does not count as none.
    """
    return sum(
        past.site == site
        and past.side == side
        and past.tool == tool
        and past.stopped_for is None
        and not past.bruise_cm
        and past.soreness_next_day is not None
        and past.soreness_next_day <= QUIET_SORENESS
        for past in history.sessions
    )
