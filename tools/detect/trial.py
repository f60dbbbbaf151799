"""What the detector makes of these people, after their answers and after at most six presses."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from unknot.detect.ask import self_press
from unknot.detect.detector import detect
from unknot.detect.evidence import gather
from unknot.detect.inference import Inference
from unknot.detect.network import Network
from unknot.knowledge.model import Knowledge

from .people import Someone, pressed, someone


@dataclass(frozen=True, slots=True)
class Tried:
    """Site probabilities (sites,) before and after pressing, and what is true."""

    person: Someone
    before: np.ndarray
    after: np.ndarray
    true: np.ndarray
    presses: int


def posterior(case, knowledge: Knowledge, network: Network) -> np.ndarray:
    return Inference(gather(case, knowledge, network).problem, network.parameters.work).sites


def try_out(seed: int, knowledge: Knowledge, network: Network, most: int = 6) -> Tried:
    """One person: draws, answers, then presses what the detector asks for."""
    person = someone(seed, knowledge, network)
    case = person.case
    before = posterior(case, knowledge, network)
    count = 0
    for _ in range(most):
        asked = [
            step
            for step in detect(case, knowledge, pressable=lambda site, _: self_press(knowledge, site)).ask_next
            if step.kind == "palpation" and step.side is not None
        ]
        if not asked:
            break
        press = pressed(person, (asked[0].id, asked[0].side))
        case = replace(case, palpation=(*case.palpation, press))
        count += 1
    true = np.array([place in person.active for place in network.sites])
    after = posterior(case, knowledge, network) if count else before
    return Tried(person, before, after, true, count)


def hits(tried: Tried, network: Network, chances: np.ndarray) -> tuple[bool, bool]:
    """Whether an active site is first, and among the first three; at most one per muscle and side listed."""
    places = list(network.sites)
    listed: list[int] = []
    seen: set[tuple[str, str]] = set()
    for number in np.argsort(-chances, kind="stable").tolist():
        key = (network.muscle_of[number], places[number][1])
        if key not in seen:
            seen.add(key)
            listed.append(number)
        if len(listed) == 3:
            break
    return bool(tried.true[listed[0]]), bool(tried.true[listed].any())


def figures(trials: list[Tried], network: Network, after: bool = True) -> dict[str, float]:
    """Headline figures of a list of trials."""
    with_muscle = [t for t in trials if t.true.any()]
    without = [t for t in trials if not t.true.any()]
    of = [(t.after if after else t.before) for t in with_muscle]
    first = [hits(t, network, chances) for t, chances in zip(with_muscle, of, strict=True)]
    every = np.concatenate([t.after if after else t.before for t in trials])
    true = np.concatenate([t.true for t in trials])
    brier, base = ((every - true) ** 2).mean(), ((true.mean() - true) ** 2).mean()
    return {
        "top1": float(np.mean([one for one, _ in first])),
        "top3": float(np.mean([three for _, three in first])),
        "ece_over_0.2": calibration_error(every, true),
        "brier_skill": float(1 - brier / base),
        "quiet": float(np.mean([(t.after if after else t.before).max() <= 0.5 for t in without])),
        "presses": float(np.mean([t.presses for t in trials])),
    }


def calibration_error(claimed: np.ndarray, true: np.ndarray, least: float = 0.2, bins: int = 8) -> float:
    """Expected calibration error among posteriors above ``least``, in bins of equal width."""
    kept = claimed > least
    place = np.minimum(((claimed[kept] - least) / (1 - least) * bins).astype(int), bins - 1)
    error = 0.0
    for number in range(bins):
        own = place == number
        if own.any():
            error += own.mean() * abs(claimed[kept][own].mean() - true[kept][own].mean())
    return error
