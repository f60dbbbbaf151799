"""The steps of a session, each with its sentence, its length and the cue that starts it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from unknot.dose.load import place_of
from unknot.knowledge.model import Exercise, Knowledge, Side
from unknot.plan.fitting import Fit
from unknot.plan.holds import Hold
from unknot.script import Comfort, Step, StepKind, Text

# Lengths that only pace the reading and the doing; nothing medical hangs on them.
BREATHE_S, READY_S, HEED_S, FIND_S = 30.0, 45.0, 10.0, 45.0
GET_UP_S, STRETCH_S, STRENGTH_S, AFTERCARE_S = 20.0, 45.0, 60.0, 30.0
OTHER_SIDE_S = 30.0

SHORT_S = {"get_ready": 20.0, "heed": 8.0, "find": 15.0, "other_side": 15.0, "move": 20.0, "get_up": 15.0, "done": 10.0}
"""The same steps in the short form, by cue. What presses and what rests keeps its length."""

HELD = ("fingers", "cane", "gun", "partner")  # accesses that a hand presses: the sentence goes with the hand
HEAD = "head_rest"  # the load step of the head's own weight, which no scale is pressed to
GRAVITY = 9.80665


def breathe() -> Step:
    """Slow breathing: out longer than in."""
    return _step("breathe", BREATHE_S, Text(id="session.breathe"), "breathe")


def ready(fit: Fit, site: str, side: Side, knowledge: Knowledge) -> Step:
    """Position, how to put the weight on, and roughly how much that is in kilograms."""
    option, force = fit.option, fit.dose.force_n
    weight = {"lo": _kilograms(force.p05), "hi": _kilograms(force.p95)}
    said = "weight_hand" if option.access in HELD else "weight_head" if fit.dose.load == HEAD else "weight"
    params: dict[str, Any] = {
        "position": Text(id=position(option.access, option.posture, site, knowledge)),
        "load": Text(id=f"load.{fit.dose.load}"),
        "weight": Text(id=f"session.{said}", params=weight),
    }
    return _step("ready", READY_S, Text(id="session.ready", params=params), "get_ready", site=site, side=side)


def heed(text: Text, site: str, side: Side) -> Step:
    """What to heed at this spot or in this session, said before the first hold."""
    return _step("ready", HEED_S, text, "heed", site=site, side=side)


def position(access: str, posture: str, site: str, knowledge: Knowledge) -> str:
    """The id of the sentence that says how to lie, sit or stand."""
    if access in HELD:
        return f"position.{access}.{posture}"
    if access == "elbow_tool":
        return f"position.{posture}.elbow"
    place = place_of(site, knowledge)
    apart = ("neck", "leg", "arm") if posture != "wall_lean" else ("leg", "arm")
    variant = place.part if place.part in apart and posture not in ("floor_side", "seated") else ""
    if place.part in ("pelvis", "shoulder") and place.aspect == "back":
        variant = place.part  # no spine is near: a buttock and a shoulder blade are told as what they are
    return f"position.{posture}.{variant or place.aspect}"


def find(site: str, side: Side) -> Step:
    """Finding the spot by feel, with the tool already in place."""
    params = {"side": f"@side.{side}", "where": f"@site.{site}.where"}
    id_ = "session.find_midline" if side == "midline" else "session.find"
    return _step("find", FIND_S, Text(id=id_, params=params), "find", site=site, side=side)


def hold(one: Hold, access: str, site: str, side: Side) -> Step:
    """One hold with its comfort target. A massage gun glides; everything else stays still."""
    kind = "gun" if access == "gun" else one.kind
    text = Text(id=f"session.hold_{kind}", params=_aim(one.comfort))
    return _step("hold", one.seconds, text, "hold_start", comfort=one.comfort, site=site, side=side)


def rest(seconds: float) -> Step:
    """Pressure off."""
    return _step("rest", seconds, Text(id="session.rest"), "release")


def small_movement(kind: str, seconds: float, aim: Comfort, site: str, side: Side) -> Step:
    """Slow small movements on the tool: rock, nod, corner or lumbar."""
    text = Text(id=f"session.move.{kind}", params=_aim(aim))
    return _step("move", seconds, text, "move", comfort=aim, site=site, side=side)


def other_side(site: str, side: Side) -> Step:
    """Over to the same spot of the other side, in the same position."""
    text = Text(id="session.other_side", params={"side": f"@side.{side}", "where": f"@site.{site}.where"})
    return _step("find", OTHER_SIDE_S, text, "other_side", site=site, side=side)


def get_up(text: str) -> Step:
    """How to come up from the floor or out of bed."""
    return _step("ready", GET_UP_S, Text(id=text), "get_up")


def movement(exercise: Exercise | None, site: str, side: Side, how_often: str = "") -> Step:
    """A stretch or an easy movement of what was pressed. ``how_often`` of a stretch: "once", "each_side", or twice."""
    if exercise is None:
        return _step("move", STRETCH_S, Text(id="session.move.free"), "move", site=site, side=side)
    text = Text(
        id="session.stretch", params={"how": f"@exercise.{exercise.id}.how", "dose": _amount(exercise, how_often)}
    )
    return _step("move", STRETCH_S, text, "move", site=site, side=side)


def strength(exercise: Exercise) -> Step:
    """One strengthening exercise: what prevents the next episode."""
    text = Text(id="session.strength", params={"how": f"@exercise.{exercise.id}.how", "dose": _amount(exercise)})
    return _step("exercise", STRENGTH_S, text, "exercise")


def _amount(exercise: Exercise, how_often: str = "") -> Text:
    """How much of an exercise belongs here: its regimen for one day, in one round."""
    for name in ("hold_s", "repeats"):
        amount = exercise.dose.get(name)
        if amount is not None and amount.lo is not None and amount.hi is not None:
            stretched = (exercise.kind, name) == ("stretch", "hold_s")
            kind = f"stretch_{how_often or 'twice'}" if stretched else name
            return Text(id=f"session.dose.{kind}", params={"lo": amount.lo, "hi": amount.hi})
    return Text(id="session.dose.easy")


def aftercare(text: Text) -> Step:
    """One thing to know until tomorrow."""
    return _step("aftercare", AFTERCARE_S, text, "done")


def shortened(step: Step) -> Step:
    """The step as the short form has it."""
    return step if step.comfort else replace(step, duration_s=SHORT_S.get(step.cue, step.duration_s))


def _aim(comfort: Comfort) -> dict[str, Any]:
    return {"lo": comfort.lo, "hi": comfort.hi}


def _kilograms(newtons: float) -> float:
    """As a household scale would be read: tenths of a kilogram for a hand, then halves, then whole ones."""
    kilograms = newtons / GRAVITY
    if kilograms < 2:
        return max(round(kilograms, 1), 0.1)
    return round(2 * kilograms) / 2 if kilograms < 10 else float(round(kilograms))


def _step(
    kind: StepKind,
    seconds: float,
    text: Text,
    cue: str,
    *,
    comfort: Comfort | None = None,
    site: str | None = None,
    side: Side | None = None,
) -> Step:
    return Step(kind=kind, duration_s=seconds, text=text, cue=cue, comfort=comfort, site=site, side=side)
