"""``dev test``: every suite in its own process, the time of each, and one closing line for all."""

from __future__ import annotations

import os
import re
import subprocess
import time

from . import PYTHON, ROOT, say, setup

EVERY_CORE = ("-n", "auto", "--maxprocesses=4", "--dist=worksteal")
SUITES: dict[str, list[str]] = {
    # name -> what pytest is given. "quick" needs no browser, no PostgreSQL and no other process than its own.
    "quick": ["tests", "--ignore=tests/e2e", "-m", "not postgres and not programs", *EVERY_CORE],
    "programs": ["tests", "--ignore=tests/e2e", "-m", "programs and not postgres", *EVERY_CORE],
    "postgres": ["tests/app", "-m", "postgres"],
    "browser": ["tests/e2e"],
}
NAMES = tuple(SUITES)


def run(only: list[str]) -> int:
    """Run the named suites (all when none is named). Exit status 1 when one failed or could not run."""
    status, totals, times = 0, {"passed": 0, "failed": 0, "skipped": 0}, []
    for name in only or NAMES:
        if not all((ROOT / word).exists() for word in SUITES[name] if word.startswith("tests")):
            continue
        say(f"suite {name}")
        begun = time.monotonic()
        failed, counts = _suite(SUITES[name])
        times.append(f"{name} {time.monotonic() - begun:.0f} s")
        status = status or failed
        for outcome, number in counts.items():
            totals[outcome] += number
    say("times: " + ", ".join(times))
    print(f"{totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped", flush=True)
    return status


def _suite(words: list[str]) -> tuple[int, dict[str, int]]:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    if browser := setup.chromium():
        environment["UNKNOT_CHROMIUM"] = browser
    if postgres := setup.postgres_bin():
        environment["UNKNOT_POSTGRES_BIN"] = str(postgres)
    command = [str(PYTHON), "-m", "pytest", *words]
    closing = ""
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            closing = line if re.search(r"\b(passed|failed|error|skipped|no tests ran)\b", line) else closing
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for number, outcome in re.findall(r"(\d+) (passed|failed|errors?|skipped|xfailed)", closing):
        kind = "failed" if outcome.startswith("error") else "skipped" if outcome == "xfailed" else outcome
        counts[kind] += int(number)
    return process.returncode, counts
