"""What the gate hands out: a Clearance with every option that is left, or a Stop with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field
from datetime import datetime

from unknot.knowledge.model import Knowledge, Side
from unknot.safety.facts import Facts
from unknot.safety.limits import NONE, Limits, PressureClass, caps
from unknot.safety.past import Past
from unknot.safety.precautions import Precautions
from unknot.safety.sites import HANDS, SitePlan, site_plans, zones
from unknot.script import Text


def other_side(side: Side) -> Side:
    """Left for right, right for left; the midline stays."""
    other: Mapping[Side, Side] = {"left": "right", "right": "left", "midline": "midline"}
    return other[side]


_GATE = object()
"""Held by the gate alone; nothing else can make a Clearance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way of pressing a spot that is allowed, with its limits: kPa of mean contact pressure, comfort 0-10, seconds.

    ``because``: "because of ..., we ...". ``how``: what to heed at this spot. ``max_spot_s``: what is left for today.
    """

    access: str
    tool: str
    posture: str
    cap_kpa: float
    comfort_max: float
    comfort_stop: float
    max_hold_s: float
    max_spot_s: float
    soft_only: bool
    because: tuple[Text, ...]
    how: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLimits:
    """Limits of the whole visit. ``needs``: what must hold while pressing; ``look_again_h``: look at the skin then."""

    max_spots: int
    max_minutes: float
    max_holds_per_spot: int
    min_rest_s: float
    needs: tuple[Text, ...]
    look_again_h: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """No session now. ``unanswered``: questions that would have to be answered first; ``until``: when to ask again."""

    reasons: tuple[Text, ...]
    unanswered: tuple[str, ...] = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clearance:
    """Leave to press, for one case at one moment. Only the gate can make one: anything else gets TypeError."""

    token: InitVar[object]
    knowledge: Knowledge
    facts: Facts
    precautions: Precautions
    past: Past
    after: Mapping[str, Limits]
    owned: frozenset[str]
    blocked_regions: frozenset[str]
    session_limits: SessionLimits
    session_wide: Limits
    stop_rules: tuple[str, ...]
    expires_at: datetime
    _found: dict[tuple[str, Side], tuple[Option, ...]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self, token: object) -> None:
        if token is not _GATE:
            raise TypeError("a clearance is made by the safety gate, and by nothing else")

    def options(self, site: str, side: Side) -> tuple[Option, ...]:
        """Every allowed way of pressing the spot; () where it is closed. Raises KeyError for an unknown site."""
        if (site, side) not in self._found:
            self._found[site, side] = self._options(site, side)
        return self._found[site, side]

    def _options(self, site: str, side: Side) -> tuple[Option, ...]:
        plan = site_plans(self.knowledge)[site]
        if not plan.access or not self._has_side(plan, side):
            return ()
        own = self._limits(plan, side)
        if own.closed or plan.pressure_class is None:
            return ()
        both_at_once = zones(self.knowledge).both_at_once
        found: list[Option] = []
        for access in plan.access:
            limits = own.and_(self._limits(plan, other_side(side))) if access in both_at_once else own
            if limits.closed or not self._way_is_open(access, limits):
                continue
            found += [
                self._option(plan, plan.pressure_class, access, posture, limits, side)
                for posture in self.knowledge.access[access].postures_at(plan.site.home)
                if self._posture_is_open(access, posture, limits)
            ]
        return tuple(found)

    def closed_because(self, site: str, side: Side) -> tuple[Text, ...]:
        """Why ``options`` is empty; () where it is not. Raises KeyError for an unknown site."""
        plan = site_plans(self.knowledge)[site]
        if not plan.access:
            return (Text(id="closed.look_only" if plan.press else "closed.nobody_here"),)
        if limits := self._limits(plan, side).closed:
            return limits
        return () if self.options(site, side) else (Text(id="closed.no_way_left"),)

    def _limits(self, plan: SitePlan, side: Side) -> Limits:
        site, region = plan.site.id, plan.site.home
        found = self.precautions.limits(site).and_(self.session_wide).and_(plan.limits_for(self.facts))
        found = found.and_(self.past.limits(site, region, side)).and_(self.after.get(site, NONE))
        if region in self.blocked_regions:
            found = found.and_(
                Limits(closed=(Text(id="closed.blocked_region", params={"region": f"@region.{region}"}),))
            )
        return found

    def _has_side(self, plan: SitePlan, side: Side) -> bool:
        pairs = self.knowledge.muscles[plan.site.muscle].side_pairs
        return side in (("left", "right") if pairs else ("midline",))

    def _way_is_open(self, access: str, limits: Limits) -> bool:
        return (
            self.knowledge.access[access].tool in self.owned
            and access not in limits.ban_access
            and (access in HANDS or not limits.hands_only)
            and (access in zones(self.knowledge).soft_access or not limits.soft_only)
        )

    def _posture_is_open(self, access: str, posture: str, limits: Limits) -> bool:
        on_floor = self.knowledge.postures[posture].on_floor
        lying_on_a_tool = access not in HANDS and self.knowledge.postures[posture].lying
        return (
            (limits.postures_only is None or posture in limits.postures_only)
            and not (limits.no_floor and on_floor)
            and not (limits.no_lying and lying_on_a_tool)
        )

    def _option(
        self, plan: SitePlan, pressure_class: PressureClass, access: str, posture: str, limits: Limits, side: Side
    ) -> Option:
        figures = caps(self.knowledge)
        highest = self.past.highest_kpa(plan.site.id, side)
        if access in zones(self.knowledge).both_at_once:
            highest = min(highest, self.past.highest_kpa(plan.site.id, other_side(side)))
        cap = limits.pressure_cap(pressure_class, highest, figures)
        comfort = min(
            limits.comfort_max,
            figures.class_comfort(pressure_class),
            figures.of("hold", "later_comfort"),
            figures.of("hold", "ceiling"),
        )
        hold, spot = min(limits.hold_max_s, figures.of("hold", "later")), limits.spot_max_s
        if access == "gun":
            hold, spot = min(hold, figures.of("gun", "hold")), min(spot, figures.of("gun", "spot"))
        wanted = (*limits.needs, "gun_gently") if access == "gun" else limits.needs
        needs = tuple(Text(id=f"need.{need}") for need in wanted)
        return Option(
            access=access,
            tool=self.knowledge.access[access].tool,
            posture=posture,
            cap_kpa=min(cap, plan.access_cap_kpa.get(access, float("inf"))),
            comfort_max=comfort,
            comfort_stop=min(figures.of("hold", "stop"), comfort + figures.of("hold", "stop_above")),
            max_hold_s=min(hold, spot),
            max_spot_s=spot,
            soft_only=limits.soft_only,
            because=limits.because,
            how=plan.how_by(access) + needs,
        )
