"""The most cautious reading of everything that was said about one question.

A danger answer given on any device, at any time, stands until it is taken back and confirmed: a later "no" alone does
not undo it. Ordinary answers follow the latest word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from unknot.knowledge.model import Question

DANGER_GROUPS = frozenset({"red_flag_back", "red_flag_neck", "red_flag_head", "red_flag_general", "nerve", "history"})
"""Groups of questions whose "yes" raises urgency or forbids pressure."""

ORDINARY = frozenset(
    {
        "press_reproduces_pain",  # a touch never lowers a level, so nothing is lost by following the latest word
        "pain_shape",
        "alcohol_or_sedative_now",  # holds for hours only and is asked again before each session
        "clinician_seen_days_ago",
        "clinician_ruled_out",  # more cautious the shorter it is; the latest visit decides
        "treatments_helped",
    }
)


def stands_until_taken_back(question: Question) -> bool:
    """Whether a danger answer to this question stands against a later, milder one."""
    return question.group in DANGER_GROUPS and question.id not in ORDINARY and question.type != "number"


def settle(claims: Sequence[tuple[str, Any]], question: Question | None) -> Any:
    """The value that counts, from claims ordered oldest first. ``question`` None = an unknown key: the latest word."""
    newest = claims[-1][1]
    if question is None or not stands_until_taken_back(question):
        return newest
    values = [value for _, value in claims]
    if question.type == "bool":
        return True if True in values else newest
    if question.type == "many_of":
        return union([value for value in values if value is not None], question.exclusive) or newest
    ranked = [value for value in question.values if value in values]  # the vocabulary lists the most urgent first
    return ranked[0] if ranked else newest


def union(lists: Sequence[Sequence[str]], exclusive: Sequence[str] = ()) -> list[str]:
    """All values of several lists; an exclusive one ("none") only when nothing else was said."""
    found = sorted({value for values in lists for value in values})
    return [value for value in found if value not in exclusive] or found


def milder(old: Any, new: Any, question: Question) -> bool:
    """Whether ``new`` would take back a danger that ``old`` reports, so that the person must confirm it."""
    if not stands_until_taken_back(question) or old is None:
        return False
    if question.type == "bool":
        return old is True and new is not True
    if question.type == "many_of":
        return bool({*old} - {*question.exclusive} - {*(new or ())})
    return new is None or question.values.index(new) > question.values.index(old)
