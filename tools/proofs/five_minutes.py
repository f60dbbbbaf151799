"""Proof: pain left of the low spine and a ball, from opening to a finished session within five minutes at human pace.

A real browser at phone size walks the path by touch; at every screen a person reads for four seconds, and on the longer
ones two seconds for each further thing to tap. The session's own time is reported beside it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

INPUTS = [
    "src/unknot/plan/*.py",
    "src/unknot/knowledge/safety/gate.toml",
    "src/unknot/safety/asked.py",
    "tests/e2e/hands.py",
]
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "e2e")]
READING_S, TAP_S, LIMIT_S = 4.0, 2.0, 300.0

from conftest import PHONE, Server
from hands import Finger, Walk
from playwright.sync_api import Locator, Page, sync_playwright

from unknot.messages import render as say


class Paced(Finger):
    """Touch at human pace: the seconds that a person would have spent are added up, not waited for."""

    taps = 0

    def press(self, thing: Locator) -> None:
        Paced.taps += 1
        super().press(thing)

    def write(self, field: Locator, text: str) -> None:
        Paced.taps += 1
        super().write(field, text)


def walked(page: Page) -> dict[str, object]:
    """Screens and taps of one walk, to the first hold and to the record."""
    screens: list[str] = []
    Paced.taps = 0
    walk = Walk(page, Paced, screens.append)
    walk.to_first_question()
    walk.answer_all()
    assert walk.place == "spots"
    to_spots = (len(screens), Paced.taps)
    walk.press_spot()
    walk.to_set_up()
    walk.set_up()
    to_start = (len(screens), Paced.taps)
    script = page.request.get(f"{page.url.split('/session/')[0]}/api/sessions/{walk.id}/script").json()
    session_s = sum(step["duration_s"] for step in script["steps"])
    kinds = [step["kind"] for step in script["steps"]]
    before_hold_s = sum(step["duration_s"] for step in script["steps"][: kinds.index("hold")])
    walk.hold_all()
    walk.rate()
    assert walk.place == "today"
    return {
        "screens_to_spots": to_spots[0],
        "taps_to_spots": to_spots[1],
        "to_spots_s": _seconds(*to_spots),
        "screens_to_session": to_start[0],
        "taps_to_session": to_start[1],
        "to_session_s": _seconds(*to_start),
        "first_hold_s": round(_seconds(*to_start) + before_hold_s),
        "session_s": round(session_s),
        "finished_s": round(_seconds(*to_start) + session_s + 2 * READING_S),
        "screens_in_all": len(screens),
    }


def _seconds(screens: int, taps: int) -> float:
    """Reading, and each tap beyond the one that leaves a screen."""
    return screens * READING_S + max(taps - screens, 0) * TAP_S


def stopped(page: Page, origin: str) -> dict[str, object]:
    """The walk of a person with numbness between the legs, to the page that says what to do."""
    screens: list[str] = []
    Paced.taps = 0
    page.goto(origin + "/today/")
    page.get_by_role("button", name=say("app_progress.today.new_pain"), exact=True).tap()
    page.wait_for_url("**/pain/")
    walk = Walk(page, Paced, screens.append)
    walk.tick_region("buttock_mid", "left")
    walk.leave_drawing()
    walk.confirm(7)
    walk.answer_all(danger=say("question.ces_saddle.tile"))
    assert walk.place == "stop", page.url
    return {"screens_to_stop": len(screens), "to_stop_s": _seconds(len(screens), Paced.taps)}


def main() -> int:
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as home:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        server = Server(Path(home))
        context = browser.new_context(**PHONE)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.clock.install()
        page.goto(server.link)
        try:
            result = walked(page) | stopped(page, server.origin)
        finally:
            context.close()
            browser.close()
            server.stop()
    print(json.dumps(result))
    return 0 if float(str(result["finished_s"])) <= LIMIT_S else 1


if __name__ == "__main__":
    sys.exit(main())
