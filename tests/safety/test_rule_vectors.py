"""The vectors that hold every evaluator of the rule language to one meaning, and laws of that meaning."""

import itertools
import json
from collections import Counter

import pytest
import rule_vectors
from hypothesis import given, settings
from hypothesis import strategies as st

VECTORS = json.loads(rule_vectors.FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["title"])
def test_the_evaluator_gives_the_values_of_the_vector(vector):
    case = {key: value for key, value in vector["case"].items() if key != "schema"}
    assert rule_vectors.value(vector["when"], case) is vector["known"]
    assert rule_vectors.value(vector["when"], case, missing_is_absent=True) is vector["missing_is_absent"]


def test_the_file_is_what_the_generator_makes():
    assert rule_vectors.FILE.read_text(encoding="utf-8") == rule_vectors.text()


def test_the_drawn_vectors_hold_enough_of_each_value():
    drawn = [vector for vector in VECTORS if vector["title"].startswith("drawn")]
    for reading in ("known", "missing_is_absent"):
        assert min(Counter(vector[reading] for vector in drawn).values()) >= 30


YES_NO = ["fever", "chills", "leg_weakness"]
CONDITIONS = st.recursive(
    st.sampled_from(YES_NO).map(lambda id: {"is": id}),
    lambda inner: st.one_of(
        inner.map(lambda one: {"not": one}),
        st.lists(inner, min_size=1, max_size=3).map(lambda many: {"all": many}),
        st.lists(inner, min_size=1, max_size=3).map(lambda many: {"any": many}),
        st.lists(inner, min_size=2, max_size=3).map(lambda many: {"count": many, "at_least": 2}),
    ),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(CONDITIONS, st.dictionaries(st.sampled_from(YES_NO), st.booleans()))
def test_a_known_value_stays_whatever_the_open_answers_turn_out_to_be(when, answers):
    known = rule_vectors.value(when, {"answers": answers})
    open_ones = [id for id in YES_NO if id not in answers]
    for filling in itertools.product([True, False], repeat=len(open_ones)):
        filled = rule_vectors.value(when, {"answers": answers | dict(zip(open_ones, filling, strict=True))})
        assert filled is not None
        assert known in (None, filled)
