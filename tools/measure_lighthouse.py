"""Measure: Lighthouse (mobile profile, simulated slow 4G and a processor four times slower) on five screens.

Performance and best practices at least 95, accessibility 100, largest paint within 1.5 s, at most 60 KB of scripts as
sent at a first load. A real server, a real Chromium with an empty cache at each screen; the middle one of three runs
counts. The processor counts as four times slower than this machine, so it means something on an idle machine only.
Lighthouse is installed for this alone, from tools/lighthouse/package-lock.json.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "e2e"), str(ROOT / "tools")]

from conftest import PHONE, Server  # noqa: E402
from devkit import setup  # noqa: E402
from hands import Finger, Walk  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

TOOL = ROOT / "tools" / "lighthouse"
RUNS = 3
ATTEMPTS = 3
BOUNDS = {"performance": 95, "accessibility": 100, "best-practices": 95}
LCP_MS, SCRIPT_BYTES = 1500, 60_000


def install() -> tuple[list[str], dict[str, str]]:
    """The command that runs Lighthouse."""
    npm = setup._npm()
    assert npm is not None, "there is no Node"
    command, environment = npm
    if not (TOOL / "node_modules" / ".package-lock.json").exists():
        quiet = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        subprocess.run([*command, *quiet], cwd=TOOL, env=environment, check=True, stdout=sys.stderr)
    node = shutil.which("node", path=environment["PATH"])
    assert node is not None
    return [node, str(TOOL / "node_modules" / "lighthouse" / "cli" / "index.js")], environment


class Tool:
    """Lighthouse at the browser that the walk uses."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.command, self.environment = install()

    def look(self, url: str) -> dict[str, Any]:
        """The middle run of three."""
        runs = sorted((self._once(url) for _ in range(RUNS)), key=lambda run: run["lcp_ms"])
        return runs[RUNS // 2]

    def _once(self, url: str) -> dict[str, Any]:
        words = ["--quiet", "--output=json", "--form-factor=mobile", f"--port={self.port}"]
        only = f"--only-categories={','.join(BOUNDS)}"
        for _ in range(ATTEMPTS):  # on a busy machine the browser now and then loses the beginning of a recording
            done = subprocess.run(
                [*self.command, url, *words, only], env=self.environment, capture_output=True, text=True, check=False
            )
            if done.returncode == 0:
                break
        assert done.returncode == 0, done.stderr[-2000:]
        report = json.loads(done.stdout)
        assert report["finalDisplayedUrl"] == url, report["finalDisplayedUrl"]
        audits = report["audits"]
        requests = audits["network-requests"]["details"]["items"]
        return {
            **{name: round(100 * report["categories"][name]["score"]) for name in BOUNDS},
            "lcp_ms": round(audits["largest-contentful-paint"]["numericValue"]),
            "blocked_ms": round(audits["total-blocking-time"]["numericValue"]),
            "shift": round(audits["cumulative-layout-shift"]["numericValue"], 4),
            "script_bytes": sum(one["transferSize"] for one in requests if one.get("resourceType") == "Script"),
            "bytes": sum(one["transferSize"] for one in requests),
            "wrong": sorted(
                audit["id"]
                for category in report["categories"].values()
                for audit in (audits[ref["id"]] for ref in category["auditRefs"] if ref["weight"])
                if audit["score"] is not None and audit["score"] < 0.9
            ),
        }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measured(link_of: Server, folder: Path) -> dict[str, dict[str, Any]]:
    port = free_port()
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(folder),
            executable_path=os.environ.get("UNKNOT_CHROMIUM") or setup.chromium(),
            args=["--no-sandbox", f"--remote-debugging-port={port}"],
            **PHONE,  # type: ignore[arg-type]
        )
        page, tool, found = context.new_page(), Tool(port), {}
        page.goto(link_of.link)
        found["welcome"] = tool.look(f"{link_of.origin}/")
        walk = Walk(page, Finger)
        walk.to_first_question()
        found["question"] = tool.look(page.url)
        found["body map"] = tool.look(f"{page.url.split('/check/')[0]}/pain/")
        walk.answer_all()
        found["spots"] = tool.look(page.url)
        walk.press_spot()
        walk.to_set_up()
        walk.set_up()
        found["player"] = tool.look(page.url)
        context.close()
    return found


def main() -> int:
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as folder:
        server = Server(Path(home))
        try:
            found = measured(server, Path(folder))
        finally:
            server.stop()
    missed = [
        f"{screen}: {what} {run[key]}"
        for screen, run in found.items()
        for key, what, fits in [
            *((name, name, run[name] >= bound) for name, bound in BOUNDS.items()),
            ("lcp_ms", "largest paint, ms:", run["lcp_ms"] <= LCP_MS),
            ("script_bytes", "bytes of scripts:", run["script_bytes"] <= SCRIPT_BYTES),
        ]
        if not fits
    ]
    print(json.dumps({"screens": found, "missed": missed}, indent=1))
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
