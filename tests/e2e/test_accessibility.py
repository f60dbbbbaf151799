"""axe-core finds nothing on any screen of the path, light and dark, phone and desktop; and nothing goes out.

Beside it: no sideways scroll down to 320 px, no message id on screen, no error in the console, no breach of the policy.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import DESKTOP, PHONE, Server
from hands import Finger, Keys, Mouse, Walk
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from unknot.messages import render as say

AXE = Path(__file__).parents[2] / "ui" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """tags => axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]}).then(
    found => found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 160)).join(" | ")}`))"""
IDS = re.compile(r"\b(?:app|app_sessions|app_progress|bodymap|player|question|answer|region|muscle|side)\.[a-z_]+\b")


class Inspector:
    """Looks at every screen that the walk reaches, and keeps what is wrong."""

    def __init__(self, page: Page, origin: str, themes: tuple[str, ...]) -> None:
        self.page = page
        self.origin = origin
        self.themes = themes
        self.wrong: list[str] = []
        self.seen: list[str] = []
        page.on("pageerror", lambda error: self.wrong.append(f"a script failed: {error}"))
        page.on("console", self._console)
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(f"console on {self.page.url}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.wrong.append(f"a request left for {request.url}")

    def look(self, name: str) -> None:
        heading = self.page.get_by_role("heading", level=1).first.inner_text()
        if (name, heading) in self.seen:
            return
        self.seen.append((name, heading))
        for theme in self.themes:
            self.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            self.page.evaluate(AXE.read_text())
            self._note(name, theme, self.page.evaluate(RUN_AXE, TAGS))
        self._note(name, "words", IDS.findall(self.page.locator("body").inner_text()))
        wide: Any = self.page.viewport_size
        self.page.set_viewport_size({"width": 320, "height": 640})
        over = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        self._note(name, "320 px", [f"{over} px of sideways scroll"] if over > 0 else [])
        self.page.set_viewport_size(wide)

    def _note(self, name: str, where: str, found: list[str]) -> None:
        heading = self.seen[-1][1]
        self.wrong += [f"{name} “{heading}” ({where}): {one}" for one in found]


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_every_screen_of_the_path_is_accessible_and_nothing_leaves_the_machine(
    browser: Browser, server: Server, size: str, tmp_path: Path
) -> None:
    # No motion: a colour that is measured half way from one theme to the other is neither.
    context = browser.new_context(**(PHONE if size == "phone" else DESKTOP), reduced_motion="reduce")  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.clock.install()
    page.goto(server.link)
    inspector = Inspector(page, server.origin, ("light", "dark"))
    walk = Walk(page, Finger if size == "phone" else Mouse, inspector.look)
    walk.to_first_question()
    walk.answer_all()
    case = walk.id
    walk.press_spot()
    walk.to_set_up()
    walk.set_up()
    walk.hold_all(look=inspector.look)
    session = walk.id
    walk.rate()
    for address in (
        f"case/{case}/answers/", f"case/{case}/before/", f"case/{case}/you/", f"case/{case}/clinician/",
        f"session/{session}/look-back/", "history/", "settings/", "no-such-page/",
    ):  # fmt: skip
        page.goto(f"{server.origin}/{address}")
        walk.arrived()
    _rare_pages(walk, server.origin, case, session, tmp_path)
    page.goto(f"{server.origin}/case/{case}/answers/")
    walk.go(page.get_by_role("link", name=re.compile(re.escape(say("question.ces_saddle.ask")))))
    walk.go(walk.button(say("app.answer.yes")))
    assert walk.place == "stop"
    page.goto(f"{server.origin}/today/")
    walk.arrived()
    context.close()
    refusals = ("404 (Not Found)", "422 (Unprocessable", "409 (Conflict)")  # what is missing, unreadable, not allowed
    faults = [one for one in inspector.wrong if not any(refusal in one for refusal in refusals)]
    assert not faults, "\n".join(faults)
    assert len(inspector.seen) > 24, inspector.seen


def _rare_pages(walk: Walk, origin: str, case: str, session: str, folder: Path) -> None:
    """What few people see: a closer look before a session, a nerve that is pinched, no session now, something that went
    wrong and what follows, a sign tapped by mistake, erasing, and a file that cannot be read."""
    page = walk.page
    page.goto(f"{origin}/case/{case}/spots/")
    walk.go(page.locator("a[href*='/press/']").last)
    walk.go(walk.button(say("app.press.pinch")))
    page.goto(f"{origin}/case/{case}/spots/")
    walk.go(page.locator("a[href*='/ask/']").first)
    page.goto(f"{origin}/case/{case}/before/")
    walk.press(
        walk.box(say("tile.before_head") if walk.box(say("tile.before_head")).count() else say("tile.before_worse"))
    )
    walk.go(walk.button(say("app.check.these")))
    page.goto(f"{origin}/settings/")
    walk.go(walk.button(say("app.settings.erase")))
    page.goto(f"{origin}/settings/")
    bad = folder / "bad.json"
    bad.write_text("{}")
    page.locator("input[type=file]").set_input_files(bad)
    walk.go(walk.button(say("app.settings.import_do")))
    page.goto(f"{origin}/wrong/")
    walk.arrived()
    for value in ("skin", "next_day", "mild", "no"):
        walk.press(page.locator(f"input[value={value}]"))
    walk.go(walk.button(say("app_sessions.wrong.save")))
    page.goto(f"{origin}/case/{case}/choose/")
    walk.arrived()
    page.goto(f"{origin}/session/{session}/stopped/")
    walk.arrived()
    walk.press(page.locator("input[name=sign]").nth(12))
    walk.go(walk.button(say("app_sessions.stopped.save")))
    page.locator("summary").first.click()
    walk.go(page.locator("a[href*='/not-so/']").first)


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_atlas_is_accessible_with_its_plates(browser: Browser, server: Server, size: str) -> None:
    context = browser.new_context(**(PHONE if size == "phone" else DESKTOP), reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(server.link)
    inspector = Inspector(page, server.origin, ("light", "dark"))
    for address in (
        "atlas/", "atlas/muscle/latissimus_dorsi/", "atlas/muscle/latissimus_dorsi/?side=right&show=alone",
        "atlas/muscle/infraspinatus/?show=felt", "atlas/muscle/pterygoids/", "atlas/region/lumbar_paraspinal/",
        "atlas/region/foot_arch/",
    ):  # fmt: skip
        page.goto(f"{server.origin}/{address}")
        inspector.look(address)
    picture = page.get_by_role("img").first
    assert say("region.foot_arch") in (picture.locator("title").text_content() or "")
    page.goto(f"{server.origin}/atlas/muscle/infraspinatus/?show=felt")
    titles = [one.locator("title").text_content() for one in page.get_by_role("img").all()]
    assert say("plate.felt", {"muscle": "@muscle.infraspinatus.name"}) in titles  # the second view has words too
    context.close()
    assert not inspector.wrong, "\n".join(inspector.wrong)
    assert len(inspector.seen) == 7


def test_the_layers_of_a_plate_are_peeled_by_keyboard_alone_without_leaving_the_page(
    browser: Browser, server: Server
) -> None:
    context = browser.new_context(**PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(server.link)
    page.goto(f"{server.origin}/atlas/muscle/piriformis/")
    outer = page.get_by_role("group", name=say("plate.layers")).get_by_role(
        "checkbox", name=say("plate.layer.superficial")
    )
    over = page.locator(".plate-superficial").first
    assert not outer.is_checked()
    assert over.evaluate("e => getComputedStyle(e).display") == "none"
    Keys(page).press(outer)
    assert outer.is_checked()
    assert over.evaluate("e => getComputedStyle(e).display") == "inline"
    assert page.url.endswith("/atlas/muscle/piriformis/")
    context.close()
