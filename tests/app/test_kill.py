"""The server is killed at random moments while it writes: nothing that was called saved is lost."""

from __future__ import annotations

import http.client
import os
import random
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from server import Server

KILLS = int(os.environ.get("UNKNOT_KILLS", "4"))
"""How often the server is killed here; the long proof asks for hundreds."""

pytestmark = [pytest.mark.programs, pytest.mark.sqlite]  # PostgreSQL keeps its own promise; this one is ours


def write_until_killed(server: Server, after_s: float) -> list[str]:
    """Begin complaints one after the other until the power goes; returns the ids that were acknowledged."""
    said: list[str] = []
    threading.Timer(after_s, server.kill).start()
    while True:
        try:
            status, headers, _ = server.post("/new/", {})
        except (OSError, http.client.HTTPException):
            return said
        if status == 302:
            said.append(headers["location"].split("/")[2])


def test_nothing_that_was_called_saved_is_lost_when_the_server_is_killed(tmp_path: Path) -> None:
    chance = random.Random(7)
    said: list[str] = []
    cookies: dict[str, str] = {}
    for _ in range(KILLS):
        with Server(tmp_path) as server:
            server.cookies = cookies
            server.open().request("GET", "/settings/")
            said += write_until_killed(server, chance.uniform(0.02, 0.4))
            cookies = server.cookies
        with closing(sqlite3.connect(tmp_path / "unknot.sqlite3")) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            kept = {row[0] for row in database.execute("SELECT json_extract(payload, '$.case') FROM journal_entry")}
            shown = {row[0] for row in database.execute("SELECT id FROM journal_casetable")}
        assert said, "nothing was written before the first kill"
        assert set(said) <= kept
        assert kept == shown
