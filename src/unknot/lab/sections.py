"""The sections of the table of checks. To add one: write a module with ``rows(people)`` and name it here.

``rows(people: int) -> list[Row]`` measures everything and returns its rows in the order in which they are read.
``people`` is how many made-up people a section may draw; a section that draws nobody leaves it alone. The words of a
section are messages: ``lab.section.<name>`` its title, ``lab.row.<name>.<row id>`` a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from unknot.lab.rows import Row

SECTIONS = {
    "detection": "unknot.lab.detection",
    "case_reports": "unknot.lab.case_reports",
    "exactness": "unknot.lab.exactness",
    "triage": "unknot.lab.triage",
    "contact": "unknot.lab.contact",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The rows of one section."""

    name: str
    rows: tuple[Row, ...]


def measure(name: str, people: int) -> Section:
    """Run one section. KeyError for a name that is not in SECTIONS."""
    return Section(name=name, rows=tuple(import_module(SECTIONS[name]).rows(people)))
