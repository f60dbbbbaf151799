"""Every text of the screen and of the stops: plain at twelve, and none frightens without saying what to do."""

from __future__ import annotations

import re
from statistics import median

from readability import NAMES, grade

from unknot import messages
from unknot.knowledge import load
from unknot.safety.rulebook import rulebook
from unknot.safety.stops import during_rules

ENGLISH = messages.catalogue()
ROOTS = (
    *("rule.", "action.", "screening.", "watch_for.", "tile.", "screen.", "stop.", "after."),
    *(
        "precaution.",
        "site_rule.",
        "closed.",
        "refuse.",
        "because.",
        "need.",
        "question.",
        "condition.",
        "caution.",
        "danger.",
    ),
)
TEXTS = {id_: text for id_, text in ENGLISH.items() if id_.startswith(ROOTS) and not id_.startswith("screening.check")}
DEED = re.compile(
    r"\b(?:call|go|see|be seen|stop|sit|lie|wait|ask|tell|rest|keep|look|leave|give|stay|come back|get|press|take|"
    r"cool|ease|breathe|let|loosen|move|drink|wash|show|check|put|do not|please|stand|walk|straddle|pull|plan)\b",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """The text as it is read: parameters and names stand for short words."""
    return NAMES.sub("it", re.sub(r"\{[^}]*\}", "it", text))


def passages() -> dict[str, str]:
    """What is read as a sentence; a label or a phrase of a few words has no grade, and has its own length checks."""
    return {id_: text for id_, text in TEXTS.items() if text.endswith((".", "?")) or len(text.split()) >= 9}


def test_every_text_of_the_screen_and_of_the_stops_is_readable_at_twelve() -> None:
    assert len(passages()) >= 1400
    assert {id_: text for id_, text in passages().items() if grade(plain(text)) > 7} == {}


def test_the_usual_text_is_easier_than_that() -> None:
    assert median(grade(plain(text)) for text in passages().values()) <= 5


def test_every_stop_says_what_to_do_now() -> None:
    deeds = {id_: text for id_, text in TEXTS.items() if id_.startswith(("stop.", "after.")) and id_.endswith(".do")}
    assert len(deeds) >= 40
    assert not [text for text in deeds.values() if not DEED.search(text)]
    for rule in during_rules(load()).values():
        if rule.level == "emergency":
            wanted = "emergency number" if rule.place == "call" else "emergency department"
            assert wanted in ENGLISH[f"stop.{rule.id}.do"], rule.id
        elif rule.level == "same_day":
            assert "today" in ENGLISH[f"stop.{rule.id}.do"], rule.id


def test_every_reason_above_self_care_comes_with_an_action_and_a_sentence_to_say() -> None:
    for rule in rulebook(load()).values():
        if rule.level != "self_care":
            assert ENGLISH[f"rule.{rule.id}.say"]
            assert DEED.search(ENGLISH[f"action.{rule.level}" if rule.level != "emergency" else f"action.{rule.place}"])


def test_what_to_watch_for_says_what_to_do_about_it() -> None:
    watched = [text for id_, text in TEXTS.items() if id_.startswith("watch_for.")]
    assert watched
    assert all(": " in text and DEED.search(text.split(": ", 1)[1]) for text in watched)


FRIGHT = re.compile(r"\b(?:kill\w*|die|dying|death|deadly|fatal\w*|paraly\w*|cripple\w*|amputat\w*)\b", re.IGNORECASE)


def test_no_text_frightens_without_saying_what_to_do() -> None:
    assert not [text for text in TEXTS.values() if FRIGHT.search(text) and not DEED.search(text)]
