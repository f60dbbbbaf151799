"""How long a cold ``unknot serve`` takes to its first page, and how many bytes each screen of the path transfers.

    python tools/measure_pages.py        prints a table; the browser's own count of bytes on the wire, a cold cache

Limits: 2.5 s to the first page, 100 KB for each further screen.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "e2e")]

from conftest import PHONE, Server  # noqa: E402
from hands import Finger, Walk  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

FIRST_PAGE_S = 2.5
SCREEN_BYTES = 100_000


class Counter:
    """Bytes on the wire since the last screen."""

    def __init__(self) -> None:
        self.bytes = 0
        self.rows: list[tuple[str, str, int]] = []

    def add(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def screen(self, name: str, title: str) -> None:
        self.rows.append((name, title, self.bytes))
        self.bytes = 0


def main() -> int:
    counter = Counter()
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = chromium.new_context(**PHONE).new_page()  # type: ignore[arg-type]
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", counter.add)
        begun = time.monotonic()
        server = Server(Path(home))
        page.goto(server.link)
        first_s = time.monotonic() - begun
        page.clock.install()

        def arrived(name: str) -> None:
            page.wait_for_load_state("networkidle")
            counter.screen(name, page.title().removesuffix(" · Unknot"))

        walk = Walk(page, Finger, arrived)
        walk.to_first_question()
        walk.answer_all()
        walk.press_spot()
        walk.to_set_up()
        walk.set_up()
        walk.hold_all()
        walk.rate()
        page.goto(f"{server.origin}/history/")
        walk.arrived()
        server.stop()
        chromium.close()
    print(f"first page after {first_s:.2f} s (limit {FIRST_PAGE_S} s), {counter.rows[0][2] / 1000:.1f} KB\n")
    print("| Screen | KB |\n|---|---|")
    for _, title, size in counter.rows:
        print(f"| {title} | {size / 1000:.1f} |")
    worst = max(size for _, _, size in counter.rows[1:])
    print(f"\nmost of a further screen: {worst / 1000:.1f} KB (limit {SCREEN_BYTES // 1000} KB)")
    return int(first_s > FIRST_PAGE_S or worst > SCREEN_BYTES)


if __name__ == "__main__":
    sys.exit(main())
