"""The published cases of the triage test: people from case reports and guidelines, each with the level they needed.

They are the TOML files in ``triage_cases/``, which docs/triage.md explains to whoever wants to read or add one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import tomli

from unknot.case import Case, read_case
from unknot.knowledge.model import Level

CHECKED = ("full text", "abstract", "memory")
"""What of the source was read: all of it, its abstract or an excerpt, or nothing on the day (to be confirmed)."""

_NEEDED = {"id", "about", "told", "expect", "why", "source", "checked", "person", "pain", "says"}
_LEVELS = ("emergency", "same_day", "provider", "self_care")
_OF_THE_PERSON = {"age", "sex", "side"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCase:
    """One person. ``case`` holds what they say when asked; ``inferred`` names what the source leaves open and we chose.

    ``expect`` was written down on ``decided``, from the source and before the case was run.
    """

    id: str
    about: str
    told: str
    expect: Level
    why: str
    source: str
    checked: Literal["full text", "abstract", "memory"]
    decided: date
    inferred: tuple[str, ...]
    case: Case


@cache
def published_cases() -> tuple[PublishedCase, ...]:
    """All of them, file by file. Raises ValueError, with the id of the case, for an entry that cannot be read."""
    folder = files("unknot.lab").joinpath("triage_cases")
    found: list[PublishedCase] = []
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            document = tomli.loads(file.read_text(encoding="utf-8"))
            decided = date.fromisoformat(document["decided"])
            found += [read_published(entry, decided) for entry in document["case"]]
    return tuple(found)


def read_published(entry: dict[str, Any], decided: date) -> PublishedCase:
    """One entry of a file. Raises ValueError with its id when something is missing, unknown or out of range."""
    name = entry.get("id", "a case without an id")
    if fault := _fault(entry):
        raise ValueError(f"{name}: {fault}")
    document = {
        "schema": "unknot.case/1",
        "person": entry["person"],
        "pain": [_area(words) for words in entry["pain"]],
        "answers": entry["says"],
    }
    try:
        case = read_case(document)
    except ValueError as unreadable:
        raise ValueError(f"{name}: {unreadable}") from unreadable
    words = {key: entry[key] for key in ("id", "about", "told", "expect", "why", "source", "checked")}
    return PublishedCase(**words, decided=decided, inferred=tuple(entry.get("inferred", ())), case=case)


def _fault(entry: dict[str, Any]) -> str:
    if missing := _NEEDED - set(entry):
        return f"lacks {', '.join(sorted(missing))}"
    if unknown := set(entry) - _NEEDED - {"inferred"}:
        return f"knows nothing of {', '.join(sorted(unknown))}"
    if entry["expect"] not in _LEVELS:
        return f"expect is one of {', '.join(_LEVELS)}"
    if entry["checked"] not in CHECKED:
        return f"checked is one of {', '.join(CHECKED)}"
    if strange := set(entry.get("inferred", ())) - set(entry["says"]) - _OF_THE_PERSON:
        return f"{', '.join(sorted(strange))} is inferred but not said"
    return ""


def _area(words: str) -> dict[str, Any]:
    """``"lumbar_band midline 8"`` = region, side, strength of 10."""
    region, side, strength = words.split()
    return {"region": region, "side": side, "intensity": float(strength)}
