"""Two machines on one: the home computer with ``unknot serve --lan``, and a phone's browser that knows it by a name.

The phone is a browser with a home folder of its own. It trusts the authority as a real one does: the certificate is
in its store (NSS), put there with ``certutil``. The name leads to another loopback address than the computer's own.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from conftest import PHONE, ROOT
from playwright.sync_api import BrowserContext, Playwright

NAME = "unknot.test"
ADDRESS = "127.0.0.2"
PASSPHRASE = "four green apples sing"


class Home:
    """`unknot serve --lan` with a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {**os.environ, "UNKNOT_HOME": str(folder), "PYTHONPATH": str(ROOT / "src")}
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)
        self.run("passphrase", given=PASSPHRASE)
        self.log = folder / "serve.log"
        words = ["serve", "--lan", "--host", NAME, "--host", ADDRESS, "--no-browser", "--port", str(_two_free_ports())]
        with self.log.open("wb") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "unknot", *words],
                stdout=subprocess.PIPE,
                stderr=errors,
                env=self.environment,
                text=True,
            )
        self.said = ""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if re.search(r"https://\S+code=", line):
                break
        else:
            raise AssertionError(f"the server did not start: {self.said}{self.log.read_text()}")
        self.link = self._found(r"http://127\S+launch=\S+")
        self.http = self._found(rf"http://{NAME}:\d+")
        self.pair_link = self._found(r"https://\S+code=\S+")
        self.https = self.pair_link.partition("/pair/")[0]

    def _found(self, pattern: str) -> str:
        found = re.search(pattern, self.said)
        assert found, self.said
        return found[0]

    def run(self, *words: str, given: str = "") -> str:
        """One command on the home computer."""
        done = subprocess.run(
            [sys.executable, "-m", "unknot", *words],
            input=given + "\n", capture_output=True, text=True, env=self.environment, check=True,
        )  # fmt: skip
        return done.stdout

    def new_pair_link(self) -> str:
        found = re.search(r"https://\S+code=\S+", self.run("pair"))
        assert found
        return found[0]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)
        if self.process.stdout is not None:
            self.process.stdout.close()


@contextmanager
def phone(playwright: Playwright, folder: Path, authority: Path | None) -> Iterator[BrowserContext]:
    """A phone's browser; it trusts ``authority`` when one is given."""
    store = folder / ".pki" / "nssdb"
    store.mkdir(parents=True)
    certutil = shutil.which("certutil")
    assert certutil, "this test puts a certificate into a browser's store: apt install libnss3-tools"
    subprocess.run([certutil, "-d", f"sql:{store}", "-N", "--empty-password"], check=True)
    if authority is not None:
        trust = ["-A", "-t", "C,,", "-n", "unknot", "-i", str(authority)]
        subprocess.run([certutil, "-d", f"sql:{store}", *trust], check=True)
    chromium = os.environ.get("UNKNOT_CHROMIUM") or shutil.which("chromium")
    context = playwright.chromium.launch_persistent_context(
        str(folder / "profile"),
        executable_path=chromium,
        args=["--no-sandbox", f"--host-resolver-rules=MAP {NAME} {ADDRESS}"],
        env={**os.environ, "HOME": str(folder)},
        **PHONE,  # type: ignore[arg-type]
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


def _two_free_ports() -> int:
    """A port whose next one is free as well."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind((ADDRESS, port + 1))
            except OSError:
                continue
            return port
