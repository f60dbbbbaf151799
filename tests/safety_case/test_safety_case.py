"""The safety case: every hazard has controls, every control code and tests, and the page is what they say."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import safety_case

from unknot.knowledge import load
from unknot.safety.rows import rows

ROOT = Path(__file__).parents[2]
LOG = safety_case.hazards()
CODE = {path for hazard in LOG for control in hazard["control"] for path in control["code"]}


def test_every_control_names_code_and_tests_that_are_there():
    assert list(safety_case.faults(LOG)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tests": ["safety/test_gate.py::test_that_was_never_written"]}, "has no test test_that_was_never_written"),
        ({"tests": ["safety/test_nothing.py::test_x"]}, "there is no tests/safety/test_nothing.py"),
        ({"tests": ["ui/tests/bodymap.test.ts::nobody"]}, "has no test 'nobody'"),
        ({"tests": []}, "without code or without a test"),
        ({"code": ["src/unknot/safety/nothing.py"]}, "there is no src/unknot/safety/nothing.py"),
        ({"kind": "hope"}, "kind 'hope'"),
    ],
)
def test_a_control_that_is_not_there_is_named(change, said):
    broken = copy.deepcopy(LOG[:1])
    broken[0]["control"][0] |= change
    (fault,) = safety_case.faults(broken)
    assert fault.startswith("H-01")
    assert said in fault


def test_a_hazard_without_a_control_is_named():
    assert list(safety_case.faults(({**LOG[0], "control": []},))) == ["H-01: no control"]


def test_a_test_that_is_skipped_holds_nothing(monkeypatch):
    monkeypatch.setattr(safety_case, "_tests", lambda path: {"test_x": "pytest.mark.skip(reason='later')"})
    assert "is skipped" in str(safety_case.untested("safety/test_gate.py::test_x"))


def test_hazards_are_told_apart_and_numbered_in_a_row():
    assert [hazard["id"] for hazard in LOG] == [f"H-{number:02}" for number in range(1, len(LOG) + 1)]
    assert len({hazard["title"] for hazard in LOG}) == len(LOG)


@pytest.mark.parametrize("room", ["safety", "plan"])
def test_every_module_that_decides_about_safety_stands_in_a_control(room):
    modules = {str(path.relative_to(ROOT)) for path in (ROOT / "src" / "unknot" / room).glob("[!_]*.py")}
    assert modules - CODE == set()


def test_controls_never_raise_a_risk_and_none_stays_unacceptable():
    assert all(safety_case.risk(one, "after") <= safety_case.risk(one, "before") for one in LOG)
    assert max(safety_case.risk(one, "after") for one in LOG) < 5


@pytest.mark.parametrize("number", sorted(rows(load())))
def test_every_row_of_the_review_is_held_by_a_test(number):
    assert safety_case.held(rows(load())[number])


def test_the_page_says_first_that_no_clinician_has_signed():
    assert "**No clinician has signed this.**" in safety_case.document()[:600]


def test_the_page_is_what_its_sources_say_now():
    page = (ROOT / "docs" / "safety-case.md").read_text(encoding="utf-8")
    assert page == safety_case.document(), "run: python tools/reference.py"
