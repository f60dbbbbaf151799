"""In which order to take the sites in, so that few findings are open at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from unknot.detect.problem import Floats


@dataclass(frozen=True, slots=True)
class Take:
    """Take a site in; ``opens`` are the findings that it is the first to reach."""

    site: int
    opens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Close:
    """No further site reaches this finding: it must be explained by now, or by its leak."""

    finding: int


@dataclass(frozen=True, slots=True)
class Order:
    """The steps, and the sites that reach a single finding: they are folded into its leak."""

    steps: tuple[Take | Close, ...]
    folded: tuple[tuple[int, int], ...]  # (site, its only finding)
    width: int  # the greatest number of findings open at once


def order(arcs: Floats) -> Order:
    """A greedy elimination order over the positive findings; ``arcs`` (sites, findings).

    Next to be closed is always the finding whose remaining sites open the fewest others (least width, as in
    variable elimination). The order changes the work, never the result.
    """
    findings = arcs.shape[1]
    reach: dict[int, int] = {}  # site -> its findings, as bits
    folded: list[tuple[int, int]] = []
    for site in np.flatnonzero(arcs.any(axis=1)).tolist():
        touched = np.flatnonzero(arcs[site]).tolist()
        if len(touched) == 1:
            folded.append((site, touched[0]))
        else:
            reach[site] = sum(1 << finding for finding in touched)

    sites_of = [[site for site in reach if reach[site] >> finding & 1] for finding in range(findings)]
    left = [len(sites) for sites in sites_of]  # sites that are still to come, per finding
    steps: list[Take | Close] = []
    waiting = list(range(findings))
    opened, width = 0, 0
    while waiting:
        finding = min(waiting, key=lambda f: (_union(reach, sites_of[f], opened).bit_count(), f))
        batch = [site for site in sites_of[finding] if site in reach]
        while batch:
            site = min(batch, key=lambda s: ((reach[s] & ~opened).bit_count(), s))
            batch.remove(site)
            mask = reach.pop(site)
            new = mask & ~opened
            opened |= mask
            width = max(width, opened.bit_count())
            steps.append(Take(site, tuple(f for f in waiting if new >> f & 1)))
            for f in [f for f in waiting if mask >> f & 1]:
                left[f] -= 1
                if left[f] == 0:
                    steps.append(Close(f))
                    opened &= ~(1 << f)
                    waiting.remove(f)
        if finding in waiting:  # no site reaches it but folded ones
            steps.append(Close(finding))
            waiting.remove(finding)
    return Order(tuple(steps), tuple(folded), width)


def _union(reach: dict[int, int], sites: list[int], opened: int) -> int:
    for site in sites:
        opened |= reach.get(site, 0)
    return opened
