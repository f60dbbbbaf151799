"""Every clause of the safety rules, changed one at a time, and the people that notice the change.

A clause is any part of a condition: an operator, a bound, a value of a list. ``mutants`` deletes, negates or shifts
it by one unit. tests/vectors/clauses.json holds, for each condition of the data, people with the value that the
condition has for them; together they must notice every such change, or it stands in EXPLAINED.

``python tools/rule_clauses.py`` writes the file anew: after a rule was changed on purpose, its difference shows what
the change does to whom. tools/proofs/rule_clauses.py walks all clauses.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from people_for import Person, sensitise

from unknot.case import read_case
from unknot.knowledge import load
from unknot.knowledge.conditions import Expression, facts_in
from unknot.knowledge.rules import SESSION_FACTS, RuleError, conditions_in
from unknot.safety.compiled import language
from unknot.safety.evaluate import holds
from unknot.safety.facts import Facts, facts_of

FILE = Path(__file__).parents[1] / "tests" / "vectors" / "clauses.json"
TRIES = 400
BOUNDS = ("lt", "le", "gt", "ge", "eq")
Path_ = tuple[int, ...]

_EXCLUSIVE = "a case with small_skin_cancer_only beside another kind is refused; the clause holds should that change"
_NOT_BELOW_ZERO = "days since a visit are never below zero"
_OTHER_HALF = "up to two weeks the other half of the `any` holds already"
EXPLAINED: dict[str, str] = {
    "groups.CANCER_PAST: 1.0.1 deleted": _EXCLUSIVE,
    "groups.CANCER_PAST: 1.0.1.0 has without breast": _EXCLUSIVE,
    "groups.CANCER_PAST: 1.0.1.0 has without prostate": _EXCLUSIVE,
    "groups.CANCER_PAST: 1.0.1.0 has without lung": _EXCLUSIVE,
    "groups.CANCER_PAST: 1.0.1.0 has without kidney": _EXCLUSIVE,
    "groups.CANCER_PAST: 1.0.1.0 has without thyroid": _EXCLUSIVE,
    "groups.CANCER_PAST: 1.0.1.0 has without myeloma_or_lymphoma": _EXCLUSIVE,
    "groups.CANCER_PAST: 1.0.1.0 has without melanoma": _EXCLUSIVE,
    "groups.CANCER_PAST: 1.0.1.0 has without bowel": _EXCLUSIVE,
    "groups.CANCER_PAST: 1.0.1.0 has without other": _EXCLUSIVE,
    "groups.EXAMINED_NERVES: 0 ge -1": _NOT_BELOW_ZERO,
    "screen_aorta_bleeding.bleed_disorder_new_pain.when: 1.1.1.0 gt -1": _OTHER_HALF,
    "screen_cauda_equina.ces_old_unexamined.when: 1.0.0 ge -1": _NOT_BELOW_ZERO,
}
"""Changes that no case can show, with the reason; the key is "condition: change"."""


def conditions() -> dict[str, Any]:
    """Every condition of the data by its path: rules, precautions, spot rules, stops, gate, named conditions."""
    found = {}
    for name, document in sorted(load().safety.items()):
        if name == "groups":
            found |= {f"groups.{id}": table for id, table in document["expressions"].items()}
        else:
            found |= dict(conditions_in(document, name))
    return found


def mutants(condition: dict[str, Any]) -> Iterator[tuple[str, Path_, dict[str, Any]]]:
    """Every change of one clause: what was done, the path to the clause (child numbers from the root), the result."""
    for path, table in _clauses(condition):
        yield "negated", path, _with(condition, path, {"not": table})
        if path and (fewer := _without(condition, path)) is not None:
            yield "deleted", path, fewer
        for name, changed in _shifted(table):
            yield name, path, _with(condition, path, changed)


def _clauses(table: dict[str, Any], path: Path_ = ()) -> Iterator[tuple[Path_, dict[str, Any]]]:
    yield path, table
    for number, child in enumerate(_children(table)):
        yield from _clauses(child, (*path, number))


def _children(table: dict[str, Any]) -> list[dict[str, Any]]:
    for operator in ("all", "any", "count"):
        if operator in table:
            return list(table[operator])
    return [table[operator] for operator in ("not", "unless") if operator in table]


def _with(condition: dict[str, Any], path: Path_, changed: dict[str, Any]) -> dict[str, Any]:
    if not path:
        return changed
    made = deepcopy(condition)
    parent = made
    for number in path[:-1]:
        parent = _children(parent)[number]
    for operator in ("all", "any", "count", "not", "unless"):
        if operator in parent:
            if isinstance(parent[operator], list):
                parent[operator][path[-1]] = changed
            else:
                parent[operator] = changed
    return made


def _without(condition: dict[str, Any], path: Path_) -> dict[str, Any] | None:
    """The condition without one clause; None where it is the only one of its list, or stands in no list."""
    made = deepcopy(condition)
    parent = made
    for number in path[:-1]:
        parent = _children(parent)[number]
    for operator in ("all", "any", "count"):
        if operator in parent and len(parent[operator]) > 1:
            del parent[operator][path[-1]]
            if operator == "count" and parent["at_least"] > len(parent["count"]):
                return None
            return made
    return None


def _shifted(table: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Numbers one up and one down, lists without one of their values."""
    for name in (*BOUNDS, "at_least", "intensity_ge"):
        if name in table:
            for step in (1, -1):
                yield f"{name} {step:+}", {**table, name: table[name] + step}
    if table.get("both_sides"):
        yield "both_sides off", {**table, "both_sides": False}
    for name in ("in", "has", "condition", "pain"):
        if isinstance(table.get(name), list) and len(table[name]) > 1:
            for value in table[name]:
                yield f"{name} without {value}", {**table, name: [one for one in table[name] if one != value]}


def read(condition: Any) -> Expression | None:
    """The condition as an expression; None where a change made it one that cannot be read."""
    try:
        return language(load()).parse(condition, "clause")
    except RuleError:
        return None


def value(expression: Expression, facts: Facts) -> tuple[bool | None, bool | None]:
    """What a condition is worth in both readings."""
    return holds(expression, facts), holds(expression, facts, missing_is_absent=True)


def facts(case: dict[str, Any]) -> Facts:
    """The facts of a person of the file."""
    if "measured" in case:
        return Facts(values=case["measured"], conditions=None, painted=())
    document = {"schema": "unknot.case/1", "answers": {}, **case}
    return facts_of(read_case(document), language(load()).places)


def people(name: str, condition: Any, seed: int) -> tuple[list[dict[str, Any]], list[str]]:
    """People that together notice every change of the condition, and the changes that nobody was found for."""
    draw, original = random.Random(f"{seed} {name}"), read(condition)
    assert original is not None, name
    made: list[tuple[dict[str, Any], Facts, tuple[bool | None, bool | None]]] = []
    missed = []
    for what, path, table in mutants(condition):
        mutant = read(table)
        if mutant is None or any(value(mutant, one) != was for _, one, was in made):
            continue
        for _ in range(TRIES):
            person = Person(draw, original, measured=not facts_in(original).isdisjoint(SESSION_FACTS))
            sensitise(original, path, person)
            case = person.case()
            one = facts(case)
            if value(original, one) != value(mutant, one):
                made.append((case, one, value(original, one)))
                break
        else:
            missed.append(f"{name}: {'.'.join(map(str, path))} {what}")
    return [{"case": case, "known": was[0], "missing_is_absent": was[1]} for case, _, was in made], missed


def unnoticed(name: str, condition: Any, vectors: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """How many changes the condition has, and those that nobody of the vectors notices."""
    told = [(facts(one["case"]), (one["known"], one["missing_is_absent"])) for one in vectors]
    changes, left = 0, []
    for what, path, table in mutants(condition):
        mutant = read(table)
        if mutant is not None:
            changes += 1
            if all(value(mutant, one) == was for one, was in told):
                left.append(f"{name}: {'.'.join(map(str, path))} {what}")
    return changes, left


def text(seed: int = 5) -> tuple[str, list[str]]:
    """The file as it must stand, and what is neither noticed nor explained."""
    found, missed = {}, []
    for name, condition in conditions().items():
        found[name], lacking = people(name, condition, seed)
        missed += [one for one in lacking if one not in EXPLAINED]
    lines = (
        f"{json.dumps(name)}: [\n" + ",\n".join(f" {json.dumps(one)}" for one in found[name]) + "\n]" for name in found
    )
    return "{\n" + ",\n".join(lines) + "\n}\n", missed


if __name__ == "__main__":
    words, lacking = text()
    FILE.write_text(words, encoding="utf-8")
    print("\n".join(lacking))
