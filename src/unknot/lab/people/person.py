"""One made-up person: what is true, and what he or she draws, answers and says when a spot is pressed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from unknot.case import Case, PainArea, Person, Press
from unknot.knowledge.model import Knowledge
from unknot.lab.people import knobs, story
from unknot.lab.people.answering import SKIPPED, Habits, Inside, reply
from unknot.lab.people.chance import stream
from unknot.lab.people.feeling import drawn, felt
from unknot.lab.people.graph import pattern
from unknot.lab.people.others import KINDS, Other, other
from unknot.lab.people.pressing import press
from unknot.lab.people.spots import Spot, active, overall, sides_of

SEED = 20261122
BUTTOCK = ("gluteus_maximus", "gluteus_medius", "gluteus_minimus", "piriformis")
INTERVIEW = (
    "worse_with", "limited_movements", "activities", "qualities", "duration_weeks", "pain_shape", "numb_strip",
    "leg_pain_below_knee", "arm_pain_below_elbow", "cough_shoots_limb", "pain_unaffected_by_movement",
    "morning_stiffness_minutes", "pain_areas", "press_reproduces_pain",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """A person. ``spots`` are the active ones; ``cause`` is the kind of another cause, or None."""

    seed: int
    number: int
    knowledge: Knowledge
    person: Person
    inside: Inside
    habits: Habits
    skill: float
    drawing: tuple[PainArea, ...]

    @property
    def spots(self) -> tuple[Spot, ...]:
        return self.inside.spots

    @property
    def cause(self) -> Other | None:
        return self.inside.other

    def case(self) -> Case:
        """The person and the drawing, nothing asked yet."""
        return Case(person=self.person, pain=self.drawing)

    def redrawn(self, times: int) -> tuple[PainArea, ...]:
        """The drawing of the same pain on another day."""
        return drawn(self._stream("drawing", str(times)), self.knowledge, self.inside.pain)

    def answered(self, case: Case, question: str) -> Case:
        """The case with the answer to one question; unchanged if the person leaves it out. KeyError for no question."""
        asked = self.knowledge.questions[question]
        said = reply(self._stream("answer", question), self.knowledge, self.inside, self.habits, asked)
        if said is SKIPPED:
            return case
        return replace(case, answers={**case.answers, question: said})  # type: ignore[dict-item]

    def pressed(self, case: Case, spot: Spot) -> Case:
        """The case with what pressing one spot did."""
        rng = self._stream("press", *spot)
        found: Press = press(rng, self.knowledge, self.inside, self.habits, self.skill, spot)
        return replace(case, palpation=(*case.palpation, found))

    def interviewed(self, presses: int = 0) -> Case:
        """Drawing, a fixed interview, and presses on the spots whose zone the drawing meets most."""
        case = self.case()
        for question in INTERVIEW:
            case = self.answered(case, question)
        for spot in _obvious(self.knowledge, self.drawing)[:presses]:
            case = self.pressed(case, spot)
        return case

    def _stream(self, *purpose: str) -> np.random.Generator:
        return stream(self.seed, self.number, *purpose)


def simulate(seed: int, number: int, knowledge: Knowledge) -> Simulated:
    """Person ``number`` of a seed: always the same, however many others are drawn."""
    rng = stream(seed, number, "person")
    age = float(round(float(np.clip(rng.normal(46.0, 14.0), 18.0, 85.0))))
    sensitised = bool(rng.random() < knobs.SENSITISED)
    spots, cause = _what_is_wrong(rng, knowledge)
    pain = felt(rng, knowledge, spots, cause.pain if cause else {}, sensitised)
    careless = bool(rng.random() < knobs.CARELESS)
    return Simulated(
        seed=seed,
        number=number,
        knowledge=knowledge,
        person=Person(age=age, sex="female" if rng.random() < 0.58 else "male", conditions=_conditions(rng, cause)),
        inside=Inside(age=age, spots=spots, other=cause, pain=pain, sensitised=sensitised),
        habits=Habits(
            skips=float(rng.beta(*knobs.SKIPPED)),
            not_sure=float(rng.beta(*knobs.NOT_SURE)),
            wrong=knobs.WRONG_CARELESS if careless else knobs.WRONG,
        ),
        skill=float(rng.random()),
        drawing=drawn(stream(seed, number, "drawing", "0"), knowledge, pain),
    )


def _what_is_wrong(rng: np.random.Generator, knowledge: Knowledge) -> tuple[tuple[Spot, ...], Other | None]:
    which = rng.random()
    if which < knobs.MUSCLE_ONLY:
        complaints = list(knobs.COMPLAINTS)
        shares = np.array(list(knobs.COMPLAINTS.values()))
        complaint = complaints[int(rng.choice(len(complaints), p=shares / shares.sum()))]
        return active(rng, knowledge, complaint), None
    if which < knobs.MUSCLE_ONLY + knobs.MUSCLE_AND_ROOT:
        root = other(rng, knowledge, "nerve_root", ("l4", "l5", "s1")[int(rng.integers(3))])
        return active(rng, knowledge, "low_back_buttock", BUTTOCK, root.side), root
    kinds = list(KINDS)
    return (), other(rng, knowledge, kinds[int(rng.choice(len(kinds), p=list(KINDS.values())))])


def _conditions(rng: np.random.Generator, cause: Other | None) -> frozenset[str] | None:
    if rng.random() < 0.1:
        return None  # not asked
    kind = "" if cause is None else ("root" if cause.kind == "nerve_root" else cause.kind)
    chances = {**story.CONDITIONS["else"], **story.CONDITIONS.get(kind, {})}
    return frozenset(name for name, chance in chances.items() if rng.random() < chance)


def _obvious(knowledge: Knowledge, drawing: Sequence[PainArea]) -> list[Spot]:
    """Spots that people press themselves, by how many marked places lie in their primary zone, then how common."""
    marked = {(area.region, area.side) for area in drawing}
    common = overall(knowledge)
    ranked: list[tuple[float, str, Spot]] = []
    for site in knowledge.sites.values():
        if site.self_press and knowledge.muscles[site.muscle].access:
            for side in sides_of(knowledge, site.id):
                met = len(marked & set(pattern(knowledge, site.primary, side)))
                ranked.append((-met - common.get(site.id, 0.0), site.id, (site.id, side)))
    return [spot for _, _, spot in sorted(ranked)]


def digest() -> str:
    """SHA-256 over the source of the generator, to show that it was not changed after the first measurement."""
    folder = Path(__file__).parent
    content = hashlib.sha256()
    for path in sorted(folder.glob("*.py")):
        content.update(path.name.encode() + b"\0" + path.read_bytes())
    return content.hexdigest()
