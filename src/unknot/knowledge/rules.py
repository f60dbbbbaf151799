"""The rule language: conditions on a case, written as data, read once into frozen expressions.

A condition is a table with exactly one operator key (``docs/rule-language.md`` gives the meaning)::

    {is = "fever"}                                  a yes/no answer
    {not = {...}}  {all = [...]}  {any = [...]}     three-valued logic
    {count = [...], at_least = 2}
    {fact = "age", ge = 50, lt = 70}                a number; lt le gt ge eq may stand together
    {fact = "onset", in = ["instant"]}              one of several values
    {fact = "worse_with", has = ["lifting"]}        a list that holds at least one of the values
    {condition = ["anticoagulant"]}                 any of these in person.conditions
    {pain = ["SPINE"], both_sides = true, intensity_ge = 8}
    {use = "STROKE"}                                a named condition of safety/groups.toml
    {unless = {...}}                                true except when the inner condition is known to be true

This module only reads and checks; ``unknot.safety.evaluate`` gives the expressions their meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from unknot.knowledge.conditions import (
    BOUNDS,
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
)
from unknot.knowledge.model import AnswerType, Question, Region

OPERATORS = ("is", "not", "all", "any", "count", "fact", "condition", "pain", "use", "unless")


class RuleError(ValueError):
    """A rule that cannot be read: ``path`` is the file and the field, ``message`` says what is wrong with it."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


@dataclass(frozen=True, slots=True)
class FactType:
    """What a fact may hold: its answer type and, for one_of and many_of, the allowed values (empty = any id)."""

    type: AnswerType
    values: tuple[str, ...] = ()


PERSON_FACTS: Mapping[str, FactType] = {
    "age": FactType("number"),
    "sex": FactType("one_of", ("female", "male", "other", "undisclosed")),
    "height_cm": FactType("number"),
    "mass_kg": FactType("number"),
    "max_intensity": FactType("number"),  # strongest painted region, 0-10
}
"""Facts that are not answers: the person's own, and the one that is derived from the painted regions."""


SESSION_FACTS: Mapping[str, FactType] = dict.fromkeys(
    (
        *("above_stop", "rise_in_hold", "silent_s"),
        *("above_aim", "times_above", "holds_above", "after_hold"),
        *("last_bruise_cm", "last_soreness", "last_peak", "last_stops", "last_pain_rise", "last_left_over"),
    ),
    FactType("number"),
)
"""What a session measures, running or past (``safety/stop_rules.toml`` says how); no case ever holds them."""


@dataclass(frozen=True, slots=True)
class Language:
    """The words that rules may use. ``groups`` are region sets, ``expressions`` named conditions, both by name.

    ``places``: yes/no questions whose yes says where it hurts, with the regions it may be.
    """

    facts: Mapping[str, FactType]
    conditions: frozenset[str]
    groups: Mapping[str, frozenset[str]]
    expressions: Mapping[str, Expression]
    places: Mapping[str, frozenset[str]]

    def parse(self, table: object, path: str) -> Expression:
        """Read one condition; ``path`` (file and field) stands in the message of a ``RuleError``."""
        if not isinstance(table, Mapping):
            raise RuleError(path, f"a condition is a table with one operator, not {table!r}")
        operators = [key for key in table if key in OPERATORS]
        if len(operators) != 1:
            raise RuleError(path, f"exactly one operator of {', '.join(OPERATORS)} is needed, found {list(table)}")
        operator = operators[0]
        expression = _READERS[operator](self, table, f"{path}.{operator}")
        if extra := [key for key in table if key not in _ALLOWED[operator]]:
            raise RuleError(path, f"{extra[0]!r} does not go with {operator!r}")
        return expression

    def regions(self, names: object, path: str) -> frozenset[str]:
        """The regions behind a list of region ids, group names or both."""
        found: set[str] = set()
        for name in _strings(names, path):
            if name not in self.groups:
                raise RuleError(path, f"unknown region or region group {name!r}{_nearest(name, self.groups)}")
            found |= self.groups[name]
        return frozenset(found)


def read_language(
    document: Mapping[str, Any],
    questions: Mapping[str, Question],
    conditions: Collection[str],
    regions: Mapping[str, Region],
    path: str = "safety/groups.toml",
) -> Language:
    """Read region groups, named conditions (a later one may use an earlier one) and the questions that name a place.

    A name in ``pain`` may be a region, a region group of the document, or a body group (``Region.group``).
    """
    facts = {id: FactType(q.type, q.values) for id, q in questions.items() if q.group not in ("pain", "palpation")}
    facts |= {**PERSON_FACTS, **SESSION_FACTS}
    groups: dict[str, frozenset[str]] = {id: frozenset({id}) for id in regions}
    for region in regions.values():
        groups[region.group] = groups.get(region.group, frozenset()) | {region.id}
    expressions: dict[str, Expression] = {}
    places: dict[str, frozenset[str]] = {}
    language = Language(facts, frozenset(conditions), groups, expressions, places)
    if extra := set(document) - {"regions", "expressions", "places"}:
        raise RuleError(path, f"unknown table {min(extra)!r}")
    for name, members in document.get("regions", {}).items():
        _unused(name, groups, f"{path}: regions.{name}")
        groups[name] = language.regions(members, f"{path}: regions.{name}")
    for name, table in document.get("expressions", {}).items():
        _unused(name, expressions, f"{path}: expressions.{name}")
        expressions[name] = language.parse(table, f"{path}: expressions.{name}")
    for question, members in document.get("places", {}).items():
        _expect(language, question, "bool", f"{path}: places.{question}")
        places[question] = language.regions(members, f"{path}: places.{question}")
    return language


def conditions_in(document: object, path: str) -> Iterator[tuple[str, object]]:
    """Every condition of a rule document with its path: all that stands under ``when`` or a key ending in ``_when``."""
    if isinstance(document, Mapping):
        for key, value in document.items():
            if key == "when" or key.endswith("_when"):
                yield f"{path}.{key}", value
            else:
                yield from conditions_in(value, f"{path}.{key}")
    elif isinstance(document, list):
        for number, value in enumerate(document):
            name = value.get("id", number) if isinstance(value, Mapping) else number
            yield from conditions_in(value, f"{path}[{name}]")


def faults(
    documents: Mapping[str, Mapping[str, Any]],
    questions: Mapping[str, Question],
    conditions: Collection[str],
    regions: Mapping[str, Region],
) -> Iterator[str]:
    """What is wrong with the conditions of the rule documents (by file name), one sentence with its path for each."""
    if "groups" not in documents:
        return
    try:
        language = read_language(documents["groups"], questions, conditions, regions)
    except RuleError as error:
        yield str(error)
        return
    for name, document in documents.items():
        for path, condition in conditions_in(document, f"safety/{name}.toml"):
            try:
                language.parse(condition, path)
            except RuleError as error:
                yield str(error)


def _read_is(language: Language, table: Mapping[str, Any], path: str) -> Expression:
    fact = table["is"]
    _expect(language, fact, "bool", path)
    return Is(fact)


def _read_many(language: Language, table: Mapping[str, Any], path: str) -> tuple[Expression, ...]:
    items = table[path.rsplit(".", 1)[1]]
    if not isinstance(items, list) or not items:
        raise RuleError(path, "a list of at least one condition is needed")
    return tuple(language.parse(item, f"{path}[{number}]") for number, item in enumerate(items))


def _read_count(language: Language, table: Mapping[str, Any], path: str) -> Expression:
    inner = _read_many(language, table, path)
    at_least = table.get("at_least")
    if type(at_least) is not int or not 1 <= at_least <= len(inner):
        raise RuleError(path, f"at_least must be a whole number from 1 to {len(inner)}, not {at_least!r}")
    return Count(inner, at_least)


def _read_fact(language: Language, table: Mapping[str, Any], path: str) -> Expression:
    fact = table["fact"]
    bounds = [key for key in table if key in BOUNDS]
    kinds = [key for key in ("in", "has") if key in table] + (["a bound"] if bounds else [])
    if len(kinds) != 1:
        raise RuleError(path, f"exactly one of {', '.join(BOUNDS)}, in, has is needed")
    if bounds:
        _expect(language, fact, "number", path)
        return Compare(fact, tuple((key, _number(table[key], f"{path}.{key}")) for key in BOUNDS if key in table))
    wanted: AnswerType = "one_of" if kinds == ["in"] else "many_of"
    allowed = _expect(language, fact, wanted, path).values
    values = _strings(table[kinds[0]], f"{path}.{kinds[0]}")
    for value in values:
        if allowed and value not in allowed:
            raise RuleError(path, f"{fact} has no value {value!r}{_nearest(value, allowed)}")
    return In(fact, frozenset(values)) if wanted == "one_of" else Has(fact, frozenset(values))


def _read_condition(language: Language, table: Mapping[str, Any], path: str) -> Expression:
    ids = _strings(table["condition"], path)
    for id in ids:
        if id not in language.conditions:
            raise RuleError(path, f"unknown condition {id!r}{_nearest(id, language.conditions)}")
    return Condition(frozenset(ids))


def _read_pain(language: Language, table: Mapping[str, Any], path: str) -> Expression:
    both = table.get("both_sides", False)
    if type(both) is not bool:
        raise RuleError(f"{path}.both_sides", f"true or false is needed, not {both!r}")
    at_least = table.get("intensity_ge")
    floor = None if at_least is None else _number(at_least, f"{path}.intensity_ge")
    return Pain(language.regions(table["pain"], path), both, floor)


def _read_use(language: Language, table: Mapping[str, Any], path: str) -> Expression:
    name = table["use"]
    if name not in language.expressions:
        raise RuleError(path, f"no condition is named {name!r}{_nearest(name, language.expressions)}")
    return language.expressions[name]


_READERS: Mapping[str, Callable[[Language, Mapping[str, Any], str], Expression]] = {
    "is": _read_is,
    "not": lambda language, table, path: Not(language.parse(table["not"], path)),
    "all": lambda language, table, path: All(_read_many(language, table, path)),
    "any": lambda language, table, path: AnyOf(_read_many(language, table, path)),
    "count": _read_count,
    "fact": _read_fact,
    "condition": _read_condition,
    "pain": _read_pain,
    "use": _read_use,
    "unless": lambda language, table, path: Unless(language.parse(table["unless"], path)),
}
_ALLOWED: Mapping[str, tuple[str, ...]] = {operator: (operator,) for operator in OPERATORS} | {
    "count": ("count", "at_least"),
    "fact": ("fact", "in", "has", *BOUNDS),
    "pain": ("pain", "both_sides", "intensity_ge"),
}


def _expect(language: Language, fact: object, wanted: AnswerType, path: str) -> FactType:
    if not isinstance(fact, str) or fact not in language.facts:
        raise RuleError(path, f"unknown question {fact!r}{_nearest(fact, language.facts)}")
    known = language.facts[fact]
    if known.type != wanted:
        raise RuleError(path, f"{fact} is a {known.type} fact, this needs a {wanted} fact")
    return known


def _number(value: object, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise RuleError(path, f"a number is needed, not {value!r}")
    return float(value)


def _strings(value: object, path: str) -> Sequence[str]:
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        raise RuleError(path, f"a list of at least one id is needed, not {value!r}")
    return value


def _unused(name: str, taken: Mapping[str, object], path: str) -> None:
    if name in taken:
        raise RuleError(path, f"the name {name!r} is taken")


def _nearest(word: object, known: Collection[str]) -> str:
    from difflib import get_close_matches  # only when something is misspelt: it takes milliseconds to import

    close = get_close_matches(str(word), sorted(known), n=1)
    return f"; nearest is {close[0]!r}" if close else ""
