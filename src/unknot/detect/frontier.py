"""The exact posterior of a noisy-OR network: dynamic programming over the open positive findings.

Sites are taken in group by group. The table holds, for every set of open findings, the probability that exactly these
are explained by the active sites so far and that every closed finding is explained. A finding opens with the first
site that can explain it and closes after the last, so the table has 2**width columns. Nothing is ever subtracted:
inclusion-exclusion (plain Quickscore) loses all digits from about a dozen positive findings on.

A group of sites that reaches few findings is worked out on a small table of its own first (all groups side by side)
and comes into the large one by one matrix product. States of Z that agree in everything met so far share a row of the
table; a row splits where they begin to differ. Findings that share no site with others make a part of their own: given
Z the parts are independent. The backward pass gives the marginals of all sites.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from unknot.detect.order import Order, order
from unknot.detect.problem import Floats, Integers, Posterior, Problem
from unknot.detect.products import cross, product
from unknot.detect.program import Closing, Group, Model, Part, compile_part
from unknot.detect.subsets import apply, gather, one_site, spread, union_matrix, unions


class TooWideError(Exception):
    """The exact answer would take more than the allowed work."""


def solve(problem: Problem, max_work: float = float("inf"), plan: Order | None = None) -> Posterior:
    """The posterior of every state and site. ``plan``: the order for these arcs, if it is known already.

    Raises TooWideError beyond ``max_work`` (one unit is one pass over one cell, about a nanosecond).
    """
    return solve_all((problem,), max_work, plan)[0]


def solve_all(
    problems: Sequence[Problem], max_work: float = float("inf"), plan: Order | None = None
) -> tuple[Posterior, ...]:
    """The posteriors of problems with the same arcs, worked out side by side: small ones cost little more than one.

    Raises TooWideError like ``solve``, for all of them together.
    """
    plan = plan or order(problems[0].arcs)
    model = Model(problems, plan)
    parts = []
    work = 0.0
    for steps in plan.parts:
        parts.append(compile_part(model, steps))
        work += parts[-1].work
        if work > max_work:
            raise TooWideError(f"{work:.3g} cell updates, {plan.width} findings open at once")
    small = _Small(model, parts)
    log_weight = model.log_weight.copy()
    played = [_play(part, small) for part in parts]
    for part, one in zip(parts, played, strict=True):
        log_weight += np.log(one.evidence)[part.row_of_state]
    each = log_weight.reshape(len(problems), -1)
    top = each.max(axis=1, keepdims=True)
    states = np.exp(each - top)
    total = states.sum(axis=1, keepdims=True)
    states /= total
    marginals = _Marginals(model)
    for part, one in zip(parts, played, strict=True):
        weight = np.bincount(part.row_of_state, weights=states.reshape(-1), minlength=len(one.evidence)) / one.evidence
        _back(part, one, small, weight, marginals)
    small.back(marginals)
    sites = marginals.of_sites(states)
    return tuple(
        Posterior(
            log_evidence=float(np.log(total[number, 0]) + top[number, 0]),
            states=states[number],
            sites=sites[number],
            without=marginals.without[number],
            work=work / len(problems),
        )
        for number in range(len(problems))
    )


class _Small:
    """The small tables of all groups of all parts, worked out side by side: site after site of each group."""

    def __init__(self, model: Model, parts: list[Part]) -> None:
        self.problems = model.problems
        self.arcs = model.arcs
        self.groups = [s for part in parts for s in part.steps if isinstance(s, Group) and not s.alone]
        count = 0
        for group in self.groups:
            group.pairs = slice(count, count + len(group.chance))
            count = group.pairs.stop
        bits = max((group.bits for group in self.groups), default=0)
        turns = max((len(group.sites) for group in self.groups), default=0)
        self.weights = np.zeros((turns, count, bits))
        self.chance = np.zeros((turns, count, 1))
        for group in self.groups:
            sites = list(group.sites)
            arcs = model.arcs[np.ix_(sites, group.findings[::-1])]  # (sites, bits), bit 0 = rightmost
            self.weights[: len(sites), group.pairs, : group.bits] = arcs[:, None, :]
            self.chance[: len(sites), group.pairs, 0] = group.chance.T
        self.message = np.zeros((count, 1 << bits))
        table = np.zeros((count, 1 << bits))
        table[:, :1] = 1.0
        self.kept = []
        for weights, chance in zip(self.weights, self.chance, strict=True):
            self.kept.append(table)
            active = spread(table, weights)
            active *= chance
            active += (1.0 - chance) * table
            table = active
        self.table = table

    def explained(self, group: Group) -> Floats:
        """With which probability the group explains exactly these findings, (small rows, sets)."""
        return self.table[group.pairs, : 1 << group.bits]

    def back(self, marginals: _Marginals) -> None:
        """Marginals of all sites in groups, from the messages that the large tables left."""
        message = self.message
        found = np.zeros(self.chance.shape[:2])
        for turn in reversed(range(len(self.kept))):
            chance = self.chance[turn]
            active = gather(message, self.weights[turn])
            active *= chance
            found[turn] = np.einsum("ps,ps->p", active, self.kept[turn])
            active += (1.0 - chance) * message
            message = active
        for group in self.groups:
            told = np.zeros((marginals.problems, len(group.sites)))
            np.add.at(told, group.problems, found[: len(group.sites), group.pairs].T)
            marginals.sites[:, list(group.sites)] = told


class _Played(NamedTuple):
    tables: list[Floats]  # before each step, on the step's rows and in its layout
    evidence: Floats  # (rows,)


def _play(part: Part, small: _Small) -> _Played:
    table: Floats = np.ones((small.problems, 1))
    kept = []
    for step in part.steps:
        if step.split is not None:
            table = table[step.split]
        if isinstance(step, Closing):
            kept.append(table)
            table = _close(table, step)
        else:
            table = _arranged(table, step.axes)
            kept.append(table)
            table = _take(table, step, small)
    return _Played(kept, table[:, 0])


def _arranged(table: Floats, axes: tuple[int, ...]) -> Floats:
    if axes == tuple(range(len(axes))):
        return table
    rows, size = table.shape
    return table.reshape(rows, *([2] * len(axes))).transpose(0, *(1 + axis for axis in axes)).reshape(rows, size)


def _rearranged(table: Floats, axes: tuple[int, ...]) -> Floats:
    back = np.argsort(axes).tolist()
    return _arranged(table, tuple(back))


def _take(table: Floats, group: Group, small: _Small) -> Floats:
    rows = len(table)
    if not group.alone:
        old, size = 1 << group.before, 1 << group.bits
        out = np.empty((rows, table.shape[1] // old, size))
        for own, matrix in zip(_alike(group), union_matrix(small.explained(group), group.before), strict=True):
            out[own] = product(table[own].reshape(-1, old), matrix).reshape(-1, table.shape[1] // old, size)
        return out.reshape(rows, -1)
    wide = np.zeros((rows, table.shape[1], 1 << (group.bits - group.before)))
    wide[:, :, 0] = table
    table = wide.reshape(rows, -1)
    weights, chance = _alone(group, small.arcs)
    active = apply(table, one_site(weights))
    active *= chance
    active += (1.0 - chance) * table
    return active


def _alike(group: Group) -> list[Integers | slice]:
    """The table's rows that share each row of the small table."""
    if len(group.chance) == 1:
        return [slice(None)]
    return [np.flatnonzero(group.local == number) for number in range(len(group.chance))]


def _alone(group: Group, arcs: Floats) -> tuple[Floats, Floats]:
    """Weights (bits,) and chances (rows, 1) of the only site of a group."""
    return arcs[group.sites[0], list(group.findings[::-1])], group.chance[group.local]


def _close(table: Floats, step: Closing) -> Floats:
    rows = len(table)
    if step.column is None:
        return table * step.leak[:, None]
    halves = table.reshape(rows, -1, 2, 1 << step.column)
    closed = halves[:, :, 0] * step.leak[:, None, None]
    closed += halves[:, :, 1]
    return closed.reshape(rows, -1)


def _back(part: Part, played: _Played, small: _Small, weight: Floats, marginals: _Marginals) -> None:
    """The way back. The message times the table is the probability of every row and set of open findings, given all
    findings."""
    message = weight[:, None]
    for step, before in zip(reversed(part.steps), reversed(played.tables), strict=True):
        if isinstance(step, Closing):
            message = marginals.close(step, before, message)
        else:
            message = _rearranged(_take_back(step, before, message, small, marginals), step.axes)
        if step.split is not None:
            merged = np.zeros((int(step.split.max()) + 1, message.shape[1]))
            for row, came in enumerate(step.split.tolist()):
                merged[came] += message[row]
            message = merged


def _take_back(group: Group, before: Floats, message: Floats, small: _Small, marginals: _Marginals) -> Floats:
    rows = len(before)
    if group.alone:
        weights, chance = _alone(group, small.arcs)
        active = apply(message, [matrix.T for matrix in one_site(weights)])
        active *= chance
        new = 1 << (group.bits - group.before)
        told = np.einsum("rs,rs->r", active.reshape(rows, -1, new)[:, :, 0], before)
        marginals.sites[:, group.sites[0]] = np.bincount(group.problems[group.local], told, marginals.problems)
        active += (1.0 - chance) * message
        return np.ascontiguousarray(active.reshape(rows, -1, new)[:, :, 0])
    old, size = 1 << group.before, 1 << group.bits
    union = unions(group.before, group.bits)
    back = np.empty((rows, before.shape[1] // old, old))
    told = small.message[group.pairs, :size]
    matrices = union_matrix(small.explained(group), group.before)
    for number, (own, matrix) in enumerate(zip(_alike(group), matrices, strict=True)):
        after = message[own].reshape(-1, size)
        met = cross(before[own].reshape(-1, old), after)
        told[number] = np.take_along_axis(met, union, axis=1).sum(axis=0)
        back[own] = product(after, matrix.T).reshape(-1, before.shape[1] // old, old)
    return back.reshape(rows, -1)


class _Marginals:
    """Marginals of each problem, collected on the way back."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.problems = model.problems
        self.sites: Floats = np.full((model.problems, model.prior.shape[1]), np.nan)
        self.without: Floats = np.ones((model.problems, model.arcs.shape[1]))

    def close(self, step: Closing, before: Floats, message: Floats) -> Floats:
        """The message before a finding was closed."""
        rows = len(before)
        if step.column is None:
            unexplained = (before * message).sum(axis=1)
            explained = np.zeros(rows)
            back = step.leak[:, None] * message
        else:
            halves = before.reshape(rows, -1, 2, 1 << step.column)
            narrow = message.reshape(rows, -1, 1 << step.column)
            unexplained = np.einsum("rab,rab->r", halves[:, :, 0], narrow)
            explained = np.einsum("rab,rab->r", halves[:, :, 1], narrow)
            back = np.empty((rows, narrow.shape[1], 2, narrow.shape[2]))
            np.multiply(narrow, step.leak[:, None, None], out=back[:, :, 0])
            back[:, :, 1] = narrow
        problems = self.model.problem_of_state[step.states]
        self.without[:, step.finding] = np.bincount(problems, unexplained + explained, self.problems)
        if step.folded:
            chance = self.model.prior[self.model.row[step.states]][:, step.folded]  # (rows, folded)
            arc = self.model.arcs[step.folded, step.finding]
            leak = step.leak[:, None]
            # An active folded site lowers what stays unexplained from q to q (1 - arc) / (1 - chance * arc).
            gain = (1.0 - leak) * arc * (1.0 - chance) / (1.0 - chance * arc)
            told = np.zeros((self.problems, len(step.folded)))
            np.add.at(told, problems, chance * (explained[:, None] + (leak + gain) * unexplained[:, None]))
            self.sites[:, step.folded] = told
        return back.reshape(rows, -1)

    def of_sites(self, states: Floats) -> Floats:
        """All marginals (problems, sites); sites that no positive finding reaches keep their (absorbed) prior under
        each state."""
        alone = np.zeros_like(self.sites)
        weight = np.bincount(self.model.row, states.reshape(-1), len(self.model.prior))
        np.add.at(alone, self.model.problem_of_row, weight[:, None] * self.model.prior)
        return np.where(np.isnan(self.sites), alone, self.sites)
