"""A real server, a real Chromium: what people touch is tested by touching it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

ROOT = Path(__file__).parent.parent.parent
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One for the whole run: a second one beside it is refused."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = os.environ.get("UNKNOT_CHROMIUM") or shutil.which("chromium")
    assert chromium, "these tests drive the system's Chromium: apt install chromium"
    # --no-sandbox: Chromium's sandbox refuses to run as root, which is who runs a build machine.
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    yield browser
    browser.close()


def _free_port() -> int:
    """A port of its own, so that servers started at the same time do not want the same."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`unknot serve` with a data folder of its own."""

    def __init__(self, home: Path, port: int | None = None, source: Path = ROOT / "src") -> None:
        """``port``: the one it had before; ``source``: another version of the program."""
        environment = {**os.environ, "UNKNOT_HOME": str(home), "PYTHONPATH": str(source)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        self.log = home / "serve.log"
        with self.log.open("wb") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "unknot", "serve", "--no-browser", "--port", str(port or _free_port())],
                stdout=subprocess.PIPE,
                stderr=errors,
                env=environment,
                text=True,
            )
        self.link = self._link()
        self.origin = self.link.split("/?")[0]
        self.port = int(self.origin.rsplit(":", 1)[1])
        self.home = home

    def _link(self) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if found := re.search(r"http://\S+launch=\S+", line):
                return found[0]
        raise AssertionError(f"the server did not start: {self.log.read_text()}")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)
        if self.process.stdout is not None:
            self.process.stdout.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    started = Server(tmp_path)
    yield started
    started.stop()


@pytest.fixture(params=["phone", "desktop"])
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """Both sizes: a phone with touch, and a desktop."""
    made = browser.new_context(**(PHONE if request.param == "phone" else DESKTOP))  # type: ignore[arg-type]
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, server: Server) -> Page:
    """A page that has opened the launch link; it fails the test on any fault of a script or of the page's policy."""
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
    page.goto(server.link)
    return page
