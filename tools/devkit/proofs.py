"""``dev prove``: the long proofs. Each writes proofs/<name>.json with the hash of its inputs; ``dev check`` compares.

A proof is a script under tools/proofs/ that names its inputs (glob patterns from the root) in a line
``INPUTS = [...]`` and prints one JSON document, its result, on standard output.
"""

from __future__ import annotations

import ast
import json
import subprocess
import time
from pathlib import Path

from . import PYTHON, ROOT, say, setup

SCRIPTS = ROOT / "tools" / "proofs"
RESULTS = ROOT / "proofs"


def run(only: list[str]) -> int:
    """Run the named proofs (all when none is named) and keep what they print."""
    RESULTS.mkdir(exist_ok=True)
    status = 0
    for script in _scripts():
        if only and script.stem not in only:
            continue
        begun = time.monotonic()
        say(f"proof {script.stem}")
        done = subprocess.run([PYTHON, script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        if done.returncode:
            print(done.stdout)
            say(f"proof {script.stem} FAILED")
            status = 1
            continue
        result = {"inputs": _inputs_hash(script), "result": json.loads(done.stdout)}
        (RESULTS / f"{script.stem}.json").write_text(json.dumps(result, indent=1, sort_keys=True) + "\n")
        say(f"proof {script.stem} holds ({time.monotonic() - begun:.0f} s)")
    return status


def stale() -> list[str]:
    """One sentence for every proof whose inputs have changed since it was run."""
    said = []
    for script in _scripts():
        result = RESULTS / f"{script.stem}.json"
        if not result.exists():
            said.append(f"proof {script.stem} was never run: python3 dev prove {script.stem}")
        elif json.loads(result.read_text())["inputs"] != _inputs_hash(script):
            said.append(f"proof {script.stem} is stale: python3 dev prove {script.stem}")
    return said


def _scripts() -> list[Path]:
    return sorted(path for path in SCRIPTS.glob("*.py") if not path.stem.startswith("_"))


def _inputs_hash(script: Path) -> str:
    for node in ast.parse(script.read_text()).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "INPUTS":
            patterns = ast.literal_eval(node.value)
            paths = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
            return setup.fingerprint(sorted(p for p in paths | {script} if "__pycache__" not in p.parts))
    raise SystemExit(f"{script.name}: a proof names its inputs in a line INPUTS = [...]")
