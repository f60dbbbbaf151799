"""Every row of the safety review with all that carries it out: the list that a safety case can be checked against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from unknot.knowledge.model import Knowledge
from unknot.knowledge.read import KnowledgeError, read
from unknot.safety.compiled import once
from unknot.safety.rulebook import rulebook

FILE = "safety/rows.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: what it asks, and the ids of what carries it out. ``answer`` stands where it is met in another way.

    ``rules`` are those of screening, ``stops`` the signs during and after a session, ``no_effect`` conditions that were
    looked at and change nothing, ``questions`` questions and conditions whose words matter, ``tests`` "file::name".
    """

    number: int
    severity: Literal["must", "should", "consider"]
    asks: str
    rules: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()
    site_rules: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    no_effect: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    answer: str | None = None

    @property
    def carried_out(self) -> bool:
        """Whether anything at all carries the row out."""
        return bool(
            self.rules or self.precautions or self.site_rules or self.stops or self.questions or self.tests
            or self.answer
        )  # fmt: skip


@once
def rows(knowledge: Knowledge) -> Mapping[int, Row]:
    """Every row by its number. Raises KnowledgeError naming file and field."""
    safety, faults = knowledge.safety, list[str]()
    named = {
        "rules": _naming((rule.id, rule.review) for rule in rulebook(knowledge).values()),
        "precautions": _naming(_reviews(safety["precautions"]["precaution"])),
        "site_rules": _naming(_reviews(safety["site_rules"]["site_rule"])),
        "stops": _naming(_reviews(safety["stop_rules"]["during"] + safety["stop_rules"]["after"])),
        "no_effect": _naming(_reviews(safety["precautions"]["no_effect"], "condition")),
    }
    known = {*knowledge.questions, *knowledge.conditions}
    found: dict[int, Row] = {}
    for key, table in safety["rows"]["row"].items():
        where = f"{FILE}: row.{key}"
        carriers = {kind: ids.get(int(key), ()) for kind, ids in named.items()}
        row = read(Row, table, where, faults, number=int(key), **carriers)
        if row is not None:
            faults += [f"{where}.questions: unknown id {id!r}" for id in row.questions if id not in known]
            found[row.number] = row
    for kind, ids in named.items():
        faults += [f"{kind} {', '.join(ids[n])}: there is no row {n}" for n in sorted(set(ids) - set(found))]
    if faults:
        raise KnowledgeError(faults)
    return found


def _reviews(tables: Iterable[Mapping[str, Any]], key: str = "id") -> Iterable[tuple[str, Iterable[int]]]:
    return ((table[key], table["review"]) for table in tables)


def _naming(pairs: Iterable[tuple[str, Iterable[int]]]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for id, numbers in pairs:
        for number in numbers:
            found[number] = (*found.get(number, ()), id)
    return found
