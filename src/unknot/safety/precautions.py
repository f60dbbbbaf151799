"""Precautions: what is known of the person and of the day, turned into limits on single spots or a stop for all.

A precaution holds when its condition is known to be true, and also when only a "not sure" stands between it and being
true. The rules are data (``safety/precautions.toml``, which explains every effect).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from unknot.case import Case
from unknot.knowledge.conditions import Expression, facts_in
from unknot.knowledge.model import Knowledge
from unknot.knowledge.read import KnowledgeError, read
from unknot.safety.blocked import beside
from unknot.safety.compiled import language, once
from unknot.safety.evaluate import holds
from unknot.safety.facts import Facts
from unknot.safety.limits import NONE, Limits, combined
from unknot.safety.places import limbs, named, related_sites, sites_at
from unknot.script import Text

FILE = "safety/precautions.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One effect and its scope; the file explains the fields."""

    regions: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    at: Literal["", "related", "implant_place", "treated_place"] = ""
    whole_limb: bool = False
    no_session: bool = False
    close: bool = False
    hands_only: bool = False
    soft_only: bool = False
    no_floor: bool = False
    no_lying: bool = False
    ban_access: tuple[str, ...] = ()
    postures_only: tuple[str, ...] = ()
    cap_kpa: float | None = None
    cap_factor: float | None = None
    class_down: bool = False
    rise_after_quiet: bool = False
    comfort_max: float | None = None
    hold_max_s: float | None = None
    spot_max_s: float | None = None
    spots_max: int | None = None
    look_again_h: tuple[int, ...] = ()
    needs: tuple[str, ...] = ()

    def limits(self, because: Text) -> Limits:
        """The effect as limits, with its reason."""
        given: dict[str, Any] = {
            "cap_kpa": self.cap_kpa,
            "factor": self.cap_factor,
            "comfort_max": self.comfort_max,
            "hold_max_s": self.hold_max_s,
            "spot_max_s": self.spot_max_s,
            "spots_max": self.spots_max,
        }
        return Limits(
            closed=(because,) if self.close else (),
            because=(because,),
            needs=self.needs,
            hands_only=self.hands_only,
            soft_only=self.soft_only,
            no_floor=self.no_floor,
            no_lying=self.no_lying,
            ban_access=frozenset(self.ban_access),
            postures_only=frozenset(self.postures_only) if self.postures_only else None,
            class_down=self.class_down,
            rise_after_quiet=self.rise_after_quiet,
            look_again_h=self.look_again_h,
            **{name: value for name, value in given.items() if value is not None},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Precaution:
    """One precaution as the file states it, and its condition as an expression."""

    id: str
    when: Mapping[str, Any]
    effects: tuple[Effect, ...]
    review: tuple[int, ...]
    sources: tuple[str, ...]
    basis: Literal["published", "memory", "proposal"]
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Precautions:
    """What the precautions that hold for one case do to it.

    ``forbid``: reasons against any session. ``unanswered``: questions that must be answered first. ``everywhere``: the
    limits of the whole body; ``at``: further limits of single sites.
    """

    forbid: tuple[Text, ...]
    unanswered: tuple[str, ...]
    everywhere: Limits
    at: Mapping[str, Limits]

    def limits(self, site: str) -> Limits:
        """All limits of one site."""
        return self.everywhere.and_(self.at.get(site, NONE))


@once
def _rules(knowledge: Knowledge) -> tuple[tuple[Precaution, Expression], ...]:
    """The precautions of the file. Raises KnowledgeError or RuleError naming file and field."""
    faults: list[str] = []
    words = language(knowledge)
    found = []
    for table in knowledge.safety["precautions"]["precaution"]:
        where = f"{FILE}: {table.get('id')}"
        precaution = read(Precaution, table, where, faults)
        if precaution:
            found.append((precaution, words.parse(precaution.when, f"{where}.when")))
            faults += _wrong_ids(precaution, where, knowledge)
    if faults:
        raise KnowledgeError(faults)
    return tuple(found)


def precautions_of(case: Case, facts: Facts, knowledge: Knowledge) -> Precautions:
    """Evaluate every precaution for one case."""
    forbid: list[Text] = []
    unanswered: list[str] = []
    everywhere: list[Limits] = []
    at: dict[str, list[Limits]] = {}
    for precaution, condition in _rules(knowledge):
        because = reason(f"precaution.{precaution.id}.because", condition, facts)
        if because is None:
            continue
        unanswered += [name for name in precaution.requires if name not in facts.values]
        for effect in precaution.effects:
            if effect.no_session:
                forbid.append(because)
                continue
            scope = _scope(effect, case, facts, knowledge)
            if scope is None:
                everywhere.append(effect.limits(not_sure_where(effect) if effect.at else because))
            else:
                limits = effect.limits(because)
                for site in scope:
                    at.setdefault(site, []).append(limits)
    return Precautions(
        forbid=_distinct(forbid),
        unanswered=tuple(dict.fromkeys(unanswered)),
        everywhere=combined(everywhere),
        at={site: combined(found) for site, found in at.items()},
    )


def reason(known: str, condition: Expression, facts: Facts) -> Text | None:
    """Why a rule applies: the message ``known`` if it is known to be true; if only a "not sure" stands between, a text
    that names the question; None if it does not apply."""
    if holds(condition, facts) is True:
        return Text(id=known)
    if holds(condition, facts, missing_is_absent=True) is None:
        return not_sure(facts_in(condition), facts)
    return None


def not_sure(questions: Iterable[str], facts: Facts) -> Text:
    """The text that names the first question (by id) that was answered "not sure"."""
    unsure = sorted(name for name in questions if name in facts.values and facts.values[name] is None)
    return Text(id="precaution.not_sure", params={"question": f"@question.{unsure[0]}.ask"})


def not_sure_where(effect: Effect) -> Text:
    """The text for an effect at a place that the person cannot name."""
    return Text(id="precaution.not_sure_where", params={"question": f"@question.{effect.at}.ask"})


def _scope(effect: Effect, case: Case, facts: Facts, knowledge: Knowledge) -> frozenset[str] | None:
    """The sites that an effect reaches; None = every site."""
    if not (effect.at or effect.regions or effect.sites):
        return None
    found = frozenset(effect.sites)
    if effect.regions:
        found |= sites_at(named(effect.regions, knowledge), knowledge)
    if effect.at == "related":
        return found | related_sites(case, knowledge)
    if effect.at:
        place = facts.values.get(effect.at, ())  # not asked: `requires` has already stopped what must be known
        if place is None:
            return None
        regions = beside(place, knowledge)
        found |= sites_at(regions | limbs(regions, knowledge) if effect.whole_limb else regions, knowledge)
    return found


def _distinct(texts: Iterable[Text]) -> tuple[Text, ...]:
    found: list[Text] = []
    for text in texts:
        if text not in found:
            found.append(text)
    return tuple(found)


def _wrong_ids(precaution: Precaution, where: str, knowledge: Knowledge) -> Iterator[str]:
    """Ids that the effects name and the knowledge does not have."""
    for number, effect in enumerate(precaution.effects):
        named = {
            "sites": (effect.sites, knowledge.sites),
            "regions": (effect.regions, language(knowledge).groups),
            "ban_access": (effect.ban_access, knowledge.access),
            "postures_only": (effect.postures_only, knowledge.postures),
        }
        for key, (ids, known) in named.items():
            yield from (f"{where}.effects[{number}].{key}: unknown id {id!r}" for id in ids if id not in known)
    yield from (
        f"{where}.requires: unknown question {id!r}" for id in precaution.requires if id not in knowledge.questions
    )
