"""The people from case reports: readable, sourced, spread over the body, and not from sources of the knowledge."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

from unknot.knowledge import load
from unknot.lab import case_reports as section
from unknot.lab.case_reports import PARTS, case_reports, rows

KNOWLEDGE = load()
SOURCES = tomllib.loads((Path(section.__file__).parent / "sources.toml").read_text())


def test_there_are_at_least_thirty_people_from_several_sources_in_each_part_of_the_body():
    reports = case_reports()
    assert len(reports) >= 30
    sources = {part: {report.source for report in reports if report.part == part} for part in PARTS}
    assert all(len(found) >= 3 for found in sources.values())
    assert {report.source for report in reports} == set(SOURCES)


def test_a_source_gives_only_a_few_people_so_that_none_decides_the_result():
    assert max(Counter(report.source for report in case_reports()).values()) <= 3


def test_no_source_of_the_knowledge_is_used_to_check_it():
    known = " ".join(source.citation for source in KNOWLEDGE.sources.values())
    used = [
        source["citation"].rsplit("doi ", 1)[1].split()[0]
        for source in SOURCES.values()
        if "doi " in source["citation"]
    ]
    assert not [doi for doi in used if doi.rstrip(".") in known]


def test_nobody_is_said_to_have_been_pressed():
    # What an examiner felt by hand is the answer, not something the person could have told.
    assert not [report.id for report in case_reports() if report.case.palpation]


def test_every_row_has_people_and_the_bar_stands_at_seventy_per_cent(monkeypatch):
    two_of_each = [report for part in PARTS for report in [r for r in case_reports() if r.part == part][:2]]
    monkeypatch.setattr(section, "case_reports", lambda: two_of_each)
    measured = {row.id: row for row in rows(1)}
    assert measured["top3"].at_least == 0.7
    assert all(row.value is not None and row.of for row in measured.values())
