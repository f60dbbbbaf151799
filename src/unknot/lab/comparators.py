"""Simpler ways to name a spot, given the very same case: what the detector must beat to be worth its complexity."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from unknot.case import Case, Press
from unknot.knowledge.model import Knowledge, Site
from unknot.lab.people.graph import Place, home, pattern
from unknot.lab.people.spots import Spot, overall, sides_of

Ranking = Sequence[Spot]
"""Spots, likeliest first."""

SECONDARY = 0.35  # weight of a spillover region against a primary one
FAMILIAR, TENDER = 2.0, 1.3  # a familiar, or tender, press multiplies a score; the opposite divides it


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """One spot as simple methods see it: its pattern and what makes its muscle hurt."""

    spot: Spot
    common: float
    primary: frozenset[Place]
    secondary: frozenset[Place]
    movements: frozenset[tuple[str, str]]


_built: list[tuple[Knowledge, list[_Known]]] = []


def commonest(case: Case, knowledge: Knowledge) -> Ranking:
    """The most common muscles of the zone: spots whose primary zone or home is marked, by how common they are."""

    def score(known: _Known, marked: set[Place]) -> float:
        return known.common if known.primary & marked else 0.0

    return _ranked(case, knowledge, score)


def nearest_pattern(case: Case, knowledge: Knowledge) -> Ranking:
    """Cosine between what was marked and named, and each spot's pattern and movements."""
    named = _named(case)

    def score(known: _Known, marked: set[Place]) -> float:
        met = len(known.primary & marked) + SECONDARY * len(known.secondary & marked) + len(known.movements & named)
        length = len(known.primary) + SECONDARY**2 * len(known.secondary) + len(known.movements)
        return met / sqrt(length * (len(marked) + len(named))) if met else 0.0

    return _ranked(case, knowledge, score)


def naive_bayes(case: Case, knowledge: Knowledge) -> Ranking:
    """Each spot by itself, every finding independent given that the spot is active or not."""
    named = _named(case)

    def score(known: _Known, marked: set[Place]) -> float:
        odds = log(known.common / (1.0 - known.common))
        for zone, chance in ((known.primary, 0.5), (known.secondary, 0.2)):
            for place in zone:
                odds += log(chance / 0.04) if place in marked else log((1.0 - chance) / 0.96)
        odds += sum(log(0.4 / 0.08) if movement in named else log(0.6 / 0.92) for movement in known.movements)
        return 1.0 / (1.0 + exp(-max(min(odds, 50.0), -50.0)))

    return _ranked(case, knowledge, score)


COMPARATORS: dict[str, Callable[[Case, Knowledge], Ranking]] = {
    "commonest": commonest,
    "nearest_pattern": nearest_pattern,
    "naive_bayes": naive_bayes,
}


def _ranked(case: Case, knowledge: Knowledge, score: Callable[[_Known, set[Place]], float]) -> Ranking:
    """Spots by score, moved up or down by what was pressed; equal scores by how common they are."""
    marked = {place for area in case.pain for place in pattern(knowledge, (area.region,), area.side)}
    pressed = {(press.site, press.side): _weight(press) for press in case.palpation}
    ranked = [
        (-score(known, marked) * pressed.get(known.spot, 1.0), -known.common, known.spot) for known in _all(knowledge)
    ]
    return [spot for _, _, spot in sorted(ranked)]


def _weight(press: Press) -> float:
    weight = 1.0
    for said, times in ((press.familiar, FAMILIAR), (press.tender, TENDER)):
        if said is not None:
            weight *= times if said else 1.0 / times
    return weight


def _named(case: Case) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for question in ("worse_with", "limited_movements"):
        answer = case.answers.get(question)
        if isinstance(answer, tuple):
            found |= {(question, value) for value in answer}
    return found


def _all(knowledge: Knowledge) -> list[_Known]:
    for known, built in _built:
        if known is knowledge:
            return built
    common = overall(knowledge)
    built = [
        _known(knowledge, site, spot, max(common.get(site.id, 0.0), 1e-4))
        for site in knowledge.sites.values()
        for spot in [(site.id, side) for side in sides_of(knowledge, site.id)]
    ]
    _built[:] = [(knowledge, built)]
    return built


def _known(knowledge: Knowledge, site: Site, spot: Spot, common: float) -> _Known:
    muscle, side = knowledge.muscles[site.muscle], spot[1]
    primary = frozenset(pattern(knowledge, site.primary, side)) | {home(knowledge, site, side)}
    turned = [_mirrored(value) if side == "left" else value for value in muscle.limited_movements]
    return _Known(
        spot=spot,
        common=common,
        primary=primary,
        secondary=frozenset(pattern(knowledge, site.secondary, side)) - primary,
        movements=frozenset({("worse_with", value) for value in muscle.worse_with})
        | {("limited_movements", value) for value in turned},
    )


def _mirrored(value: str) -> str:
    if value.endswith("_left"):
        return value.removesuffix("_left") + "_right"
    return value.removesuffix("_right") + "_left" if value.endswith("_right") else value
