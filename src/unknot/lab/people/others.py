"""Causes other than a tender spot, as courses and places of pain of their own: textbook anatomy, by memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from unknot.knowledge.model import Knowledge, Side
from unknot.lab.people.graph import Place, skin_of

KINDS = {  # share among people whose pain is no muscle's; ours
    "nerve_root": 0.26,
    "joint_or_disc": 0.3,
    "inflammatory": 0.09,
    "visceral": 0.12,
    "widespread": 0.1,
    "unknown": 0.13,
}

ROOTS: dict[str, tuple[float, tuple[str, ...]]] = {  # how common, and the way down the limb
    "c5": (0.03, ("neck_back_lower", "neck_angle", "shoulder_top", "shoulder_side", "arm_side")),
    "c6": (0.1, ("neck_back_lower", "neck_angle", "shoulder_side", "arm_side", "forearm_radial", "hand_radial")),
    "c7": (0.15, ("neck_back_lower", "scapula_medial_border", "arm_back", "forearm_back", "hand_middle")),
    "c8": (0.04, ("neck_back_lower", "interscapular", "arm_inner", "forearm_ulnar", "hand_ulnar")),
    "l3": (0.04, ("lumbar_paraspinal", "hip_front", "thigh_front_upper", "thigh_front_lower", "knee_inner")),
    "l4": (0.1, ("lumbar_paraspinal", "buttock_outer", "thigh_outer", "thigh_front_lower", "knee_inner", "leg_inner")),
    "l5": (0.27, ("lumbar_paraspinal", "buttock_mid", "thigh_outer", "leg_outer", "shin", "foot_top", "big_toe")),
    "s1": (
        0.27,
        (
            "lumbar_paraspinal",
            "buttock_mid",
            "thigh_back_upper",
            "thigh_back_lower",
            "calf_upper",
            "calf_lower",
            "heel",
        ),
    ),
}
NUMB = {
    "c5": ("outer_upper_arm",),
    "c6": ("thumb",),
    "c7": ("middle_finger",),
    "c8": ("little_finger", "inner_arm"),
    "l3": ("front_thigh",),
    "l4": ("inner_shin",),
    "l5": ("outer_shin", "big_toe", "foot_top"),
    "s1": ("little_toe", "sole"),
}

JOINTS: dict[str, tuple[float, tuple[str, ...], float]] = {  # how common, where it sits, how far it spreads (borders)
    "neck": (0.22, ("neck_back_lower", "neck_midline"), 1.6),
    "shoulder": (0.17, ("shoulder_side", "shoulder_top"), 1.2),
    "elbow": (0.04, ("elbow_outer",), 0.8),
    "mid_back": (0.06, ("midback_paraspinal", "spine_thoracic"), 1.2),
    "low_back": (0.3, ("lumbar_midline", "lumbar_paraspinal"), 1.6),
    "sacroiliac": (0.07, ("si_joint",), 1.2),
    "hip": (0.07, ("groin", "hip_front"), 1.2),
    "knee": (0.07, ("knee_front", "knee_inner"), 1.0),
}

INFLAMED = {  # both sides; the spine and pelvis, or the girdles
    "spine": ("si_joint", "lumbar_midline", "lumbar_paraspinal", "buttock_mid", "spine_thoracic", "heel"),
    "girdles": ("shoulder_side", "shoulder_top", "neck_back_lower", "hip_side", "thigh_outer"),
}

ORGANS: dict[
    str, tuple[float, tuple[str, ...], Side | None]
] = {  # how common, where it is felt, its side if it has one
    "heart": (0.2, ("chest_sternal", "chest_breast", "arm_inner", "face_jaw"), "left"),
    "gall": (0.25, ("abdomen_upper", "scapula_inferior_angle", "back_lower_ribs"), "right"),
    "stomach_pancreas": (0.15, ("abdomen_upper", "midback_paraspinal", "spine_thoracic"), "left"),
    "kidney": (0.2, ("flank", "lumbar_lateral", "groin"), None),
    "pelvic": (0.2, ("abdomen_lower", "sacrum", "lumbar_midline"), None),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A cause that is no muscle's: its kind, which one of the kind, its side, and where it hurts how much (0-10)."""

    kind: str
    which: str
    side: Side
    pain: dict[Place, float]


def other(rng: np.random.Generator, knowledge: Knowledge, kind: str, which: str = "") -> Other:
    """Draw one cause of a kind. Raises KeyError for an unknown kind."""
    side: Side = "left" if rng.random() < 0.5 else "right"
    strength = float(rng.uniform(4.0, 9.0))
    if kind == "nerve_root":
        which = which or _pick(rng, {name: share for name, (share, _) in ROOTS.items()})
        pain = _along(rng, knowledge, ROOTS[which][1], side, strength)
    elif kind == "joint_or_disc":
        which = _pick(rng, {name: share for name, (share, _, _) in JOINTS.items()})
        pain = _blot(rng, knowledge, JOINTS[which][1], side, strength, JOINTS[which][2])
    elif kind == "inflammatory":
        which = "spine" if rng.random() < 0.7 else "girdles"
        pain = {
            place: strength * float(rng.uniform(0.5, 1.0))
            for name in INFLAMED[which]
            for place in _both(knowledge, name)
            if rng.random() < 0.55
        }
    elif kind == "visceral":
        which = _pick(rng, {name: share for name, (share, _, _) in ORGANS.items()})
        side = ORGANS[which][2] or side
        pain = _along(rng, knowledge, ORGANS[which][1], side, strength)
    elif kind == "widespread":
        pain = _everywhere(rng, knowledge, strength)
    elif kind == "unknown":
        pain = _wander(rng, knowledge, strength)
    else:
        raise KeyError(kind)
    return Other(kind=kind, which=which, side=side, pain=pain)


def _pick(rng: np.random.Generator, shares: dict[str, float]) -> str:
    names = list(shares)
    weight = np.array([shares[name] for name in names])
    return names[int(rng.choice(len(names), p=weight / weight.sum()))]


def _at(knowledge: Knowledge, name: str, side: Side) -> Place:
    return (name, side) if knowledge.regions[name].lateral else (name, "midline")


def _both(knowledge: Knowledge, name: str) -> list[Place]:
    return [(name, "left"), (name, "right")] if knowledge.regions[name].lateral else [(name, "midline")]


def _along(
    rng: np.random.Generator, knowledge: Knowledge, way: tuple[str, ...], side: Side, strength: float
) -> dict[Place, float]:
    """An unbroken stretch of a course, anywhere on it, of two places or more."""
    length = int(rng.integers(2, len(way) + 1))
    start = int(rng.integers(0, len(way) - length + 1))
    return {_at(knowledge, name, side): strength * float(rng.uniform(0.6, 1.0)) for name in way[start : start + length]}


def _blot(
    rng: np.random.Generator, knowledge: Knowledge, middle: tuple[str, ...], side: Side, strength: float, reach: float
) -> dict[Place, float]:
    """A blot around a joint: ever fainter over the borders of the regions."""
    skin = skin_of(knowledge)
    centre = skin.number[_at(knowledge, middle[int(rng.integers(len(middle)))], side)]
    pain: dict[Place, float] = {}
    for number, place in enumerate(skin.places):
        fade = float(np.exp(-((skin.steps[centre, number] / reach) ** 2)))
        if fade > 0.05 and rng.random() < fade:
            pain[place] = strength * (0.4 + 0.6 * fade)
    return pain


def _everywhere(rng: np.random.Generator, knowledge: Knowledge, strength: float) -> dict[Place, float]:
    skin = skin_of(knowledge)
    count = int(rng.integers(7, 16))
    chosen = rng.choice(len(skin.places), size=count, replace=False)
    return {skin.places[int(n)]: strength * float(rng.uniform(0.5, 1.0)) for n in chosen}


def _wander(rng: np.random.Generator, knowledge: Knowledge, strength: float) -> dict[Place, float]:
    """A patch that follows nothing: a few steps from region to region."""
    skin = skin_of(knowledge)
    place = skin.places[int(rng.integers(len(skin.places)))]
    pain = {place: strength}
    for _ in range(int(rng.integers(0, 4))):
        near = skin.around[place]
        place = near[int(rng.integers(len(near)))]
        pain[place] = max(pain.get(place, 0.0), strength * float(rng.uniform(0.4, 1.0)))
    return pain
