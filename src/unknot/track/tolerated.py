"""What this person bears: comfort answers of past sessions, turned into a load to suggest. Bayesian, and shown.

The scale is the logarithm of the stress at the muscle surface (the one on which tools can be compared). A spot's
tolerated stress is the person's level plus what is special about the spot; both are Gaussian, an answer is a straight
line in log stress with Gaussian swing, so that the posterior is exact: a linear Gaussian model with one level and one
offset per spot. Old answers fade. Figures and their basis: knowledge/dose/comfort.toml.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import exp, log, sqrt
from statistics import NormalDist
from typing import Any

import numpy as np

from unknot.dose.bands import Z95, Band, LogNormal
from unknot.dose.dose import Last
from unknot.dose.estimate import muscle_stress_kpa
from unknot.dose.layers import Body
from unknot.knowledge.model import Knowledge, Side
from unknot.record import History, PastSession
from unknot.script import Text

Spot = tuple[str, Side]
RECENT = 20  # sessions looked at, the newest ones: older answers have faded
DAY_S = 86_400.0
NOTABLE = 1.25  # a tolerance this many times the usual one, or below its inverse, is called more or less


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One past session as evidence: what it did at the muscle and how it felt (0-10)."""

    at: datetime
    site: str
    side: Side
    tool: str
    muscle_kpa: float
    answer: float
    too_much: bool  # stopped, bruised or clearly sore: counted as too much whatever was said


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """The stress at the muscle that feels like the reference answer at one spot: before, the evidence, and now.

    ``log_mean`` and ``log_sd`` are the posterior of its logarithm (kPa).
    """

    prior: Band
    data: tuple[Answer, ...]
    posterior: Band
    log_mean: float
    log_sd: float
    facts: Mapping[str, Any]
    at_most: float  # the upper end of the comfort that is aimed at

    def chance(self, muscle_kpa: float, at_most: float) -> float:
        """The probability that a load with this stress is answered with ``at_most`` or less."""
        middle, sd = self._answer(muscle_kpa)
        return NormalDist(middle, sd).cdf(at_most)

    def suggested_kpa(self, at_most: float) -> float:
        """The largest stress that is answered with ``at_most`` or less as likely as the plan wants it."""
        likely = float(self.facts["suggest"]["likely"]["value"])
        _, sd = self._answer(1.0)
        slope, reference = _slope(self.facts), _reference(self.facts)
        return exp(self.log_mean + (at_most - reference - NormalDist().inv_cdf(likely) * sd) / slope)

    def _answer(self, muscle_kpa: float) -> tuple[float, float]:
        slope = _slope(self.facts)
        middle = _reference(self.facts) + slope * (log(muscle_kpa) - self.log_mean)
        return middle, sqrt(slope**2 * (self.log_sd**2 + _evidence_variance(self.facts, 0.0)))


def tolerance(history: History, site: str, side: Side, body: Body, knowledge: Knowledge) -> Tolerance:
    """The tolerance of a spot after the sessions of a history. A site that nobody knows is a KeyError."""
    facts = knowledge.dose["comfort"]
    data = answers(history, body, knowledge)
    mean, sd = _posterior(data, (site, side), facts)
    return Tolerance(
        prior=LogNormal.read(facts["prior"]["muscle_kpa"]).band("kPa"),
        data=data,
        posterior=LogNormal(exp(mean), sd).band("kPa"),
        log_mean=mean,
        log_sd=sd,
        facts=facts,
        at_most=float(knowledge.safety["caps"]["hold"]["later_comfort"]["hi"]),
    )


def told(one: Tolerance) -> tuple[Text, ...]:
    """Prior, evidence and posterior as sentences; ``tolerance_to_json`` has the figures."""
    if not one.data:
        return (Text(id="tolerance.none"),)
    felt = [answer.answer for answer in one.data if not answer.too_much]
    sentences = [
        Text(id="tolerance.before", params=_whole(one.prior)),
        Text(id="tolerance.data", params={"n": len(one.data)}),
    ]
    if felt:
        sentences.append(Text(id="tolerance.felt", params={"lo": min(felt), "hi": max(felt)}))
    if too_much := sum(answer.too_much for answer in one.data):
        sentences.append(Text(id="tolerance.too_much", params={"n": too_much}))
    change = exp(one.log_mean) / one.prior.p50
    moved = "tolerance.more" if change > NOTABLE else "tolerance.less" if change < 1 / NOTABLE else "tolerance.usual"
    return (*sentences, Text(id="tolerance.now", params=_whole(one.posterior)), Text(id=moved))


def tolerance_to_json(one: Tolerance) -> dict[str, Any]:
    """Prior, evidence, posterior and the suggested stress, kPa at the muscle surface."""
    return {
        "prior_kpa": _rounded(one.prior),
        "data": [
            {
                "at": answer.at.isoformat(),
                "site": answer.site,
                "side": answer.side,
                "tool": answer.tool,
                "muscle_kpa": float(f"{answer.muscle_kpa:.3g}"),
                "answer": answer.answer,
                "too_much": answer.too_much,
            }
            for answer in one.data
        ],
        "posterior_kpa": _rounded(one.posterior),
        "suggested_kpa": float(f"{one.suggested_kpa(one.at_most):.3g}"),
        "at_most": one.at_most,
    }


def _rounded(band: Band) -> dict[str, Any]:
    return {key: float(f"{getattr(band, key):.3g}") for key in ("p05", "p50", "p95")} | {"unit": band.unit}


def _whole(band: Band) -> dict[str, Any]:
    return {"lo": round(band.p05), "hi": round(band.p95)}


def answers(history: History, body: Body, knowledge: Knowledge) -> tuple[Answer, ...]:
    """The sessions that tell something: those with a known force and an answer, or a sign that it was too much."""
    read = [_answer_of(past, body, knowledge) for past in history.sessions[-RECENT:]]
    return tuple(one for one in read if one)


def last_comfortable(history: History, knowledge: Knowledge, spot: Spot | None = None) -> PastSession | None:
    """The newest session with a known force that was borne well, at a spot or anywhere."""
    facts = knowledge.dose["comfort"]["answer"]
    fine = [
        past
        for past in history.sessions
        if past.force_n
        and (spot is None or (past.site, past.side) == spot)
        and past.comfort_peak is not None
        and past.comfort_peak <= facts["reference"]["value"] + 1
        and not _too_much(past, facts)
    ]
    return fine[-1] if fine else None


def last_dose(history: History, knowledge: Knowledge, spot: Spot) -> Last | None:
    """The last comfortable session to compare with: at the spot, or else at any other."""
    past = last_comfortable(history, knowledge, spot) or last_comfortable(history, knowledge)
    if past is None or past.force_n is None:
        return None
    low, middle, high = past.force_n
    force = LogNormal(middle, LogNormal.between(low, high).log_sd)
    return Last(tool=past.tool, site=past.site, posture=past.posture, force_n=force)


def _answer_of(past: PastSession, body: Body, knowledge: Knowledge) -> Answer | None:
    facts = knowledge.dose["comfort"]["answer"]
    too_much = _too_much(past, facts)
    if past.force_n is None or (past.comfort_peak is None and not too_much):
        return None
    felt = past.comfort_peak if past.comfort_peak is not None else 0.0
    stress = muscle_stress_kpa(past.tool, past.site, past.force_n[1], body, knowledge)
    if stress is None:
        return None
    return Answer(
        at=past.at,
        site=past.site,
        side=past.side,
        tool=past.tool,
        muscle_kpa=stress,
        answer=max(felt, float(facts["too_much"]["value"])) if too_much else felt,
        too_much=too_much,
    )


def _too_much(past: PastSession, facts: Mapping[str, Any]) -> bool:
    sore = past.soreness_next_day is not None and past.soreness_next_day > facts["sore_above"]["value"]
    return past.stopped_for is not None or bool(past.bruise_cm) or sore


def _posterior(data: Sequence[Answer], spot: Spot, facts: Mapping[str, Any]) -> tuple[float, float]:
    """Mean and standard deviation of the log tolerated stress at a spot: normal equations of level and offsets."""
    prior = LogNormal.read(facts["prior"]["muscle_kpa"])
    between = (log(facts["prior"]["between_sites"]["value"]) / Z95) ** 2
    spots = list(dict.fromkeys([spot, *((one.site, one.side) for one in data)]))
    newest = max((one.at for one in data), default=None)
    precision = np.diag([1 / (prior.log_sd**2 - between), *[1 / between] * len(spots)])
    pull = np.zeros(len(spots) + 1)
    for one in data:
        assert newest is not None
        days = (newest - one.at).total_seconds() / DAY_S
        weight = 1 / _evidence_variance(facts, days)
        row = np.zeros(len(spots) + 1)
        row[[0, 1 + spots.index((one.site, one.side))]] = 1.0
        level = log(one.muscle_kpa) + (_reference(facts) - one.answer) / _slope(facts) - log(prior.median)
        precision += weight * np.outer(row, row)
        pull += weight * level * row
    covariance = np.linalg.inv(precision)
    mean = covariance @ pull
    return (
        float(mean[0] + mean[1] + log(prior.median)),
        float(sqrt(covariance[0, 0] + covariance[1, 1] + 2 * covariance[0, 1])),
    )


def _evidence_variance(facts: Mapping[str, Any], days: float) -> float:
    """Variance of one answer on the scale of log stress: its swing, the doubt in the load, and its age."""
    answer = facts["answer"]
    load = log(answer["load_spread"]["value"]) / Z95
    swing = answer["swing"]["value"] / _slope(facts)
    return float(swing**2 + load**2 + answer["fades_per_day"]["value"] * days)


def _slope(facts: Mapping[str, Any]) -> float:
    return float(facts["answer"]["slope"]["value"])


def _reference(facts: Mapping[str, Any]) -> float:
    return float(facts["answer"]["reference"]["value"])
