"""``unknot serve``: the app on this machine's loopback address, opened in the browser."""

from __future__ import annotations

import http.client
import ipaddress
import os
import secrets
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable

from unknot.app.shell.launch import PARAMETER, TOKEN_SETTING
from unknot.messages import render

FIRST_PORT = 8642
PORTS_TRIED = 20
THREADS = 4  # requests handled at once; one person's browser opens no more
START_TIMEOUT_S = 60.0


class ServeError(Exception):
    """The app cannot be served; the message says why in one sentence."""


def serve(host: str, port: int | None, open_browser: bool, say: Callable[[str], None]) -> None:
    """Serve until interrupted. ``say`` gets each line for the person. Raises ServeError."""
    address = _loopback(host)
    wanted = FIRST_PORT if port is None else port
    free, reservation = reserve_port(address, wanted)
    with reservation:
        open_for_this_computer(address, free, wanted, open_browser, say)


def open_for_this_computer(
    address: str,
    port: int,
    wanted: int,
    open_browser: bool,
    say: Callable[[str], None],
    then: Callable[[], None] = lambda: None,
) -> None:
    """Serve this machine until interrupted; ``then`` is called once the app answers."""
    if port != wanted:
        say(render("app.serve.port_busy", {"wanted": str(wanted), "free": str(port)}))
    token = secrets.token_urlsafe(24)
    os.environ[TOKEN_SETTING] = token
    url = f"http://{f'[{address}]' if ':' in address else address}:{port}/?{PARAMETER}={token}"

    def announce() -> None:
        _announce(address, port, url, open_browser, say)
        then()

    threading.Thread(target=announce, daemon=True).start()
    _run(address, port)


def _run(address: str, port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "unknot.app.wsgi:application",
        factory=True,
        interface=Interfaces.WSGI,
        address=address,
        port=port,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        log_level="warning",
    ).serve()


def _loopback(host: str) -> str:
    """The address to listen on. Only this machine can reach it: health data goes over no network without HTTPS and a
    login, which is what ``--lan`` is for."""
    if host == "localhost":
        return "127.0.0.1"
    try:
        if ipaddress.ip_address(host).is_loopback:
            return host
    except ValueError:
        pass
    raise ServeError(render("app.serve.not_loopback", {"host": host}))


def reserve_port(address: str, wanted: int) -> tuple[int, socket.socket]:
    """The first port from ``wanted`` on that nothing uses, and the socket that keeps it until it is closed.

    The reservation matters because the server's own socket shares its port (SO_REUSEPORT): two programs started in the
    same second would both get it, and each would answer half of the other's requests. A socket that was bound alone and
    shares only afterwards lets this process's server in and refuses every other probe; so the kernel of Linux decides
    it, and elsewhere the probe alone must do. Raises ServeError when 20 ports in a row are busy.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        probe = socket.socket(family, socket.SOCK_STREAM)
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port that was only just left is free
        try:
            probe.bind((address, port))
        except OSError:
            probe.close()
            continue
        if sys.platform == "linux":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        else:
            probe.close()
        return port, probe
    last = wanted + PORTS_TRIED - 1
    raise ServeError(render("app.serve.all_busy", {"first": str(wanted), "last": str(last)}))


def _announce(address: str, port: int, url: str, open_browser: bool, say: Callable[[str], None]) -> None:
    """Say the address as soon as the app answers, and open it."""
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        if _answers(address, port, url):
            say(render("app.serve.ready", {"url": url}))
            if open_browser:
                webbrowser.open(url)
            return
        time.sleep(0.05)
    say(render("app.serve.silent"))


def _answers(address: str, port: int, url: str) -> bool:
    """Whether the app itself speaks: the socket alone is open before the app is."""
    connection = http.client.HTTPConnection(address, port, timeout=START_TIMEOUT_S)
    try:
        connection.request("GET", url[url.rindex("/") :])
        return connection.getresponse().status == 302
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
