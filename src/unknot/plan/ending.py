"""How a session ends: an easy movement, a strengthening exercise, and up again once."""

from __future__ import annotations

from unknot.case import Case
from unknot.knowledge.model import Exercise, Knowledge, Side
from unknot.plan import steps as say
from unknot.safety import Clearance
from unknot.script import Form, Step


def ending(
    clearance: Clearance, posture: str, case: Case, site: str, side: Side, knowledge: Knowledge, form: Form
) -> list[Step]:
    """Movement and exercise, so that one gets up once: what is done on the floor stands together.

    The short form has one easy movement, and nothing for which one would have to lie down first.
    """
    stretch, strengthen = _exercises(clearance, posture, site, case, knowledge, form)
    if form.short:
        stretch, strengthen = (None if stretch and stretch.on_floor else stretch), None
    sides = "once" if form.short else "each_side" if form.both_sides else ""
    moves = [(say.movement(stretch, site, side, sides), stretch is not None and stretch.on_floor)]
    if strengthen:
        moves.append((say.strength(strengthen), strengthen.on_floor))
    low = [step for step, on_floor in moves if on_floor]
    high = [step for step, on_floor in moves if not on_floor]
    if knowledge.postures[posture].on_floor:
        return [*low, say.get_up("session.get_up_floor"), *high]
    from_bed = [say.get_up("session.get_up_bed")] if posture == "bed_supine" else []
    return [*from_bed, *high, *low, *([say.get_up("session.get_up_floor")] if low else [])]


def _exercises(
    clearance: Clearance, posture: str, site: str, case: Case, knowledge: Knowledge, form: Form
) -> tuple[Exercise | None, Exercise | None]:
    """A stretch or movement and a strengthening exercise for the muscle. Who is on the floor does them there, everybody
    else off it. None on the floor from 65 on, where the floor is closed, and in the form without it.

    None at all for people whose bones, joints or state nobody has looked at with exercises in mind: they move easily
    instead.
    """
    if easy_only(case, knowledge):
        return (None, None)
    known = [knowledge.exercises[id_] for id_ in knowledge.muscles[knowledge.sites[site].muscle].exercises]
    young = case.person.age < knowledge.dose["easy_only"]["floor_until_age"]["value"]
    floor = young and not clearance.precautions.everywhere.no_floor and not form.no_floor
    here = knowledge.postures[posture].on_floor
    possible = [one for one in known if (floor or not one.on_floor) and not (form.no_floor and one.lying)]
    fitting = sorted(possible, key=lambda one: (one.on_floor is not here, one.lying))
    easy = [exercise for exercise in fitting if exercise.kind != "strength"]
    strong = [exercise for exercise in fitting if exercise.kind == "strength"]
    return (easy[0] if easy else None, strong[0] if strong else None)


def easy_only(case: Case, knowledge: Knowledge) -> bool:
    """Whether a session ends with easy movement only (dose.toml, easy_only)."""
    easy = knowledge.dose["easy_only"]
    return (
        case.person.age >= easy["age_from"]["value"]
        or bool(set(easy["conditions"]) & (case.person.conditions or frozenset()))
        or any(case.answers.get(question, False) is not False for question in easy["answers"])
    )
