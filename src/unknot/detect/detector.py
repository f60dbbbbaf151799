"""Which spots may bring the pain, how likely each is, why, and what to ask next."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from unknot.assessment import Candidate, Detection, Mechanism
from unknot.case import Case
from unknot.detect.ask import Pressable, next_steps, self_press
from unknot.detect.calibration import calibrated
from unknot.detect.changes import would_change
from unknot.detect.evidence import Evidence, gather
from unknot.detect.explain import Told, explain, log_odds_shifts
from unknot.detect.inference import Inference
from unknot.detect.network import Network, network_of
from unknot.detect.told import competing_causes
from unknot.knowledge.model import Knowledge
from unknot.record import History
from unknot.script import Text

Settled = Callable[[Mechanism, tuple[Candidate, ...]], bool]
"""Whether no further answer would change the advice."""


def detect(
    case: Case,
    knowledge: Knowledge,
    history: History | None = None,
    settled: Settled | None = None,
    pressable: Pressable | None = None,
) -> Detection:
    """The detection of one case.

    ``history``: spots that were pressed or released on earlier days have changed priors, within bounds.
    ``settled`` stops asking; ``pressable(site, side)`` says which sites may be pressed to look for a spot (without it:
    those that people press by themselves at all). The same case always gives the same answer.

    Raises KeyError for ids that the knowledge does not hold; ``read_case`` names them to the person first.
    """
    network = network_of(knowledge)
    evidence = gather(case, knowledge, network, history)
    inference = Inference(evidence.problem, network.parameters.work)
    mechanism = _mechanism(network, inference)
    candidates = _candidates(case, knowledge, network, evidence, inference)
    may_press = pressable or (lambda site, _: self_press(knowledge, site))
    done = settled is not None and settled(mechanism, candidates)
    return Detection(
        mechanism=mechanism,
        candidates=candidates,
        abstained=_abstained(case, network, evidence, inference, mechanism),
        ask_next=() if done else next_steps(case, knowledge, network, inference, may_press),
        approximate=inference.approximate,
        causes=competing_causes(network, inference) if evidence.anything else (),
        would_change=would_change(case, knowledge, network, inference, candidates, may_press),
    )


def _mechanism(network: Network, inference: Inference) -> Mechanism:
    """Muscle = no competing cause and some site is active; unknown = no competing cause and no site, or "unknown"."""
    share = dict.fromkeys(("none", "nerve_root", "other", "unknown"), 0.0)
    for state, chance in zip(network.states, inference.states.tolist(), strict=True):
        share[state.mechanism] += chance
    silent = min(sum(inference.silent(state) for state in network.none.tolist()), share["none"])
    muscle, nerve_root, other = share["none"] - silent, share["nerve_root"], share["other"]
    # The last share is what is left, so that the four sum to 1 to the last digit.
    return Mechanism(
        muscle=muscle, nerve_root=nerve_root, other=other, unknown=max(1.0 - muscle - nerve_root - other, 0.0)
    )


def _candidates(
    case: Case, knowledge: Knowledge, network: Network, evidence: Evidence, inference: Inference
) -> tuple[Candidate, ...]:
    if not evidence.anything:
        return ()  # priors alone are nobody's pain
    report = network.parameters.report
    places = {number: place for place, number in network.sites.items()}
    chances = calibrated(inference.sites, network.parameters.calibration)
    best = np.argsort(-chances, kind="stable")[: int(report.most)].tolist()
    shown = [number for number in best if chances[number] >= report.least_probability]
    explained = shown[: int(report.explained)]
    shifts = dict(zip(explained, log_odds_shifts(evidence, inference, explained), strict=True))
    found = []
    for number in shown:
        site, side = places[number]
        told = Told(speaks_for=(), speaks_against=())
        if number in shifts:
            told = explain(case, knowledge, network, evidence, shifts[number], number, places[number])
        found.append(
            Candidate(
                site=site,
                muscle=network.muscle_of[number],
                side=side,
                probability=float(chances[number]),
                reasons_for=told.speaks_for,
                reasons_against=told.speaks_against,
            )
        )
    return tuple(found)


def _abstained(
    case: Case, network: Network, evidence: Evidence, inference: Inference, mechanism: Mechanism
) -> Text | None:
    """Why no spot can be named, most important reason first."""
    limits = network.parameters.abstain
    if not evidence.anything:
        return Text(id="detect.abstained.nothing_said")
    if not case.pain and not case.palpation:
        return Text(id="detect.abstained.nothing_marked")
    for name in ("nerve_root", "other", "unknown"):
        if getattr(mechanism, name) >= limits.other_from:
            return Text(id=f"detect.abstained.{name}")
    ranked = np.sort(calibrated(inference.sites, network.parameters.calibration))[::-1]
    if ranked[0] < limits.clear_from:
        return Text(id="detect.abstained.none_clear")
    if _odds(ranked[0]) < limits.flat_ratio * _odds(ranked[int(limits.flat_place) - 1]):
        return Text(id="detect.abstained.many_alike")
    return None


def _odds(chance: float) -> float:
    return chance / max(1.0 - chance, 1e-12)
