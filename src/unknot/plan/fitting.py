"""Which way of reaching a spot, and how much weight on it, keeps the estimated pressure under the cap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from unknot.case import Person
from unknot.dose import Dose, planned_dose
from unknot.dose.load import load_steps, place_of
from unknot.knowledge.model import Knowledge, Side
from unknot.record import History
from unknot.safety import Option

QUIET_SORENESS = 3.0  # soreness below 4 of 10 the next day: the session was well borne
SESSIONS_PER_STEP = 2  # one load step further after every two sessions that were well borne


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """An option of the clearance with the load step that fits it and the dose of that step."""

    option: Option
    dose: Dose


def fit(
    option: Option, site: str, knowledge: Knowledge, *, mass_kg: float | None = None, well_borne: int = 0
) -> Fit | None:
    """The load step for an option, or None when even the gentlest may exceed the cap (P95 of mean pressure).

    A first session takes the gentlest step; every two sessions that were well borne allow the next one. A lower cap can
    only take steps away from the top, so it never raises the planned load.
    """
    doses = [
        planned_dose(option.access, site, option.posture, step, mass_kg=mass_kg, knowledge=knowledge)
        for step in load_steps(option.access, option.posture, site, knowledge)
    ]
    under_cap = [dose for dose in doses if dose.mean_pressure_kpa.p95 <= option.cap_kpa]
    if not under_cap:
        return None
    return Fit(option=option, dose=under_cap[min(well_borne // SESSIONS_PER_STEP, len(under_cap) - 1)])


def fits(
    options: Iterable[Option], site: str, side: Side, *, person: Person, history: History, knowledge: Knowledge
) -> tuple[Fit, ...]:
    """Every option of a clearance that fits its cap, best first.

    Best: a tool where hands do not reach well,
    hands where they do; then the gentlest position (dose.toml lists them); then the lower pressure.
    """
    found = []
    for option in options:
        borne = well_borne_sessions(history, site, side, option.tool)
        one = fit(option, site, knowledge, mass_kg=person.mass_kg, well_borne=borne)
        found += [one] if one else []
    return tuple(sorted(found, key=lambda one: _rank(one, site, knowledge)))


def _rank(one: Fit, site: str, knowledge: Knowledge) -> tuple[int, int, float, str]:
    order = knowledge.dose["order"]
    hands_first = place_of(site, knowledge).part in order["hands_first"]
    tool = -1 if one.option.tool == "fingers" and hands_first else order["tools"].index(one.option.tool)
    posture = order["postures"].index(one.option.posture)
    return (tool, posture, one.dose.mean_pressure_kpa.p50, one.option.access)


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
