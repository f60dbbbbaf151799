"""The whole path, as people walk it: with a finger, with the keyboard alone, and stopped by a danger sign."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator

import pytest
from conftest import PHONE, Server
from hands import Finger, Keys, Walk
from playwright.sync_api import Browser, Page, expect

from unknot.messages import render as say

SADDLE = say("question.ces_saddle.tile")


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Page]:
    """390 x 844 with touch, on the page that the launch link opens."""
    context = browser.new_context(**PHONE)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
    page.clock.install()
    page.goto(server.link)
    yield page
    context.close()


@pytest.mark.parametrize("hands", [Finger, Keys], ids=["finger", "keyboard"])
def test_low_back_pain_with_a_ball_from_opening_to_the_record(phone: Page, hands: type[Finger]) -> None:
    walk = Walk(phone, hands)
    walk.to_first_question()
    walk.answer_all()
    assert walk.place == "spots"
    walk.press_spot()
    walk.to_set_up()
    walk.set_up(pain=6)
    walk.hold_all(strength=4)
    walk.rate(pain=3)
    walk.go(walk.link(say("app.tabs.past")))
    record = phone.get_by_role("main")
    expect(record).to_contain_text(say("tool.massage_ball").capitalize())
    expect(record).to_contain_text(say("app_progress.past.finished"))
    expect(record).to_contain_text("left side")
    # both numbers of the day stand in the table that the chart draws
    numbers = record.get_by_role("row").last.inner_text()
    assert re.search(r"\b6\b.*\b3\b", numbers, re.S), numbers


def test_stop_ends_a_session_at_once_and_asks_why(phone: Page) -> None:
    walk = Walk(phone, Finger)
    walk.to_first_question()
    walk.answer_all()
    walk.to_set_up()
    walk.set_up()
    walk.press(walk.button(say("player.start")))
    walk.press(walk.button(say("player.stop")))
    phone.clock.run_for(3_000)
    phone.wait_for_url("**/stopped/")
    assert walk.heading == say("app_sessions.stopped.title")


def test_escape_ends_a_session_and_space_pauses_it(phone: Page) -> None:
    walk = Walk(phone, Keys)
    walk.to_first_question()
    walk.answer_all()
    walk.to_set_up()
    walk.set_up()
    walk.press(walk.button(say("player.start")))
    phone.evaluate("document.activeElement.blur()")
    phone.keyboard.press("Space")
    expect(walk.button(say("player.resume"))).to_be_visible()
    phone.keyboard.press("Escape")
    phone.clock.run_for(3_000)
    phone.wait_for_url("**/stopped/")


def test_numbness_between_the_legs_ends_in_the_emergency_page_and_no_route_leads_to_a_session(
    phone: Page, server: Server
) -> None:
    phone.goto(f"{server.origin}/settings/")
    phone.get_by_label(say("app.settings.country")).select_option("GB")
    with phone.expect_navigation():
        phone.get_by_role("button", name=say("app.save"), exact=True).tap()
    phone.goto(server.origin)
    walk = Walk(phone, Finger)
    walk.to_first_question()
    walk.answer_all(danger=SADDLE)
    assert walk.place == "stop"
    assert walk.heading == say("app.stop.emergency")
    expect(phone.get_by_role("link", name=say("app.stop.call", {"number": "999"}))).to_have_attribute("href", "tel:999")
    case = walk.id

    def leads_to_a_session() -> list[str]:
        links = phone.get_by_role("link").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        return [link for link in links if re.search(r"/(session|choose|tools|press|spots)/", link)]

    assert not leads_to_a_session()
    for typed in ("choose/", "tools/", "spots/", "before/", f"choose/{'0' * 20}/", f"press/{'0' * 20}/"):
        phone.goto(f"{server.origin}/case/{case}/{typed}")
        assert phone.get_by_role("heading", level=1).inner_text() != say("app.spots.title")
        assert not leads_to_a_session(), typed
        assert not phone.locator("unknot-player").count(), typed
    answer = phone.request.get(f"{server.origin}/api/cases/{case}/assessment")
    assert answer.ok and json.loads(answer.text())["session"] is None
    none = uuid.uuid4()
    assert phone.request.get(f"{server.origin}/session/{none}/").status == 404
    assert phone.request.get(f"{server.origin}/api/sessions/{none}/script").status == 404


def test_a_planned_session_is_refused_once_a_danger_sign_is_named(phone: Page, server: Server) -> None:
    walk = Walk(phone, Finger)
    walk.to_first_question()
    walk.answer_all()
    case = walk.id
    walk.to_set_up()
    walk.set_up()
    session = walk.id
    phone.goto(f"{server.origin}/case/{case}/answers/")
    walk.go(phone.get_by_role("link", name=re.compile(re.escape(say("question.ces_saddle.ask")))))
    walk.go(walk.button(say("app.answer.yes")))
    assert walk.place == "stop"
    phone.goto(f"{server.origin}/session/{session}/")
    assert not phone.locator("unknot-player").count()
    assert phone.request.get(f"{server.origin}/api/sessions/{session}/script").status == 409
