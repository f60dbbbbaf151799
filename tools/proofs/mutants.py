"""Proof: every fault put into the rule evaluator or the gate is noticed by a test, and every branch of them is tested.

Mutants of the modules below (tools/mutants.py) are tried against the tests of the same room. One that no test notices
must stand in EXPLAINED with the reason why it changes nothing, and every explanation must still be needed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

INPUTS = [
    "src/unknot/safety/evaluate.py",
    "src/unknot/safety/gate.py",
    "tests/safety/people.py",
    "tests/safety/test_gate.py",
    "tests/safety/test_gate_branches.py",
    "tests/safety/test_precautions.py",
    "tests/safety/test_rule_vectors.py",
    "tests/safety/test_rules.py",
    "tests/vectors/rules.json",
    "tools/mutants.py",
]
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools"), str(ROOT / "tests"), str(ROOT / "tests" / "safety")]
sys.path.remove(str(Path(__file__).parent))  # or this file would stand in the way of tools/mutants.py
os.chdir(ROOT)

from mutants import Mutant, killed, mutants

TESTS: dict[str, list[str]] = {
    "gate": ["test_gate_branches", "test_gate", "test_precautions"],
    "evaluate": ["test_rules", "test_rule_vectors"],
}
"""Module of unknot.safety -> the tests that are to notice its mutants, the likeliest first."""

TOO_SLOW = (
    *("more_earlier_sessions_never", "clearance_is_given_only_on", "no_case_with_an_open", "nobody_is_sent"),
    *("another_condition_never", "higher_age_never", "order_of_conditions"),
)
"""Laws over drawn people, left out here: what notices a fault only now and then proves nothing about it."""

_WITHOUT_LAWS = ["-k", " and ".join(f"not {one}" for one in TOO_SLOW)]

EXPLAINED: dict[str, str] = {}
"""Mutants that change nothing that anybody could see, and why."""


def main(only: list[str]) -> int:
    import hypothesis  # noqa: F401
    import pytest  # noqa: F401

    from unknot.knowledge import load

    load()  # read once; every child has it
    assert not any(name.startswith("unknot.safety") for name in sys.modules)
    counts, survivors = {}, []
    for module, tests in TESTS.items():
        if only and module not in only:
            continue
        source = (ROOT / "src" / "unknot" / "safety" / f"{module}.py").read_text(encoding="utf-8")
        name = f"unknot.safety.{module}"
        words = [f"tests/safety/{test}.py" for test in tests] + _WITHOUT_LAWS
        assert not killed(Mutant(name, "nothing", source), words), f"{module}: the tests fail without any fault"
        tried, alive = list(mutants(name, source)), []
        for mutant in tried:
            if not killed(mutant, words):
                alive.append(mutant.name)
                print(mutant.name, file=sys.stderr, flush=True)
        counts[module] = {"mutants": len(tried), "killed": len(tried) - len(alive)}
        survivors += alive
    unexplained = sorted(set(survivors) - set(EXPLAINED))
    needless = [] if only else sorted(set(EXPLAINED) - set(survivors))
    untested = {} if only else _untested()
    result = {
        "modules": counts,
        "explained": {name: EXPLAINED[name] for name in survivors if name in EXPLAINED},
        "unexplained": unexplained,
        "needless_explanations": needless,
        "untested_branches": untested,
    }
    print(json.dumps(result))
    return 1 if unexplained or needless or untested else 0


def _untested() -> dict[str, object]:
    """Lines and branches of the modules that these tests never take."""
    with tempfile.TemporaryDirectory() as folder:
        data = ["--data-file", f"{folder}/data"]
        include = ",".join(f"src/unknot/safety/{module}.py" for module in TESTS)
        tests = sorted({f"tests/safety/{test}.py" for names in TESTS.values() for test in names})
        run = [sys.executable, "-m", "coverage", "run", "--branch", *data, f"--include={include}", "-m", "pytest", "-q"]
        quietly = {"check": True, "stdout": subprocess.DEVNULL, "env": {**os.environ, "PYTHONPATH": "src"}}
        subprocess.run([*run, "-p", "no:cacheprovider", *tests, *_WITHOUT_LAWS], **quietly)  # type: ignore[call-overload]
        report = [sys.executable, "-m", "coverage", "json", "-q", *data, "-o", f"{folder}/report.json"]
        subprocess.run(report, check=True)
        files = json.loads(Path(folder, "report.json").read_text())["files"]
    assert len(files) == len(TESTS), sorted(files)
    return {
        name: {"lines": told["missing_lines"], "branches": told["missing_branches"]}
        for name, told in files.items()
        if told["missing_lines"] or told["missing_branches"]
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
