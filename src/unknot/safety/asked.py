"""Which questions a case still needs before a session, in asking order, and the screens on which they are asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from unknot.case import Case
from unknot.knowledge.model import Knowledge
from unknot.safety.compiled import language
from unknot.safety.evaluate import holds
from unknot.safety.facts import Facts, facts_of
from unknot.safety.gatebook import Path, Tile, gatebook
from unknot.script import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """At most six tiles. ``none_of_these``: all are yes/no, so one more button answers no to every question shown.

    ``unanswered``: the questions of this screen that were not asked yet (a "not sure" is an answer).
    """

    id: str
    title: Text
    tiles: tuple[Tile, ...]
    none_of_these: bool
    unanswered: tuple[str, ...]


def screens(case: Case, knowledge: Knowledge) -> tuple[Screen, ...]:
    """Every screen that applies to what is known now, in asking order, each question on the first that holds it.

    The list grows and shrinks with the answers: ask the first screen with something unanswered, then call again.
    An emergency ends the interview, whatever stands here.
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
                    none_of_these=all(_yes_no(question, knowledge) for question in questions),
                    unanswered=tuple(question for question in questions if not _answered(question, case)),
                )
            )
    return tuple(found)


def unanswered(case: Case, knowledge: Knowledge) -> tuple[str, ...]:
    """The gate questions that were not asked yet, in asking order, without repeats.

    ``pain`` (where it hurts), ``sex`` and ``conditions`` stand under the case's own keys, all others under answers.
    """
    return tuple(
        question
        for screen in screens(case, knowledge)
        for tile in screen.tiles
        if tile.needed
        for question in tile.questions
        if not _answered(question, case)
    )


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
        left = tuple(question for question in tile.questions if question not in shown)
        if left == tile.questions:
            found.append(tile)
        elif left:
            found.append(_only(tile, left))
    return tuple(found)


def _only(tile: Tile, questions: tuple[str, ...]) -> Tile:
    label = tile.label if len(questions) > 1 else Text(id=f"question.{questions[0]}.tile")
    return Tile(
        id=tile.id,
        questions=questions,
        label=label,
        needed=tile.needed,
        not_sure_forbids=tile.not_sure_forbids,
    )


def _yes_no(question: str, knowledge: Knowledge) -> bool:
    return question in knowledge.questions and knowledge.questions[question].type == "bool"


def _answered(question: str, case: Case) -> bool:
    if question == "pain":
        return bool(case.pain)
    if question == "sex":
        return case.person.sex is not None
    if question == "conditions":
        return case.person.conditions is not None
    return question in case.answers
