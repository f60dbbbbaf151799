"""What answers on plain http in the home network: one page that says why it cannot work and what to do instead.

It runs in a process that serves nothing else, reads no cookie, takes no input and holds nothing about anybody: the
page is written once at the start. Beside it lie the certificate to install, the style sheet and the fonts.
"""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.conf import settings
from django.template.loader import render_to_string
from whitenoise import WhiteNoise

from unknot.app.phones.authority import Files, download, fingerprint
from unknot.app.shell.middleware import HEADERS

PATIENCE_S = 10.0
CONTENT_SECURITY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
Start = Callable[[str, list[tuple[str, str]]], Any]


def explain(files: Files, https: str) -> Callable[[dict[str, Any], Start], Iterable[bytes]]:
    """The WSGI application. ``https`` is the address where the app is."""
    shown = {"https": https, "fingerprint": fingerprint(files)}
    html = render_to_string("phones/plain.html", shown).encode()
    authority = download(files)
    # Browsers heed the opener policy over HTTPS only and complain about it elsewhere.
    kept = {name: value for name, value in HEADERS.items() if name != "Cross-Origin-Opener-Policy"}
    headers = {**kept, "Content-Security-Policy": CONTENT_SECURITY, "Cache-Control": "no-store"}

    def application(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            start("405 Method Not Allowed", [("Allow", "GET, HEAD"), *headers.items()])
            return [b""]
        if environ["PATH_INFO"] == "/certificate/":
            named = ("Content-Disposition", 'attachment; filename="unknot-home.crt"')
            start("200 OK", [("Content-Type", "application/x-x509-ca-cert"), named, *headers.items()])
            return [authority]
        start("200 OK", [("Content-Type", "text/html; charset=utf-8"), *headers.items()])
        return [html]

    return WhiteNoise(application, root=str(settings.STATIC_ROOT), prefix=settings.STATIC_URL)


class Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def server_bind(self) -> None:
        """Without the look-up of a host name that the library makes here: nothing is asked of the network."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])
        self.setup_environ()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is no fault of ours, and nothing of it is logged."""


class Handler(WSGIRequestHandler):
    timeout = PATIENCE_S

    def log_message(self, format: str, *args: Any) -> None:
        """Keep no list of who came."""


def listen(addresses: Sequence[str], port: int, application: Any) -> list[Server]:
    """Answer on each address in a thread of its own. An address whose port is taken is left out."""
    servers = []
    for address in addresses:
        try:
            server = Server((address, port), Handler)
        except OSError:
            continue
        server.set_app(application)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
    return servers
