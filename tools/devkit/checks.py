"""``dev check``: what can be said of the tree without running the product's own tests."""

from __future__ import annotations

import shutil
import subprocess
import time

from . import PYTHON, ROOT, VENV, proofs, say, setup

UI = ROOT / "ui"


def run() -> int:
    """Run every check, report all failures, exit status 1 when there was one."""
    wanted: list[tuple[str, list[str]]] = [
        ("style", [str(VENV / "bin" / "ruff"), "check", "."]),
        ("format", [str(VENV / "bin" / "ruff"), "format", "--check", "."]),
        ("types", [str(PYTHON), "-m", "mypy"]),
        ("layers", [str(VENV / "bin" / "lint-imports"), "--no-cache"]),
        ("knowledge", [str(PYTHON), "tools/knowledge_faults.py"]),
        ("documentation", [str(PYTHON), "-m", "pytest", "tests/docs"]),
    ]
    failures = [name for name, command in wanted if _fails(name, command)]
    if (UI / "tsconfig.json").exists() and _typescript_fails():
        failures.append("typescript")
    if (UI / "tests").exists() and _browser_code_fails():
        failures.append("browser code")
    stale = proofs.stale()
    for line in stale:
        say(line)
    if stale:
        failures.append("proofs")
    say("all checks hold" if not failures else "failed: " + ", ".join(failures))
    return 1 if failures else 0


def _fails(name: str, command: list[str], **more: object) -> bool:
    begun = time.monotonic()
    done = subprocess.run(command, cwd=more.pop("cwd", ROOT), capture_output=True, text=True, **more)  # type: ignore[call-overload]
    say(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'} ({time.monotonic() - begun:.1f} s)")
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return bool(done.returncode)


def _typescript_fails() -> bool:
    environment = setup.node_environment()
    node = shutil.which("node", path=(environment or {}).get("PATH"))
    if node is None:
        say("typescript: no Node found")
        return True
    compiler = UI / "node_modules" / "typescript" / "bin" / "tsc"
    return _fails("typescript", [node, str(compiler), "--noEmit", "-p", "."], cwd=UI, env=environment)


def _browser_code_fails() -> bool:
    """The tests of the code that runs in the browser, under Node, with rule vectors that Python has just valued."""
    environment = setup.node_environment()
    node = shutil.which("node", path=(environment or {}).get("PATH"))
    made, esbuild = UI / "node_modules" / ".tests", UI / "node_modules" / ".bin" / "esbuild"
    bundle = ["--bundle", "--platform=node", "--format=esm", f"--outdir={made}", "--log-level=warning"]
    names = sorted(path.stem for path in (UI / "tests").glob("*.test.ts"))
    return (
        node is None
        or _fails("rule vectors", [str(PYTHON), "tools/rule_vectors.py", "--many", str(made / "rule_vectors.json")])
        or _fails("bundle", [str(esbuild), *(f"tests/{n}.ts" for n in names), *bundle], cwd=UI, env=environment)
        or _fails("browser code", [node, "--test", *(str(made / f"{n}.js") for n in names)], cwd=UI, env=environment)
    )
