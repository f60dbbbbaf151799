"""Why a site is where it is in the list: how far its log-odds move when one finding is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from unknot.case import Case, Press
from unknot.detect.evidence import MOVEMENT_QUESTIONS, Evidence, Finding, press_log_ratio
from unknot.detect.inference import Inference, Joint
from unknot.detect.network import Network
from unknot.knowledge.model import Knowledge, Side
from unknot.script import Text


@dataclass(frozen=True, slots=True)
class Reason:
    """``shift``: change of the site's log-odds (natural logarithm) by this finding; above 0 = for it."""

    shift: float
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What speaks for and against a site, strongest first."""

    speaks_for: tuple[Text, ...]
    speaks_against: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifts:
    """Change of one site's log-odds by each finding, all others kept."""

    positives: tuple[float, ...]  # as in ``Evidence.positives``
    readings: dict[str, float]  # by question or condition


def explain(
    case: Case,
    knowledge: Knowledge,
    network: Network,
    evidence: Evidence,
    shifts: Shifts | None,
    site: int,
    place: tuple[str, Side],
) -> Told:
    """The reasons for and against one site.

    Marked regions, listed movements and answers about other causes: the site's odds are worked out again without
    each of them. Unmarked regions, unlisted movements, activities and presses of this very site: their own factor in
    the odds of the site, other causes left as they are.
    """
    reasons = [
        *_left_out(case, network, evidence, shifts, site),
        *_not_found(network, evidence, site),
        *_activities(network, evidence, site),
        *_earlier(network, evidence, site),
        *_presses(case, knowledge, network, place),
    ]
    least, most = network.parameters.report.least_reason, int(network.parameters.report.reasons)
    strong = sorted((r for r in reasons if abs(r.shift) >= least), key=lambda r: (-abs(r.shift), r.text.id))
    return Told(
        speaks_for=tuple(r.text for r in strong if r.shift > 0.0)[:most],
        speaks_against=tuple(r.text for r in strong if r.shift < 0.0)[:most],
    )


def log_odds_shifts(evidence: Evidence, inference: Inference, sites: Sequence[int]) -> list[Shifts | None]:
    """Leave out each positive finding and each answer about other causes in turn, for each of the sites. None for a
    site of which that cannot be told."""
    return [None if joint is None else _shifts(evidence, joint) for joint in inference.with_active(sites)]


def _shifts(evidence: Evidence, joint: Joint) -> Shifts:
    now = _log_odds(float(joint.states.sum()), float(joint.all_states.sum()))
    fewer = {question: np.exp(-log_ratio) for question, log_ratio in evidence.readings.items()}
    return Shifts(
        positives=tuple(
            now - _log_odds(float(one), float(every))
            for one, every in zip(joint.without, joint.all_without, strict=True)
        ),
        readings={
            question: now - _log_odds(float(joint.states @ ratio), float(joint.all_states @ ratio))
            for question, ratio in fewer.items()
        },
    )


def _left_out(case: Case, network: Network, evidence: Evidence, shifts: Shifts | None, site: int) -> list[Reason]:
    if shifts is None:
        return []
    reasons = [
        Reason(shift, _found(network, finding, site, shift))
        for finding, shift in zip(evidence.positives, shifts.positives, strict=True)
    ]
    for question, shift in shifts.readings.items():
        word = "for" if shift > 0.0 else "against"
        if not question.startswith("conditions."):
            text = Text(id=f"detect.{word}.answer", params={"question": f"@question.{question}.tile"})
        elif question.removeprefix("conditions.") in (case.person.conditions or ()):
            text = Text(id=f"detect.{word}.condition", params={"finding": f"@finding.{question}"})
        else:
            continue  # an illness that one does not have is no reason worth telling
        reasons.append(Reason(shift, text))
    return reasons


def _log_odds(together: float, total: float) -> float:
    rest = max(total - together, 1e-300)
    return float(np.log(max(together, 1e-300)) - np.log(rest))


def _found(network: Network, finding: Finding, site: int, shift: float) -> Text:
    if finding.kind == "region":
        assert finding.side is not None
        tile = network.regions[finding.id, finding.side]
        params = {"side": f"@side.{finding.side}", "region": f"@region.{finding.id}"}
        if shift < 0.0:
            return Text(id="detect.against.marked", params=params)
        return Text(
            id="detect.for.marked" if network.direct[site, tile] > 0.0 else "detect.for.marked_near", params=params
        )
    word = "for" if shift > 0.0 else "against"
    return Text(id=f"detect.{word}.{finding.kind}", params={"finding": f"@finding.{finding.kind}.{finding.id}"})


def _not_found(network: Network, evidence: Evidence, site: int) -> list[Reason]:
    """Unmarked regions of the primary zone as one reason, unlisted movements as one per question."""
    own = np.log1p(-evidence.negative_arcs[site])
    unmarked: list[int] = []
    quiet: dict[str, list[int]] = {question: [] for question in MOVEMENT_QUESTIONS}
    for number, finding in enumerate(evidence.negatives):
        if finding.kind == "region":
            assert finding.side is not None
            if network.direct[site, network.regions[finding.id, finding.side]] > 0.0:
                unmarked.append(number)
        elif own[number] < 0.0:
            quiet[finding.kind].append(number)
    reasons = []
    if unmarked:
        names = [f"@region.{evidence.negatives[number].id}" for number in unmarked]
        reasons.append(Reason(own[unmarked].sum(), Text(id="detect.against.unmarked", params={"regions": names})))
    for question, numbers in quiet.items():
        if numbers:
            reasons.append(Reason(own[numbers].sum(), Text(id=f"detect.against.no_{question}")))
    return reasons


def _activities(network: Network, evidence: Evidence, site: int) -> list[Reason]:
    if evidence.activity_odds[site] == 1.0:
        return []
    named = [f"@finding.activities.{name}" for name in evidence.activities if site in network.activities[name]]
    shift = float(np.log(evidence.activity_odds[site]))
    return [Reason(shift, Text(id="detect.for.activities", params={"findings": named}))]


def _earlier(network: Network, evidence: Evidence, site: int) -> list[Reason]:
    """What was learnt on earlier days, each by its own factor."""
    reasons = []
    for name in evidence.earlier.names.get(site, ()):
        shift = float(np.log(getattr(network.parameters.learned, name)))
        reasons.append(Reason(shift, Text(id=f"detect.{'for' if shift > 0.0 else 'against'}.{name}")))
    return reasons


def _presses(case: Case, knowledge: Knowledge, network: Network, place: tuple[str, Side]) -> list[Reason]:
    reasons = []
    for press in case.palpation:
        if (press.site, press.side) != place:
            continue
        for item, value in (("tender", press.tender), ("familiar", press.familiar), ("spreads", press.spreads_to)):
            if value is None:
                continue
            alone = Press(
                site=press.site,
                side=press.side,
                tender=press.tender if item == "tender" else None,
                familiar=press.familiar if item == "familiar" else None,
                spreads_to=press.spreads_to if item == "spreads" else None,
            )
            shift = press_log_ratio(network, knowledge, alone)
            reasons.append(Reason(shift, Text(id=f"detect.{'for' if shift > 0.0 else 'against'}.{item}")))
    return reasons
