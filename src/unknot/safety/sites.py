"""Per-site rules: what a spot allows whoever presses it, and where nobody presses (``safety/site_rules.toml``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from unknot.knowledge.conditions import Expression
from unknot.knowledge.model import Knowledge, Site
from unknot.knowledge.read import KnowledgeError, read
from unknot.safety.compiled import language, once
from unknot.safety.facts import Facts
from unknot.safety.limits import CLASSES, Limits, PressureClass, combined
from unknot.safety.places import named
from unknot.safety.precautions import reason
from unknot.script import Text

FILE = "safety/site_rules.toml"
HANDS = ("fingers", "partner")  # the accesses that are hands and no tool


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRule:
    """One rule as the file states it; the file explains the fields."""

    id: str
    sites: tuple[str, ...]
    review: tuple[int, ...]
    sources: tuple[str, ...]
    basis: Literal["published", "memory", "proposal"]
    access: tuple[str, ...] | None = None
    press: bool = True
    postures: tuple[str, ...] = ()
    pressure_class: PressureClass | None = None
    cap_kpa: float | None = None
    access_cap_kpa: Mapping[str, float] | None = None
    max_hold_s: float | None = None
    max_spot_s: float | None = None
    soft_only: bool = False
    how: bool = False
    how_by: tuple[Literal["hands", "tool", "partner"], ...] = ()
    known: tuple[str, ...] = ()
    blocked_when: Mapping[str, Any] | None = None
    hands_only_when: Mapping[str, Any] | None = None

    def fixed_limits(self) -> Limits:
        """What the rule limits whoever presses."""
        given: dict[str, Any] = {"cap_kpa": self.cap_kpa, "hold_max_s": self.max_hold_s, "spot_max_s": self.max_spot_s}
        return Limits(
            soft_only=self.soft_only,
            postures_only=frozenset(self.postures) if self.postures else None,
            **{name: value for name, value in given.items() if value is not None},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePlan:
    """A site with its rules worked in. ``access`` is empty where nobody treats; ``press`` says whether one may look."""

    site: Site
    access: tuple[str, ...]
    press: bool
    pressure_class: PressureClass | None
    access_cap_kpa: Mapping[str, float]
    limits: Limits
    how: tuple[tuple[str, Text], ...]
    known: tuple[str, ...]
    blocked: tuple[tuple[str, Expression], ...]
    hands_only: tuple[tuple[str, Expression], ...]

    def how_by(self, access: str) -> tuple[Text, ...]:
        """What to heed here with this way of pressing."""
        means = {"", "hands" if access in HANDS else "tool", access}
        return tuple(text for by, text in self.how if by in means)

    def limits_for(self, facts: Facts) -> Limits:
        """The limits of the site for one case: fixed ones, and those that its rules take from the facts."""
        found = [self.limits]
        for id, condition in self.blocked:
            if why := reason(f"site_rule.{id}.blocked", condition, facts):
                found.append(Limits(closed=(why,)))
        for id, condition in self.hands_only:
            if why := reason(f"site_rule.{id}.hands_only", condition, facts):
                found.append(Limits(hands_only=True, because=(why,)))
        for name in self.known:
            if facts.values.get(name) is None:
                unasked = Text(id="closed.unanswered", params={"question": f"@question.{name}.ask"})
                found.append(Limits(closed=(unasked,)))
        return combined(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Zones:
    """Regions where nobody presses, where no other person's hand goes, and what is left to soft tools and guns.

    ``both_at_once``: ways that press the same spot of the other side too.
    """

    never: frozenset[str]
    no_partner: frozenset[str]
    soft_access: frozenset[str]
    gun_sites: frozenset[str]
    both_at_once: frozenset[str]


@once
def zones(knowledge: Knowledge) -> Zones:
    """The forbidden zones. ``never`` holds area regions (a map may mark them)."""
    table = knowledge.safety["site_rules"]["zones"]
    return Zones(
        never=named(table["never"], knowledge),
        no_partner=named(table["no_partner"], knowledge),
        soft_access=frozenset(table["soft_access"]),
        gun_sites=frozenset(table["gun_sites"]),
        both_at_once=frozenset(table["both_at_once"]),
    )


@once
def site_plans(knowledge: Knowledge) -> Mapping[str, SitePlan]:
    """Every site with its rules. Raises KnowledgeError or RuleError naming file and field."""
    faults: list[str] = []
    rules: dict[str, list[SiteRule]] = {id: [] for id in knowledge.sites}
    for table in knowledge.safety["site_rules"]["site_rule"]:
        rule = read(SiteRule, table, f"{FILE}: {table.get('id')}", faults)
        if rule:
            _place(rule, rules, faults, knowledge)
    if faults:
        raise KnowledgeError(faults)
    return {id: _plan(knowledge.sites[id], found, knowledge) for id, found in rules.items()}


def home(site: str, knowledge: Knowledge) -> str:
    """The area region where one presses this site."""
    return knowledge.sites[site].home


def _place(rule: SiteRule, rules: dict[str, list[SiteRule]], faults: list[str], knowledge: Knowledge) -> None:
    where = f"{FILE}: {rule.id}"
    for site in rule.sites:
        if site not in rules:
            faults.append(f"{where}.sites: unknown site {site!r}")
            continue
        if rule.access is not None and any(other.access is not None for other in rules[site]):
            faults.append(f"{where}.access: {site} has a list from another rule")
        rules[site].append(rule)
    faults += [f"{where}.access: unknown way {id!r}" for id in rule.access or () if id not in knowledge.access]
    faults += [f"{where}.postures: unknown posture {id!r}" for id in rule.postures if id not in knowledge.postures]
    faults += [f"{where}.known: unknown question {id!r}" for id in rule.known if id not in knowledge.questions]


def _plan(site: Site, rules: Iterable[SiteRule], knowledge: Knowledge) -> SitePlan:
    rules = tuple(rules)
    muscle = knowledge.muscles[site.muscle]
    never = not site.self_press or not all(rule.press for rule in rules)
    pressure_class = _gentlest([muscle.pressure_class, *(rule.pressure_class for rule in rules if rule.pressure_class)])
    access = next((rule.access for rule in rules if rule.access is not None), muscle.access)
    untreated = never or pressure_class is None or site.home in zones(knowledge).never
    words = language(knowledge)
    return SitePlan(
        site=site,
        access=() if untreated else _reachable(site, access, knowledge),
        press=not never,
        pressure_class=pressure_class,
        access_cap_kpa={id: cap for rule in rules for id, cap in (rule.access_cap_kpa or {}).items()},
        limits=combined(rule.fixed_limits() for rule in rules),
        how=tuple(said for rule in rules for said in _said(rule)),
        known=tuple(dict.fromkeys(name for rule in rules for name in rule.known)),
        blocked=tuple(
            (r.id, words.parse(r.blocked_when, f"{FILE}: {r.id}.blocked_when")) for r in rules if r.blocked_when
        ),
        hands_only=tuple(
            (r.id, words.parse(r.hands_only_when, f"{FILE}: {r.id}.hands_only_when"))
            for r in rules
            if r.hands_only_when
        ),
    )


def _said(rule: SiteRule) -> Iterator[tuple[str, Text]]:
    """What a rule says to heed, each with the way of pressing that it is meant for ("" = every way)."""
    if rule.how:
        yield "", Text(id=f"site_rule.{rule.id}.how")
    for by in rule.how_by:
        yield by, Text(id=f"site_rule.{rule.id}.how_{by}")


def _reachable(site: Site, access: Iterable[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Ways that stay for anybody: guns only where the list has the site, no other person's hand in its zones."""
    limits = zones(knowledge)
    return tuple(
        way
        for way in access
        if not (way == "gun" and site.id not in limits.gun_sites)
        and not (way == "partner" and site.home in limits.no_partner)
    )


def _gentlest(classes: Iterable[str]) -> PressureClass | None:
    """The lowest class; None when one of them says that no tool goes here."""
    ranks = []
    for name in classes:
        if name not in CLASSES:
            return None
        ranks.append(CLASSES.index(name))
    return CLASSES[min(ranks)]
