"""A phone in the home network: over HTTPS with a certificate it trusts, paired, logged in, and put out again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hands import Finger, Walk
from lan import NAME, PASSPHRASE, Home, phone
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright
from test_accessibility import Inspector

from unknot.messages import render as say


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    running = Home(tmp_path_factory.mktemp("home"))
    yield running
    running.stop()


@pytest.fixture
def trusting(playwright: Playwright, home: Home, tmp_path: Path) -> Iterator[BrowserContext]:
    with phone(playwright, tmp_path, home.folder / "lan" / "authority.crt") as context:
        yield context


def _pair(page: Page, link: str, passphrase: str = PASSPHRASE) -> None:
    page.goto(link)
    page.get_by_label(say("app.phones.passphrase")).fill(passphrase)
    page.get_by_role("button", name=say("app.phones.pair.do")).tap()


def test_a_phone_pairs_logs_in_walks_to_a_page_and_is_out_when_unpaired(home: Home, trusting: BrowserContext) -> None:
    page = trusting.new_page()
    page.goto(home.https)
    assert page.url == f"{home.https}/pair/"
    _pair(page, home.new_pair_link())
    page.wait_for_url(f"{home.https}/")
    able = "[isSecureContext, 'serviceWorker' in navigator, 'wakeLock' in navigator].every(Boolean)"
    assert page.evaluate(able)
    walk = Walk(page, Finger)
    walk.to_first_question()
    case = page.url

    page.goto(f"{home.https}/phones/")
    page.get_by_role("button", name=say("app.phones.lock")).tap()
    page.wait_for_url("**/login/")
    page.goto(case)
    assert "/login/" in page.url
    page.get_by_label(say("app.phones.passphrase")).fill(PASSPHRASE)
    page.get_by_role("button", name=say("app.phones.login.do")).tap()
    page.wait_for_url(case)

    page.evaluate("localStorage.setItem('kept', 'yes')")
    page.evaluate("caches.open('kept').then((cache) => cache.put('/kept', new Response('kept')))")
    page.evaluate("new Promise((done) => { indexedDB.open('kept').onsuccess = done; }).then(() => undefined)")
    _unpair_on_the_computer(home, trusting)
    page.goto(case)
    assert page.get_by_role("heading", level=1).inner_text() == say("app.phones.unpaired.title")
    page.get_by_text(say("app.phones.unpaired.done")).wait_for()
    left = "Promise.all([caches.keys(), indexedDB.databases(), Object.keys(localStorage)]).then((all) => all.flat())"
    assert page.evaluate(left) == []
    page.goto(case)
    assert page.url == f"{home.https}/pair/"


def _unpair_on_the_computer(home: Home, context: BrowserContext) -> None:
    """The computer's own browser, on its own address."""
    browser: Browser = context.browser or pytest.fail("no browser")
    with_link = browser.new_context()
    page = with_link.new_page()
    page.goto(home.link)
    page.goto(f"{home.link.partition('/?')[0]}/phones/")
    page.get_by_role("button", name=say("app.phones.unpair")).click()
    page.get_by_text(say("app.phones.waiting")).wait_for()
    with_link.close()


def test_a_browser_that_does_not_trust_the_authority_gets_no_page(
    home: Home, playwright: Playwright, tmp_path: Path
) -> None:
    with phone(playwright, tmp_path, None) as context, pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        context.new_page().goto(home.https)


def test_plain_http_explains_itself_and_offers_the_certificate(home: Home, trusting: BrowserContext) -> None:
    page = trusting.new_page()
    page.goto(f"{home.http}/today/")
    assert page.get_by_role("heading", level=1).inner_text() == say("app.phones.plain.title")
    assert not page.evaluate("'serviceWorker' in navigator || 'wakeLock' in navigator"), "what the page says is so"
    with page.expect_download() as download:
        page.get_by_role("link", name=say("app.phones.plain.download")).tap()
    assert download.value.suggested_filename == "unknot-home.crt"
    page.get_by_role("link", name=say("app.phones.plain.open")).tap()
    page.wait_for_url(f"{home.https}/pair/")


def test_every_screen_of_phones_and_reminders_is_accessible(home: Home, trusting: BrowserContext) -> None:
    """axe-core in both themes, no sideways scroll at 320 px, no request to anywhere else; see test_accessibility."""
    page = trusting.new_page()
    page.emulate_media(reduced_motion="reduce")
    inspector = Inspector(page, f"https://{NAME}", ("light", "dark"))
    page.goto(home.new_pair_link())
    inspector.look("pair")
    _pair(page, home.new_pair_link())
    page.wait_for_url(lambda url: "/pair/" not in url)
    for path in ("phones", "reminders", "settings"):
        page.goto(f"{home.https}/{path}/")
        inspector.look(path)
    page.goto(f"{home.https}/phones/")
    page.get_by_role("button", name=say("app.phones.lock")).tap()
    page.wait_for_url("**/login/")
    inspector.look("login")

    computer = trusting.new_page()
    computer.emulate_media(reduced_motion="reduce")
    here = Inspector(computer, "http", ("light", "dark"))
    computer.goto(home.http)
    here.look("plain http")
    computer.goto(home.link)
    computer.goto(f"{home.link.partition('/?')[0]}/phones/")
    here.look("phones on the computer")
    computer.get_by_role("button", name=say("app.phones.pair_one")).tap()
    computer.wait_for_url("**/code/")
    here.look("a code")
    assert not [*inspector.wrong, *here.wrong]
    assert len([*inspector.seen, *here.seen]) == 8


def test_too_many_wrong_passphrases_make_the_phone_wait(home: Home, trusting: BrowserContext) -> None:
    page = trusting.new_page()
    for _ in range(5):
        _pair(page, home.pair_link, "not the right one")
        page.get_by_text(say("app.phones.pair_wrong")).wait_for()
    _pair(page, home.new_pair_link())
    assert "Too many tries. Wait" in page.get_by_role("alert").inner_text()
