"""``unknot serve --lan``: the app for phones over HTTPS, beside the app for this computer.

Three doors, apart from each other: this computer's own address with the launch link, as without ``--lan``; HTTPS for
paired phones that are logged in, a process of its own with settings of its own; and plain http, which only explains.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import StringIO

import segno
from django.db import connections

from unknot.app.phones import authority, pairing, passphrase, plain
from unknot.app.phones.authority import FILES
from unknot.app.phones.door import keep, phones_door
from unknot.app.phones.pages import pair_address
from unknot.app.phones.place import EVERYWHERE, Place, PlaceError, Served, find_place, served_file
from unknot.app.shell.serve import FIRST_PORT, ServeError, open_for_this_computer, reserve_port
from unknot.messages import render


def serve_phones(
    hosts: Sequence[str],
    port: int | None,
    open_browser: bool,
    say: Callable[[str], None],
    *,
    new_authority: bool = False,
) -> None:
    """Serve until interrupted. The app must be ready and a passphrase chosen. Raises ServeError."""
    try:
        place = find_place(hosts)
    except PlaceError as error:
        raise ServeError(str(error)) from error
    if passphrase.account() is None:
        raise ServeError(render("app.lan.no_passphrase"))
    if new_authority:
        authority.forget_authority(FILES)
    keep(place)
    wanted = FIRST_PORT if port is None else port
    free, held = reserve_port("127.0.0.1", wanted)
    secure, also_held = reserve_port(place.listen, free + 1)
    where = Served(
        f"https://{place.hosts[0]}:{secure}", f"http://{place.hosts[0]}:{free}", list(place.hosts), os.getpid()
    )
    where.write(FILES)
    door = multiprocessing.get_context("spawn").Process(target=phones_door, args=(place, secure))
    connections.close_all()  # the servers are forked: none may share a connection
    door.start()
    explainers = plain.listen(_addresses(place), free, plain.explain(FILES, where.https))
    try:
        with also_held, held:
            open_for_this_computer("127.0.0.1", free, wanted, open_browser, say, lambda: _tell(where, say))
    finally:
        for one in explainers:
            one.shutdown()
        door.terminate()
        door.join(10)
        served_file(FILES).unlink(missing_ok=True)


def _addresses(place: Place) -> list[str]:
    return list(map(str, place.addresses)) if place.listen == EVERYWHERE else [place.listen]


def _tell(where: Served, say: Callable[[str], None]) -> None:
    """What to do on the phone, with the two codes to scan."""
    say(render("app.lan.first", {"url": where.http}))
    say(terminal_code(f"{where.http}/"))
    say(render("app.lan.fingerprint", {"value": authority.fingerprint(FILES)}))
    tell_pairing(where, say)


def tell_pairing(where: Served, say: Callable[[str], None]) -> None:
    """A fresh code to pair one phone."""
    url = pair_address(where, pairing.new_code(datetime.now(UTC)))
    minutes = int(pairing.CODE_LIFE.total_seconds() // 60)
    say(render("app.lan.pair", {"url": url, "minutes": minutes}))
    say(terminal_code(url))


def terminal_code(text: str) -> str:
    """A QR code in half blocks; the light part is drawn, as a dark terminal needs it. Cameras read the reverse too."""
    out = StringIO()
    segno.make(text, error="l", micro=False).terminal(out, border=2, compact=True)
    return out.getvalue()
