"""Section of the table of checks: does the detector find the spots of made-up people who differ from its own model."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np
import numpy.typing as npt

from unknot.knowledge import load
from unknot.knowledge.model import Knowledge
from unknot.lab.comparators import COMPARATORS
from unknot.lab.outcome import Outcome, outcomes
from unknot.lab.people import SEED
from unknot.lab.people.spots import sides_of
from unknot.lab.rows import Row, bootstrap, share

CLAIMED = 0.2  # posteriors above this are held to what they claim
_BANDS = np.arange(CLAIMED, 1.0, 0.1)  # lower ends of the bands of the calibration error
_CAUSES = {"nerve_root": "nerve_root", "unknown": "unknown"}  # every other kind is "other"

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


def rows(people: int) -> list[Row]:
    """Draw people 0 to ``people`` - 1 of the frozen seed, walk the way with each, and count."""
    return figures(outcomes(people), load())


def figures(found: Sequence[Outcome], knowledge: Knowledge) -> list[Row]:
    """All rows of the section out of what happened."""
    without = [one for one in found if not one.spots]
    return [
        *_hits([one for one in found if one.spots], knowledge),
        *_claims(found, knowledge),
        share("no_muscle", [max(one.chances.values(), default=0.0) <= 0.5 for one in without], at_least=0.9),
        share("mechanism", [_mechanism_found(one) for one in found]),
        _middle("questions", [one.questions for one in found]),
        _middle("presses", [one.presses for one in found]),
        _retest(np.array([one.overlap for one in found])),
    ]


def _hits(found: Sequence[Outcome], knowledge: Knowledge) -> list[Row]:
    first = {name: _among(found, name, 1) for name in ("engine", "drawing_alone", *COMPARATORS)}
    three = {name: _among(found, name, 3) for name in first}
    ours, nearest = first["engine"], first["nearest_pattern"]

    def lead(who: npt.NDArray[np.int64]) -> float:
        return 100.0 * float(ours[who].mean() - nearest[who].mean())

    return [
        share("top1", ours, at_least=0.75, compared=_others(first)),
        share("top3", three["engine"], at_least=0.9, compared=_others(three)),
        Row(
            id="ahead",
            value=lead(np.arange(len(found))) if found else None,
            unit="points",
            interval=bootstrap(lead, len(found), SEED) if found else None,
            at_least=15.0,
            of=len(found),
            missing="" if found else "nobody",
        ),
        share("top3_muscle", [_right_muscle(one, knowledge) for one in found]),
        share("reach", [one.reach for one in found]),
    ]


def _among(found: Sequence[Outcome], name: str, most: int) -> Bools:
    """Whether an active spot is among the first ``most`` of a method's list."""
    return np.array([any(spot in one.spots for spot in one.lists[name][:most]) for one in found], dtype=np.bool_)


def _others(hits: dict[str, Bools]) -> dict[str, float]:
    return {name: float(hit.mean()) for name, hit in hits.items() if name != "engine" and len(hit)}


def _right_muscle(one: Outcome, knowledge: Knowledge) -> bool:
    """Among the first three: the right muscle on the right side, whichever of its spots is named."""
    sick = {(knowledge.sites[site].muscle, side) for site, side in one.spots}
    return any((knowledge.sites[site].muscle, side) in sick for site, side in one.lists["engine"])


def _claims(found: Sequence[Outcome], knowledge: Knowledge) -> list[Row]:
    """Calibration and Brier skill over every site on every side; a site that is not listed was given no chance."""
    places = [(site, side) for site in knowledge.sites for side in sides_of(knowledge, site)]
    claimed = np.array([[one.chances.get(place, 0.0) for place in places] for one in found])
    true = np.array([[place in one.spots for place in places] for one in found], dtype=np.float64)
    base = true.mean()

    def skill(who: npt.NDArray[np.int64]) -> float:
        reference = ((true[who] - base) ** 2).mean()
        return float(1.0 - ((claimed[who] - true[who]) ** 2).mean() / reference) if reference else 0.0

    def error(who: npt.NDArray[np.int64]) -> float:
        return calibration_error(claimed[who], true[who])

    everybody = np.arange(len(found))
    believed = claimed > 0.5
    return [
        Row(
            id="calibration",
            value=error(everybody),
            unit="number",
            interval=bootstrap(error, len(found), SEED),
            at_most=0.05,
            of=int((claimed > CLAIMED).sum()),
        ),
        share("claimed_half", true[believed] > 0.0, compared=_claimed(claimed[believed])),
        Row(
            id="brier",
            value=skill(everybody),
            unit="number",
            interval=bootstrap(skill, len(found), SEED),
            at_least=0.5,
            of=len(found),
        ),
    ]


def calibration_error(claimed: Floats, true: Floats) -> float:
    """Mean distance of claim and truth over bands of 0.1 above CLAIMED, weighted by how many lie in each; 0 if none."""
    above = claimed > CLAIMED
    said, was = claimed[above], true[above]
    band = np.digitize(said, _BANDS[1:])
    total = sum(abs(float((said - was)[band == number].sum())) for number in np.unique(band))
    return total / len(said) if len(said) else 0.0


def _claimed(chances: Floats) -> dict[str, float]:
    return {"claimed": float(chances.mean())} if len(chances) else {}


def _mechanism_found(one: Outcome) -> bool:
    """Whether the largest of the four shares is the true one; a nerve root beside a spot counts as a nerve root."""
    names = ("muscle", "nerve_root", "other", "unknown")
    true = "muscle" if one.cause is None else _CAUSES.get(one.cause, "other")
    return max(names, key=lambda name: float(getattr(one.mechanism, name))) == true


def _middle(id: str, counts: Sequence[int]) -> Row:
    low, high = np.percentile(counts, [5, 95])
    return Row(id=id, value=float(median(counts)), unit="count", interval=(float(low), float(high)), of=len(counts))


def _retest(overlap: Floats) -> Row:
    """Overlap of two drawings of one pain: how noisy these people draw."""
    interval = bootstrap(lambda who: overlap[who].mean(), len(overlap), SEED)
    return Row(id="retest", value=float(overlap.mean()), unit="number", interval=interval, of=len(overlap))
