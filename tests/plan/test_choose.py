"""Which spot comes first."""

from dataclasses import replace

import pytest
from safety.people import KNOWN, cleared, person

from unknot.assessment import Candidate, Detection, Mechanism
from unknot.case import Press
from unknot.messages import has
from unknot.plan.choose import LEAST, NEARLY, choose
from unknot.script import Text

BALL = person("lumbar_paraspinal left 5", tools=("massage_ball",))


def detected(*chances, abstained=None):
    """A detection of (site, probability) on the left."""
    return Detection(
        mechanism=Mechanism(muscle=0.6, nerve_root=0.1, other=0.1, unknown=0.2),
        candidates=tuple(
            Candidate(
                site=site,
                muscle=KNOWN.sites[site].muscle,
                side="left",
                probability=chance,
                reasons_for=(),
                reasons_against=(),
            )
            for site, chance in chances
        ),
        abstained=abstained,
        ask_next=(),
    )


def chosen(detection, case=BALL):
    return choose(cleared(case), detection, case, KNOWN)


def pressed(site, **found):
    return replace(BALL, palpation=(Press(site=site, side="left", **found),))


def because(choice):
    return [text.id for text in choice.because]


def test_the_most_likely_spot_comes_first():
    choice = chosen(detected(("icl1", 0.6), ("gmx1", 0.3)))
    assert choice.session.site == "icl1"
    assert because(choice) == ["choose.most_likely", "choose.with_tool"]


def test_a_spot_that_cannot_be_reached_is_named_and_the_next_one_taken():
    choice = chosen(detected(("ps1", 0.6), ("icl1", 0.3)))
    assert choice.session.site == "icl1"
    assert because(choice)[0] == "choose.first_out_of_reach"


def test_of_two_that_are_nearly_as_likely_the_one_off_the_floor_wins():
    only_floor = person("buttock_outer left 5", tools=("lie_on_massager",))  # at the side of the hip: lying on it
    choice = chosen(detected(("gmd2", 0.5), ("gmx1", 0.5 * NEARLY + 0.01)), only_floor)
    assert choice.session.site == "gmx1"
    assert because(choice)[0] == "choose.nearly_as_likely"
    clear = chosen(detected(("gmd2", 0.5), ("gmx1", 0.5 * NEARLY - 0.01)), only_floor)
    assert clear.session.site == "gmd2"


def test_a_spot_that_brought_on_the_pain_when_pressed_beats_a_likelier_one():
    choice = chosen(detected(("gmx1", 0.6), ("icl1", 0.3)), pressed("icl1", tender=True, familiar=True))
    assert choice.session.site == "icl1"
    assert because(choice)[0] == "choose.own_pain"


def test_a_spot_that_is_not_tender_is_not_pressed_again():
    choice = chosen(detected(("gmx1", 0.6), ("icl1", 0.3)), pressed("gmx1", tender=False))
    assert choice.session.site == "icl1"


@pytest.mark.parametrize(
    ("detection", "reason"),
    [
        (detected(), "no_session.no_candidates"),
        (detected(("icl1", LEAST / 2)), "no_session.too_unlikely"),
        (detected(("ps1", 0.6)), "no_session.out_of_reach"),
    ],
)
def test_no_session_says_why(detection, reason):
    choice = chosen(detection)
    assert choice.session is None
    assert because(choice) == [reason]
    assert has(reason)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"skin_at_site": ["rash"]}, "precaution.skin_at_site.because"),
        ({"conditions": ("anticoagulant",)}, "site_rule.lowest_ribs.blocked"),
    ],
)
def test_a_spot_that_is_closed_to_this_person_says_why_and_sends_nobody_else_to_press_it(facts, reason):
    case = person("lumbar_paraspinal left 5", **facts)
    assert because(chosen(detected(("icl1", 0.6), ("ps1", 0.2)), case)) == [reason]


def test_when_nothing_stands_out_the_session_is_called_a_trial():
    choice = chosen(detected(("icl1", 0.2), abstained=Text(id="detect.abstained.many_alike")))
    assert because(choice)[0] == "choose.cannot_tell"


def test_without_a_tool_there_are_still_the_hands():
    case = person("lumbar_paraspinal left 5", tools=None)
    choice = chosen(detected(("icl1", 0.6)), case)
    assert choice.session.tool == "fingers"


def test_a_likely_spot_beyond_self_help_is_named_with_what_is_in_the_way():
    choice = chosen(detected(("ps1", 0.6), ("icl1", 0.5)))
    assert choice.session is not None
    assert [(one.site, [text.id for text in one.because]) for one in choice.beyond] == [("ps1", ["closed.nobody_here"])]
    rash = chosen(detected(("icl1", 0.6)), person("lumbar_paraspinal left 5", skin_at_site=["rash"]))
    assert [text.id for text in rash.beyond[0].because] == ["precaution.skin_at_site.because"]
