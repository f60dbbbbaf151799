"""The pages that explain: nothing for axe-core to find, folded out too; the keyboard alone finds and reads a claim."""

from __future__ import annotations

import pytest
from conftest import DESKTOP, PHONE, Server
from hands import Finger, Keys, Walk
from playwright.sync_api import Browser
from test_accessibility import Inspector

from unknot.app.library.sections import SECTIONS
from unknot.messages import render as say


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_every_page_that_explains_is_accessible_and_asks_nobody_outside(
    browser: Browser, server: Server, size: str
) -> None:
    context = browser.new_context(**(PHONE if size == "phone" else DESKTOP), reduced_motion="reduce")  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    page = context.new_page()
    # As high as the lists: what the tabs at the foot half cover while one scrolls is not a small target.
    page.set_viewport_size({"width": 390 if size == "phone" else 1280, "height": 4000})
    page.goto(server.link)
    inspector = Inspector(page, server.origin, ("light", "dark"))
    for address in ("learn", *SECTIONS, "evidence/sarapin", "evidence/adhesions"):
        page.goto(f"{server.origin}/{address}/")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        inspector.look(address)
    context.close()
    assert not inspector.wrong, "\n".join(inspector.wrong)
    assert len(inspector.seen) == len(SECTIONS) + 3


def test_with_the_keyboard_alone_one_finds_a_claim_and_reads_it(browser: Browser, server: Server) -> None:
    context = browser.new_context(**DESKTOP, reduced_motion="reduce")  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(server.link)
    page.goto(f"{server.origin}/learn/")
    walk = Walk(page, Keys)
    walk.hands.press(page.get_by_role("link", name=say("app.learn.evidence.title")).first)
    page.wait_for_url("**/evidence/")
    walk.hands.write(page.get_by_role("searchbox"), "pitcher plant")
    page.get_by_role("status").filter(has_text="Showing 1 of").wait_for()
    walk.hands.press(page.get_by_role("link", name="Sarapin"))
    page.wait_for_url("**/evidence/sarapin/")
    assert page.get_by_role("heading", level=1).inner_text() == f"“{say('claim.sarapin.says')}”"
    assert say("app.evidence.recalled") in page.locator("main").inner_text()
    context.close()


def test_a_person_with_a_pain_reads_how_the_ways_fit_and_compares_prices(browser: Browser, server: Server) -> None:
    context = browser.new_context(**PHONE, reduced_motion="reduce")  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(server.link)
    walk = Walk(page, Finger)
    walk.to_first_question()
    walk.answer_all()
    inspector = Inspector(page, server.origin, ("light",))
    page.goto(f"{server.origin}/case/{walk.id}/options/")
    inspector.look("options of a complaint")
    assert page.get_by_text(say("advice.fit.now"), exact=True).count() > 2
    page.get_by_role("link", name=say("app.options.cost")).tap()
    for name, figure in (("tool_price", "40"), ("visit_price", "50"), ("visits_per_month", "1")):
        walk.hands.write(page.get_by_label(say(f"app.cost.field.{name}"), exact=True), figure)
    page.get_by_role("button", name=say("app.cost.do")).tap()
    page.get_by_text(say("cost.break_even", {"n": 1})).wait_for()
    inspector.look("cost")
    context.close()
    assert not inspector.wrong, "\n".join(inspector.wrong)
