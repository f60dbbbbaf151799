"""Section of the table of checks: people from published case reports. Nothing is tuned to them.

A case holds what the person could say (where it hurts, what makes it worse, age), never what the examiner felt by
hand: that is the answer, the muscles in ``found``. ``checked`` says what of the source was read, ``assumed`` what the
source leaves open and we chose. Sources on which the knowledge itself rests are left out. People written down from
memory may lean on what the writer expected, so the bar is held against the others as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import tomli

from unknot.assessment import Detection
from unknot.case import Case, read_case
from unknot.detect import detect
from unknot.knowledge import load
from unknot.knowledge.model import Knowledge
from unknot.lab.comparators import COMPARATORS, Ranking
from unknot.lab.outcome import one_per_muscle, ranking
from unknot.lab.rows import Row, share

PARTS = ("head_neck", "shoulder_arm", "chest_back_belly", "low_back_hip", "thigh_leg")
CHECKED = ("full text", "abstract", "memory")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReport:
    """One person from a case report. ``found`` = muscles and sides that the authors held responsible."""

    id: str
    part: str
    source: str
    checked: str
    about: str
    case: Case
    found: tuple[tuple[str, str], ...]
    assumed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Whether one of the muscles found is first, and among the first three, on each method's list."""

    report: CaseReport
    first: dict[str, bool]
    three: dict[str, bool]


def rows(people: int) -> list[Row]:
    """Every case report through the detector and the simpler methods: drawing and answers, no presses."""
    knowledge = load()
    answered = [answer(report, knowledge) for report in case_reports()]
    three = np.array([one.three["engine"] for one in answered])
    compared = {name: [one.three[name] for one in answered] for name in COMPARATORS}
    first = {name: [one.first[name] for one in answered] for name in COMPARATORS}
    read = [one.three["engine"] for one in answered if one.report.checked != "memory"]
    return [
        share("top3", three, at_least=0.7, compared={name: float(np.mean(hits)) for name, hits in compared.items()}),
        share(
            "top1",
            [one.first["engine"] for one in answered],
            compared={name: float(np.mean(hits)) for name, hits in first.items()},
        ),
        share("top3_read", read, at_least=0.7),
        _without_one_source(answered),
        *(share(part, [one.three["engine"] for one in answered if one.report.part == part]) for part in PARTS),
    ]


def answer(report: CaseReport, knowledge: Knowledge) -> Answered:
    """One case report, answered by all methods."""
    found: Detection = detect(report.case, knowledge)
    ranked: dict[str, Ranking] = {"engine": ranking(found.candidates)}
    ranked |= {name: rank(report.case, knowledge) for name, rank in COMPARATORS.items()}
    hits = {name: [_muscle(spot, knowledge) in report.found for spot in one_per_muscle(spots, knowledge)]
            for name, spots in ranked.items()}  # fmt: skip
    return Answered(
        report=report,
        first={name: any(hit[:1]) for name, hit in hits.items()},
        three={name: any(hit) for name, hit in hits.items()},
    )


def _muscle(spot: tuple[str, str], knowledge: Knowledge) -> tuple[str, str]:
    return knowledge.sites[spot[0]].muscle, spot[1]


def _without_one_source(answered: Sequence[Answered]) -> Row:
    """The lowest top-3 share when one source is left out, with the range over all of them."""
    shares = []
    for source in dict.fromkeys(one.report.source for one in answered):
        left = [one.three["engine"] for one in answered if one.report.source != source]
        shares.append(float(np.mean(left)))
    return Row(
        id="without_one_source",
        value=min(shares),
        unit="share",
        interval=(min(shares), max(shares)),
        of=len(shares),
    )


@cache
def case_reports() -> tuple[CaseReport, ...]:
    """All case reports. Raises ValueError (or CaseError) for one that cannot be read, naming it."""
    sources = tomli.loads((files(__package__) / "sources.toml").read_text(encoding="utf-8"))
    found: list[CaseReport] = []
    for part in PARTS:
        document = tomli.loads((files(__package__) / f"{part}.toml").read_text(encoding="utf-8"))
        found += [_report(part, entry, sources) for entry in document["case"]]
    if len({report.id for report in found}) < len(found):
        raise ValueError("two case reports have one id")
    return tuple(found)


def _report(part: str, entry: dict[str, Any], sources: dict[str, Any]) -> CaseReport:
    where = f"{part}.toml: {entry.get('id')}"
    if entry.keys() != {"id", "source", "checked", "about", "person", "pain", "answers", "found", "assumed"}:
        raise ValueError(f"{where}: fields are missing or unknown")
    if entry["source"] not in sources or entry["checked"] not in CHECKED:
        raise ValueError(f"{where}: its source or what was checked of it is not known")
    knowledge = load()
    found = tuple(_place(text) for text in entry["found"])
    if unknown := [muscle for muscle, _ in found if muscle not in knowledge.muscles]:
        raise ValueError(f"{where}: {unknown[0]} is not a muscle")
    document = {"schema": "unknot.case/1", "person": entry["person"], "answers": entry["answers"]}
    document["pain"] = [_area(text) for text in entry["pain"]]
    return CaseReport(
        id=entry["id"],
        part=part,
        source=entry["source"],
        checked=entry["checked"],
        about=entry["about"],
        case=read_case(document),
        found=found,
        assumed=tuple(entry["assumed"]),
    )


def _area(text: str) -> dict[str, Any]:
    region, side, *strength = text.split()
    area: dict[str, Any] = {"region": region, "side": side}
    return area | {"intensity": float(strength[0])} if strength else area


def _place(text: str) -> tuple[str, str]:
    muscle, side = text.split()
    return muscle, side
