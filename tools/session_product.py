"""Every reachable tool, spot and position with every condition: what the planner makes of it, held against plain
rules.

``singles`` and ``pairs`` draw the persons, ``tried`` walks all ways of pressing of one of them. A way ends in a script
that passes the gate's check and the rules below, which read the figures from the files and nothing of the planner; or
in a refusal with a reason. tools/proofs/session_product.py walks all of them, tests/plan/test_session_product.py a few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise
from random import Random
from typing import Any

from safety.people import ALL_TOOLS, KNOWN, NOW, ago, person, session

from unknot.assessment_json import session_to_json
from unknot.case import Case
from unknot.plan.refusal import refusal
from unknot.plan.session import build
from unknot.plan.text import session_text
from unknot.record import History
from unknot.safety import Clearance, Option, check, gate
from unknot.safety.sites import site_plans, zones
from unknot.script import FULL, Form, Session

FORMS = {
    "full": FULL,
    "short": Form(length="short"),
    "no_floor": Form(no_floor=True),
    "both_sides": Form(both_sides=True),
}
CONDITIONS = tuple(sorted(KNOWN.conditions))
LOW, HIGH = ("lumbar_paraspinal left 5",), ("neck_back_lower left 5", "suprascapular left 4")
LOW_GROUPS = ("low_back_buttock", "hip_leg")
BLEEDS = frozenset({"anticoagulant", "antiplatelet_dual", "liver_disease"})
"""The group of 60 kPa (review row 74): hands or soft tools, 3 of 10 at most, 30 s, looked at again."""
SHORT_S, VISIT_S = 300.0, 720.0
PAGES = 16
"""Of the scripts every so many-th is written out too: it is the words that take the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """One person of the product. ``key`` names them in the results."""

    key: str
    conditions: tuple[str, ...] = ()
    age: int = 40
    mass_kg: float | None = 72.0
    past: History = field(default_factory=History)
    every: int = 1  # of the ways only every so many-th is tried ...
    first: int = 0  # ... from this one on


@dataclass(slots=True)
class Found:
    """What came out: counts by outcome, the ids of the reasons of the refusals, and every fault."""

    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def singles() -> Iterator[Someone]:
    """Nobody's condition, then each one alone."""
    yield Someone(key="none")
    for condition in CONDITIONS:
        yield Someone(key=condition, conditions=(condition,))


def pairs(count: int, seed: int, every: int) -> Iterator[Someone]:
    """Pairs of conditions with other ages, masses and last sessions, of a seed."""
    rng = Random(seed)
    for number, pair in enumerate(rng.sample(list(combinations(CONDITIONS, 2)), count)):
        yield Someone(
            key=f"pair {number}: {' + '.join(pair)}",
            conditions=pair,
            age=rng.choice((24, 40, 58, 66, 76, 83)),
            mass_kg=rng.choice((None, 48.0, 72.0, 115.0)),
            past=_past(rng),
            every=every,
            first=rng.randrange(every),
        )


def _past(rng: Random) -> History:
    """Nothing, a quiet month, or a last session that was not borne well."""
    spots = rng.sample(sorted(KNOWN.sites), 4)
    quiet = [session(ago(days=40 - 4 * n), site=site) for n in range(8) for site in spots]
    badly: dict[str, Any] = rng.choice(
        ({}, {"soreness_next_day": 5.0}, {"bruise_cm": 1.0}, {"comfort_peak": 7.0}, {"stopped_for": "too_strong"})
    )
    last = [session(ago(days=6), site=site, **badly) for site in spots]
    return rng.choice((History(), History(sessions=tuple(quiet)), History(sessions=(*quiet, *last))))


def tried(someone: Someone) -> Found:
    """Every way of pressing every spot, in every form."""
    found = Found()
    for pain in (LOW, HIGH):
        case = _case(someone, pain)
        leave = gate(case, someone.past, NOW, KNOWN)
        if not isinstance(leave, Clearance):
            found.counts["refused_person"] += 1
            found.reasons.update(text.id for text in leave.reasons)
            if not leave.reasons:
                found.faults.append(f"{someone.key}: refused without a reason")
            continue
        found.counts["person_with_leave"] += 1
        _spots(someone, case, leave, pain is LOW, found)
    return found


def _case(someone: Someone, pain: tuple[str, ...]) -> Case:
    past = {"after_session_signs": ()} if someone.past.sessions else {}
    case = person(*pain, age=someone.age, conditions=someone.conditions, tools=ALL_TOOLS, **past)
    return replace(case, person=replace(case.person, mass_kg=someone.mass_kg))


def _spots(someone: Someone, case: Case, leave: Clearance, low: bool, found: Found) -> None:
    number = 0
    for site in KNOWN.sites:
        if (KNOWN.regions[KNOWN.sites[site].home].group in LOW_GROUPS) is not low:
            continue
        for side in ("left", "right"):
            options = leave.options(site, side)
            if not options:
                why = leave.closed_because(site, side)
                found.counts["closed_spot"] += 1
                found.reasons.update(text.id for text in why)
                if not why:
                    found.faults.append(f"{someone.key}: {site} {side} is closed without a reason")
            for option in options:
                number += 1
                if number % someone.every != someone.first:
                    continue
                _way(someone, case, leave, site, side, option, found)


def _way(someone: Someone, case: Case, leave: Clearance, site: str, side: Any, option: Option, found: Found) -> None:
    for name, form in FORMS.items():
        made = build(leave, site, side, case, KNOWN, history=someone.past, option=option, form=form)
        if made is None:
            why = refusal(leave, site, side, option.tool, option.posture, form)[0].id
            found.counts[f"no_script: {why.removeprefix('refusal.')}"] += 1
            continue
        found.counts[f"script_{name}"] += 1
        where = f"{someone.key}: {site} {side} {option.access} {option.posture} {name}"
        found.faults += [f"{where}: {text.id}" for text in check(made, leave)]
        if found.counts.total() % PAGES == 0 and not _readable(made):
            found.faults.append(f"{where}: cannot be read")
        found.faults += [f"{where}: {fault}" for fault in broken(made, form, option, frozenset(someone.conditions))]


def broken(made: Session, form: Form, option: Option, conditions: frozenset[str]) -> Iterator[str]:
    """Every plain rule that a script breaks: time, holds, caps, zones, words."""
    total = sum(step.duration_s for step in made.steps)
    if total > (SHORT_S if form.short else VISIT_S):
        yield f"takes {total:.0f} s"
    yield from _broken_holds(made, option)
    yield from _broken_caps(made, option, conditions)
    yield from _broken_zones(made, form, option)
    if made.steps[-1].kind != "aftercare" or not {"find", "hold", "move"} <= {step.kind for step in made.steps}:
        yield "lacks a part"


def _readable(made: Session) -> bool:
    """The page for a therapist fits its width, and the document for the player has its steps."""
    return max(map(len, session_text(made).splitlines())) <= 78 and bool(session_to_json(made)["steps"])


def _broken_holds(made: Session, option: Option) -> Iterator[str]:
    figures = KNOWN.safety["caps"]["hold"]
    for spot in made.spots:
        mine = [step for step in made.steps if step.comfort and step.side == spot.side]
        if sum(step.duration_s for step in mine) > figures["spot_day"]["value"]:
            yield "presses a spot for more than its day"
        if sum(step.kind == "hold" for step in mine) > figures["holds_per_spot"]["value"]:
            yield "holds too often"
    longest = 15.0 if option.access == "gun" else float(figures["later"]["value"])
    if any(step.comfort and step.duration_s > longest for step in made.steps):
        yield "holds too long"
    if any(step.comfort and not step.comfort.hi < step.comfort.stop <= 7 for step in made.steps):
        yield "does not stop in time"
    held = [n for n, step in enumerate(made.steps) if step.kind == "hold"]
    for before, after in pairwise(held):
        pause = sum(step.duration_s for step in made.steps[before + 1 : after] if step.comfort is None)
        if pause < figures["rest"]["value"]:
            yield "rests too little"


def _broken_caps(made: Session, option: Option, conditions: frozenset[str]) -> Iterator[str]:
    plan = site_plans(KNOWN)[made.site]
    class_cap = float(KNOWN.safety["caps"]["class"][plan.pressure_class]["cap"]["value"])
    if not 0 < made.estimated_kpa[2] <= made.cap_kpa <= class_cap:
        yield "goes over the cap of its class"
    if not conditions & BLEEDS:
        return
    if made.cap_kpa > 60 or any(step.comfort and step.comfort.hi > 3 for step in made.steps):
        yield "is too strong for somebody who bleeds easily"
    if any(step.comfort and step.duration_s > 30 for step in made.steps):
        yield "is too long for somebody who bleeds easily"
    if option.access not in zones(KNOWN).soft_access or option.access == "gun":
        yield "uses a hard tool on somebody who bleeds easily"
    if made.steps[-1].text.params["soreness"].id != "session.aftercare_look_again":
        yield "does not look again"


def _broken_zones(made: Session, form: Form, option: Option) -> Iterator[str]:
    places, home = zones(KNOWN), KNOWN.sites[made.site].home
    if home in places.never or not KNOWN.sites[made.site].self_press:
        yield "presses where nobody presses"
    if option.access == "gun" and made.site not in places.gun_sites:
        yield "uses a gun where none goes"
    if option.access == "partner" and home in places.no_partner:
        yield "lets another person press where nobody else does"
    exercises = [KNOWN.exercises[how.split(".")[1]] for step in made.steps if (how := step.text.params.get("how"))]
    lying = KNOWN.postures[made.posture].lying or any(one.on_floor or one.lying for one in exercises)
    if form.no_floor and lying:
        yield "lies down although the floor is out today"
