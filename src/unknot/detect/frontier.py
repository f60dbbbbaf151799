"""The exact posterior of a noisy-OR network: dynamic programming over the open positive findings.

Sites are taken in one by one. The table holds, for every set of open findings, the probability that exactly these
are explained by the active sites so far and that every closed finding is explained. A finding opens with the first
site that can explain it and closes after the last, so the table has 2**width columns. Nothing is ever subtracted:
inclusion-exclusion (plain Quickscore) loses all digits from about a dozen positive findings on.

States of Z that agree in everything met so far share a row of the table; a row splits where they begin to differ.
The backward pass sums over the rows again, so one pass over the table gives the marginals of all sites.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt

import numpy as np

from unknot.detect.order import Order, Take, order
from unknot.detect.problem import Floats, Integers, Posterior, Problem

_LOW_BITS = 4  # the lowest columns go through one small matrix product: strided passes over them are slow
_CELLS_KEPT = 8_000_000  # tables of the forward pass beyond this many cells (64 MB) are worked out again when needed


class TooWideError(Exception):
    """The exact answer would take more than the allowed work."""


def solve(problem: Problem, max_work: float = float("inf")) -> Posterior:
    """The posterior of every state and site. Raises TooWideError beyond ``max_work`` (table cells times passes)."""
    plan = order(problem.arcs)
    program = _compile(problem, plan)
    if program.work > max_work:
        raise TooWideError(f"{program.work:.3g} cell updates, {plan.width} findings open at once")
    return _run(problem, program)


@dataclass(frozen=True, slots=True)
class _Arcs:
    """A site's arcs on the table: the low columns as one matrix, the others as weight per column."""

    low: Floats | None  # (2**l, 2**l) or None if no low column is touched
    low_bits: int
    high: tuple[tuple[int, float], ...]  # (column from the right, weight)


@dataclass(frozen=True, slots=True)
class _TakeSite:
    site: int
    opens: int  # how many columns come in on the left
    arcs: _Arcs
    split: Integers | None  # for each row after, the row before that it came from; None = no split
    chance: Floats  # (rows, 1): P(T_site = 1)


@dataclass(frozen=True, slots=True)
class _CloseFinding:
    finding: int
    column: int | None  # from the right; None = it never opened, only its leak explains it
    folded: tuple[int, ...]  # sites whose only positive finding this is
    split: Integers | None
    states: Integers  # (rows,): one state of each row
    leak: Floats  # (rows,)


@dataclass(frozen=True, slots=True)
class _Program:
    steps: tuple[_TakeSite | _CloseFinding, ...]
    row_of_state: Integers
    cells: int  # of all tables together
    work: float


def _compile(problem: Problem, plan: Order) -> _Program:
    rows = _Rows(problem.log_weight.shape[0])
    same = (problem.prior == problem.prior[0]).all(axis=0)  # sites whose prior no state changes
    columns: list[int] = []  # open findings, leftmost first
    steps: list[_TakeSite | _CloseFinding] = []
    cells, work = 0, 0.0
    for step in plan.steps:
        if isinstance(step, Take):
            columns = [*step.opens, *columns]
            split, states = rows.split([] if same[step.site] else [problem.prior[problem.row, step.site]])
            chance = problem.prior[problem.row[states], step.site][:, None]
            arcs = _arcs(problem.arcs[step.site], columns)
            steps.append(_TakeSite(step.site, len(step.opens), arcs, split, chance))
            work += (len(arcs.high) + 3) * rows.count * 2.0 ** len(columns)
        else:
            steps.append(_closing(problem, plan, step.finding, columns, rows))
            columns = [finding for finding in columns if finding != step.finding]
        cells += rows.count << len(columns)
    return _Program(tuple(steps), rows.of_state, cells, work)


def _closing(problem: Problem, plan: Order, finding: int, columns: list[int], rows: _Rows) -> _CloseFinding:
    """Close a finding. Sites whose only positive finding it is become part of its leak: exact, without a step."""
    folded = tuple(site for site, only in plan.folded if only == finding)
    chances = [problem.prior[problem.row, site] for site in folded]
    quiet = 1.0 - problem.leak[:, finding]
    for site, chance in zip(folded, chances, strict=True):
        quiet = quiet * (1.0 - chance * problem.arcs[site, finding])
    leak = 1.0 - quiet
    split, states = rows.split([leak, *chances])
    column = len(columns) - 1 - columns.index(finding) if finding in columns else None
    return _CloseFinding(finding, column, folded, split, states, leak[states])


class _Rows:
    """Which row of the table each state uses; states part where a number differs between them."""

    def __init__(self, states: int) -> None:
        self.of_state: Integers = np.zeros(states, dtype=np.int64)
        self.first: Integers = np.zeros(1, dtype=np.int64)  # one state of each row
        self.count = 1

    def split(self, values: list[Floats]) -> tuple[Integers | None, Integers]:
        """Part the rows by numbers (states,). Gives, for each row, the row that it came from (None = nothing
        parted) and one of its states."""
        telling = [v for v in values if (v != v[0]).any()]
        if telling:
            keys = list(zip(self.of_state.tolist(), *(v.tolist() for v in telling), strict=True))
            first: dict[tuple[float, ...], int] = {}
            for state, key in enumerate(keys):
                first.setdefault(key, state)
            if len(first) > self.count:
                number = {key: row for row, key in enumerate(first)}
                self.of_state = np.array([number[key] for key in keys], dtype=np.int64)
                self.first = np.fromiter(first.values(), dtype=np.int64)
                self.count = len(first)
                return np.array([key[0] for key in first], dtype=np.int64), self.first
        return None, self.first


def _arcs(weights: Floats, columns: list[int]) -> _Arcs:
    count = len(columns)
    low_bits = min(count, _LOW_BITS)
    touched = {count - 1 - place: float(weights[f]) for place, f in enumerate(columns) if weights[f] > 0.0}
    high = tuple((column, weight) for column, weight in touched.items() if column >= low_bits)
    if len(high) == len(touched):
        return _Arcs(None, low_bits, high)
    low: Floats = np.ones((1, 1))
    for column in range(low_bits - 1, -1, -1):
        weight = touched.get(column, 0.0)
        one = np.array([[1.0 - weight, weight], [0.0, 1.0]])
        size = 2 * low.shape[0]
        low = (low[:, None, :, None] * one[None, :, None, :]).reshape(size, size)
    return _Arcs(low, low_bits, high)


def _forward(table: Floats, step: _TakeSite | _CloseFinding) -> tuple[Floats, Floats]:
    """The table on the step's rows and columns before its own work, and the table after it."""
    if step.split is not None:
        table = table[step.split]
    rows = table.shape[0]
    if isinstance(step, _CloseFinding):
        if step.column is None:
            return table, table * step.leak[:, None]
        halves = table.reshape(rows, -1, 2, 1 << step.column)
        closed = halves[:, :, 1] + step.leak[:, None, None] * halves[:, :, 0]
        return table, closed.reshape(rows, -1)
    if step.opens:
        wide = np.zeros((rows, table.shape[1] << step.opens))
        wide[:, : table.shape[1]] = table
        table = wide
    active = _spread(table, step.arcs)
    active *= step.chance
    active += (1.0 - step.chance) * table
    return table, active


def _spread(table: Floats, arcs: _Arcs) -> Floats:
    """The table if the site is active: it explains each finding that it reaches with the weight of its arc."""
    out = _through(table, arcs.low, arcs.low_bits)
    for column, weight in arcs.high:
        halves = out.reshape(-1, 2, 1 << column)
        halves[:, 1] += weight * halves[:, 0]
        halves[:, 0] *= 1.0 - weight
    return out


def _gather(message: Floats, arcs: _Arcs) -> Floats:
    """The transpose of ``_spread``, for the backward pass."""
    out = _through(message, None if arcs.low is None else arcs.low.T, arcs.low_bits)
    for column, weight in arcs.high:
        halves = out.reshape(-1, 2, 1 << column)
        halves[:, 0] *= 1.0 - weight
        halves[:, 0] += weight * halves[:, 1]
    return out


def _through(table: Floats, low: Floats | None, bits: int) -> Floats:
    if low is None:
        return table.copy()
    product: Floats = table.reshape(-1, 1 << bits) @ low
    return product.reshape(table.shape)


def _run(problem: Problem, program: _Program) -> Posterior:
    steps = program.steps
    stretches = _stretches(program)
    table: Floats = np.ones((1, 1))
    starts: list[Floats] = []
    kept: list[Floats] = []
    for part in stretches:
        starts.append(table)
        kept, table = _play(table, steps[part])

    top = float(problem.log_weight.max())
    weight = np.exp(problem.log_weight - top)
    states = weight * table[program.row_of_state, 0]
    total = float(states.sum())
    message: Floats = np.bincount(program.row_of_state, weights=weight, minlength=table.shape[0])[:, None] / total

    marginals = _Marginals(problem)
    for number in reversed(range(len(stretches))):
        if number < len(stretches) - 1:
            kept, _ = _play(starts[number], steps[stretches[number]])
        for step, before in zip(reversed(steps[stretches[number]]), reversed(kept), strict=True):
            message = marginals.step_back(step, before, message)
    return Posterior(
        log_evidence=float(np.log(total)) + top,
        states=states / total,
        sites=marginals.of_sites(states / total),
        without=marginals.without,
        work=program.work,
    )


def _stretches(program: _Program) -> list[slice]:
    """Stretches of steps whose tables are kept together. One if all fit; else each is worked out a second time
    on the way back, which bounds the memory."""
    count = len(program.steps)
    length = count if program.cells <= _CELLS_KEPT else isqrt(count)
    return [slice(first, first + length) for first in range(0, count, max(length, 1))]


def _play(table: Floats, steps: tuple[_TakeSite | _CloseFinding, ...]) -> tuple[list[Floats], Floats]:
    kept = []
    for step in steps:
        before, table = _forward(table, step)
        kept.append(before)
    return kept, table


class _Marginals:
    """Marginals, collected while the backward message passes each step. ``message`` times the table is the
    probability of every row and set of open findings, given all findings."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.sites: Floats = np.full(problem.prior.shape[1], np.nan)
        self.without: Floats = np.ones(problem.arcs.shape[1])

    def step_back(self, step: _TakeSite | _CloseFinding, before: Floats, message: Floats) -> Floats:
        if isinstance(step, _CloseFinding):
            message = self._close(step, before, message)
        else:
            active = _gather(message, step.arcs)
            active *= step.chance
            self.sites[step.site] = np.vdot(active, before)
            active += (1.0 - step.chance) * message
            message = active[:, : active.shape[1] >> step.opens]
        if step.split is not None:
            parents = np.arange(int(step.split.max()) + 1)[:, None] == step.split[None, :]
            message = parents.astype(np.float64) @ message
        return message

    def _close(self, step: _CloseFinding, before: Floats, message: Floats) -> Floats:
        rows = before.shape[0]
        leak = step.leak[:, None, None]
        columns = before.shape[1] if step.column is None else 1 << step.column
        halves = before.reshape(rows, -1, 1 if step.column is None else 2, columns)
        narrow = message.reshape(rows, -1, columns)
        unexplained = (halves[:, :, 0] * narrow).sum(axis=(1, 2))
        if step.column is None:
            explained = np.zeros(rows)
            back = leak * narrow
        else:
            explained = (halves[:, :, 1] * narrow).sum(axis=(1, 2))
            back = np.stack([leak * narrow, narrow], axis=2)
        self.without[step.finding] = (unexplained + explained).sum()
        for site in step.folded:
            chance = self.problem.prior[self.problem.row[step.states], site]
            arc = self.problem.arcs[site, step.finding]
            # An active folded site lowers what stays unexplained from q to q (1 - arc) / (1 - chance * arc).
            gain = (1.0 - step.leak) * arc * (1.0 - chance) / (1.0 - chance * arc)
            self.sites[site] = (chance * (explained + (step.leak + gain) * unexplained)).sum()
        return back.reshape(rows, -1)

    def of_sites(self, states: Floats) -> Floats:
        """All marginals; sites that no positive finding reaches keep their (absorbed) prior under each state."""
        rows = self.problem.prior.shape[0]
        alone = np.bincount(self.problem.row, weights=states, minlength=rows) @ self.problem.prior
        return np.where(np.isnan(self.sites), alone, self.sites)
