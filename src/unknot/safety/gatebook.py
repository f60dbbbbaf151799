"""The questions that a session waits for, read once from ``knowledge/safety/gate.toml`` and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from unknot.knowledge.conditions import Expression
from unknot.knowledge.model import Knowledge
from unknot.knowledge.rules import Language, RuleError
from unknot.safety.compiled import language, once
from unknot.script import Text

MAX_TILES = 6
_FILE = "safety/gate.toml"
_OUTSIDE_ANSWERS = ("pain", "sex")  # these stand under pain and person of a case
CONDITIONS = "conditions."
"""Begins the question for the conditions of one group, which stand together under person of a case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One fact on a screen. Several questions or a list: a tap opens them, "none of these" answers no to all.

    ``needed``: a session waits for it. ``not_sure_forbids``: a "not sure" to it forbids the session.
    """

    id: str
    questions: tuple[str, ...]
    label: Text
    needed: bool = True
    not_sure_forbids: bool = True
    when: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenPlan:
    """A screen as written: shown on ``paths`` (empty = all), while ``when`` is known to be true."""

    id: str
    order: int
    tiles: tuple[Tile, ...]
    paths: frozenset[str]
    when: Expression | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """What is asked about one part of the body: its body groups, another way in, and what to watch for afterwards."""

    id: str
    groups: frozenset[str]
    when: Expression | None
    watch_for: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One line of the short form before each session; ``groups`` = only for pain in these body groups."""

    tile: Tile
    groups: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gatebook:
    """``screens`` in asking order."""

    paths: tuple[Path, ...]
    screens: tuple[ScreenPlan, ...]
    before_session: tuple[Reminder, ...]


@once
def gatebook(knowledge: Knowledge) -> Gatebook:
    """The gate of this knowledge. Raises RuleError naming file and field."""
    document = knowledge.safety["gate"]
    words = language(knowledge)
    groups: set[str] = {region.group for region in knowledge.regions.values()}
    paths = tuple(_path(id, table, words, groups) for id, table in document["paths"].items())
    known = {path.id for path in paths}
    screens = [_screen(table, words, known, knowledge) for table in document["screen"]]
    _all_conditions(screens, knowledge)
    reminders = tuple(_reminder(table, words, groups, knowledge) for table in document["before_session"])
    return Gatebook(
        paths=paths, screens=tuple(sorted(screens, key=lambda screen: screen.order)), before_session=reminders
    )


def _path(id: str, table: Mapping[str, Any], words: Language, groups: set[str]) -> Path:
    path = f"{_FILE}: paths.{id}"
    return Path(
        id=id,
        groups=_known(table["groups"], groups, f"{path}.groups"),
        when=_when(table, words, path),
        watch_for=tuple(Text(id=f"watch_for.{name}") for name in table["watch_for"]),
    )


def _screen(table: Mapping[str, Any], words: Language, paths: set[str], knowledge: Knowledge) -> ScreenPlan:
    path = f"{_FILE}: screen[{table['id']}]"
    if extra := set(table) - {"id", "paths", "order", "when", "tiles"}:
        raise RuleError(path, f"unknown field {min(extra)!r}")
    tiles = tuple(_tile(tile, words, knowledge, f"{path}.tiles[{n}]") for n, tile in enumerate(table["tiles"]))
    if not 1 <= len(tiles) <= MAX_TILES:
        raise RuleError(f"{path}.tiles", f"a screen holds 1 to {MAX_TILES} tiles, not {len(tiles)}")
    return ScreenPlan(
        id=table["id"],
        order=table["order"],
        tiles=tiles,
        paths=_known(table.get("paths", []), paths, f"{path}.paths"),
        when=_when(table, words, path),
    )


def _all_conditions(screens: list[ScreenPlan], knowledge: Knowledge) -> None:
    asked = {question for screen in screens for tile in screen.tiles for question in tile.questions}
    for condition in knowledge.conditions.values():
        if CONDITIONS + condition.group not in asked:
            raise RuleError(f"{_FILE}: screen", f"no screen asks for the conditions of {condition.group!r}")


def _reminder(table: Mapping[str, Any], words: Language, groups: set[str], knowledge: Knowledge) -> Reminder:
    path = f"{_FILE}: before_session[{table['id']}]"
    tile = _tile({key: value for key, value in table.items() if key != "groups"}, words, knowledge, path)
    return Reminder(tile=tile, groups=_known(table.get("groups", []), groups, f"{path}.groups"))


def _tile(table: Mapping[str, Any], words: Language, knowledge: Knowledge, path: str) -> Tile:
    if extra := set(table) - {"id", "ask", "when", "needed", "not_sure"}:
        raise RuleError(path, f"unknown field {min(extra)!r}")
    questions = tuple(table["ask"])
    groups = {CONDITIONS + condition.group for condition in knowledge.conditions.values()}
    for question in questions:
        if question not in knowledge.questions and question not in _OUTSIDE_ANSWERS and question not in groups:
            raise RuleError(f"{path}.ask", f"unknown question {question!r}")
    not_sure = table.get("not_sure", "forbid")
    if not_sure not in ("forbid", "accept"):
        raise RuleError(f"{path}.not_sure", f"must be forbid or accept, not {not_sure!r}")
    clear = any(
        question in knowledge.questions and knowledge.questions[question].type == "bool" for question in questions
    )
    if not_sure == "accept" and clear and table.get("needed", True):
        raise RuleError(f"{path}.not_sure", "a yes/no question that a session waits for needs a clear answer")
    if len(questions) > 1 and "id" not in table:
        raise RuleError(path, "a tile with several questions needs an id of its own")
    if questions[0] in groups and "id" not in table:
        raise RuleError(path, "a tile with conditions needs an id of its own")
    yes_no = knowledge.questions[questions[0]].type == "bool" if questions[0] in knowledge.questions else False
    label = f"tile.{table['id']}" if "id" in table else f"question.{questions[0]}.{'tile' if yes_no else 'ask'}"
    return Tile(
        id=table.get("id", questions[0]),
        questions=questions,
        label=Text(id=label),
        needed=table.get("needed", True),
        not_sure_forbids=not_sure == "forbid",
        when=_when(table, words, path),
    )


def _when(table: Mapping[str, Any], words: Language, path: str) -> Expression | None:
    return words.parse(table["when"], f"{path}.when") if "when" in table else None


def _known(names: list[str], allowed: set[str], path: str) -> frozenset[str]:
    for name in names:
        if name not in allowed:
            raise RuleError(path, f"unknown {name!r}")
    return frozenset(names)
