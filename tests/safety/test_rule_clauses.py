"""People for every clause of the safety rules: a change of a rule shows in what it says of them."""

import json

import rule_clauses

VECTORS = json.loads(rule_clauses.FILE.read_text(encoding="utf-8"))
CONDITIONS = rule_clauses.conditions()


def test_every_condition_of_the_data_has_people():
    assert VECTORS.keys() == CONDITIONS.keys(), "run: python tools/rule_clauses.py"
    assert all(VECTORS.values())


def test_every_condition_says_of_its_people_what_it_said_before():
    changed = []
    for name, told in VECTORS.items():
        condition = rule_clauses.read(CONDITIONS[name])
        for one in told:
            found = rule_clauses.value(condition, rule_clauses.facts(one["case"]))
            if found != (one["known"], one["missing_is_absent"]):
                changed.append((name, one["case"], found))
    assert not changed, "meant? then run: python tools/rule_clauses.py"


def test_a_clause_that_is_changed_is_noticed():
    for name in ("screen_cauda_equina.ces_new.when", "groups.STROKE", "stop_rules.automatic[0].when"):
        changes, left = rule_clauses.unnoticed(name, CONDITIONS[name], VECTORS[name])
        assert changes > 1
        assert left == []
