"""The real server in a process of its own, with a folder of its own, and a browser's share of HTTP."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

CODE = """
from unknot.app.commands import serve
serve(port=%d, open_browser=False, say=lambda line: print(line, flush=True))
"""
SOURCE = Path(__file__).parents[2] / "src"


def any_port() -> int:
    """A port that nothing uses; not a fixed one, because several runs of the tests may share a machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """``with Server(home) as server: server.get("/")``"""

    def __init__(self, home: Path, port: int | None = None) -> None:
        environment = {**os.environ, "UNKNOT_HOME": str(home), "PYTHONPATH": str(SOURCE)}
        environment.pop("UNKNOT_LAUNCH_TOKEN", None)
        self.log = (home / "stderr.txt").open("w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-c", CODE % (any_port() if port is None else port)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            start_new_session=True,
        )
        self.said = ""
        self.cookies: dict[str, str] = {}
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            found = re.search(r"http://\S+", line)
            if found:
                self.url = found[0]
                break
        else:
            raise AssertionError(f"the server did not start: {self.said}{self.errors()}")
        self.port = urlsplit(self.url).port or 0

    def open(self) -> Server:
        """Open the launch link, as the browser does."""
        status, _, _ = self.request("GET", "/?" + urlsplit(self.url).query)
        assert status == 302
        return self

    def request(
        self, method: str, path: str, body: str | None = None, **headers: str
    ) -> tuple[int, dict[str, str], str]:
        """One request on a connection of its own; underscores in header names stand for hyphens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for value in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(value).items()}
        return response.status, {name.lower(): value for name, value in response.getheaders()}, text

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, dict[str, str], str]:
        """Send a form the way our own page does."""
        body = urlencode({"csrfmiddlewaretoken": self.cookies.get("unknot_csrf", ""), **fields})
        origin = f"http://127.0.0.1:{self.port}"
        return self.request("POST", path, body, Content_Type="application/x-www-form-urlencoded", Origin=origin)

    def errors(self) -> str:
        self.log.flush()
        return Path(self.log.name).read_text(encoding="utf-8")

    def kill(self) -> None:
        """Power off: no goodbye to any process."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.kill()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.log.close()
