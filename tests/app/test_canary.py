"""No health value reaches a log or an address."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from server import Server

from unknot.app.shell.logs import Quiet

CANARY = "canary7391"


def test_nothing_that_a_person_says_stands_in_a_log(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        server.open().request("GET", "/settings/")
        _, headers, _ = server.post("/new/", {})
        case = headers["location"].split("/")[2]
        server.post(f"/case/{case}/pain/", {"place": f"{CANARY}|left"})
        server.post(f"/case/{case}/pain/", {"drawing": f'[{{"region": "{CANARY}", "side": "left"}}]'})
        server.post(f"/case/{case}/pain/", {"press": "search", "query": CANARY})
        server.post(f"/case/{case}/you/", {"age": CANARY, "sex": CANARY})
        server.post(f"/case/{case}/check/", {"asked": CANARY, "value": CANARY})
        server.post(f"/case/{case}/{CANARY}/", {"value": CANARY})
        server.request("POST", f"/api/sessions/{case}/events", f'{{"id": "{CANARY}"}}', Content_Type="application/json")
        server.post("/settings/import/", {"file": CANARY})
        log = server.errors()
    spoken = log.replace(f"/case/{case}/{CANARY}/", "")  # the address that we made up ourselves
    assert CANARY not in spoken


def test_a_failure_inside_is_logged_by_place_and_kind_only() -> None:
    try:
        raise ValueError(CANARY)
    except ValueError:
        record = logging.LogRecord(
            "django", logging.ERROR, "", 0, "Internal Server Error: /case/", None, sys.exc_info()
        )
    text = Quiet("{levelname} {message}", style="{").format(record)
    assert CANARY not in text
    assert "ValueError" in text
    assert "test_canary.py" in text
