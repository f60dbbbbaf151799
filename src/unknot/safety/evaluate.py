"""What a condition of the rule language is worth for the facts of one case (``docs/rule-language.md``).

Kleene's three values: True, False and None (unknown). Two readings of what was not said:

* known facts: a missing answer and a "not sure" are both unknown. This reading sets the level.
* not sure: a missing answer counts as absent, a "not sure" stays unknown. When this reading comes out unknown, it is
  a "not sure" that stands between the rule and its firing.

Inside ``unless`` the first reading always holds: an answer that is missing must not build a reassurance.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from unknot.knowledge.conditions import All, AnyOf, Bound, Compare, Condition, Count, Expression, Has, In, Is, Not, Pain
from unknot.safety.facts import Facts

Truth = bool | None

_KEEPS: Mapping[Bound, Callable[[float, float], bool]] = {
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
    "eq": operator.eq,
}


def holds(expression: Expression, facts: Facts, *, missing_is_absent: bool = False) -> Truth:
    """Evaluate; ``missing_is_absent`` chooses the second reading."""
    part = partial(holds, facts=facts, missing_is_absent=missing_is_absent)
    match expression:
        case Is(question):
            return _test(facts, question, missing_is_absent, lambda value: value is True)
        case Not(inner):
            return _not(part(inner))
        case All(inner):
            return _all(part(item) for item in inner)
        case AnyOf(inner):
            return _any(part(item) for item in inner)
        case Count(inner, at_least):
            return _count((part(item) for item in inner), at_least)
        case Compare(fact, bounds):
            return _test(
                facts, fact, missing_is_absent, lambda value: all(_KEEPS[op](value, limit) for op, limit in bounds)
            )
        case In(fact, values):
            return _test(facts, fact, missing_is_absent, lambda value: value in values)
        case Has(fact, values):
            return _test(facts, fact, missing_is_absent, lambda value: not values.isdisjoint(value))
        case Condition(ids):
            if facts.conditions is None:
                return False if missing_is_absent else None
            return not ids.isdisjoint(facts.conditions)
        case Pain():
            return _pain(expression, facts, missing_is_absent)
        case _:  # Unless: the first reading, whatever the other was asked for
            return holds(expression.inner, facts) is not True


def _test(facts: Facts, name: str, missing_is_absent: bool, keeps: Callable[..., bool]) -> Truth:
    if name not in facts.values:
        return False if missing_is_absent else None
    value = facts.values[name]
    return None if value is None else keeps(value)


def _not(value: Truth) -> Truth:
    return None if value is None else not value


def _all(values: Iterable[Truth]) -> Truth:
    found: Truth = True
    for value in values:
        if value is False:
            return False
        if value is None:
            found = None
    return found


def _any(values: Iterable[Truth]) -> Truth:
    found: Truth = False
    for value in values:
        if value is True:
            return True
        if value is None:
            found = None
    return found


def _count(values: Iterable[Truth], at_least: int) -> Truth:
    seen = list(values)
    yes, unknown = seen.count(True), seen.count(None)
    return True if yes >= at_least else None if yes + unknown >= at_least else False


def _pain(wanted: Pain, facts: Facts, missing_is_absent: bool) -> Truth:
    """Painted regions decide. Nothing painted: an answer that names a place inside the wanted regions says yes."""
    not_said = False if missing_is_absent else None
    floor = wanted.intensity_ge
    if not facts.painted:
        bare = floor is None and not wanted.both_sides
        return True if bare and any(place <= wanted.regions for place in facts.hinted) else not_said
    areas = [(side, intensity) for region, side, intensity in facts.painted if region in wanted.regions]

    def strong(intensity: float | None) -> Truth:
        return True if floor is None else not_said if intensity is None else intensity >= floor

    if not wanted.both_sides:
        return _any(strong(intensity) for _, intensity in areas)
    return _all(_any(strong(i) for s, i in areas if s == side) for side in ("left", "right"))
