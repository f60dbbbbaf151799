"""The door for phones: the HTTPS server, a process of its own. Nothing of Django is imported before its settings."""

from __future__ import annotations

import os
import signal
import threading
from datetime import UTC, datetime
from multiprocessing import parent_process

from unknot.app.phones import authority
from unknot.app.phones.authority import FILES
from unknot.app.phones.place import Place
from unknot.app.shell.serve import THREADS, ServeError
from unknot.messages import render

LOOK_AGAIN_S = 24 * 3600.0


def keep(place: Place) -> bool:
    """Keep the certificates good for these names. True when the one that is served is new. Raises ServeError."""
    try:
        return authority.keep_certificates(FILES, place.names, place.addresses, datetime.now(UTC))
    except authority.NotCoveredError as error:
        raise ServeError(render("app.lan.not_covered", {"host": error.name})) from error


def phones_door(place: Place, port: int) -> None:
    """The HTTPS server: a process of its own, which ends when the one that started it does."""
    from granian import Granian
    from granian.constants import Interfaces

    os.environ["DJANGO_SETTINGS_MODULE"] = "unknot.app.settings_lan"
    threading.Thread(target=_end_with_parent, daemon=True).start()
    threading.Thread(target=_renew, args=(place,), daemon=True).start()
    Granian(
        "unknot.app.wsgi:for_phones",
        factory=True,
        interface=Interfaces.WSGI,
        address=place.listen,
        port=port,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        log_level="warning",
        ssl_cert=FILES.leaf,
        ssl_key=FILES.leaf_key,
    ).serve()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _renew(place: Place) -> None:
    """Look once a day; a worker that starts anew reads the new certificate."""
    while True:
        threading.Event().wait(LOOK_AGAIN_S)
        if keep(place) and hasattr(signal, "SIGHUP"):
            os.kill(os.getpid(), signal.SIGHUP)
