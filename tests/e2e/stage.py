"""The page of one planned session, kept, and played again with other steps.

The player is the real one, built and served by the real server; only its script is exchanged, and what it tells is
written down instead of stored.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conftest import PHONE, Server
from hands import Finger, Walk
from playwright.sync_api import Browser, BrowserContext, Page, Route

SCRIPT = re.compile(r'(<script type="application/json"[^>]* data-script>)(.*?)(</script>)', re.S)
AIM = {"lo": 2, "hi": 4, "stop": 6}


def step(kind: str, seconds: float, text: str, *, comfort: Mapping[str, int] | None = None) -> dict[str, Any]:
    """A step as ``unknot.session/1`` has it."""
    said = {"kind": kind, "duration_s": seconds, "text": text, "cue": kind}
    return {**said, "comfort": comfort, "site": "qls1", "side": "left"}


def hold(seconds: float, text: str = "Let the pressure grow slowly.") -> dict[str, Any]:
    """A hold with its comfort target."""
    return step("hold", seconds, text, comfort=AIM)


@dataclass
class Play:
    """The kept page, and the cookies that open it."""

    origin: str
    path: str
    html: str
    cookies: Any

    def steps(self) -> list[dict[str, Any]]:
        """The steps that the planner made."""
        found = SCRIPT.search(self.html)
        assert found
        return list(json.loads(found[2])["steps"])

    def with_steps(self, steps: list[dict[str, Any]] | None, theme: str | None, text: int = 100) -> str:
        """The page with these steps, in this theme of the person's choice, with text at this per cent of its size."""
        chosen = f' data-theme="{theme}"' if theme else ""
        html = re.sub(r'<html lang="en"[^>]*>', f'<html lang="en"{chosen} style="font-size:{text}%">', self.html)
        if steps is None:
            return html
        found = SCRIPT.search(html)
        assert found
        script = json.loads(found[2]) | {"steps": steps, "expires_at": "2099-01-01T00:00:00+00:00"}
        return html[: found.start(2)] + json.dumps(script) + html[found.end(2) :]


def kept_play(browser: Browser, server: Server) -> Play:
    """Walk to a planned session once."""
    context = browser.new_context(**PHONE, service_workers="block")  # type: ignore[arg-type]
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(server.link)
    walk = Walk(page, Finger)
    walk.to_first_question()
    walk.answer_all()
    walk.to_set_up()
    walk.set_up()
    play = Play(
        server.origin, page.url.removeprefix(server.origin), page.request.get(page.url).text(), context.cookies()
    )
    context.close()
    return play


@dataclass
class Stage:
    """A page on which a session is played: what it told, and where it led."""

    page: Page
    told: list[dict[str, Any]] = field(default_factory=list)
    led_to: list[str] = field(default_factory=list)

    def kinds(self) -> list[str]:
        """What was told, in order."""
        if not self.page.is_closed():
            self.page.wait_for_timeout(50)  # what the page has just told is on its way
        return [one["kind"] for one in self.told]


def stage(
    context: BrowserContext,
    play: Play,
    steps: list[dict[str, Any]] | None = None,
    *,
    page: Page | None = None,
    clock: bool = False,
    theme: str | None = None,
    text: int = 100,
    before: str | None = None,
) -> Stage:
    """Open the page. ``clock``: with a clock that is wound on by hand; ``before``: a script that runs first."""
    context.add_cookies(play.cookies)
    page = page or context.new_page()
    made = Stage(page)

    def answer(route: Route) -> None:
        url, method = route.request.url, route.request.method
        if url == play.origin + play.path:
            route.fulfill(body=play.with_steps(steps, theme, text), content_type="text/html")
        elif method == "POST" and url.endswith("/api/told"):
            ids = [one["id"] for one in json.loads(route.request.post_data or "{}")["told"]]
            answer = {"kept": ids, "refused": {}, "stop": {}}
            route.fulfill(body=json.dumps(answer), content_type="application/json")
        elif method == "POST":
            route.abort()
        elif url.endswith(("/stopped/", "/rate/")):
            made.led_to.append(url.rstrip("/").rsplit("/", 1)[1])
            route.fulfill(body="<!doctype html><title>next</title>", content_type="text/html")
        else:
            route.continue_()

    page.route(f"{play.origin}/**", answer)
    page.expose_function("__hear", lambda event: made.told.append(event))  # a name of a built-in cannot be handed on
    page.add_init_script("addEventListener('told', ({ detail }) => window.__hear(detail))")
    if before:
        page.add_init_script(before)
    if clock:
        page.clock.install()
    page.goto(play.origin + play.path)
    page.locator(".player").wait_for()
    return made


def shot(page: Page, folder: Path, name: str) -> None:
    """A picture to look at."""
    page.screenshot(path=folder / f"{name}.png")
