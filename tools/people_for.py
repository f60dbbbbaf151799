"""Drawing people for whom one clause of a condition decides: every clause beside it is made not to matter."""

from __future__ import annotations

import random
from typing import Any

from unknot.knowledge import load
from unknot.knowledge.conditions import (
    All,
    AnyOf,
    Compare,
    Condition,
    Count,
    Expression,
    Has,
    In,
    Is,
    Not,
    Pain,
    Unless,
    children,
    walk,
)
from unknot.knowledge.rules import PERSON_FACTS

NEUTRAL = "forearm_back"


class Person:
    """A person that is being made up: what was said already is kept, what was ruled out stays out."""

    def __init__(self, draw: random.Random, condition: Expression, *, measured: bool = False) -> None:
        self.draw, self.measured = draw, measured
        self.near: dict[str, set[float]] = {}  # numbers about every bound of the condition
        for part in walk(condition):
            if isinstance(part, Compare):
                steps = (limit + step for _, limit in part.bounds for step in (-1, -0.5, 0, 0.5, 1))
                self.near.setdefault(part.fact, set()).update(steps)
        self.facts: dict[str, Any] = {}
        self.lists: dict[str, set[str]] = {}
        self.not_in: dict[str, set[str]] = {}
        self.conditions: set[str] = set()
        self.no_conditions: set[str] = set()
        self.areas: dict[tuple[str, str], float | None] = {}
        self.no_regions: set[str] = set()
        self.strongest: float | None = None

    def case(self) -> dict[str, Any]:
        """The person as a case (without its schema), or as what a session measures."""
        if self.measured:
            return {"measured": dict(self.facts)}
        answers = {name: value for name, value in self.facts.items() if name not in PERSON_FACTS}
        answers |= {name: sorted(values) for name, values in self.lists.items()}
        person: dict[str, Any] = {"age": self.facts.get("age", 40)}
        person |= {name: self.facts[name] for name in ("sex", "height_cm", "mass_kg") if name in self.facts}
        person["conditions"] = sorted(self.conditions)
        pain = self._pain()
        return {"person": person, "answers": answers} | ({"pain": pain} if pain else {})

    def _pain(self) -> list[dict[str, Any]]:
        areas = dict(self.areas)
        if not areas and (self.no_regions or self.strongest is not None):
            free = [id for id in load().regions if id not in self.no_regions and load().regions[id].lateral]
            areas[(NEUTRAL if NEUTRAL in free else self.draw.choice(free), "left")] = None
        if self.strongest is not None and areas:
            first = next((key for key, strength in areas.items() if strength is None), next(iter(areas)))
            areas[first] = self.strongest
        return [
            {"region": region, "side": side} | ({} if strength is None else {"intensity": strength})
            for (region, side), strength in sorted(areas.items())
        ]


def sensitise(expression: Expression, path: tuple[int, ...], person: Person) -> None:
    """Make the clause at the path decide: others of an ``all`` true, of an ``any`` false, of a ``count`` one short."""
    for number in path:
        parts = children(expression)
        others = [part for place, part in enumerate(parts) if place != number]
        if isinstance(expression, All):
            wanted = [True] * len(others)
        elif isinstance(expression, Count):
            short = person.draw.sample(range(len(others)), min(expression.at_least - 1, len(others)))
            wanted = [place in short for place in range(len(others))]
        else:
            wanted = [False] * len(others)
        for part, want in zip(others, wanted, strict=True):
            if want or person.draw.random() < 0.7:  # what must not be true may also stay unsaid
                make(part, want, person)
        expression = parts[number]
    make(expression, person.draw.random() < 0.5, person)


def make(expression: Expression, want: bool, person: Person) -> None:
    """Say something that makes the condition true or false, as far as what was said before allows."""
    draw = person.draw
    match expression:
        case Is(question):
            person.facts.setdefault(question, want)
        case Not(inner):
            make(inner, not want, person)
        case Unless(inner):
            if not want or draw.random() < 0.7:
                make(inner, not want, person)
        case All(parts) if want:
            _each(parts, True, person)
        case All(parts):
            make(draw.choice(parts), False, person)
        case AnyOf(parts) if want:
            make(draw.choice(parts), True, person)
        case AnyOf(parts):
            _each(parts, False, person)
        case Count(parts, at_least):
            yes = draw.sample(range(len(parts)), at_least if want else at_least - 1)
            for place in draw.sample(range(len(parts)), len(parts)):
                make(parts[place], place in yes, person)
        case Compare(fact, _):
            _number(expression, fact, want, person)
        case In(fact, values):
            allowed = load().questions[fact].values if fact in load().questions else PERSON_FACTS[fact].values
            fitting = sorted(values) if want else sorted(set(allowed) - values)
            if fitting:
                person.facts.setdefault(fact, draw.choice(fitting))
        case Has(fact, values):
            _list(fact, values, want, person)
        case Condition(ids):
            if want:
                person.conditions.add(draw.choice(sorted(ids - person.no_conditions) or sorted(ids)))
            else:
                person.no_conditions |= ids
                person.conditions -= ids
        case Pain():
            _painted(expression, want, person)


def _each(parts: tuple[Expression, ...], want: bool, person: Person) -> None:
    for place in person.draw.sample(range(len(parts)), len(parts)):
        make(parts[place], want, person)


def _number(wanted: Compare, fact: str, want: bool, person: Person) -> None:
    keeps = {"lt": float.__lt__, "le": float.__le__, "gt": float.__gt__, "ge": float.__ge__, "eq": float.__eq__}
    low, high = _range(fact)
    fitting = [
        number
        for number in sorted(person.near[fact])
        if low <= number <= high and all(keeps[bound](float(number), limit) for bound, limit in wanted.bounds) is want
    ]
    if not fitting:
        return
    if fact == "max_intensity":
        person.strongest = person.draw.choice(fitting) if person.strongest is None else person.strongest
    else:
        person.facts.setdefault(fact, person.draw.choice(fitting))


def _range(fact: str) -> tuple[float, float]:
    if fact == "age":
        return 0, 120
    if fact == "max_intensity":
        return 0, 10
    question = load().questions.get(fact)
    low = question.min if question and question.min is not None else -1e9
    high = question.max if question and question.max is not None else 1e9
    return low, high


def _list(fact: str, values: frozenset[str], want: bool, person: Person) -> None:
    said, out = person.lists.setdefault(fact, set()), person.not_in.setdefault(fact, set())
    exclusive = set(load().questions[fact].exclusive)
    if want:
        one = person.draw.choice(sorted(values - out) or sorted(values))
        if not said or not (exclusive & {one, *said}):
            said.add(one)
    else:
        out |= values
        said -= values
        others = sorted(set(load().questions[fact].values) - out - exclusive)
        if others and not said and person.draw.random() < 0.3:
            said.add(person.draw.choice(others))


def _painted(wanted: Pain, want: bool, person: Person) -> None:
    draw, regions = person.draw, load().regions
    if not want:
        if wanted.intensity_ge is not None and draw.random() < 0.5:
            free = sorted(wanted.regions - person.no_regions)
            if free:
                person.areas.setdefault(_key(draw.choice(free)), wanted.intensity_ge - draw.choice([0.5, 1]))
            return
        if wanted.both_sides and draw.random() < 0.7:
            person.areas = {
                key: s for key, s in person.areas.items() if key[1] != "right" or key[0] not in wanted.regions
            }
            free = sorted(id for id in wanted.regions - person.no_regions if regions[id].lateral)
            if free:
                person.areas.setdefault((draw.choice(free), "left"), None)
            return
        person.no_regions |= wanted.regions
        person.areas = {key: s for key, s in person.areas.items() if key[0] not in wanted.regions}
        return
    free = sorted(wanted.regions - person.no_regions)
    if not free:
        return
    strength = None if wanted.intensity_ge is None else min(10, wanted.intensity_ge + draw.choice([0, 0, 0.5, 1]))
    region = draw.choice(free)
    keys = [(region, "left"), (region, "right")] if wanted.both_sides and regions[region].lateral else [_key(region)]
    for key in keys:
        person.areas[key] = person.areas.get(key) if strength is None else strength


def _key(region: str) -> tuple[str, str]:
    return (region, "left" if load().regions[region].lateral else "midline")
