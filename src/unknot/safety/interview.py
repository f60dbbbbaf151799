"""The interview as one person walks through it: what is asked, page by page, up to the first result.

The app asks by the same ``next_page``; here the answers come from a case that holds them all, so that a simulation or
a test can count what a person would see.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from unknot.case import Case
from unknot.knowledge.model import Knowledge
from unknot.safety.asked import deniable, denied, next_page
from unknot.safety.gatebook import CONDITIONS
from unknot.safety.screen import screen

WHERE_AND_WHO = ("where", "side_and_who")
"""The two pages before the questions: the body, then left or right together with age and sex."""

_MOST = 200  # pages; an interview that needs more goes round in a circle


@dataclass(frozen=True, slots=True)
class Interview:
    """``pages``: the ids of the pages that were seen, in order; ``case``: what is known at the end."""

    pages: tuple[str, ...]
    case: Case


def interviewed(told: Case, knowledge: Knowledge) -> Interview:
    """The interview from opening to the first result: the likely spots, or a stop.

    ``told`` holds everything that this person would answer; what it lacks is denied where "none of these" denies it,
    and else answered "not sure". The two pages before the questions count. An emergency ends the interview at once.

    Raises ValueError when the interview does not end, which is a fault of the gate's data.
    """
    asked = replace(told, answers={}, person=replace(told.person, conditions=None), palpation=())
    groups: set[str] = set()
    ticked: tuple[str, ...] = ()
    seen = list(WHERE_AND_WHO)
    while screen(asked, None, knowledge).level != "emergency":
        page = next_page(asked, knowledge, groups=groups, ticked=ticked)
        if page is None:
            break
        if len(seen) > _MOST:
            raise ValueError(f"the interview goes round at {page.screen.id}")
        seen.append(page.screen.id)
        opened = [tile.questions for tile in page.tiles if _opens(tile.questions, told, knowledge)]
        ticked = tuple(tile.id for tile in page.tiles if tile.questions in opened)
        left_open = {question for questions in opened for question in questions}
        asked = _reply(asked, [q for q in page.questions if q not in left_open], told, groups, knowledge)
    return Interview(tuple(seen), asked)


def _reply(asked: Case, questions: list[str], told: Case, groups: set[str], knowledge: Knowledge) -> Case:
    answers = dict(asked.answers)
    for question in questions:
        if question.startswith(CONDITIONS):
            groups.add(question.removeprefix(CONDITIONS))
        elif question in told.answers:
            answers[question] = told.answers[question]
        else:
            answers[question] = denied(question, knowledge) if deniable(question, knowledge) else None
    asked = replace(asked, answers=answers)
    if groups >= {condition.group for condition in knowledge.conditions.values()}:
        asked = replace(asked, person=replace(asked.person, conditions=told.person.conditions or frozenset()))
    return asked


def _opens(questions: tuple[str, ...], told: Case, knowledge: Knowledge) -> bool:
    """Whether the person ticks a tile and comes to a second page by it: it holds several facts, or a list."""
    one_fact = len(questions) == 1 and denied(questions[0], knowledge) is False
    return not one_fact and any(_true(question, told, knowledge) for question in questions)


def _true(question: str, told: Case, knowledge: Knowledge) -> bool:
    if question.startswith(CONDITIONS):
        group = question.removeprefix(CONDITIONS)
        return any(knowledge.conditions[one].group == group for one in told.person.conditions or ())
    said, no = told.answers.get(question, False), denied(question, knowledge)
    return said not in (False, ()) and said != (tuple(no) if isinstance(no, list) else no)
