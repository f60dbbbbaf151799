"""Outline a label image as one topology: every border between two regions becomes one shared arc."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

WALL = -1  # what lies beyond the midline in a mirrored half
Node = tuple[int, int]  # corner (x, y) of cells


@dataclass(frozen=True)
class Arc:
    """A border from junction to junction (or a closed loop): corners (k, 2), the codes left and right of it."""

    points: np.ndarray
    left: int
    right: int

    @property
    def closed(self) -> bool:
        return bool((self.points[0] == self.points[-1]).all())


def trace(codes: np.ndarray, *, mirrored: bool) -> list[Arc]:
    """All arcs of an (h, w) code image; x to the right, y down, in cells from the image's corner."""
    padded = np.pad(codes, 1)
    if mirrored:
        padded[:, 0] = WALL
    steps = _cracks(padded)
    junctions = {node for node, ways in steps.items() if not _passes_through(ways)}
    arcs: list[Arc] = []
    used: set[tuple[Node, Node]] = set()
    for start in sorted(junctions):
        for nxt, left, right in steps[start]:
            if (start, nxt) not in used:
                arcs.append(_follow(steps, junctions, used, start, nxt, left, right))
    for start in sorted(steps):
        for nxt, left, right in steps[start]:
            if start not in junctions and (start, nxt) not in used:
                arcs.append(_follow(steps, {start}, used, start, nxt, left, right))
    return arcs


def _cracks(padded: np.ndarray) -> dict[Node, list[tuple[Node, int, int]]]:
    """From each corner the neighbouring corners along a border, with the codes left and right of that step."""
    steps: dict[Node, list[tuple[Node, int, int]]] = defaultdict(list)

    def add(a: Node, b: Node, left: int, right: int) -> None:
        if left > 0 or right > 0:
            steps[a].append((b, left, right))
            steps[b].append((a, right, left))

    # y points down: walking up, the left neighbour is the western cell; walking right, it is the northern one.
    rows, columns = np.nonzero(padded[:, :-1] != padded[:, 1:])
    for r, c in zip(rows.tolist(), columns.tolist(), strict=True):
        add((c, r), (c, r - 1), int(padded[r, c]), int(padded[r, c + 1]))
    rows, columns = np.nonzero(padded[:-1] != padded[1:])
    for r, c in zip(rows.tolist(), columns.tolist(), strict=True):
        add((c - 1, r), (c, r), int(padded[r, c]), int(padded[r + 1, c]))
    return steps


def _passes_through(ways: list[tuple[Node, int, int]]) -> bool:
    """Whether one border simply runs on through a corner."""
    if len(ways) != 2:
        return False
    (_, left, right), (_, left_on, right_on) = ways
    return (left, right) == (right_on, left_on)


def _follow(
    steps: dict[Node, list[tuple[Node, int, int]]],
    junctions: set[Node],
    used: set[tuple[Node, Node]],
    start: Node,
    nxt: Node,
    left: int,
    right: int,
) -> Arc:
    points = [start, nxt]
    used |= {(start, nxt), (nxt, start)}
    while points[-1] not in junctions:
        here, before = points[-1], points[-2]
        (after,) = [node for node, *_ in steps[here] if node != before]
        used |= {(here, after), (after, here)}
        points.append(after)
    return Arc(np.array(points, float), left, right)


def rings(arcs: list[Arc], code: int) -> list[list[int]]:
    """Closed chains of arcs around a code, each arc as its index, or ~index where it is walked backwards."""
    outgoing: dict[tuple[float, float], list[tuple[int, tuple[float, float]]]] = defaultdict(list)
    for index, arc in enumerate(arcs):
        first, last = tuple(arc.points[0]), tuple(arc.points[-1])
        if arc.left == code:
            outgoing[first].append((index, last))
        elif arc.right == code:
            outgoing[last].append((~index, first))
    chains = []
    while outgoing:
        start = next(iter(outgoing))
        chain, here = [], start
        while not chain or here != start:
            index, here_next = outgoing[here].pop()
            if not outgoing[here]:
                del outgoing[here]
            chain.append(index)
            here = here_next
        chains.append(chain)
    return chains
