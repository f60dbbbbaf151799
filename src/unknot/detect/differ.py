"""How two spots differ: what of the case fits the one better than the other, and what would tell them apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from unknot.case import Case
from unknot.detect.evidence import Evidence, gather
from unknot.detect.network import Network, Place, network_of
from unknot.detect.told import spot
from unknot.knowledge.model import Knowledge
from unknot.record import History
from unknot.script import Text

_CLEARLY = 1.5  # a finding sets two spots apart if its odds for the one are this many times those for the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What fits the one spot better, what fits the other better, and what would tell more."""

    for_one: tuple[Text, ...]
    for_other: tuple[Text, ...]
    tell_apart: Text


def differ(case: Case, knowledge: Knowledge, one: Place, other: Place, history: History | None = None) -> Difference:
    """How the sites ``one`` and ``other`` (site, side) differ in what this case says.

    Each finding counts by its own factor in the odds of each site, other causes left as they are. Raises KeyError for
    a site that the knowledge does not hold.
    """
    network = network_of(knowledge)
    evidence = gather(case, knowledge, network, history)
    for_one, for_other = _fits(network, evidence, one, other), _fits(network, evidence, other, one)
    apart = "press" if for_one or for_other else "alike"
    return Difference(for_one=for_one, for_other=for_other, tell_apart=Text(id=f"detect.differ.{apart}"))


def _fits(network: Network, evidence: Evidence, here: Place, there: Place) -> tuple[Text, ...]:
    """What fits ``here`` better than ``there``."""
    own, rival = network.sites[here], network.sites[there]
    names = {"here": spot(network, here, there), "there": spot(network, there, here)}
    # A present finding multiplies the odds of a site by 1 + arc * (1 - leak) / leak, the leak taken without any cause.
    leak = evidence.problem.leak[0]
    gain = np.log1p(evidence.problem.arcs[[own, rival]] * (1.0 - leak) / leak)
    loss = np.log1p(-evidence.negative_arcs[[own, rival]])
    found: dict[str, list[str]] = {"regions": [], "named": [], "missing": []}
    for finding, (mine, its) in zip(evidence.positives, gain.T, strict=True):
        if mine - its > np.log(_CLEARLY):
            if finding.kind == "region":
                found["regions"].append(f"@region.{finding.id}")
            else:
                found["named"].append(f"@finding.{finding.kind}.{finding.id}")
    for finding, (mine, its) in zip(evidence.negatives, loss.T, strict=True):
        if finding.kind == "region" and mine - its > np.log(_CLEARLY):
            found["missing"].append(f"@region.{finding.id}")
    texts = []
    for id, key, values in (
        ("marked", "regions", found["regions"]),
        ("unmarked", "regions", found["missing"]),
        ("named", "findings", found["named"]),
    ):
        if values:
            texts.append(Text(id=f"detect.differ.{id}", params={**names, key: list(dict.fromkeys(values))}))
    odds = evidence.activity_odds
    if odds[own] > odds[rival]:
        loads = [f"@finding.activities.{name}" for name in evidence.activities if own in network.activities[name]]
        texts.append(Text(id="detect.differ.loads", params={**names, "findings": loads}))
    press = evidence.press_log_ratio
    if press[own] - press[rival] > np.log(_CLEARLY):
        texts.append(Text(id="detect.differ.pressed", params=names))
    return tuple(texts)
