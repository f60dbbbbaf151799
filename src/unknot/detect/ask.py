"""The next best question or press: how many bits it is expected to tell about the mechanism and the sites."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from unknot.assessment import NextStep
from unknot.case import Case
from unknot.detect.evidence import MOVEMENT_QUESTIONS
from unknot.detect.inference import Answered, Arcs, Inference
from unknot.detect.network import Network
from unknot.detect.parameters import Ask, Reading
from unknot.detect.problem import Floats
from unknot.knowledge.model import Knowledge, Muscle, Side
from unknot.script import Text

Pressable = Callable[[str, Side], bool]


@dataclass(frozen=True, slots=True)
class _Option:
    step: NextStep
    cost: float


def next_steps(
    case: Case, knowledge: Knowledge, network: Network, inference: Inference, pressable: Pressable
) -> tuple[NextStep, ...]:
    """What to ask or press next, most bits per effort first. Gate questions are not here: safety puts them first."""
    ask = network.parameters.ask
    options = [
        *_presses(case, knowledge, network, inference, pressable),
        *_mechanism_questions(case, network, inference),
        *_movement_questions(case, network, inference),
    ]
    worth = [option for option in options if option.step.gain_bits >= ask.least_bits]
    worth.sort(key=lambda option: (-option.step.gain_bits / option.cost, option.step.kind, option.step.id))
    return tuple(option.step for option in worth[: int(ask.most)])


def self_press(knowledge: Knowledge, site: str) -> bool:
    """Whether people press this site by themselves at all."""
    return knowledge.sites[site].self_press and bool(knowledge.muscles[knowledge.sites[site].muscle].access)


def _presses(
    case: Case, knowledge: Knowledge, network: Network, inference: Inference, pressable: Pressable
) -> list[_Option]:
    """Closed form: what a press does depends on its own site alone, so what it tells about everything is what it
    tells about that site."""
    if not case.pain:
        return []  # before anything is marked one would press at random
    ask, odds = network.parameters.ask, network.parameters.press
    done = {(p.site, p.side) for p in case.palpation if p.tender is not None and p.familiar is not None}
    tender = np.array([[odds.tender_if_quiet, odds.tender_if_active]])
    familiar = np.array([[odds.familiar_if_quiet, odds.familiar_if_active]])
    spreads = np.array([[odds.spreads_if_quiet, odds.spreads_if_active]])
    outcomes = np.concatenate(  # (8, 2)
        [t * f * s for t in (tender, 1 - tender) for f in (familiar, 1 - familiar) for s in (spreads, 1 - spreads)]
    )
    places = {number: place for place, number in network.sites.items()}
    likeliest = np.argsort(-_entropy_each(inference.sites), kind="stable")[: int(ask.sites)]
    options = []
    for number in likeliest.tolist():
        site, side = places[number]
        if (site, side) in done or not pressable(site, side):
            continue
        chance = float(inference.sites[number])
        gain = _information(outcomes, np.array([1.0 - chance, chance]))
        why = Text(id="detect.ask.press", params={"muscle": f"@muscle.{network.muscle_of[number]}.name"})
        step = NextStep(kind="palpation", id=site, side=side, gain_bits=gain, why=why)
        options.append(_Option(step, effort(knowledge.muscles[network.muscle_of[number]], ask)))
    return options


def effort(muscle: Muscle, ask: Ask) -> float:
    """What a press costs, in yes/no questions: more with a tool, most where the muscle lies deep."""
    if muscle.depth == "deep":
        return ask.cost_press_deep
    return ask.cost_press if "fingers" in muscle.access else ask.cost_press_tool


def _mechanism_questions(case: Case, network: Network, inference: Inference) -> list[_Option]:
    """Closed form: an answer about other causes depends on Z alone. Of a question with several readings the most
    telling one counts, which is a lower bound."""
    names = ("none", "nerve_root", "other", "unknown")
    classes = np.array([[state.mechanism == name for state in network.states] for name in names], dtype=np.float64)
    joint = classes * inference.states  # (4, states)
    weight = joint.sum(axis=1)
    gains: dict[str, float] = {}
    for reading in open_readings(case, network):
        assert reading.question is not None
        yes_if_named, yes_if_other = _rates(reading)
        named = np.array([state.cause in reading.causes for state in network.states])
        yes = joint @ np.where(named, yes_if_named, yes_if_other) / np.maximum(weight, 1e-300)
        gain = _information(np.stack([yes, 1.0 - yes]), weight)
        gains[reading.question] = max(gains.get(reading.question, 0.0), gain)
    ask = network.parameters.ask
    lists = {r.question for r in network.parameters.readings if r.test in ("has", "within")}
    return [
        _Option(_question(question, gain), ask.cost_list if question in lists else ask.cost_question)
        for question, gain in gains.items()
    ]


def open_readings(case: Case, network: Network) -> list[Reading]:
    """What answers to questions that were not asked yet would say about other causes."""
    return [
        reading
        for reading in network.parameters.readings
        if reading.question is not None
        and reading.question not in case.answers
        and not _said_elsewhere(case, reading.question)
    ]


def _said_elsewhere(case: Case, question: str) -> bool:
    return question == "qualities" and any(area.qualities is not None for area in case.pain)


def _rates(reading: Reading) -> tuple[float, float]:
    """P(yes | a cause that the reading names) and P(yes | any other): fixed by the two likelihood ratios."""
    other = (1.0 - reading.no) / (reading.yes - reading.no)
    return reading.yes * other, other


def _movement_questions(case: Case, network: Network, inference: Inference) -> list[_Option]:
    """A list question tells the sum of what its most telling values tell, one of each family.

    For each, cheap bounds choose a few; these are worked out. A value v is absent with q = P(absent | Z, T), a
    product over active sites, so E[q log q] is a sum over marginals given "absent", and E[(1-q) log(1-q)] follows
    from the mean and variance of q (second order). Two posteriors for each value.
    """
    ask = network.parameters.ask
    every = _bounds(network, inference).tolist()
    asked: list[tuple[str, int]] = []
    for question in MOVEMENT_QUESTIONS:
        if question not in case.answers:
            bounds = [
                max((every[number], number) for number in members)
                for (kind, _), members in network.families.items()
                if kind == question
            ]
            best = {number: bound for bound, number in sorted(bounds, reverse=True)[: int(ask.movements)]}
            asked += [(question, number) for number, bound in best.items() if bound > ask.least_bits]
    gains = dict.fromkeys(MOVEMENT_QUESTIONS, 0.0)
    arcs = [(network.listed[:, number], network.moves[:, number]) for _, number in asked]
    for (question, _), gain in zip(asked, information_of_findings(inference, arcs), strict=True):
        gains[question] += gain
    return [_Option(_question(question, gain), ask.cost_list) for question, gain in gains.items()]


def _bounds(network: Network, inference: Inference) -> Floats:
    """At most this many bits for each movement: its entropy less the least noise that any state leaves, with the sites
    taken as independent."""
    quiet = 1.0 - inference.states @ network.moves
    quiet *= np.prod(1.0 - inference.sites[:, None] * network.listed, axis=0)
    bounds: Floats = _entropy_each(quiet) - _entropy_each(network.moves.min(axis=0))
    return bounds


def information_of_findings(inference: Inference, findings: Sequence[Arcs]) -> list[float]:
    """Bits that each of these further findings tells about states and sites.

    With q = P(absent | Z, T): H(finding) - E[h(q)]. E[q log q] is exact, since log q is a sum over active sites.
    E[(1-q) log(1-q)] comes from the mean and mean square of q by a Gauss-Radau rule with one node at the greatest q,
    where no site that can explain the finding is active; it is exact if q takes two values, else a little too high.
    """
    answered = inference.if_absent(findings)
    return [_bits(found, arcs, leak) for found, (arcs, leak) in zip(answered, findings, strict=True)]


def _bits(found: Answered, arcs: Floats, leak: Floats) -> float:
    mean, top = found.absent, 1.0 - float(leak.min())
    absent_noise = -(found.sites @ np.log(1.0 - arcs)) - found.states @ np.log(1.0 - leak)
    if top - mean < 1e-9:  # no site that matters: q is the same everywhere
        present_noise = -(1.0 - mean) * np.log(1.0 - mean)
    else:
        node = min(max((found.absent_twice - top * mean) / (mean - top), 0.0), mean)
        share = (mean - node) / (top - node)
        present_noise = -share * (1.0 - top) * np.log(1.0 - top) - (1.0 - share) * (1.0 - node) * np.log(1.0 - node)
    noise = (absent_noise + present_noise) / np.log(2.0)
    return float(max(_entropy_each(np.array([mean]))[0] - noise, 0.0))


def _question(question: str, gain: float) -> NextStep:
    return NextStep(kind="question", id=question, gain_bits=gain, why=Text(id=f"question.{question}.why"))


def _information(outcomes: Floats, weight: Floats) -> float:
    """Mutual information in bits; ``outcomes`` (outcomes, classes) = P(outcome | class), ``weight`` (classes,)."""
    weight = weight / weight.sum()
    mean = outcomes @ weight
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(outcomes > 0.0, np.log2(outcomes / mean[:, None]), 0.0)
    return float(max((weight * outcomes * ratio).sum(), 0.0))


def _entropy_each(chance: Floats) -> Floats:
    p = np.clip(chance, 1e-300, 1.0 - 1e-16)
    entropy: Floats = -(p * np.log2(p) + (1.0 - p) * np.log2(1.0 - p))
    return entropy
