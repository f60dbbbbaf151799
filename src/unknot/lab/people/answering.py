"""What a person answers to a question: the truth as felt, bent by how this person answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from unknot.case import Answer
from unknot.knowledge.model import Knowledge, Question
from unknot.lab.people import knobs, story
from unknot.lab.people.chance import around
from unknot.lab.people.graph import Place
from unknot.lab.people.others import NUMB, Other
from unknot.lab.people.spots import Spot

LEG_BELOW_KNEE = {
    "calf_upper", "calf_lower", "achilles", "shin", "leg_inner", "leg_outer", "ankle_front", "ankle_inner",
    "ankle_outer", "foot_top", "big_toe", "foot_arch", "heel", "foot_outer",
}  # fmt: skip
ARM_BELOW_ELBOW = {
    "forearm_back", "forearm_radial", "forearm_ulnar", "wrist_back", "wrist_front", "hand_ulnar", "hand_radial",
    "hand_middle",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How a person answers: shares of questions left out, answered "not sure", and answered wrongly."""

    skips: float
    not_sure: float
    wrong: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What is true of a person, as far as answers hang on it."""

    age: float
    spots: tuple[Spot, ...]
    other: Other | None
    pain: dict[Place, float]
    sensitised: bool

    @property
    def kind(self) -> str:
        """The key of most tables in story.py: a nerve root beats a muscle where both are there."""
        return "muscle" if self.other is None else self.other.kind


SKIPPED = object()
"""Returned instead of an answer when the person leaves the question out."""


def reply(rng: np.random.Generator, knowledge: Knowledge, inside: Inside, habits: Habits, question: Question) -> object:
    """An ``Answer`` (None = "not sure"), or SKIPPED. The same random numbers give the same answer."""
    draw = rng.random()
    if draw < habits.skips:
        return SKIPPED
    if draw < habits.skips + habits.not_sure:
        return None if question.type == "bool" else SKIPPED
    answer = _truth(rng, knowledge, inside, question)
    if isinstance(answer, bool) and rng.random() < habits.wrong:
        # A danger sign is denied or claimed by mistake less often than an everyday matter.
        return answer if question.group.startswith("red_flag") and rng.random() < 0.8 else not answer
    return SKIPPED if answer is None else answer


def _truth(rng: np.random.Generator, knowledge: Knowledge, inside: Inside, question: Question) -> Answer:
    """What the person would say with care; None = has nothing to say."""
    match question.id:
        case "worse_with":
            return _movements(rng, knowledge, inside)
        case "limited_movements":
            return _shortened(rng, knowledge, inside)
        case "activities":
            return _activities(rng, knowledge, inside)
        case "qualities":
            kind = "root" if inside.kind == "nerve_root" else inside.kind
            return _picked(rng, story.QUALITIES[kind], ("aching",))
        case "better_with":
            kind = "root" if inside.kind == "nerve_root" else inside.kind
            return _picked(rng, story.BETTER.get(kind, story.BETTER["else"]), ("nothing",))
        case "numb_strip":
            return _numb(rng, inside)
        case "pain_shape":
            kind = "root" if inside.kind == "nerve_root" else inside.kind
            shares = story.SHAPES.get(kind, story.SHAPES["else"])
            return question.values[int(rng.choice(len(shares), p=shares))]
        case "duration_weeks":
            kind = "root" if inside.kind == "nerve_root" else inside.kind
            return float(max(round(story.WEEKS.get(kind, story.WEEKS["else"]) * np.exp(rng.normal(0, 1.2))), 0))
        case "morning_stiffness_minutes":
            middle = story.STIFF_MINUTES.get(inside.kind, story.STIFF_MINUTES["else"])
            return float(min(5 * round(middle * np.exp(rng.normal(0, 0.9)) / 5), 720))
        case "first_onset_age_years":
            young = inside.kind == "inflammatory"
            return float(round(min(rng.normal(28, 8), inside.age) if young else inside.age * rng.uniform(0.5, 1.0)))
        case "pain_areas":
            groups = {knowledge.regions[place[0]].group for place in inside.pain}
            return float(len(groups) + int(rng.poisson(0.5)))
        case _ if question.type == "bool":
            return bool(rng.random() < _chance_of_yes(inside, question.id))
        case _:
            return None


def _chance_of_yes(inside: Inside, question: str) -> float:
    below = {"leg_pain_below_knee": LEG_BELOW_KNEE, "arm_pain_below_elbow": ARM_BELOW_ELBOW}
    if question in below:
        return 0.9 if any(name in below[question] for name, _ in inside.pain) else 0.05
    if inside.other is not None and inside.other.which in story.ORGAN_YES.get(question, {}):
        return story.ORGAN_YES[question][inside.other.which]
    table = story.YES.get(question, {})
    return table.get(key(inside), table.get("else", story.RARELY_YES))


def key(inside: Inside) -> str:
    """The kind, with nerve roots told apart by limb."""
    if inside.other is not None and inside.other.kind == "nerve_root":
        return "root_arm" if inside.other.which.startswith("c") else "root_leg"
    return inside.kind


def _movements(rng: np.random.Generator, knowledge: Knowledge, inside: Inside) -> Answer:
    named: list[str] = []
    for site, _ in inside.spots:
        for value in knowledge.muscles[knowledge.sites[site].muscle].worse_with:
            if rng.random() < around(rng, knobs.AGGRAVATOR, knobs.JITTER):
                named.append(value)
    for value in _of_other(inside, story.MOVEMENTS):
        if rng.random() < around(rng, knobs.AGGRAVATOR, knobs.JITTER):
            named.append(value)
    stray = int(rng.poisson(knobs.STRAY_MOVEMENTS * (2.0 if inside.sensitised else 1.0)))
    named += [story.COMMON_MOVEMENTS[int(rng.integers(len(story.COMMON_MOVEMENTS)))] for _ in range(stray)]
    clear = tuple(dict.fromkeys(value for value in named if value != "nothing_clear"))
    return clear or ("nothing_clear",)


def _shortened(rng: np.random.Generator, knowledge: Knowledge, inside: Inside) -> Answer:
    named: list[str] = []
    for site, side in inside.spots:
        for value in knowledge.muscles[knowledge.sites[site].muscle].limited_movements:
            if rng.random() < around(rng, knobs.SHORTENED, knobs.JITTER):
                turned = (side == "left") != (rng.random() < knobs.SIDE_MIXED_UP)
                named.append(_mirrored(value) if turned else value)
    for value in _of_other(inside, story.SHORTENED):
        if rng.random() < around(rng, knobs.SHORTENED, knobs.JITTER):
            named.append(value)
    return tuple(dict.fromkeys(named))


def _activities(rng: np.random.Generator, knowledge: Knowledge, inside: Inside) -> Answer:
    named = [
        value
        for site, _ in inside.spots
        for value in knowledge.muscles[knowledge.sites[site].muscle].activities
        if rng.random() < around(rng, knobs.ACTIVITY, knobs.JITTER)
    ]
    stray = int(rng.poisson(knobs.STRAY_ACTIVITIES))
    named += [story.COMMON_ACTIVITIES[int(rng.integers(len(story.COMMON_ACTIVITIES)))] for _ in range(stray)]
    return tuple(dict.fromkeys(named))


def _numb(rng: np.random.Generator, inside: Inside) -> Answer:
    strips = NUMB.get(inside.other.which, ()) if inside.other is not None else ()
    if strips and rng.random() < 0.6:
        return (strips[int(rng.integers(len(strips)))],)
    stray = ("outer_thigh", "front_thigh", "outer_upper_arm", "thumb", "little_finger", "sole")
    return (stray[int(rng.integers(len(stray)))],) if rng.random() < 0.08 else ("none_clear",)


def _of_other(inside: Inside, table: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    if inside.other is None:
        return ()
    return table.get(key(inside), table.get(inside.other.which, ()))


def _picked(rng: np.random.Generator, chances: dict[str, float], otherwise: tuple[str, ...]) -> Answer:
    named = tuple(value for value, chance in chances.items() if rng.random() < chance)
    return named or otherwise


def _mirrored(value: str) -> str:
    if value.endswith("_left"):
        return value.removesuffix("_left") + "_right"
    return value.removesuffix("_right") + "_left" if value.endswith("_right") else value
