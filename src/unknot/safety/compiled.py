"""Rule documents are read once per Knowledge, not once per case."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from unknot.knowledge.model import Knowledge
from unknot.knowledge.rules import Language, read_language

T = TypeVar("T")


def once(make: Callable[[Knowledge], T]) -> Callable[[Knowledge], T]:
    """Remember what ``make`` gives for a Knowledge object (it holds tables, so it has no hash of its own)."""
    made: dict[int, tuple[Knowledge, T]] = {}

    @wraps(make)
    def remembered(knowledge: Knowledge) -> T:
        found = made.get(id(knowledge))
        if found is None:
            found = made[id(knowledge)] = (knowledge, make(knowledge))
        return found[1]

    return remembered


@once
def language(knowledge: Knowledge) -> Language:
    """The rule language over this knowledge. Raises RuleError when ``safety/groups.toml`` is wrong."""
    return read_language(knowledge.safety["groups"], knowledge.questions, knowledge.conditions, knowledge.regions)
