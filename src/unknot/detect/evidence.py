"""From a case to an inference problem: what was found, what was not, and what says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from unknot.case import Answer, Case, Press
from unknot.detect.learning import Earlier, learnt
from unknot.detect.network import Network, Place
from unknot.detect.parameters import Reading
from unknot.detect.problem import Floats, Problem, absorb
from unknot.knowledge.model import Knowledge, Side
from unknot.record import History

MOVEMENT_QUESTIONS = ("worse_with", "limited_movements")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding with an arc: a region that is marked (or not), a movement (or a family of them) that is listed
    (or not). ``side`` only for regions."""

    kind: Literal["region", "worse_with", "limited_movements"]
    id: str
    side: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The problem to be solved, and what each of its parts came from."""

    problem: Problem
    positives: tuple[Finding, ...]  # in the order of ``Problem.arcs`` columns
    negatives: tuple[Finding, ...]
    negative_arcs: Floats  # (sites, negatives)
    readings: dict[str, Floats]  # question (or condition) -> log ratio of its answer, (states,)
    press_log_ratio: Floats  # (sites,): log P(press | active) / P(press | quiet)
    activity_odds: Floats  # (sites,)
    activities: tuple[str, ...]  # the activities named that load a muscle
    earlier: Earlier  # what the person's own record says
    anything: bool  # something bears on the question at all


def gather(case: Case, knowledge: Knowledge, network: Network, history: History | None = None) -> Evidence:
    """Everything the case says. Keys that are missing or null, and answers without an arc, leave no trace.

    Raises KeyError for a region, site or side that the knowledge does not hold (``read_case`` has checked them).
    """
    given = network.parameters
    positives: list[Finding] = []
    negatives: list[Finding] = []
    arcs: list[Floats] = []
    leaks: list[Floats] = []
    absent: list[Floats] = []
    log_weight = network.log_share.copy()
    ratio = np.ones(len(network.sites))

    marks = _marks(case, network)
    if marks:
        for (region, side), tile in network.regions.items():
            finding = Finding(kind="region", id=region, side=side)
            if tile in marks:
                column, leak = _marked(network, tile, *marks[tile])
                positives.append(finding)
                arcs.append(column)
                leaks.append(leak)
            else:
                column = 1.0 - (1.0 - network.direct[:, tile]) * (1.0 - network.spill[:, tile])
                negatives.append(finding)
                absent.append(column)
                log_weight += np.log1p(-network.draws[:, tile])
        marked = sorted(marks)
        zone = network.direct[:, marked].any(axis=1) | network.spill[:, marked].any(axis=1)
        ratio = np.where(zone, 1.0, given.drawing.silent)
        log_weight += np.where(_draws_any(network, marked), 0.0, np.log(given.cause.silent))

    for question in MOVEMENT_QUESTIONS:
        answer = case.answers.get(question)
        if isinstance(answer, tuple):
            listed = {network.movements[question, v] for v in answer if (question, v) in network.movements}
            for (kind, value), number in network.movements.items():
                if kind == question and number in listed:
                    positives.append(Finding(kind=question, id=value))  # type: ignore[arg-type]
                    arcs.append(network.listed[:, number])
                    leaks.append(network.moves[:, number])
            for place, ((kind, family), members) in enumerate(network.families.items()):
                if kind == question and not listed & set(members):
                    negatives.append(Finding(kind=question, id=family))  # type: ignore[arg-type]
                    absent.append(network.absent[:, place])
                    log_weight += np.log1p(-network.moves_family[:, place])

    readings = _readings(case, network)
    for log_ratio in readings.values():
        log_weight += log_ratio
    press_log_ratio = _presses(case, knowledge, network)
    activities = _named_activities(case, network)
    activity_odds = _activity_odds(network, activities)

    negative_arcs = np.stack(absent, axis=1) if absent else np.zeros((len(ratio), 0))
    ratio = ratio * np.prod(1.0 - negative_arcs, axis=1) * np.exp(press_log_ratio)
    earlier = learnt(case, network, history)
    odds = network.prior / (1.0 - network.prior) * activity_odds * earlier.odds * network.raised
    chance = np.minimum(odds / (1.0 + odds), given.prior.greatest)
    prior, log_factor = absorb(chance, ratio)
    problem = Problem(
        prior=prior,
        row=network.row,
        log_weight=log_weight + log_factor[network.row],
        arcs=np.stack(arcs, axis=1) if arcs else np.zeros((len(ratio), 0)),
        leak=np.stack(leaks, axis=1) if leaks else np.zeros((len(log_weight), 0)),
    )
    return Evidence(
        problem=problem,
        positives=tuple(positives),
        negatives=tuple(negatives),
        negative_arcs=negative_arcs,
        readings=readings,
        press_log_ratio=press_log_ratio,
        activity_odds=activity_odds,
        activities=activities,
        earlier=earlier,
        anything=bool(positives or negatives or readings or np.any(press_log_ratio != 0.0)),
    )


def _draws_any(network: Network, tiles: list[int]) -> npt.NDArray[np.bool_]:
    """Which states have one of the tiles in their pattern; those without a cause always count."""
    more: Floats = (network.draws[:, tiles] - network.draws[0, tiles]).sum(axis=1)
    more[network.none] = 1.0
    return more > 0.0


def _marks(case: Case, network: Network) -> dict[int, tuple[float, float]]:
    """Marked tiles with intensity (0 if not said: "at least 0") and coverage (1 if not said). A tile that is
    marked twice, for instance by itself and by a band over it, keeps the stronger of each."""
    marks: dict[int, tuple[float, float]] = {}
    for area in case.pain:
        intensity = 0.0 if area.intensity is None else area.intensity
        coverage = 1.0 if area.coverage is None else area.coverage
        for tile in network.tiles[area.region, area.side]:
            before = marks.get(tile, (0.0, 0.0))
            marks[tile] = (max(before[0], intensity), max(before[1], coverage))
    return marks


def _marked(network: Network, tile: int, intensity: float, coverage: float) -> tuple[Floats, Floats]:
    """Arcs and leaks of a marked region.

    Intensity is a noisy maximum read as "at least this strong": spillover, blur and background reach a strength
    less often than the primary zone does. Coverage is soft evidence: a small mark may have slipped in from
    elsewhere, which is a larger leak. Either way the arcs of the region's sites stay at work: a mark never speaks
    against a site that refers there.
    """
    drawing = network.parameters.drawing
    reach = 1.0 - drawing.fade * intensity / 10.0
    slipped = drawing.slip * (1.0 - coverage)
    arcs = 1.0 - (1.0 - network.direct[:, tile]) * (1.0 - reach * network.spill[:, tile])
    return arcs, 1.0 - (1.0 - slipped) * (1.0 - reach * network.draws[:, tile])


def truth(reading: Reading, answer: Answer) -> bool | None:
    """What an answer says to a reading's test: yes, no, or nothing (missing, not sure, another type)."""
    match reading.test, answer:
        case "is", bool():
            return answer is reading.value
        case "has", tuple():
            return any(value in reading.value for value in answer)  # type: ignore[operator]
        case "within", str():
            return answer in reading.value  # type: ignore[operator]
        case "at_least", bool():
            return None
        case "at_least", float() | int():
            return answer >= reading.value  # type: ignore[operator]
        case _:
            return None


def _readings(case: Case, network: Network) -> dict[str, Floats]:
    """Log ratios of the answers that bear on competing causes, each capped per question."""
    cap = np.log(network.parameters.greatest_ratio)
    found: dict[str, Floats] = {}
    for reading in network.parameters.readings:
        if reading.question is None:
            conditions = case.person.conditions
            said = None if conditions is None else reading.condition in conditions
        else:
            said = truth(reading, _answer(case, reading.question))
        if said is not None:
            key = reading.question or f"conditions.{reading.condition}"
            found[key] = found.get(key, 0.0) + log_ratio(network, reading, said)
    return {key: np.clip(value, -cap, cap) for key, value in found.items()}


def log_ratio(network: Network, reading: Reading, said: bool) -> Floats:
    """Log likelihood ratio (states,) of a yes or no against the states that the reading does not name."""
    ratio = np.log(reading.yes if said else reading.no)
    return np.array([ratio if state.cause in reading.causes else 0.0 for state in network.states])


def _answer(case: Case, question: str) -> Answer:
    if question != "qualities":
        return case.answers.get(question)
    said = [area.qualities for area in case.pain if area.qualities is not None]
    overall = case.answers.get(question)
    if isinstance(overall, tuple):
        said.append(overall)
    return tuple(value for values in said for value in values) if said else None


def _presses(case: Case, knowledge: Knowledge, network: Network) -> Floats:
    total = np.zeros(len(network.sites))
    for press in case.palpation:
        total[network.sites[press.site, press.side]] += press_log_ratio(network, knowledge, press)
    return total


def press_log_ratio(network: Network, knowledge: Knowledge, press: Press) -> float:
    """Log P(what the press did | active) / P(... | quiet). The items are children of the pressed site alone."""
    odds = network.parameters.press
    spreads: bool | None = None
    if press.spreads_to is not None:
        # Where a feeling spreads is a region of the pressed side unless it lies in the middle.
        own = network.sites[press.site, press.side]
        spreads = any(
            network.direct[own, tile] > 0.0 or network.spill[own, tile] > 0.0
            for region in press.spreads_to
            for tile in _tiles_near(network, knowledge, region, press.side)
        )
    total = 0.0
    for said, active, quiet in (
        (press.tender, odds.tender_if_active, odds.tender_if_quiet),
        (press.familiar, odds.familiar_if_active, odds.familiar_if_quiet),
        (spreads, odds.spreads_if_active, odds.spreads_if_quiet),
    ):
        if said is not None:
            total += float(np.log(active / quiet) if said else np.log((1.0 - active) / (1.0 - quiet)))
    return total


def _tiles_near(network: Network, knowledge: Knowledge, region: str, side: Side) -> tuple[int, ...]:
    place: Place = (region, side if knowledge.regions[region].lateral else "midline")
    return network.tiles.get(place, ())


def _named_activities(case: Case, network: Network) -> tuple[str, ...]:
    answer = case.answers.get("activities")
    if not isinstance(answer, tuple):
        return ()
    return tuple(activity for activity in dict.fromkeys(answer) if activity in network.activities)


def _activity_odds(network: Network, activities: tuple[str, ...]) -> Floats:
    """Odds of the sites of muscles that the named activities load. What is not named says nothing."""
    prior = network.parameters.prior
    named = np.zeros(len(network.sites))
    for activity in activities:
        named[network.activities[activity]] += 1.0
    return np.where(named >= 2.0, prior.activities_odds, np.where(named >= 1.0, prior.activity_odds, 1.0))
