"""A spot and the ways of reaching it: what the planner offers, in the words of the set-up page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from unknot.app.cases.state import CaseState
from unknot.detect import detect
from unknot.knowledge.model import Side
from unknot.messages import render
from unknot.plan.choose import choose
from unknot.plan.fitting import Fit, fits
from unknot.plan.session import build
from unknot.safety import Clearance, check, pressable
from unknot.script import FULL, Form, Session, Text


@dataclass(frozen=True, slots=True)
class Spot:
    """Where to press."""

    site: str
    side: Side


@dataclass(frozen=True, slots=True)
class Reach:
    """One way of reaching the spot: ``key`` names it in a form."""

    fit: Fit

    @property
    def key(self) -> str:
        return f"{self.fit.option.access}|{self.fit.option.posture}"

    @property
    def words(self) -> dict[str, str]:
        """Tool, position and gentleness, each as words."""
        tool, posture = render(f"tool.{self.fit.option.tool}"), render(f"posture.{self.fit.option.posture}")
        return {
            "tool": tool[:1].upper() + tool[1:],
            "posture": posture,
            "gentleness": render(f"gentleness.{self.fit.dose.gentleness}"),
        }


@dataclass(frozen=True, slots=True)
class SetUp:
    """A spot with the way that is looked at, its script, and the other ways."""

    spot: Spot
    reach: Reach
    script: Session
    others: tuple[Reach, ...]
    because: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Weight:
    """The band in kilograms as the script says it; ``top`` is the end of the gauge."""

    lo: float
    hi: float

    @property
    def top(self) -> float:
        return self.hi * 1.5

    @property
    def width(self) -> float:
        """How wide the band is on the gauge."""
        start, stop = self.share
        return round(stop - start, 1)

    @property
    def share(self) -> tuple[float, float]:
        """Where the band begins and ends on the gauge, 0-100."""
        return round(100 * self.lo / self.top, 1), round(100 * self.hi / self.top, 1)


def set_up(
    state: CaseState, clearance: Clearance, spot: Spot | None, key: str, form: Form = FULL
) -> SetUp | tuple[Text, ...]:
    """The set-up of a spot (None: the one to begin with) in the way ``key`` (unknown: the gentlest that suits).

    Returns the reasons where there is no way. Every script is checked against the clearance once more.
    """
    case = state.case
    if case is None:
        raise ValueError("a clearance without a case")
    why: tuple[Text, ...] = ()
    if spot is None:
        may_press = pressable(case, state.knowledge)
        found = detect(case, state.knowledge, history=state.history, pressable=lambda site, _: site in may_press)
        choice = choose(clearance, found, case, state.knowledge, state.history, form=form)
        if choice.session is None:
            return choice.because
        spot, why = Spot(choice.session.site, choice.session.side), choice.because[:1]
    options = clearance.options(spot.site, spot.side)
    ordered = fits(options, spot.site, spot.side, person=case.person, history=state.history, knowledge=state.knowledge)
    lying = state.knowledge.postures
    ways = [Reach(fit) for fit in ordered if not (form.no_floor and lying[fit.option.posture].lying)]
    chosen = next((way for way in ways if way.key == key), None)
    for way in [chosen] if chosen else ways:
        script = build(
            clearance,
            spot.site,
            spot.side,
            case,
            state.knowledge,
            history=state.history,
            option=way.fit.option,
            form=form,
        )
        if script is not None and not check(script, clearance):
            return SetUp(spot, way, script, tuple(one for one in ways if one is not way), why)
    none_left = "no_way_without_lying" if form.no_floor else "no_way"
    return clearance.closed_because(spot.site, spot.side) or (Text(id=f"app_sessions.closed.{none_left}"),)


def placing(script: Session) -> tuple[Text, Text, Weight]:
    """How to lie, sit or stand; how to put the weight on; and the band of weight: as the script will say them."""
    params: dict[str, Any] = next(step.text.params for step in script.steps if step.text.id == "session.ready")
    weight = params["weight"].params
    return params["position"], params["load"], Weight(weight["lo"], weight["hi"])
