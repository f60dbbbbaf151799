"""What would change the ranking: the answers and presses after which something else comes first."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from unknot.assessment import Candidate
from unknot.case import Case, Press
from unknot.detect.ask import Pressable, open_readings
from unknot.detect.evidence import log_ratio, press_log_ratio
from unknot.detect.inference import Inference
from unknot.detect.network import Network, Place
from unknot.detect.problem import Floats, Problem, absorb
from unknot.detect.told import spot
from unknot.knowledge.model import Knowledge
from unknot.script import Text

_LOOKED_AT = 3  # candidates


def would_change(
    case: Case,
    knowledge: Knowledge,
    network: Network,
    inference: Inference,
    candidates: tuple[Candidate, ...],
    pressable: Pressable,
) -> tuple[Text, ...]:
    """Presses of the first spots that would put another one first, then questions after which a competing cause would
    be likelier than a muscle. Each is worked out as if it had been answered."""
    most = int(network.parameters.report.changes)
    found = [*_presses(case, knowledge, network, inference, candidates, pressable), *_answers(case, network, inference)]
    return tuple(found[:most])


def _presses(
    case: Case,
    knowledge: Knowledge,
    network: Network,
    inference: Inference,
    candidates: tuple[Candidate, ...],
    pressable: Pressable,
) -> list[Text]:
    done = {(press.site, press.side) for press in case.palpation if press.familiar is not None}
    places: list[Place] = [(one.site, one.side) for one in candidates[:_LOOKED_AT]]
    tried: list[tuple[Place, bool]] = []
    for rank, place in enumerate(places):
        if len(places) > 1 and place not in done and pressable(*place):
            tried.append((place, rank > 0))  # the first fails to bring the pain on, or another one does
    problems = []
    for place, yes in tried:
        press = Press(site=place[0], side=place[1], tender=yes, familiar=yes)
        problems.append(pressed(inference.problem, network.sites[place], press_log_ratio(network, knowledge, press)))
    names = {number: place for place, number in network.sites.items()}
    after = inference.sites_of(problems)
    told = []
    for (place, yes), sites in zip(tried if after else [], after or [], strict=True):
        first = names[int(np.argmax(sites))]
        if first == places[0] or (yes and first != place):
            continue
        here, there = spot(network, places[0], first), spot(network, first, places[0])
        told.append(Text(id=f"detect.change.press_{'yes' if yes else 'no'}", params={"here": here, "there": there}))
    return told


def pressed(problem: Problem, site: int, log_odds: float) -> Problem:
    """The problem after a press: it multiplies the odds of its site."""
    ratio = np.ones(problem.prior.shape[1])
    ratio[site] = np.exp(log_odds)
    prior, log_factor = absorb(problem.prior, ratio)
    return replace(problem, prior=prior, log_weight=problem.log_weight + log_factor[problem.row])


def _answers(case: Case, network: Network, inference: Inference) -> list[Text]:
    """Questions not asked yet with an answer that makes the leading share another one."""
    shares = inference.states.copy()
    for state in network.none.tolist():
        shares[state] = max(shares[state] - inference.silent(state), 0.0)
    classes = {
        name: np.array([state.mechanism == name for state in network.states])
        for name in ("none", "nerve_root", "other", "unknown")
    }

    def lead(weight: Floats) -> str:
        return max(classes, key=lambda name: float(weight[classes[name]].sum()))

    if lead(shares) != "none":
        return []
    told = {}
    for reading in open_readings(case, network):
        for said in (True, False):
            if lead(shares * np.exp(log_ratio(network, reading, said))) != "none":
                told[reading.question] = Text(
                    id="detect.change.answer", params={"question": f"@question.{reading.question}.tile"}
                )
    return list(told.values())
