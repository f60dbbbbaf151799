"""A few people of the product of conditions, spots and ways; ``dev prove session_product`` walks the whole of it."""

import pytest
from session_product import Form, Someone, broken, pairs, tried

from unknot.plan.refusal import refusal

FEW = [
    Someone(key="none", every=97),
    Someone(key="anticoagulant", conditions=("anticoagulant",), every=89, first=3),
    *pairs(count=8, seed=7, every=61),
]


@pytest.mark.parametrize("someone", FEW, ids=lambda someone: someone.key)
def test_every_way_gives_a_script_within_the_rules_or_a_refusal_with_a_reason(someone):
    found = tried(someone)
    assert not found.faults
    assert found.counts


def test_the_plain_rules_notice_a_script_that_breaks_them():
    from plan.test_session import OPEN, made

    session = made("gmx1", clearance=OPEN)
    option = next(one for one in OPEN.options("gmx1", "left") if one.posture == session.posture)
    assert not list(broken(session, Form(), option, frozenset()))
    assert list(broken(session, Form(length="short"), option, frozenset({"anticoagulant"}))) == [
        "takes 405 s",
        "is too strong for somebody who bleeds easily",
        "is too long for somebody who bleeds easily",
        "does not look again",
    ]


def test_a_way_that_gives_nothing_says_why():
    from plan.test_session import OPEN

    def why(site, tool, posture, form=None):
        return refusal(OPEN, site, "left", tool, posture, form or Form())[0].id

    assert why("ps1", "fingers", "hand_held") == "closed.nobody_here"
    assert why("gmx1", "elbow_massager", "chair_back") == "refusal.way_closed"
    assert why("gmx1", "massage_ball", "floor_side") == "refusal.position"
    assert why("gmx1", "lie_on_massager", "floor_supine", Form(no_floor=True)) == "refusal.lying"
    assert why("gmx1", "massage_ball", "wall_lean") == "refusal.over_cap"
