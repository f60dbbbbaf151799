"""Which questions a case still needs before a session, in asking order, and the pages on which they are asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

from unknot.case import Case
from unknot.knowledge.model import Knowledge
from unknot.safety.compiled import language
from unknot.safety.evaluate import holds
from unknot.safety.facts import Facts, facts_of
from unknot.safety.gatebook import CONDITIONS, Path, Tile, gatebook
from unknot.script import Text

NONE_VALUES = ("none", "none_clear", "none_known", "nothing_clear", "nothing")
"""Values of a list question that say "none of these"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """At most six tiles. ``none_of_these``: all can be denied, so one more button answers no to every question shown.

    ``unanswered``: the questions of this screen that were not asked yet (a "not sure" is an answer).
    """

    id: str
    title: Text
    tiles: tuple[Tile, ...]
    none_of_these: bool
    unanswered: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is asked next, on one page.

    ``kind``: tiles (tick what is true, or none of these), form (several questions of other kinds), question (one), or
    conditions (the list of one group). ``questions``: all that the page answers; ``tiles`` only for tiles.
    """

    kind: Literal["tiles", "form", "question", "conditions"]
    screen: Screen
    title: Text
    questions: tuple[str, ...]
    tiles: tuple[Tile, ...] = ()


def screens(
    case: Case, knowledge: Knowledge, *, groups: Collection[str] = (), stale: Collection[str] = ()
) -> tuple[Screen, ...]:
    """Every screen that applies to what is known now, in asking order, each question on the first that holds it.

    The list grows and shrinks with the answers: ask the first screen with something unanswered, then call again.
    An emergency ends the interview, whatever stands here. ``groups``: the groups of conditions that were asked already;
    ``stale``: questions whose answers are too old to count as asked (``rescreen.stale``).
    """
    facts = facts_of(case, language(knowledge).places)
    walked = {path.id for path in _walked(facts, knowledge)}
    shown: set[str] = {"pain"} if case.pain else set()
    found: list[Screen] = []
    for plan in gatebook(knowledge).screens:
        if plan.paths and walked.isdisjoint(plan.paths):
            continue
        if plan.when is not None and holds(plan.when, facts) is not True:
            continue
        tiles = _new_tiles(plan.tiles, shown, facts)
        if tiles:
            questions = [question for tile in tiles for question in tile.questions]
            shown.update(questions)
            found.append(
                Screen(
                    id=plan.id,
                    title=Text(id=f"screen.{plan.id}.title"),
                    tiles=tiles,
                    none_of_these=all(deniable(question, knowledge) for question in questions),
                    unanswered=tuple(
                        question for question in questions if question in stale or not _answered(question, case, groups)
                    ),
                )
            )
    return tuple(found)


def next_page(
    case: Case,
    knowledge: Knowledge,
    *,
    groups: Collection[str] = (),
    stale: Collection[str] = (),
    ticked: Collection[str] = (),
    singly: bool = False,
) -> Page | None:
    """The page that comes next in the interview, or None when nothing is open. Where it hurts and the sex have pages
    of their own. ``ticked``: tiles of the last page that hold more than one fact and were ticked: they are opened.
    ``singly``: one question at a time, for somebody who is not sure about one of the tiles.
    """
    for screen in screens(case, knowledge, groups=groups, stale=stale):
        left = tuple(question for question in screen.unanswered if question not in ("pain", "sex"))
        if left and not _passed(screen, left):
            return _page(screen, left, knowledge, frozenset(ticked), singly)
    return None


def _passed(screen: Screen, left: tuple[str, ...]) -> bool:
    """Whether only what may be left out is open on a screen that was answered before."""
    needed = {question for tile in screen.tiles if tile.needed for question in tile.questions}
    asked = {question for tile in screen.tiles for question in tile.questions}
    return needed.isdisjoint(left) and asked != set(left)


def _page(screen: Screen, left: tuple[str, ...], knowledge: Knowledge, ticked: frozenset[str], singly: bool) -> Page:
    tiles = [(tile.id, _with(tile, left)) for tile in screen.tiles if not set(left).isdisjoint(tile.questions)]
    if singly or len(left) == 1:
        return _alone(left[0], screen)
    if not all(deniable(question, knowledge) for question in left):
        return Page(kind="form", screen=screen, title=screen.title, questions=left)
    opened = next((tile for id, tile in tiles if id in ticked), tiles[0][1] if len(tiles) == 1 else None)
    if opened is not None:
        return _opened(opened, screen, knowledge)
    return Page(kind="tiles", screen=screen, title=screen.title, questions=left, tiles=tuple(tile for _, tile in tiles))


def _opened(tile: Tile, screen: Screen, knowledge: Knowledge) -> Page:
    """The second page: which of the facts that a ticked tile names are true?"""
    if not all(_yes_no(question, knowledge) for question in tile.questions) or len(tile.questions) == 1:
        return _alone(tile.questions[0], screen)
    facts = tuple(_with(tile, (question,)) for question in tile.questions)
    return Page(kind="tiles", screen=screen, title=tile.label, questions=tile.questions, tiles=facts)


def _alone(question: str, screen: Screen) -> Page:
    if question.startswith(CONDITIONS):
        title = Text(id=f"condition_group.{question.removeprefix(CONDITIONS)}")
        return Page(kind="conditions", screen=screen, title=title, questions=(question,))
    return Page(kind="question", screen=screen, title=screen.title, questions=(question,))


def unanswered(case: Case, knowledge: Knowledge) -> tuple[str, ...]:
    """The gate questions that were not asked yet, in asking order, without repeats.

    ``pain`` (where it hurts), ``sex`` and ``conditions`` stand under the case's own keys, all others under answers.
    """
    found = (
        "conditions" if question.startswith(CONDITIONS) else question
        for screen in screens(case, knowledge)
        for tile in screen.tiles
        if tile.needed
        for question in tile.questions
        if not _answered(question, case)
    )
    return tuple(dict.fromkeys(found))


def not_sure(case: Case, knowledge: Knowledge) -> tuple[str, ...]:
    """The gate questions whose "not sure" forbids a session, in asking order."""
    return tuple(
        question
        for screen in screens(case, knowledge)
        for tile in screen.tiles
        if tile.needed and tile.not_sure_forbids
        for question in tile.questions
        if question in case.answers and case.answers[question] is None
    )


def before_session(case: Case, knowledge: Knowledge) -> tuple[Tile, ...]:
    """The short form before each session: one screen with "none of these", good for 12 hours."""
    facts = facts_of(case, language(knowledge).places)
    groups = {knowledge.regions[area.region].group for area in case.pain}
    return tuple(
        reminder.tile
        for reminder in gatebook(knowledge).before_session
        if (not reminder.groups or not reminder.groups.isdisjoint(groups))
        and (reminder.tile.when is None or holds(reminder.tile.when, facts) is True)
    )


def watch_for(case: Case, knowledge: Knowledge) -> tuple[Text, ...]:
    """What to come back for, for the painted parts of the body; for all parts when nothing is painted."""
    facts = facts_of(case, language(knowledge).places)
    paths = _walked(facts, knowledge) or gatebook(knowledge).paths
    return tuple({text.id: text for path in paths for text in path.watch_for}.values())


def deniable(question: str, knowledge: Knowledge) -> bool:
    """Whether "none of these" answers the question: a yes/no, a list, or the conditions of a group."""
    if question.startswith(CONDITIONS):
        return True
    return question in knowledge.questions and knowledge.questions[question].type in ("bool", "many_of")


def denied(question: str, knowledge: Knowledge) -> Any:
    """What "none of these" stores for a question that can be denied: false, or the value or list that says "none"."""
    if question.startswith(CONDITIONS) or knowledge.questions[question].type == "many_of":
        known = knowledge.questions.get(question)
        return [value for value in known.exclusive if value in NONE_VALUES] if known else []
    return False


def _walked(facts: Facts, knowledge: Knowledge) -> tuple[Path, ...]:
    regions = [region for region, _, _ in facts.painted] or [region for place in facts.hinted for region in place]
    groups = {knowledge.regions[region].group for region in regions}
    return tuple(
        path
        for path in gatebook(knowledge).paths
        if not path.groups.isdisjoint(groups) or (path.when is not None and holds(path.when, facts) is True)
    )


def _new_tiles(tiles: Collection[Tile], shown: Collection[str], facts: Facts) -> tuple[Tile, ...]:
    """The tiles that hold something not shown before, without what was."""
    found = []
    for tile in tiles:
        if tile.when is not None and holds(tile.when, facts) is not True:
            continue
        left = [question for question in tile.questions if question not in shown]
        if left:
            found.append(_with(tile, left))
    return tuple(found)


def _with(tile: Tile, questions: Collection[str]) -> Tile:
    """The tile with only these of its questions; a yes/no alone is labelled by itself and known by its own id."""
    left = tuple(question for question in tile.questions if question in questions)
    if left == tile.questions:
        return tile
    alone = len(left) == 1 and not left[0].startswith(CONDITIONS)
    return Tile(
        id=left[0] if alone else tile.id,
        questions=left,
        label=Text(id=f"question.{left[0]}.tile") if alone else tile.label,
        needed=tile.needed,
        not_sure_forbids=tile.not_sure_forbids,
    )


def _yes_no(question: str, knowledge: Knowledge) -> bool:
    return question in knowledge.questions and knowledge.questions[question].type == "bool"


def _answered(question: str, case: Case, groups: Collection[str] = ()) -> bool:
    if question == "pain":
        return bool(case.pain)
    if question == "sex":
        return case.person.sex is not None
    if question.startswith(CONDITIONS):
        return case.person.conditions is not None or question.removeprefix(CONDITIONS) in groups
    return question in case.answers
