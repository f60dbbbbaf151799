"""The steps of the exact answer for given problems: what stands where on the table, which states share a row.

Nothing is computed on tables here, so the work is known before any of it is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from unknot.detect.order import GROUP_BITS, Close, Order, Take
from unknot.detect.problem import Floats, Integers, Problem


class Model:
    """The problems with the folded sites in the leaks, and which states are alike in what. States and prior rows of
    all problems stand one below the other."""

    def __init__(self, problems: Sequence[Problem], plan: Order) -> None:
        rows = len(problems[0].prior)
        self.arcs = problems[0].arcs
        self.prior = np.concatenate([one.prior for one in problems])
        self.row: Integers = np.concatenate([one.row + number * rows for number, one in enumerate(problems)])
        self.log_weight = np.concatenate([one.log_weight for one in problems])
        self.leak = np.concatenate([one.leak for one in problems])
        self.problem_of_row: Integers = np.repeat(np.arange(len(problems)), rows)
        self.problem_of_state: Integers = np.repeat(np.arange(len(problems)), len(problems[0].row))
        self.problems = len(problems)
        self.folded: list[list[int]] = [[] for _ in range(self.arcs.shape[1])]
        for site, finding in plan.folded:
            self.folded[finding].append(site)
        quiet = np.ones((len(self.prior), self.arcs.shape[1]))
        for finding, sites in enumerate(self.folded):
            if sites:
                quiet[:, finding] = (1.0 - self.prior[:, sites] * self.arcs[sites, finding]).prod(axis=1)
        self.leak = 1.0 - (1.0 - self.leak) * quiet[self.row]
        self.alike = _codes(self.leak)  # (states, findings)
        if len(self.prior) > 1:
            # Two prior rows may fold to the same leak; their folded sites still differ.
            folded = np.zeros_like(self.alike)
            for finding, sites in enumerate(self.folded):
                if sites:
                    folded[:, finding] = self.rows_alike(sites)[self.row]
            self.alike = self.alike * len(self.prior) + folded

    def rows_alike(self, sites: list[int]) -> Integers:
        """A number for each prior row: the same where a problem's rows agree in these sites."""
        prior = self.prior[:, sites]
        if (prior == prior[0]).all():
            return self.problem_of_row
        _, code = np.unique(np.column_stack([self.problem_of_row, prior]), axis=0, return_inverse=True)
        return code.reshape(-1).astype(np.int64)


def _codes(values: Floats) -> Integers:
    """For each column, a number for each different value (rows, columns)."""
    place = np.argsort(values, axis=0, kind="stable")
    ordered = np.take_along_axis(values, place, axis=0)
    number = np.zeros(values.shape, dtype=np.int64)
    number[1:] = np.cumsum(ordered[1:] != ordered[:-1], axis=0)
    codes = np.empty_like(number)
    np.put_along_axis(codes, place, number, axis=0)
    return codes


@dataclass(slots=True)
class Group:
    """Sites that come in together through a small table, or (``alone``) a site that reaches too much for one."""

    sites: tuple[int, ...]
    axes: tuple[int, ...]  # the table's axes with this group's open findings last
    before: int  # how many of its findings were open before
    bits: int
    findings: tuple[int, ...]  # leftmost first
    split: Integers | None  # for each row after, the row before that it came from; None = no split
    local: Integers  # (rows,): row of the small table
    problems: Integers  # (small rows,): the problem of each
    chance: Floats  # (small rows, sites)
    alone: bool
    pairs: slice = field(default_factory=lambda: slice(0, 0))  # where its rows stand among all small tables


class Closing(NamedTuple):
    finding: int
    column: int | None  # from the right; None = it never opened, only its leak explains it
    folded: list[int]
    split: Integers | None
    states: Integers  # (rows,): one state of each row
    leak: Floats  # (rows,)


@dataclass(frozen=True, slots=True)
class Part:
    steps: list[Group | Closing]
    row_of_state: Integers
    work: float


def compile_part(model: Model, plan: tuple[Take | Close, ...]) -> Part:
    rows = _Rows(model)
    columns: list[int] = []  # open findings, leftmost first
    steps: list[Group | Closing] = []
    work = 0.0
    for step in plan:
        if isinstance(step, Take):
            group, columns = _group(model, step, columns, rows)
            steps.append(group)
            passes = 2.0 ** (group.bits / 2.0) / 8.0 + 6.0 if group.alone else 2.0**group.bits / 16.0 + 3.0
            work += passes * rows.count * 2.0 ** len(columns)
        else:
            for finding in sorted(step.findings, key=lambda f: int(model.alike[:, f].max())):
                split, states = rows.split(model.alike[:, finding])
                column = len(columns) - 1 - columns.index(finding) if finding in columns else None
                leak = model.leak[states, finding]
                steps.append(Closing(finding, column, model.folded[finding], split, states, leak))
                work += 2.0 * rows.count * 2.0 ** len(columns)
                columns = [f for f in columns if f != finding]
    return Part(steps, rows.of_state, 3.0 * work)


def _group(model: Model, step: Take, columns: list[int], rows: _Rows) -> tuple[Group, list[int]]:
    """The group on the table as it is then, and the open findings after it."""
    sites = list(step.sites)
    codes = model.rows_alike(sites)
    split, states = rows.split(codes[model.row])
    old = [f for f in columns if f in step.findings]
    rest = [f for f in columns if f not in step.findings]
    new = [f for f in step.findings if f not in columns]
    first = np.unique(codes, return_index=True)[1]
    group = Group(
        sites=step.sites,
        axes=tuple(columns.index(f) for f in (*rest, *old)),
        before=len(old),
        bits=len(step.findings),
        findings=(*old, *new),
        split=split,
        local=codes[model.row[states]],
        problems=model.problem_of_row[first],
        chance=model.prior[first][:, sites],
        alone=len(step.findings) > GROUP_BITS,
    )
    return group, [*rest, *old, *new]


class _Rows:
    """Which row of the table each state uses; states part where a number differs between them. Problems never share a
    row: each has its own marginals."""

    def __init__(self, model: Model) -> None:
        self.of_state: Integers = model.problem_of_state.copy()
        self.first: Integers = np.flatnonzero(np.diff(self.of_state, prepend=-1))  # one state of each row
        self.count = model.problems

    def split(self, codes: Integers) -> tuple[Integers | None, Integers]:
        """Part the rows by codes (states,). Gives, for each row, the row that it came from (None = nothing
        parted) and one of its states."""
        most = int(codes.max()) + 1
        if most > 1:
            _, first, row = np.unique(self.of_state * most + codes, return_index=True, return_inverse=True)
            if len(first) > self.count:
                came = self.of_state[first]
                self.of_state, self.first, self.count = row.reshape(-1), first, len(first)
                return came, first
        return None, self.first
