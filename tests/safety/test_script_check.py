"""A finished script is held against its clearance once more."""

from dataclasses import replace
from datetime import timedelta

import pytest
from people import cleared, person

from unknot.messages import render
from unknot.safety import check
from unknot.script import Comfort, Pressed, Session, Step, Text

CLEARANCE = cleared(person())
COMFORT = Comfort(lo=3, hi=4, stop=6)


def step(kind="hold", seconds=30.0, **facts):
    comfort = facts.pop("comfort", COMFORT if kind == "hold" else None)
    return Step(kind=kind, duration_s=seconds, text=Text(id="x"), cue="x", comfort=comfort, **facts)


def hold(seconds=30.0, site="qls2", **facts):
    return step("hold", seconds, site=site, side="left", **facts)


REST = step("rest", 30.0)


def spots_of(steps):
    """What the steps press, told truthfully."""
    pressed = [(one.site or "qls2", one.side or "left", one.duration_s) for one in steps if one.kind == "hold"]
    places = dict.fromkeys((site, side) for site, side, _ in pressed)
    return tuple(
        Pressed(site=site, side=side, seconds=sum(s for a, b, s in pressed if (a, b) == (site, side)))
        for site, side in places
    )


def script(*steps, **facts):
    steps = steps or (step("breathe"), hold(), REST, hold(60), REST)
    given = {
        "site": "qls2",
        "muscle": "quadratus_lumborum_superficial",
        "side": "left",
        "tool": "massage_ball",
        "posture": "wall_lean",
        "spots": spots_of(steps),
        "total_hold_s": 90.0,
        "cap_kpa": 125.0,
        "estimated_kpa": (20.0, 40.0, 80.0),
        "start_force_n": (50.0, 80.0, 130.0),
        "gentleness": "light",
        "because": (),
        "stop_rules": CLEARANCE.stop_rules,
        "expires_at": CLEARANCE.expires_at.isoformat(),
    }
    return Session(steps=steps, **(given | facts))


def faults(one):
    found = check(one, CLEARANCE)
    assert all(render(text.id, {**text.params, "where": "here"}) for text in found)
    return {text.id for text in found}


def test_a_script_within_its_clearance_has_no_fault():
    assert faults(script()) == set()


@pytest.mark.parametrize(
    ("fault", "one"),
    [
        ("check.cap", script(cap_kpa=126.0)),
        ("check.cap", script(cap_kpa=float("nan"))),
        ("check.pressure_above_cap", script(estimated_kpa=(50.0, 90.0, 125.5))),
        ("check.hold_too_long", script(hold(61))),
        ("check.spot_too_long", script(hold(60), REST, hold(45), REST, hold(20))),
        ("check.too_many_holds", script(hold(20), REST, hold(20), REST, hold(20), REST, hold(20))),
        ("check.comfort", script(hold(comfort=Comfort(lo=3, hi=5.5, stop=7)))),
        ("check.comfort", script(hold(comfort=Comfort(lo=3, hi=5, stop=8)))),
        ("check.comfort", script(hold(comfort=None))),
        ("check.rest_too_short", script(hold(), hold())),
        ("check.rest_too_short", script(hold(), step("rest", 20.0), hold())),
        ("check.rest_too_short", script(hold(), step("move", 20.0, comfort=COMFORT))),
        ("check.too_long", script(hold(), step("rest", 700.0), hold())),
        (
            "check.too_many_spots",
            script(*(part for s in ("qls2", "qld2", "ml1", "mt1") for part in (hold(20, s), REST))),
        ),
        ("check.not_allowed", script(tool="massage_gun", posture="hand_held")),
        ("check.not_allowed", script(posture="floor_supine")),
        ("check.not_allowed", script(hold(site="ps1"))),
        ("check.not_allowed", script(hold(site="no_such_site"))),
        ("check.not_allowed", script(replace(hold(), side="midline"))),
        ("check.spots_untold", script(spots=())),
        ("check.spots_untold", script(spots=(Pressed(site="qls2", side="left", seconds=30.0),))),
        ("check.spots_untold", script(tool="elbow_massager", posture="chair_back")),
        ("check.no_hold", script(step("breathe"))),
        ("check.duration", script(hold(float("nan")))),
        ("check.duration", script(hold(0))),
        ("check.stop_rules_missing", script(stop_rules=CLEARANCE.stop_rules[1:])),
        ("check.expires_late", script(expires_at=(CLEARANCE.expires_at + timedelta(seconds=1)).isoformat())),
        ("check.expires_late", script(expires_at="soon")),
    ],
)
def test_what_goes_beyond_the_clearance_is_named(fault, one):
    assert fault in faults(one)


def test_a_step_without_a_spot_counts_for_the_spot_of_the_session():
    assert "check.spot_too_long" in faults(script(*[part for _ in range(3) for part in (step("hold", 45.0), REST)]))
