"""Whether the body map follows a finger on a slow phone: ``python tools/measure_drawing.py``.

Chromium at 390 x 844 with its processor slowed down four times draws a long stroke by touch, a point every 8 ms. Said
are the frames a second, and the milliseconds of a frame that our own drawing takes (median and 95th percentile).
"""

from __future__ import annotations

import math
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "e2e")]

from conftest import PHONE, Server  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

SLOWED = 4
SECONDS = 4.0
FRAME_MS = 1000 / 60

# Wraps the element's frame callback: how long each of our frames takes, and when frames come.
WATCH = """() => {
  window.frames_ = []; window.ours_ = [];
  const original = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (act) => original((now) => {
    const begun = performance.now(); act(now); window.ours_.push(performance.now() - begun);
  });
  const tick = (now) => { window.frames_.push(now); original(tick); };
  original(tick);
}"""


def main() -> int:
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        server = Server(Path(home))
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = chromium.new_context(**PHONE).new_page()  # type: ignore[arg-type]
        page.goto(server.link)
        page.locator("form[action$='/new/'] button").first.click()
        page.wait_for_selector(".bm-regions path")
        page.wait_for_timeout(1500)
        box = page.locator(".bm-stage").bounding_box()
        assert box
        wire = page.context.new_cdp_session(page)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        page.evaluate(WATCH)
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.4

        def touch(kind: str, at: float) -> None:
            place = {"x": x + 50 * math.sin(5 * at), "y": y + 50 * math.sin(3.1 * at)}
            wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [] if kind == "touchEnd" else [place]})

        begun = time.monotonic()
        touch("touchStart", 0)
        sent = 0
        while (at := time.monotonic() - begun) < SECONDS:
            touch("touchMove", at)
            sent += 1
        frames, ours = page.evaluate("() => [window.frames_, window.ours_]")
        touch("touchEnd", SECONDS)
        server.stop()
        chromium.close()
    rate = 1000 * (len(frames) - 1) / (frames[-1] - frames[0])
    ours = sorted(ours) or [0.0]
    middle, high = ours[len(ours) // 2], ours[int(len(ours) * 0.95)]
    print(f"slowed down {SLOWED} times: {rate:.0f} frames a second while {sent / SECONDS:.0f} points a second came")
    print(f"our part of a frame: median {middle:.1f} ms, 95th percentile {high:.1f} ms, of {FRAME_MS:.1f} ms there are")
    return 0 if middle <= FRAME_MS else 1


if __name__ == "__main__":
    sys.exit(main())
