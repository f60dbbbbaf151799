"""What the screening says: every sentence exists, is short, calm, and says what to do."""

import re

import pytest

from unknot import messages
from unknot.knowledge import load
from unknot.safety.gatebook import gatebook
from unknot.safety.rulebook import rulebook

RULES = rulebook(load())
SAFETY_IDS = sorted(
    id
    for id in messages.ids()
    if id.split(".")[0] in ("rule", "action", "screening", "watch_for", "tile") or id.startswith("screen.")
)


def test_every_rule_has_its_sentences_and_no_sentence_is_without_a_rule():
    wanted = set()
    for rule in RULES.values():
        wanted.add(f"rule.{rule.id}.reason")
        if rule.level != "self_care":
            wanted.add(f"rule.{rule.id}.say")
        if rule.not_sure:
            wanted.add(f"rule.{rule.id}.about")
    assert {id for id in SAFETY_IDS if id.startswith("rule.")} == wanted


def test_every_screen_tile_and_watch_for_has_its_words():
    gate = gatebook(load())
    wanted = [f"screen.{screen.id}.title" for screen in gate.screens]
    wanted += [tile.label.id for screen in gate.screens for tile in screen.tiles]
    wanted += [reminder.tile.label.id for reminder in gate.before_session]
    wanted += [text.id for path in gate.paths for text in path.watch_for]
    assert [id for id in wanted if not messages.has(id)] == []


@pytest.mark.parametrize("id", SAFETY_IDS)
def test_a_sentence_is_calm_and_short(id):
    template = messages.catalogue()[id]
    assert "!" not in template
    assert not re.search(r"\b(safe|diagnos\w*|cure\w*|detox\w*)\b", template, re.IGNORECASE)
    for sentence in re.split(r"(?<=[.?:]) ", template):
        assert len(sentence.split()) <= 26, sentence


def test_every_source_of_the_red_flags_is_used():
    used = {source for rule in RULES.values() for source in rule.sources}
    assert {"GIRFT-CES", "NICE-NG228", "CHEST-WALL-PE"} <= used
    assert used <= set(load().sources)


def test_every_row_of_the_review_about_red_flags_is_carried_out():
    """Rows 1, 2, 3 and 5 are code (gate, touch, re-opening, action); 44 has no question; 53 concerns the dose."""
    rows = {row for rule in RULES.values() for row in rule.review}
    assert set(range(4, 53)) - {5, 44} <= rows
    assert {54, 90, 91} <= rows
