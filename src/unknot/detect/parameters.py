"""The numbers of the network, read from ``knowledge/detect/*.toml`` into frozen values.

Raises KnowledgeError naming file and field if a number is missing, unknown or not a single value.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from unknot.knowledge.model import Knowledge, Quantity
from unknot.knowledge.read import KnowledgeError, read

T = TypeVar("T")
CauseMechanism = Literal["nerve_root", "other", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """How active sites and drawings go together (probabilities, shares)."""

    marked: float
    refers: float
    secondary: float
    secondary_far: float
    at_home: float
    background: float
    fade: float
    slip: float
    silent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """How active sites and painful or short movements go together (probabilities)."""

    arc: float
    arc_family: float
    arc_absent: float
    leak: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """From published shares of people to the prior of one site."""

    alpha: float
    beta: float
    effective_size: float
    unmeasured: float
    active_sites: float
    elsewhere: float
    greatest: float
    activity_odds: float
    activities_odds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PressOdds:
    """What pressing does, if the site is active and if it is quiet (probabilities)."""

    tender_if_active: float
    tender_if_quiet: float
    familiar_if_active: float
    familiar_if_quiet: float
    spreads_if_active: float
    spreads_if_quiet: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The recalibration of site probabilities: log-odds above the knee are drawn together by the slope."""

    knee: float
    slope: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What earlier days do to the odds of a site, and their bounds."""

    confirmed: float
    quiet: float
    eased: float
    not_eased: float
    least: float
    greatest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseArcs:
    """How competing causes draw and move (probabilities)."""

    primary: float
    secondary: float
    movement: float
    silent: float
    alike: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How much is told."""

    most: float
    least_probability: float
    explained: float
    reasons: float
    least_reason: float
    causes: float
    least_cause: float
    changes: float
    likely_from: float
    possible_from: float
    unlikely_below: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstain:
    """When the answer is "cannot tell"."""

    clear_from: float
    other_from: float
    flat_ratio: float
    flat_place: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What the next question may cost and must bring."""

    most: float
    least_bits: float
    sites: float
    movements: float
    cost_question: float
    cost_list: float
    cost_press: float
    cost_press_tool: float
    cost_press_deep: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """How much the exact answer may take, and the sampler behind it."""

    exact: float
    repeated: float
    sweeps: float
    sweeps_repeated: float
    chains: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A competing cause as it is written down; patterns of a sided one are on its own side."""

    id: str
    mechanism: CauseMechanism
    told: str  # the plain name, shared by causes that are told as one
    share: float
    sided: bool
    primary: tuple[str, ...]
    secondary: tuple[str, ...]
    groups: tuple[str, ...]  # region groups over which ``spread`` holds; empty with a spread = the whole body
    spread: float | None
    worse_with: tuple[str, ...]
    limited_movements: tuple[str, ...]  # as given for the right side
    movement_leak: float | None  # None = as without any cause
    raises: tuple[str, ...]  # muscles whose sites are commoner with this cause
    raises_odds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one answer says about competing causes: ratios of the causes listed against all others."""

    id: str
    question: str | None  # None = a lasting condition of the person
    condition: str | None
    test: Literal["is", "has", "within", "at_least"]
    value: bool | float | tuple[str, ...]
    causes: tuple[str, ...]
    yes: float
    no: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """All numbers of the detector."""

    drawing: Drawing
    movement: Movement
    prior: Prior
    press: PressOdds
    learned: Learned
    calibration: Calibration
    greatest_ratio: float
    cause: CauseArcs
    report: Report
    abstain: Abstain
    ask: Ask
    work: Work
    complaints: Mapping[str, float]
    studied: Mapping[str, str]
    measured_together: Mapping[str, tuple[str, ...]]
    families: Mapping[str, tuple[str, ...]]
    also_worse_with: Mapping[str, tuple[str, ...]]
    segment_of: Mapping[str, str]
    joined: Mapping[str, str]
    causes: tuple[Cause, ...]
    readings: tuple[Reading, ...]


def parameters(knowledge: Knowledge) -> Parameters:
    """The detector's numbers out of the knowledge."""
    tables = knowledge.detect
    network = tables["network"]
    where = "detect/network.toml"
    arcs = _numbers(CauseArcs, network["cause"], f"{where}: cause")
    causes = [_cause(id_, table) for id_, table in tables["causes"].items()]
    return Parameters(
        drawing=_numbers(Drawing, network["drawing"], f"{where}: drawing"),
        movement=_numbers(Movement, network["movement"], f"{where}: movement"),
        prior=_numbers(Prior, network["prior"], f"{where}: prior"),
        press=_numbers(PressOdds, network["press"], f"{where}: press"),
        calibration=_numbers(Calibration, tables["calibration"]["map"], "detect/calibration.toml: map"),
        learned=_numbers(Learned, network["learned"], f"{where}: learned"),
        greatest_ratio=_number(network["answers"]["greatest_ratio"], f"{where}: answers.greatest_ratio"),
        cause=arcs,
        report=_numbers(Report, network["report"], f"{where}: report"),
        abstain=_numbers(Abstain, network["abstain"], f"{where}: abstain"),
        ask=_numbers(Ask, network["ask"], f"{where}: ask"),
        work=_numbers(Work, network["work"], f"{where}: work"),
        complaints={
            group: _number(value, f"{where}: complaints.{group}") for group, value in network["complaints"].items()
        },
        studied=dict(network["studied"]),
        measured_together={key: tuple(muscles) for key, muscles in network["measured_together"].items()},
        families={key: tuple(values) for key, values in network["families"].items()},
        also_worse_with={muscle: tuple(values) for muscle, values in network["also_worse_with"].items()},
        segment_of={region: segment for segment, regions in network["segments"].items() for region in regions},
        joined=dict(network["joined"]),
        causes=(*causes, *(_alike(cause, arcs.alike) for cause in causes if cause.mechanism == "nerve_root")),
        readings=tuple(_reading(id_, table) for id_, table in tables["answers"].items()),
    )


def _number(table: Any, where: str) -> float:
    faults: list[str] = []
    quantity = read(Quantity, table, where, faults)
    if quantity is None or quantity.value is None:
        raise KnowledgeError(faults or [f"{where}: must be one value, not an interval"])
    return float(quantity.value)


def _numbers(kind: type[T], table: Mapping[str, Any], where: str) -> T:
    names = {field.name for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    faults = [f"{where}.{name}: is not a field here" for name in table.keys() - names]
    faults += [f"{where}.{name}: is missing" for name in names - table.keys()]
    if faults:
        raise KnowledgeError(sorted(faults))
    return kind(**{name: _number(table[name], f"{where}.{name}") for name in names})


_CAUSE_FIELDS = {field.name for field in dataclasses.fields(Cause)} - {"id"}


def _cause(id_: str, table: Mapping[str, Any]) -> Cause:
    where = f"detect/causes.toml: {id_}"
    if unknown := table.keys() - _CAUSE_FIELDS:
        raise KnowledgeError([f"{where}.{name}: is not a field here" for name in sorted(unknown)])

    def names(key: str) -> tuple[str, ...]:
        return tuple(table.get(key, ()))

    def chance(key: str) -> float | None:
        return _number(table[key], f"{where}.{key}") if key in table else None

    if table["mechanism"] not in ("nerve_root", "other", "unknown"):
        raise KnowledgeError([f"{where}.mechanism: {table['mechanism']!r} is not nerve_root, other or unknown"])
    return Cause(
        id=id_,
        mechanism=table["mechanism"],
        told=table.get("told", id_),
        share=_number(table["share"], f"{where}.share"),
        sided=bool(table["sided"]),
        primary=names("primary"),
        secondary=names("secondary"),
        groups=names("groups"),
        spread=chance("spread"),
        worse_with=names("worse_with"),
        limited_movements=names("limited_movements"),
        movement_leak=chance("movement_leak"),
        raises=names("raises"),
        raises_odds=chance("raises_odds") or 1.0,
    )


def _alike(root: Cause, share: float) -> Cause:
    """What draws and moves as a nerve root does, but is none: no answer about nerves speaks for it."""
    told = "limb_arm" if root.told == "nerve_neck" else "limb_leg"
    return dataclasses.replace(root, id=f"{root.id}_alike", mechanism="other", told=told, share=share * root.share)


def _reading(id_: str, table: Mapping[str, Any]) -> Reading:
    where = f"detect/answers.toml: {id_}"
    tests = [test for test in ("is", "has", "within", "at_least") if test in table]
    condition = table.get("condition")
    if len(tests) != (0 if condition else 1) or (condition is None) == ("question" not in table):
        raise KnowledgeError([f"{where}: needs either a question with one test, or a condition"])
    yes, no = _number(table["yes"], f"{where}.yes"), _number(table["no"], f"{where}.no")
    if not (no < 1.0 < yes or yes < 1.0 < no):
        raise KnowledgeError([f"{where}: of yes and no, one must be above 1 and one below"])
    value = table[tests[0]] if tests else True
    return Reading(
        id=id_,
        question=table.get("question"),
        condition=condition,
        test=tests[0] if tests else "is",  # type: ignore[arg-type]
        value=tuple(value) if isinstance(value, list) else value,
        causes=tuple(table["causes"]),
        yes=yes,
        no=no,
    )
