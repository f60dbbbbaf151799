"""What counts of one person's way, small enough to be carried from one process to another."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from unknot.assessment import Candidate, Mechanism
from unknot.knowledge import load
from unknot.knowledge.model import Knowledge
from unknot.lab.comparators import COMPARATORS, Ranking
from unknot.lab.people import SEED, simulate
from unknot.lab.people.spots import Spot
from unknot.lab.trial import Trial, run

LISTED = 3  # muscles on a list
_ALONE = 24  # fewer people are not worth starting further processes


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``spots`` and ``cause`` (kind) are true; ``lists`` hold each method's first three spots, one of a muscle."""

    spots: tuple[Spot, ...]
    cause: str | None
    lists: dict[str, tuple[Spot, ...]]  # "engine", "drawing_alone" and the comparators
    chances: dict[Spot, float]
    mechanism: Mechanism
    questions: int
    presses: int
    reach: bool  # one of the active spots can be pressed by the person
    overlap: float  # Jaccard of two drawings of this pain


def outcomes(people: int) -> list[Outcome]:
    """People 0 to ``people`` - 1 of the frozen seed, on all cores when that is worth starting them."""
    if people < _ALONE:
        return [_outcome(number) for number in range(people)]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as cores:
        return list(cores.map(_outcome, range(people), chunksize=4))


def _outcome(number: int) -> Outcome:
    knowledge = load()
    return outcome(run(simulate(SEED, number, knowledge), knowledge), knowledge)


def outcome(trial: Trial, knowledge: Knowledge) -> Outcome:
    """Everything that is counted of one way."""
    person = trial.person
    rankings: dict[str, Ranking] = {
        "engine": ranking(trial.last.candidates),
        "drawing_alone": ranking(trial.first.candidates),
        **{name: rank(trial.case, knowledge) for name, rank in COMPARATORS.items()},
    }
    once, again = ({(a.region, a.side) for a in areas} for areas in (person.drawing, person.redrawn(1)))
    return Outcome(
        spots=person.spots,
        cause=person.cause.kind if person.cause else None,
        lists={name: one_per_muscle(ranked, knowledge) for name, ranked in rankings.items()},
        chances={(c.site, c.side): c.probability for c in trial.last.candidates},
        mechanism=trial.last.mechanism,
        questions=trial.questions,
        presses=trial.presses,
        reach=any(_pressable(knowledge, site) for site, _ in person.spots),
        overlap=len(once & again) / len(once | again),
    )


def ranking(candidates: Sequence[Candidate]) -> Ranking:
    """The detector's candidates as spots, likeliest first."""
    return [(candidate.site, candidate.side) for candidate in candidates]


def one_per_muscle(spots: Ranking, knowledge: Knowledge) -> tuple[Spot, ...]:
    """The first spots of a ranking, at most one of a muscle on a side."""
    chosen: dict[tuple[str, str], Spot] = {}
    for site, side in spots:
        chosen.setdefault((knowledge.sites[site].muscle, side), (site, side))
        if len(chosen) == LISTED:
            break
    return tuple(chosen.values())


def _pressable(knowledge: Knowledge, site: str) -> bool:
    return knowledge.sites[site].self_press and bool(knowledge.muscles[knowledge.sites[site].muscle].access)
