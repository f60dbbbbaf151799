"""What a condition of the rule language is once it is read: frozen expressions, and how to walk through them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

Bound = Literal["lt", "le", "gt", "ge", "eq"]
BOUNDS: tuple[Bound, ...] = get_args(Bound)


@dataclass(frozen=True, slots=True)
class Is:
    """The answer to a yes/no question is yes."""

    question: str


@dataclass(frozen=True, slots=True)
class Not:
    """The inner condition is false."""

    inner: Expression


@dataclass(frozen=True, slots=True)
class All:
    """Every inner condition is true."""

    inner: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some inner condition is true."""

    inner: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """At least ``at_least`` of the inner conditions are true."""

    inner: tuple[Expression, ...]
    at_least: int


@dataclass(frozen=True, slots=True)
class Compare:
    """A number keeps every one of the bounds."""

    fact: str
    bounds: tuple[tuple[Bound, float], ...]


@dataclass(frozen=True, slots=True)
class In:
    """A one_of fact has one of the values."""

    fact: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Has:
    """A many_of fact holds at least one of the values."""

    fact: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Condition:
    """At least one of these stands in ``person.conditions``."""

    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pain:
    """Some painful region is among ``regions``; on both sides, or at least so strong, when asked for."""

    regions: frozenset[str]
    both_sides: bool = False
    intensity_ge: float | None = None


@dataclass(frozen=True, slots=True)
class Unless:
    """True except when the inner condition is known to be true: what is not known never reassures."""

    inner: Expression


Expression = Is | Not | All | AnyOf | Count | Compare | In | Has | Condition | Pain | Unless


def children(expression: Expression) -> tuple[Expression, ...]:
    """The conditions directly inside one."""
    match expression:
        case Not(inner) | Unless(inner):
            return (inner,)
        case All(many) | AnyOf(many) | Count(many):
            return many
        case _:
            return ()


def walk(expression: Expression) -> Iterator[Expression]:
    """The condition itself and everything inside it, outermost first."""
    yield expression
    for child in children(expression):
        yield from walk(child)


def facts_in(expression: Expression) -> frozenset[str]:
    """Every question (or person fact) that the condition looks at; ``conditions`` for person.conditions."""
    found: set[str] = set()
    for part in walk(expression):
        match part:
            case Is(question):
                found.add(question)
            case Compare(fact) | In(fact) | Has(fact):
                found.add(fact)
            case Condition():
                found.add("conditions")
            case _:
                pass
    return frozenset(found)
