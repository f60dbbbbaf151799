"""Laws of the screening that hold for every case."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from people import NOW, person
from safety_cases import make_case

from unknot.case import Case, PainArea, Person, Press
from unknot.knowledge import load
from unknot.safety import Stop, gate, screen, screens
from unknot.safety.rulebook import SEVERITY, rulebook

KNOWLEDGE = load()
ASKED = {q.id: q for q in KNOWLEDGE.questions.values() if q.group not in ("person", "pain", "palpation")}
YES_NO = sorted(id for id, q in ASKED.items() if q.type == "bool")
REGIONS = sorted(KNOWLEDGE.regions)
DANGER_VALUES = {
    "after_session_signs": [v for v in ASKED["after_session_signs"].values if v not in ("none", "soreness_only")],
    "lump_signs": [v for v in ASKED["lump_signs"].values if v != "none"],
    "skin_at_site": ["blisters_in_strip", "hot_swollen", "bruise_large"],
    "qualities": ["pressing", "heavy", "throbbing", "burning"],
    "numb_strip": ["groin", "front_thigh", "little_finger", "thumb"],
    "onset_event": ["fall", "crash", "blow", "manipulation", "massage_or_tool", "needle_or_injection"],
}
SCENARIOS = [
    make_case(entry.get("pain", []), entry["person"], entry.get("answers"))
    for path in sorted((Path(__file__).parents[1] / "scenarios").glob("*.yaml"))
    for entry in yaml.safe_load(path.read_text())
    if entry["person"]["age"] >= 20
]
few = settings(max_examples=30, deadline=None)


def values_of(question):
    if question.type == "bool":
        return st.sampled_from([True, False, None])
    if question.type == "number":
        return st.one_of(st.none(), st.sampled_from([0.2, 1, 2, 3, 6, 8, 13, 30, 60, 400]))
    if question.type == "one_of":
        return st.sampled_from([*question.values, None])
    values = question.values or ("neck_side", "chest_upper")
    return st.one_of(st.none(), st.lists(st.sampled_from(values), unique=True, max_size=3).map(tuple))


@st.composite
def answers(draw):
    ids = draw(st.lists(st.sampled_from(sorted(ASKED)), unique=True, max_size=14))
    return {id: draw(values_of(ASKED[id])) for id in ids}


@st.composite
def told(draw):
    """A person of the scenarios with some more answers."""
    case = draw(st.sampled_from(SCENARIOS))
    return replace(case, answers={**draw(answers()), **case.answers})


@st.composite
def anybody(draw):
    area = st.builds(
        PainArea,
        region=st.sampled_from(REGIONS),
        side=st.sampled_from(["left", "right"]),
        intensity=st.one_of(st.none(), st.integers(0, 10).map(float)),
    )
    conditions = st.frozensets(st.sampled_from(sorted(KNOWLEDGE.conditions)), max_size=3)
    return Case(
        person=Person(
            age=float(draw(st.integers(20, 95))),
            sex=draw(st.sampled_from([None, "male", "female"])),
            conditions=draw(st.one_of(st.none(), conditions)),
        ),
        pain=tuple(draw(st.lists(area, max_size=3))),
        answers=draw(answers()),
    )


def cases():
    return st.one_of(anybody(), told())


def severity(case):
    return SEVERITY.index(screen(case, None, KNOWLEDGE).level)


def with_answer(case, question, value):
    return replace(case, answers={**case.answers, question: value})


@few
@given(cases(), st.sampled_from(YES_NO))
def test_one_more_yes_never_lowers_the_level(case, question):
    assert severity(with_answer(case, question, True)) >= severity(case)


@few
@given(cases(), st.sampled_from(sorted(ASKED)))
def test_not_sure_is_never_milder_than_not_asked(case, question):
    without = replace(case, answers={id: value for id, value in case.answers.items() if id != question})
    assert severity(with_answer(case, question, None)) >= severity(without)


@few
@given(cases(), st.sampled_from(YES_NO))
def test_not_sure_is_never_milder_than_no(case, question):
    assert severity(with_answer(case, question, None)) >= severity(with_answer(case, question, False))


@few
@given(cases(), st.sampled_from([(id, value) for id, values in DANGER_VALUES.items() for value in values]))
def test_one_more_danger_in_a_list_never_lowers_the_level(case, danger):
    question, value = danger
    listed = case.answers.get(question, ())
    if listed is not None:  # a "not sure" that becomes a list may well be milder
        assert severity(with_answer(case, question, (*listed, value))) >= severity(case)


@few
@given(cases(), st.sampled_from(sorted(set(KNOWLEDGE.conditions) - {"migraine"})))
def test_one_more_condition_never_lowers_the_level(case, condition):
    """Known migraine is left out: it explains nausea and an unchanged aura."""
    person = replace(case.person, conditions=(case.person.conditions or frozenset()) | {condition})
    assert severity(replace(case, person=person)) >= severity(case)


@few
@given(cases())
def test_stronger_pain_never_lowers_the_level(case):
    stronger = tuple(replace(area, intensity=10.0) for area in case.pain)
    assert severity(replace(case, pain=stronger)) >= severity(case)


@few
@given(cases(), st.sampled_from(sorted(KNOWLEDGE.sites)), st.booleans())
def test_what_pressing_found_and_what_relieved_never_changes_the_level(case, site, found):
    press = Press(site=site, side="left", tender=found, familiar=found)
    eased = {
        "press_reproduces_pain": found,
        "tender_knot_felt": found,
        "treatments_helped": ("massage", "heat", "painkillers"),
    }
    assert severity(replace(case, palpation=(press,), answers={**case.answers, **eased})) == severity(case)


@few
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_answers_and_regions_does_not_matter(case, random):
    items = list(case.answers.items())
    random.shuffle(items)
    pain = list(case.pain)
    random.shuffle(pain)
    shuffled = replace(case, answers=dict(items), pain=tuple(pain))
    assert screen(shuffled, None, KNOWLEDGE) == screen(case, None, KNOWLEDGE)


@few
@given(cases())
def test_above_self_care_there_is_always_a_reason_and_below_none_is_hidden(case):
    found = screen(case, None, KNOWLEDGE)
    levels = [SEVERITY.index(reason.level) for reason in found.reasons]
    assert levels == sorted(levels, reverse=True)
    assert max(levels, default=0) == SEVERITY.index(found.level)
    if found.level in ("emergency", "same_day"):
        assert set(found.blocked_regions) == set(KNOWLEDGE.regions)


@few
@given(cases())
def test_the_gate_asks_nothing_twice_and_nothing_that_was_answered(case):
    found = screen(case, None, KNOWLEDGE)
    assert len(found.unanswered) == len(set(found.unanswered))
    assert not set(found.unanswered) & set(case.answers)
    assert found.complete == (not found.unanswered)


# --- the laws of the gate


def upper_age_only(case, level):
    """Whether every reason at this level is one that only speaks of the young."""
    found = screen(case, None, KNOWLEDGE)
    return all(rulebook(KNOWLEDGE)[one.id].upper_age for one in found.reasons if one.level == level)


def test_the_rules_that_growing_older_may_switch_off_are_these_four():
    marked = {rule.id for rule in rulebook(KNOWLEDGE).values() if rule.upper_age}
    assert marked == {"child", "child_with_sign", "young_first_night_pain", "fever_where_it_matters"}


@pytest.mark.parametrize(
    ("rule", "young", "older", "answers", "after"),
    [
        ("child", 17, 18, {}, "self_care"),
        ("child_with_sign", 17, 18, {"night_pain_unrelieved": True, "duration_weeks": 1}, "self_care"),
        ("young_first_night_pain", 19, 20, {"first_episode": True, "night_pain_unrelieved": True}, "self_care"),
        ("fever_where_it_matters", 17, 18, {"fever": True}, "self_care"),
    ],
)
def test_a_rule_for_the_young_ends_at_its_birthday_and_nothing_else_changes(rule, young, older, answers, after):
    pain = ["forearm_back left 3"]
    before, then = (screen(make_case(pain, {"age": age}, answers), None, KNOWLEDGE) for age in (young, older))
    assert rule in {reason.id for reason in before.reasons}
    assert then.level == after
    if answers.get("fever"):
        assert then.session_forbidden_by


@few
@given(cases(), st.integers(18, 95), st.integers(1, 60))
def test_from_18_on_age_raises_or_keeps_the_level_except_in_rules_for_the_young(case, age, years):
    younger, older = (replace(case, person=replace(case.person, age=float(a))) for a in (age, age + years))
    if severity(older) < severity(younger):
        assert upper_age_only(younger, screen(younger, None, KNOWLEDGE).level)


@st.composite
def answered_people(draw):
    """A person with every gate question answered harmlessly, and the gate questions that were asked."""
    lateral = [id for id in REGIONS if KNOWLEDGE.regions[id].lateral]
    pain = [
        f"{region} left 4" for region in draw(st.lists(st.sampled_from(lateral), min_size=1, max_size=2, unique=True))
    ]
    return person(*pain, age=draw(st.integers(18, 90)))


@few
@given(answered_people(), st.data())
def test_a_missing_or_not_sure_gate_answer_never_yields_a_session(case, data):
    asked = [
        (question, tile.not_sure_forbids)
        for shown in screens(case, KNOWLEDGE)
        for tile in shown.tiles
        if tile.needed
        for question in tile.questions
        if question in case.answers
    ]
    question, forbids = data.draw(st.sampled_from(asked))
    missing = {id: value for id, value in case.answers.items() if id != question}
    found = gate(replace(case, answers=missing), None, NOW, KNOWLEDGE)
    assert isinstance(found, Stop)
    yes_no = KNOWLEDGE.questions[question].type == "bool"
    assert forbids or not yes_no
    if forbids:
        assert isinstance(gate(with_answer(case, question, None), None, NOW, KNOWLEDGE), Stop)


@few
@given(st.one_of(answered_people(), told()), st.sampled_from(YES_NO))
def test_one_more_danger_sign_never_opens_a_session(case, question):
    if isinstance(gate(with_answer(case, question, False), None, NOW, KNOWLEDGE), Stop):
        more = gate(with_answer(case, question, True), None, NOW, KNOWLEDGE)
        assert isinstance(more, Stop)
