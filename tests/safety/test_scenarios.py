"""The people of tests/scenarios, which a physiotherapist can read and add to."""

from pathlib import Path

import pytest
import yaml
from safety_cases import make_case

from unknot.knowledge import load
from unknot.safety import screen
from unknot.safety.rulebook import SEVERITY, rulebook

FOLDER = Path(__file__).parents[1] / "scenarios"
_FIELDS = {"title", "person", "pain", "answers", "level", "at_least", "at_most", "because", "not_because"} | {
    "action",
    "look_again_within",
    "blocked",
    "open",
    "no_session",
}
SCENARIOS = [entry for path in sorted(FOLDER.glob("*.yaml")) for entry in yaml.safe_load(path.read_text())]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda entry: entry["title"])
def test_scenario(scenario):
    assert set(scenario) <= _FIELDS
    found = screen(make_case(scenario.get("pain", []), scenario["person"], scenario.get("answers")), None, load())
    reasons = {reason.id for reason in found.reasons}
    level = SEVERITY.index(found.level)
    assert {"level", "at_least", "at_most"} & set(scenario)
    assert found.level == scenario.get("level", found.level), reasons
    assert level >= SEVERITY.index(scenario.get("at_least", "self_care")), reasons
    assert level <= SEVERITY.index(scenario.get("at_most", "emergency")), reasons
    assert set(scenario.get("because", [])) <= reasons
    assert not set(scenario.get("not_because", [])) & reasons
    assert found.action.id == f"action.{scenario.get('action', found.action.id.split('.')[1])}"
    assert found.review_after_days <= scenario.get("look_again_within", found.review_after_days)
    assert set(scenario.get("blocked", [])) <= set(found.blocked_regions)
    assert not set(scenario.get("open", [])) & set(found.blocked_regions)
    if scenario.get("no_session"):
        assert found.level != "self_care" or found.session_forbidden_by


def test_titles_are_told_apart():
    titles = [scenario["title"] for scenario in SCENARIOS]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("rule", sorted(rulebook(load())))
def test_every_rule_is_the_reason_in_some_scenario(rule):
    assert any(rule in scenario.get("because", []) for scenario in SCENARIOS)
