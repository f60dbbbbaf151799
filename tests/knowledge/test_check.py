"""The cross-checks: the shipped knowledge passes them, and each damage is found and named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from unknot.knowledge import Knowledge, load
from unknot.knowledge.check import faults
from unknot.knowledge.model import Question, Source

KNOWN = load()


def test_the_shipped_knowledge_hangs_together():
    assert faults(KNOWN) == []


def with_entry(kind: str, id_: str, **change: Any) -> Knowledge:
    table = dict(getattr(KNOWN, kind))
    table[id_] = replace(table[id_], **change)
    return replace(KNOWN, **{kind: table})


DAMAGE: list[tuple[Knowledge, str]] = [
    (with_entry("muscles", "deltoid", access=("stick",)), "muscle deltoid, access: stick does not exist"),
    (
        with_entry("muscles", "deltoid", worse_with=("moonlight",)),
        "muscle deltoid, worse_with: moonlight does not exist",
    ),
    (
        with_entry("muscles", "deltoid", background=("onset_event.moon",)),
        "muscle deltoid, background: onset_event.moon does not exist",
    ),
    (
        with_entry("muscles", "deltoid", exercises=("somersault",)),
        "muscle deltoid, exercises: somersault does not exist",
    ),
    (with_entry("muscles", "deltoid", sources=()), "muscles, deltoid: cites no source"),
    (with_entry("muscles", "deltoid", sources=("GRIMM",)), "muscles, deltoid, sources: GRIMM does not exist"),
    (with_entry("muscles", "deltoid", cautions=9), "message muscle.deltoid.caution.9: is missing"),
    (with_entry("muscles", "deltoid", cautions=0), "message muscle.deltoid.caution.1: belongs to nothing"),
    (
        with_entry("regions", "flank", neighbours=("heel",)),
        "region flank: names heel as a neighbour, which does not name it back",
    ),
    (
        with_entry("regions", "lumbar_band", made_of=()),
        "region lumbar_band: an area has neighbours, a band or depth is made of areas, and neither both",
    ),
    (with_entry("access", "cane", tool="broom"), "access cane: broom does not exist"),
    (with_entry("access", "cane", postures=("hanging",)), "access cane, postures: hanging does not exist"),
    (
        replace(KNOWN, sources={**KNOWN.sources, "SPARE": Source(id="SPARE", citation="x", seen="own")}),
        "source SPARE: nothing cites it",
    ),
    (
        replace(
            KNOWN,
            questions={**KNOWN.questions, "spare": Question(id="spare", type="bool", group="course", sources=("TS",))},
        ),
        "question spare: no rule, gate or parameter uses it",
    ),
    (replace(KNOWN, detect={"odds": {"source": "GRIMM"}}), "detect: GRIMM does not exist"),
    (replace(KNOWN, safety={**KNOWN.safety, "x": {"rule": [{"sources": ["GRIMM"]}]}}), "safety: GRIMM does not exist"),
]


@pytest.mark.parametrize(("knowledge", "fault"), DAMAGE, ids=[fault[:50] for _, fault in DAMAGE])
def test_each_damage_is_found_and_named(knowledge: Knowledge, fault: str):
    assert fault in faults(knowledge)


def test_a_prior_outside_nought_to_one_is_found():
    prior = KNOWN.muscles["gluteus_medius"].priors["lbp_active"]
    damaged = with_entry("muscles", "gluteus_medius", priors={"lbp_active": replace(prior, hi=1.5)})
    assert "muscle gluteus_medius, priors.lbp_active: must have 0 <= lo <= hi <= 1" in faults(damaged)


def test_a_site_region_that_does_not_exist_is_found_whatever_its_side():
    muscle = KNOWN.muscles["deltoid"]
    site = replace(muscle.sites[0], secondary=("moon@contra",))
    damaged = with_entry("muscles", "deltoid", sites=(site, *muscle.sites[1:]))
    assert f"site {site.id}: moon does not exist" in faults(damaged)
