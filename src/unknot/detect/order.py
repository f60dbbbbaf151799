"""In which order to take the sites in, so that few findings are open at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from unknot.detect.problem import Floats

GROUP_BITS = 7  # a group of sites reaches at most this many findings together: one matrix product takes them all in
GROUP_SITES = 8  # and has at most this many sites


@dataclass(frozen=True, slots=True)
class Take:
    """Take sites in. Several: they reach at most GROUP_BITS findings together. ``findings`` is what they reach."""

    sites: tuple[int, ...]
    findings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Close:
    """No further site reaches these findings: each must be explained by now, or by its leak."""

    findings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """The steps of each connected part of the network, and the sites that reach a single finding: they are folded
    into its leak."""

    parts: tuple[tuple[Take | Close, ...], ...]
    folded: tuple[tuple[int, int], ...]  # (site, its only finding)
    width: int  # the greatest number of findings open at once


def order(arcs: Floats) -> Order:
    """A greedy elimination order over the positive findings; ``arcs`` (sites, findings).

    Next to be closed is always the finding whose remaining sites open the fewest others (least width, as in
    variable elimination). Findings that share no site are parts of their own. The order changes the work, never the
    result.
    """
    reach: dict[int, int] = {}  # site -> its findings, as bits
    folded: list[tuple[int, int]] = []
    for site in np.flatnonzero(arcs.any(axis=1)).tolist():
        touched = np.flatnonzero(arcs[site]).tolist()
        if len(touched) == 1:
            folded.append((site, touched[0]))
        else:
            reach[site] = sum(1 << finding for finding in touched)
    parts, width = [], 0
    for findings in _connected(reach, arcs.shape[1]):
        steps, open_at_once = _steps({s: m for s, m in reach.items() if m & findings}, findings)
        parts.append(tuple(steps))
        width = max(width, open_at_once)
    return Order(tuple(parts), tuple(folded), width)


def _connected(reach: dict[int, int], count: int) -> list[int]:
    """Sets of findings (as bits) that no site joins to one another."""
    parts: list[int] = []
    for mask in [*reach.values(), *(1 << finding for finding in range(count))]:
        joined = mask
        apart = []
        for part in parts:
            if part & mask:
                joined |= part
            else:
                apart.append(part)
        parts = [*apart, joined]
    return parts


def _steps(reach: dict[int, int], findings: int) -> tuple[list[Take | Close], int]:
    steps: list[Take | Close] = []
    waiting, opened, width = _bits(findings), 0, 0
    sites_of = {f: {site for site, mask in reach.items() if mask >> f & 1} for f in waiting}
    while waiting:
        finding = min(waiting, key=lambda f: (_union(reach, sites_of[f], opened).bit_count(), f))
        while sites_of[finding]:
            group, mask = _group(reach, sites_of[finding], opened)
            for site in group:
                for f in _bits(reach.pop(site)):
                    sites_of[f].discard(site)
            opened |= mask
            width = max(width, opened.bit_count())
            steps.append(Take(tuple(group), tuple(_bits(mask))))
        done = tuple(f for f in waiting if not sites_of[f])
        steps.append(Close(done))
        waiting = [f for f in waiting if sites_of[f]]
        opened &= ~sum(1 << f for f in done)
    return steps, width


def _group(reach: dict[int, int], batch: set[int], opened: int) -> tuple[list[int], int]:
    """The next sites to take in together, and what they reach: grown by the site that adds the fewest findings."""
    first = min(batch, key=lambda s: ((reach[s] & ~opened).bit_count(), reach[s].bit_count(), s))
    group, mask = [first], reach[first]
    left = sorted(batch - {first})
    while left and len(group) < GROUP_SITES:
        site = min(left, key=lambda s: ((mask | reach[s]).bit_count(), (reach[s] & ~opened).bit_count(), s))
        if (mask | reach[site]).bit_count() > GROUP_BITS:
            break
        group.append(site)
        left.remove(site)
        mask |= reach[site]
    if len(group) < GROUP_SITES and mask.bit_count() <= GROUP_BITS:
        inside = [s for s, m in reach.items() if not m & ~mask and s not in group]
        group += inside[: GROUP_SITES - len(group)]
    return group, mask


def _union(reach: dict[int, int], sites: set[int], opened: int) -> int:
    for site in sites:
        opened |= reach[site]
    return opened


def _bits(mask: int) -> list[int]:
    return [place for place in range(mask.bit_length()) if mask >> place & 1]
