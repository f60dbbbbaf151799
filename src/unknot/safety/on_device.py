"""What a phone needs to judge the short form by itself: the same rules from the same files, as JSON.

Without a connection the phone only ever says no: an answer that is not a plain "no" shuts the session there, and these
rules say how urgent it is. Only the gate, at the home computer, opens anything.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from unknot.case import Case
from unknot.knowledge.conditions import facts_in
from unknot.knowledge.model import Knowledge
from unknot.safety.asked import before_session, deniable, denied
from unknot.safety.compiled import language, once
from unknot.safety.facts import facts_of
from unknot.safety.rulebook import rulebook
from unknot.safety.screen import fire


def all_denied(case: Case, knowledge: Knowledge) -> dict[str, Any]:
    """What "none of these" answers on the short form: question -> its plain "no"."""
    asked = dict.fromkeys(question for tile in before_session(case, knowledge) for question in tile.questions)
    return {question: denied(question, knowledge) for question in asked if deniable(question, knowledge)}


def screening(case: Case, knowledge: Knowledge) -> dict[str, Any]:
    """The screening rules above self-care that speak of what the short form asks, with the words they use.

    ``words``: region groups, named conditions, places, as the browser's evaluator reads them. ``rules``: id, level,
    level when not sure, where to turn in an emergency, condition. ``known``: what fires without the form; no news.
    """
    asked = {question for tile in before_session(case, knowledge) for question in tile.questions}
    facts = facts_of(case, language(knowledge).places)
    return {
        "words": words(knowledge),
        "rules": [rule for rule, spoken_of in _rules(knowledge) if not asked.isdisjoint(spoken_of)],
        "known": [one.rule.id for one in fire(facts, knowledge)],
    }


@once
def words(knowledge: Knowledge) -> Mapping[str, Any]:
    """The words that conditions may use, for the browser's evaluator."""
    read = language(knowledge)
    return {
        "groups": {name: sorted(regions) for name, regions in read.groups.items()},
        "expressions": knowledge.safety["groups"]["expressions"],
        "places": {name: sorted(regions) for name, regions in read.places.items()},
    }


@once
def _rules(knowledge: Knowledge) -> tuple[tuple[dict[str, Any], Collection[str]], ...]:
    files = (document for name, document in knowledge.safety.items() if name.startswith("screen_"))
    tables = {id: table for document in files for id, table in document.items()}
    return tuple(
        (
            {
                "id": rule.id,
                "level": rule.level,
                "not_sure": rule.not_sure,
                "place": rule.place,
                "when": tables[rule.id]["when"],
            },
            facts_in(rule.when),
        )
        for rule in rulebook(knowledge).values()
        if rule.level != "self_care"
    )
