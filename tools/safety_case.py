"""Write docs/safety-case.md from the hazard log, the rows of the safety review and the tests."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from unknot.knowledge import load
from unknot.safety.rows import Row, rows

ROOT = Path(__file__).parent.parent
LOG = ROOT / "docs" / "safety" / "hazards.toml"
PAGE = ROOT / "docs" / "safety-case.md"

SEVERITIES = ("minor", "significant", "considerable", "major", "catastrophic")
LIKELIHOODS = ("very_low", "low", "medium", "high", "very_high")
KINDS = ("design", "protective", "information")
RISK = {  # from 1 (acceptable) to 5 (unacceptable): likelihood, then severity from minor to catastrophic
    "very_high": (3, 4, 4, 5, 5),
    "high": (2, 3, 3, 4, 5),
    "medium": (2, 2, 3, 3, 4),
    "low": (1, 2, 2, 3, 4),
    "very_low": (1, 1, 2, 2, 3),
}
HELD_BY = {  # where everything of a kind is tested, rule by rule
    "precautions": "tests/safety/test_precautions.py",
    "site_rules": "tests/safety/test_site_rules.py",
    "stops": "tests/safety/test_stop_rules.py",
    "no_effect": "tests/safety/test_precautions.py",
    "questions": "tests/messages/test_message_catalogue.py",
}

HEAD = """# Safety case

Written by `tools/safety_case.py` from [the hazard log](safety/hazards.toml), the rows of the safety review
(`src/unknot/knowledge/safety/rows.toml`) and the tests; do not edit by hand.

**No clinician has signed this.** Severity, likelihood and what remains are our own judgement, made in the manner of
ISO 14971 and of the hazard log of DCB0129, without the clinical safety officer whom that standard asks for. Nobody
has tried Unknot on people under observation. What it is meant for and who may not use it stands in
[the intended use](../INTENDED_USE.md). Whoever wants to use it in care needs a safety case of their own.

How it is kept true: a test fails when a control names code or a test that is not there, when a module that decides
about safety stands in no control, when a test named here is skipped, or when this page is older than its sources. The
tests themselves run with every change; one that fails stops the change.

How well the screening finds dangerous causes among published people is measured apart, in
[the public triage test](triage.md).
"""


def document() -> str:
    """The whole page."""
    log = hazards()
    parts = [HEAD, _overview(log), *(_hazard(one) for one in log), _review()]
    return "\n".join(parts)


@cache
def hazards() -> tuple[dict[str, Any], ...]:
    """The entries of the hazard log, as written."""
    return tuple(tomllib.loads(LOG.read_text(encoding="utf-8"))["hazard"])


def risk(hazard: dict[str, Any], when: str) -> int:
    """1 (acceptable) to 5 (unacceptable) ``before`` or ``after`` the controls."""
    return RISK[hazard[when]][SEVERITIES.index(hazard["severity"])]


def faults(log: tuple[dict[str, Any], ...]) -> Iterator[str]:
    """What does not hold: a sentence for each control that names something that is not there, for each bad word."""
    for hazard in log:
        for key, known in (("severity", SEVERITIES), ("before", LIKELIHOODS), ("after", LIKELIHOODS)):
            if hazard[key] not in known:
                yield f"{hazard['id']}: {key} {hazard[key]!r} is none of {', '.join(known)}"
        if not hazard.get("control"):
            yield f"{hazard['id']}: no control"
        for control in hazard.get("control", ()):
            yield from _control_faults(hazard["id"], control)


def _control_faults(id: str, control: dict[str, Any]) -> Iterator[str]:
    if control["kind"] not in KINDS:
        yield f"{id}: kind {control['kind']!r} is none of {', '.join(KINDS)}"
    if not control["code"] or not control["tests"]:
        yield f"{id}: a control without code or without a test"
    for path in control["code"]:
        if not (ROOT / path).exists():
            yield f"{id}: there is no {path}"
    for test in control["tests"]:
        if (why := untested(test)) is not None:
            yield f"{id}: {why}"


def untested(test: str) -> str | None:
    """Why this "file::name" is no test that runs; None when it is one."""
    file, _, name = test.partition("::")
    path = ROOT / (file if file.startswith(("ui/", "tests/")) else f"tests/{file}")
    if not path.exists():
        return f"there is no {path.relative_to(ROOT)}"
    if path.suffix == ".ts":
        return None if f'test("{name}"' in path.read_text(encoding="utf-8") else f"{file} has no test {name!r}"
    found = _tests(path).get(name)
    if found is None:
        return f"{file} has no test {name}"
    return f"{test} is skipped" if "skip" in found or "xfail" in found else None


@cache
def _tests(path: Path) -> dict[str, str]:
    """The names of the tests of a file with their decorators."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name: " ".join(ast.unparse(one) for one in node.decorator_list)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def _overview(log: tuple[dict[str, Any], ...]) -> str:
    lines = [
        "## Hazards at a glance\n",
        "Risk by severity and likelihood, before and with the controls, on the scale of DCB0129 as we remember it: 1",
        "acceptable; 2 acceptable where lowering it further costs more than it gains; 3 bearable only where it cannot",
        "be lowered further; 4 must be lowered; 5 not acceptable. What stands at 4 keeps Unknot out of care until",
        "people from outside have looked: clinicians at the rules, readers at the words, others at the cases.\n",
        "| Hazard | | Severity | Before | With controls | Tests |",
        "|---|---|---|---|---|---|",
    ]
    for one in log:
        tests = len({test for control in one["control"] for test in control["tests"]})
        before, after = (f"{_plain(one[when])}, {risk(one, when)}" for when in ("before", "after"))
        lines.append(f"| {one['id']} | {one['title']} | {one['severity']} | {before} | {after} | {tests} |")
    return "\n".join(lines) + "\n"


def _hazard(one: dict[str, Any]) -> str:
    lines = [
        f"## {one['id']} {one['title']}\n",
        f"**Harm:** {one['harm']}  ",
        f"**Causes:** {' '.join(one['causes'])}  ",
        f"**Risk:** {one['severity']}; {_plain(one['before'])} before ({risk(one, 'before')}), "
        f"{_plain(one['after'])} with the controls ({risk(one, 'after')}).\n",
        "| Control | Kind | Code | Tests |",
        "|---|---|---|---|",
    ]
    for control in one["control"]:
        code = "<br>".join(f"`{path.removeprefix('src/unknot/')}`" for path in control["code"])
        tests = "<br>".join(f"`{_short(test)}`" for test in control["tests"])
        lines.append(f"| {control['does']} | {control['kind']} | {code} | {tests} |")
    return "\n".join([*lines, "", f"**What remains:** {one['left']}\n"])


def _review() -> str:
    found = rows(load())
    scenarios = _scenarios_by_rule()
    lines = [
        "## The safety review, row by row\n",
        "Every row of the review of 2026-11-22: what it asks, what carries it out, and what holds it. A screening rule",
        "is held by scenarios in `tests/scenarios/` (the first is named) and by the laws of",
        "`tests/safety/test_screen_laws.py`.\n",
        "| Row | | What it asks | Carried out by | Held by |",
        "|---|---|---|---|---|",
    ]
    for number, row in found.items():
        carried = "; ".join(_carriers(row)) or "-"
        answer = f" {row.answer}" if row.answer else ""
        held = "<br>".join(_held(row, scenarios))
        lines.append(f"| {number} | {row.severity} | {row.asks} | {carried}.{answer} | {held} |".replace("-.", ""))
    return "\n".join(lines) + "\n"


def _carriers(row: Row) -> Iterator[str]:
    for kind in ("rules", "precautions", "site_rules", "stops", "no_effect", "questions"):
        ids = getattr(row, kind)
        if ids:
            yield f"{kind.replace('_', ' ')} {', '.join(f'`{id}`' for id in ids)}"


def _held(row: Row, scenarios: dict[str, list[str]]) -> Iterator[str]:
    told = [title for rule in row.rules for title in scenarios.get(rule, ())]
    if told:
        yield f"{len(told)} scenarios, among them: {told[0]}"
    for kind, file in HELD_BY.items():
        if getattr(row, kind):
            yield f"`{_short(file)}`"
    yield from (f"`{_short(test)}`" for test in row.tests)


def held(row: Row) -> tuple[str, ...]:
    """What holds a row of the review: scenarios, test files, tests."""
    return tuple(_held(row, _scenarios_by_rule()))


@cache
def _scenarios_by_rule() -> dict[str, list[str]]:
    """The titles of the scenarios in which a rule must be among the reasons."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests" / "scenarios").glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            for rule in entry.get("because", ()):
                found.setdefault(rule, []).append(entry["title"])
    return found


def _plain(word: str) -> str:
    return word.replace("_", " ")


def _short(test: str) -> str:
    return re.sub(r"^tests/", "", test)


if __name__ == "__main__":
    wrong = list(faults(hazards()))
    if wrong:
        raise SystemExit("\n".join(wrong))
    PAGE.write_text(document(), encoding="utf-8")
