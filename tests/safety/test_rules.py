"""The rule language: what can be written, what a mistake says, and what a condition is worth."""

import pytest

from unknot.case import Case, PainArea, Person
from unknot.knowledge.conditions import Condition, facts_in
from unknot.knowledge.load import FOLDER, build
from unknot.knowledge.model import Question, Region
from unknot.knowledge.read import KnowledgeError, files
from unknot.knowledge.rules import Language, RuleError, conditions_in, read_language
from unknot.safety.evaluate import holds
from unknot.safety.facts import facts_of
from unknot.safety.rulebook import rulebook

QUESTIONS = {
    "fever": Question(id="fever", type="bool", group="red_flag_general"),
    "chills": Question(id="chills", type="bool", group="red_flag_general"),
    "chest_pain": Question(id="chest_pain", type="bool", group="red_flag_general"),
    "tender": Question(id="tender", type="bool", group="palpation"),
    "duration_weeks": Question(id="duration_weeks", type="number", group="onset", unit="week"),
    "onset": Question(id="onset", type="one_of", group="onset", values=("instant", "gradual")),
    "worse_with": Question(id="worse_with", type="many_of", group="behaviour", values=("lifting", "sitting_long")),
}
REGIONS = {
    id: Region(id=id, view="back", lateral=True, group=group)
    for id, group in (("neck", "neck"), ("flank", "low_back_buttock"), ("hip", "hip_leg"), ("chest", "mid_back_chest"))
}
GROUPS = {
    "regions": {"TRUNK": ["flank", "chest"], "ALL": ["TRUNK", "neck", "hip_leg"]},
    "expressions": {
        "ILL": {"any": [{"is": "fever"}, {"is": "chills"}]},
        "ILL_AND_OLD": {"all": [{"use": "ILL"}, {"fact": "age", "ge": 70}]},
    },
    "places": {"chest_pain": ["chest"]},
}


def language(document=GROUPS) -> Language:
    return read_language(document, QUESTIONS, ("diabetes", "dialysis"), REGIONS)


def value(condition, *, missing_is_absent=False, pain=(), conditions=None, age=50.0, **answers):
    areas = tuple(PainArea(region=region, side=side, intensity=intensity) for region, side, intensity in pain)
    person = Person(age=age, conditions=None if conditions is None else frozenset(conditions))
    words = language()
    facts = facts_of(Case(person=person, pain=areas, answers=answers), words.places)
    return holds(words.parse(condition, "test"), facts, missing_is_absent=missing_is_absent)


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("fever", "a condition is a table"),
        ({}, "exactly one operator"),
        ({"is": "fever", "not": {"is": "chills"}}, "exactly one operator"),
        ({"is": "fevr"}, "unknown question 'fevr'; nearest is 'fever'"),
        ({"is": "duration_weeks"}, "duration_weeks is a number fact, this needs a bool fact"),
        ({"is": "tender"}, "unknown question 'tender'"),
        ({"fact": "fever", "ge": 1}, "fever is a bool fact, this needs a number fact"),
        ({"fact": "age", "ge": True}, "a number is needed, not True"),
        ({"fact": "age", "ge": "50"}, "a number is needed"),
        ({"fact": "age"}, "exactly one of lt, le, gt, ge, eq, in, has"),
        ({"fact": "age", "ge": 5, "has": ["x"]}, "exactly one of"),
        ({"fact": "onset", "has": ["instant"]}, "onset is a one_of fact, this needs a many_of fact"),
        ({"fact": "onset", "in": ["instnt"]}, "onset has no value 'instnt'; nearest is 'instant'"),
        ({"fact": "worse_with", "has": []}, "a list of at least one id"),
        ({"fact": "worse_with", "has": "lifting"}, "a list of at least one id"),
        ({"condition": ["diabets"]}, "unknown condition 'diabets'; nearest is 'diabetes'"),
        ({"pain": ["elbow"]}, "unknown region or region group 'elbow'"),
        ({"pain": ["TRUNK"], "both_sides": 1}, "true or false is needed"),
        ({"pain": ["TRUNK"], "intensity_ge": True}, "a number is needed"),
        ({"use": "VERY_ILL"}, "no condition is named 'VERY_ILL'"),
        ({"all": []}, "a list of at least one condition"),
        ({"count": [{"is": "fever"}], "at_least": 2}, "at_least must be a whole number from 1 to 1"),
        ({"count": [{"is": "fever"}], "at_least": True}, "at_least must be a whole number"),
        ({"is": "fever", "ge": 3}, "'ge' does not go with 'is'"),
    ],
)
def test_a_rule_with_a_mistake_is_refused_with_its_path_and_a_reason(condition, message):
    with pytest.raises(RuleError, match=r"^safety/x\.toml: when") as fault:
        language().parse(condition, "safety/x.toml: when")
    assert message in str(fault.value)


def test_the_path_leads_to_the_inner_condition_that_is_wrong():
    with pytest.raises(RuleError) as fault:
        language().parse({"all": [{"is": "fever"}, {"not": {"is": "chils"}}]}, "x.toml: when")
    assert fault.value.path == "x.toml: when.all[1].not.is"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"regions": {"flank": ["neck"]}}, "the name 'flank' is taken"),
        ({"regions": {"A": ["B"], "B": ["neck"]}}, "unknown region or region group 'B'"),
        ({"expressions": {"A": {"use": "B"}, "B": {"is": "fever"}}}, "no condition is named 'B'"),
        ({"places": {"onset": ["neck"]}}, "onset is a one_of fact"),
        ({"region": {}}, "unknown table 'region'"),
    ],
)
def test_groups_can_only_use_what_stands_before_them(document, message):
    with pytest.raises(RuleError, match=r"groups\.toml") as fault:
        language(document)
    assert message in str(fault.value)


def test_a_missing_answer_and_a_not_sure_are_both_unknown():
    assert value({"is": "fever"}) is None
    assert value({"is": "fever"}, fever=None) is None
    assert value({"is": "fever"}, fever=True) is True
    assert value({"is": "fever"}, fever=False) is False


def test_when_missing_counts_as_absent_only_a_not_sure_stays_unknown():
    assert value({"is": "fever"}, missing_is_absent=True) is False
    assert value({"is": "fever"}, missing_is_absent=True, fever=None) is None
    assert value({"fact": "duration_weeks", "gt": 2}, missing_is_absent=True) is False
    assert value({"condition": ["diabetes"]}, missing_is_absent=True) is False
    assert value({"pain": ["TRUNK"]}, missing_is_absent=True) is False


def test_one_known_no_decides_all_and_one_known_yes_decides_any():
    both = [{"is": "fever"}, {"is": "chills"}]
    assert value({"all": both}, fever=False) is False
    assert value({"all": both}, fever=True) is None
    assert value({"any": both}, fever=True) is True
    assert value({"any": both}, fever=False) is None


def test_count_knows_when_it_can_still_be_reached():
    three = {"count": [{"is": "fever"}, {"is": "chills"}, {"is": "chest_pain"}], "at_least": 2}
    assert value(three, fever=True, chills=True) is True
    assert value(three, fever=True) is None
    assert value(three, fever=False, chills=False) is False


def test_unless_is_true_until_the_reassurance_is_known():
    condition = {"unless": {"is": "fever"}}
    assert value(condition) is True
    assert value(condition, fever=None) is True
    assert value(condition, fever=False) is True
    assert value(condition, fever=True) is False


def test_a_missing_answer_never_builds_a_reassurance_inside_unless():
    condition = {"unless": {"not": {"is": "fever"}}}
    assert value(condition, missing_is_absent=True) is True


def test_a_list_that_leaves_a_value_out_is_a_weak_no():
    condition = {"fact": "worse_with", "has": ["lifting"]}
    assert value(condition) is None
    assert value(condition, worse_with=()) is False
    assert value(condition, worse_with=("sitting_long",)) is False
    assert value(condition, worse_with=("sitting_long", "lifting")) is True


def test_conditions_that_were_asked_are_known_even_when_none_was_named():
    assert value({"condition": ["diabetes"]}) is None
    assert value({"condition": ["diabetes"]}, conditions=()) is False
    assert value({"condition": ["diabetes"]}, conditions=("diabetes",)) is True


def test_several_bounds_stand_together():
    middle = {"fact": "age", "ge": 40, "lt": 60}
    assert value(middle, age=39.5) is False
    assert value(middle, age=40) is True
    assert value(middle, age=60) is False


def test_pain_is_unknown_until_something_is_painted():
    assert value({"pain": ["TRUNK"]}) is None
    assert value({"pain": ["TRUNK"]}, pain=[("neck", "left", 3)]) is False
    assert value({"pain": ["TRUNK"]}, pain=[("neck", "left", 3), ("flank", "left", 3)]) is True


def test_a_place_that_an_answer_names_counts_only_while_nothing_is_painted():
    assert value({"pain": ["TRUNK"]}, chest_pain=True) is True
    assert value({"pain": ["neck"]}, chest_pain=True) is None
    assert value({"pain": ["TRUNK"]}, chest_pain=True, pain=[("neck", "left", 3)]) is False


def test_a_place_that_an_answer_names_says_nothing_of_its_strength_or_its_sides():
    for more in ({"intensity_ge": 5}, {"both_sides": True}, {"intensity_ge": 5, "both_sides": True}):
        assert value({"pain": ["chest"], **more}, chest_pain=True) is None
        assert value({"pain": ["chest"], **more}, chest_pain=True, missing_is_absent=True) is False


def test_the_middle_is_neither_side():
    both = {"pain": ["chest"], "both_sides": True}
    assert value(both, pain=[("chest", "left", None), ("chest", "midline", None)]) is False
    assert value(both, pain=[("chest", "right", None), ("chest", "midline", None)]) is False
    assert value(both, pain=[("chest", "left", None), ("chest", "right", None)]) is True


def test_pain_can_ask_for_both_sides_and_for_a_strength():
    both = {"pain": ["hip"], "both_sides": True}
    assert value(both, pain=[("hip", "left", 3)]) is False
    assert value(both, pain=[("hip", "left", 3), ("hip", "right", 3)]) is True
    strong = {"pain": ["hip"], "intensity_ge": 7}
    assert value(strong, pain=[("hip", "left", 6)]) is False
    assert value(strong, pain=[("hip", "left", 7)]) is True
    assert value(strong, pain=[("hip", "left", None)]) is None
    assert value(strong, pain=[("hip", "left", None)], missing_is_absent=True) is False


def test_the_strongest_painted_region_and_all_qualities_are_facts():
    assert value({"fact": "max_intensity", "ge": 8}, pain=[("hip", "left", 3), ("neck", "left", 8)]) is True
    assert value({"fact": "max_intensity", "ge": 8}, pain=[("hip", "left", None)]) is None


def test_a_rule_document_gives_up_all_its_conditions_with_their_paths():
    document = {"rule": [{"id": "a", "when": {"is": "fever"}}, {"ask_when": {"is": "chills"}}], "title": "x"}
    assert [path for path, _ in conditions_in(document, "s.toml")] == ["s.toml.rule[a].when", "s.toml.rule[1].ask_when"]


def test_the_facts_a_condition_looks_at_can_be_listed():
    words = language()
    condition = words.parse(
        {"all": [{"use": "ILL_AND_OLD"}, {"unless": {"condition": ["dialysis"]}}, {"pain": ["ALL"]}]}, "test"
    )
    assert facts_in(condition) == {"fever", "chills", "age", "conditions"}
    assert Condition(frozenset({"dialysis"})) != condition


def test_loading_names_every_condition_that_cannot_be_read():
    contents = files(FOLDER)
    contents["safety/screen_cord.toml"] += b"""
[one]
when.is = "cord_clumsy_hand"
[two]
when.all = [{ is = "fever" }, { fact = "age", ge = true }]
"""
    with pytest.raises(KnowledgeError) as fault:
        build(contents)
    assert fault.value.faults == (
        "safety/screen_cord.toml.one.when.is: unknown question 'cord_clumsy_hand'; nearest is 'cord_clumsy_hands'",
        "safety/screen_cord.toml.two.when.all[1].fact.ge: a number is needed, not True",
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('level = "emergency"', 'level = "urgent"', "screen_cord.toml: cord_new.level: must be one of"),
        ('place = "go"\n', "", "cord_new.place: every emergency rule, and no other, says call or go"),
        ('not_sure = "same_day"', 'not_sure = "emergency"', "cord_new.not_sure: emergency is not below emergency"),
        ('basis = "proposal"', "", "cord_new.basis: must be one of"),
        ("review = [25]", "review = []", "cord_new.review: a list of row numbers"),
        ('sources = ["MYELOPATHY-BMJ"]', 'sources = ["NOBODY"]', "cord_new.sources: unknown source 'NOBODY'"),
        ('ladder = "cord"', 'lader = "cord"', "cord_new: unknown field 'lader'"),
        ('{ use = "CORD" },', '{ not = { use = "CORD" } },', "cord_new.when: `not` may stand only inside `unless`"),
    ],
)
def test_a_screening_rule_that_is_not_whole_is_refused(old, new, message):
    contents = files(FOLDER)
    text = contents["safety/screen_cord.toml"].decode()
    assert old in text
    contents["safety/screen_cord.toml"] = text.replace(old, new, 1).encode()
    with pytest.raises(RuleError) as fault:
        rulebook(build(contents))
    assert message in str(fault.value)
