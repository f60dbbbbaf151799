"""The numbers of the network speak only of things that the rest of the knowledge has."""

from __future__ import annotations

from dataclasses import replace

import pytest
from detect import fit_calibration
from detect_cases import KNOWLEDGE, NETWORK

from unknot.detect.network import build
from unknot.detect.parameters import parameters
from unknot.knowledge.model import Knowledge
from unknot.knowledge.read import KnowledgeError
from unknot.messages import has

GIVEN = NETWORK.parameters


def _with(table: str, key: str, value: object) -> Knowledge:
    tables = {name: dict(tables) for name, tables in KNOWLEDGE.detect.items()}
    tables[table][key] = value
    return replace(KNOWLEDGE, detect=tables)


def test_every_number_names_a_source_that_exists() -> None:
    def sources(table: object) -> set[str]:
        if not isinstance(table, dict):
            return set()
        own = {table["source"]} if isinstance(table.get("source"), str) else set()
        return own.union(*(sources(value) for value in table.values()))

    cited = set().union(*(sources(dict(table)) for table in KNOWLEDGE.detect.values()))
    assert cited <= KNOWLEDGE.sources.keys()
    assert len(cited) > 5


def test_competing_causes_leave_room_for_none_of_them() -> None:
    assert 0.2 < 1.0 - sum(cause.share for cause in GIVEN.causes) < 0.8


def test_readings_ask_questions_and_values_that_exist() -> None:
    causes = {cause.id for cause in GIVEN.causes}
    for reading in GIVEN.readings:
        assert set(reading.causes) <= causes, reading.id
        if reading.condition is not None:
            assert reading.condition in KNOWLEDGE.conditions, reading.id
            continue
        assert reading.question is not None
        question = KNOWLEDGE.questions[reading.question]
        kinds = {"is": "bool", "has": "many_of", "within": "one_of", "at_least": "number"}
        assert question.type == kinds[reading.test], reading.id
        if isinstance(reading.value, tuple):
            assert set(reading.value) <= set(question.values), reading.id


def test_every_movement_is_a_value_of_its_question() -> None:
    for question, value in NETWORK.movements:
        assert value in KNOWLEDGE.questions[question].values


def test_every_aggravating_movement_of_a_muscle_belongs_to_a_family() -> None:
    grouped = {value for values in GIVEN.families.values() for value in values}
    assert {v for m in KNOWLEDGE.muscles.values() for v in m.worse_with} <= grouped


def test_complaints_cover_every_group_and_segments_only_known_regions() -> None:
    assert set(GIVEN.complaints) == {region.group for region in KNOWLEDGE.regions.values()}
    assert set(GIVEN.segment_of) <= set(KNOWLEDGE.regions)
    assert set(GIVEN.joined.values()) <= set(GIVEN.joined) | {"trunk"}


def test_no_prior_reaches_the_cap_before_anything_is_known() -> None:
    assert NETWORK.prior.max() < GIVEN.prior.greatest
    assert NETWORK.prior.min() > 0.0


def test_two_muscles_measured_as_one_share_the_figure() -> None:
    deep, outer = (NETWORK.prior[NETWORK.sites[site, "left"]] for site in ("qld1", "qls1"))
    assert deep == pytest.approx(outer)


def test_near_the_place_of_the_complaint_a_person_has_about_as_many_active_sites_as_were_counted() -> None:
    for state, row in zip(NETWORK.states, NETWORK.row, strict=True):
        if state.cause is None:
            odds = NETWORK.prior / (1.0 - NETWORK.prior) * NETWORK.raised[row]
            chance = odds / (1.0 + odds)
            near = NETWORK.raised[row] != 1.0
            assert chance[near].sum() == pytest.approx(GIVEN.prior.active_sites, rel=0.1)
            assert chance[~near].sum() < 0.5 * GIVEN.prior.active_sites


def test_a_nerve_root_and_what_draws_like_it_differ_in_no_finding_of_the_drawing() -> None:
    places = {(state.cause, state.side): number for number, state in enumerate(NETWORK.states)}
    root, other = places["root_s1", "left"], places["root_s1_alike", "left"]
    assert (NETWORK.draws[root] == NETWORK.draws[other]).all()
    assert (NETWORK.raised[NETWORK.row[root]] == NETWORK.raised[NETWORK.row[other]]).all()


def test_spillover_two_joints_away_is_weaker_than_spillover_next_door() -> None:
    # Supraspinatus: the outer upper arm is one joint from the shoulder blade, the forearm two.
    site = NETWORK.sites["sup1", "left"]
    near = NETWORK.spill[site, NETWORK.regions["arm_side", "left"]]
    assert NETWORK.spill[site, NETWORK.regions["forearm_radial", "left"]] < 0.7 * near


def test_a_reading_that_points_both_ways_is_refused() -> None:
    table = dict(KNOWLEDGE.detect["answers"]["electric_bursts"]) | {
        "no": {"value": 1.2, "unit": "ratio", "source": "VROOMEN", "basis": "proposal", "date": "2026-11-22"}
    }
    with pytest.raises(KnowledgeError, match="electric_bursts: of yes and no"):
        parameters(_with("answers", "electric_bursts", table))


def test_a_number_that_nobody_reads_is_refused() -> None:
    table = dict(KNOWLEDGE.detect["network"]["drawing"]) | {"blurr": KNOWLEDGE.detect["network"]["drawing"]["fade"]}
    with pytest.raises(KnowledgeError, match=r"drawing\.blurr: is not a field here"):
        build(_with("network", "drawing", table))


def test_the_recalibration_was_fitted_on_these_people_and_this_network() -> None:
    written = (fit_calibration.DATA / "calibration.toml").read_text(encoding="utf-8")
    assert fit_calibration.fingerprint() in written, "run tools/detect/fit_calibration.py"


def test_every_sentence_that_the_detector_may_say_exists() -> None:
    for question, value in NETWORK.movements:
        assert has(f"finding.{question}.{value}")
    for activity in NETWORK.activities:
        assert has(f"finding.activities.{activity}")
    for reading in GIVEN.readings:
        if reading.question is None:
            assert has(f"finding.conditions.{reading.condition}")
        else:
            assert has(f"question.{reading.question}.tile")
            assert has(f"question.{reading.question}.why")
