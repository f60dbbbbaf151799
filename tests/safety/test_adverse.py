"""What a report that something went wrong asks for: more severe or still there never asks for less."""

from itertools import product

import pytest

from unknot.knowledge import load
from unknot.record.kinds import ADVERSE, SEVERITY
from unknot.safety.adverse import adverse_rules, consequence
from unknot.safety.rulebook import SEVERITY as LEVELS


def asked(what, severity, still, during):
    return consequence(what, severity, still=still, during=during, knowledge=load())


@pytest.mark.parametrize("what", ADVERSE)
def test_every_report_changes_something_at_once(what):
    for severity, still, during in product(SEVERITY, (True, False, None), (True, False)):
        found = asked(what, severity, still, during)
        assert found.signs or found.stops


@pytest.mark.parametrize("what", ADVERSE)
def test_worse_or_still_there_never_asks_for_less(what):
    for during, (mild, bad) in product((True, False), [("mild", "moderate"), ("moderate", "severe")]):
        less, more = asked(what, mild, False, during), asked(what, bad, True, during)
        assert {*less.signs, *less.stops, *less.answers} <= {*more.signs, *more.stops, *more.answers}
        assert LEVELS.index(less.level) <= LEVELS.index(more.level)


def test_not_sure_whether_it_is_still_there_counts_as_still_there():
    assert asked("numbness", "mild", None, True) == asked("numbness", "mild", True, True)


def test_every_rule_names_its_report_once():
    ids = [rule.id for rule in adverse_rules(load())]
    assert len(ids) == len(set(ids))
