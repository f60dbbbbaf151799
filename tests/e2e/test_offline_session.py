"""A whole session without a connection: the server is gone and the browser is told so, with a real service worker."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import PHONE, ROOT, Server
from hands import Finger, Walk
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from unknot.messages import render as say

STORE = """async (name) => {
  const db = await new Promise((done, failed) => { const asked = indexedDB.open('unknot');
    asked.onsuccess = () => done(asked.result); asked.onerror = () => failed(asked.error); });
  const all = await new Promise((done) => { const asked = db.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => done(asked.result); });
  db.close();
  return all; }"""


@pytest.fixture(scope="module")
def planned(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a person with a session that is planned and not begun."""
    home = tmp_path_factory.mktemp("planned")
    server = Server(home)
    context = browser.new_context(**PHONE, service_workers="block")  # type: ignore[arg-type]
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto(server.link)
    walk = Walk(page, Finger)
    walk.to_first_question()
    walk.answer_all()
    walk.to_set_up()
    walk.set_up()
    context.close()
    server.stop()
    return home


def nothing_waits(page: Page) -> None:
    """The page has spoken with the server, and all that was said is there."""
    page.locator("html[data-waiting='0']").wait_for(state="attached")


class World:
    """A phone that was connected, with the session kept on it."""

    def __init__(self, browser: Browser, home: Path) -> None:
        self.faults: list[str] = []
        self.server: Server | None = Server(home)
        self.home, self.port, self.origin = home, self.server.port, self.server.origin
        self.context: BrowserContext = browser.new_context(**PHONE)  # type: ignore[arg-type]
        self.context.set_default_timeout(30_000)
        self.page = self.new_page()
        self.page.goto(self.server.link)
        self.page.goto(f"{self.origin}/today/")
        nothing_waits(self.page)
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        (kept,) = self.stored("sessions")
        self.session: str = kept["session"]

    def new_page(self, clock: datetime | None = None, wound: bool = False) -> Page:
        """A fresh page; ``clock``: what the phone's clock shows, ``wound``: it is wound on by hand."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        if clock is not None:
            page.clock.install(time=clock)
        elif wound:
            page.clock.install()
        self.page = page
        return page

    def stored(self, name: str) -> list[dict[str, Any]]:
        return list(self.page.evaluate(STORE, name))

    def cut(self) -> None:
        """No server and no network."""
        if self.server is not None:
            self.server.stop()
            self.server = None
        self.context.set_offline(True)

    def connect(self, source: Path = ROOT / "src") -> None:
        self.context.set_offline(False)
        self.server = Server(self.home, self.port, source)

    def entries(self) -> list[dict[str, Any]]:
        """The journal, oldest first."""
        with closing(sqlite3.connect(self.home / "unknot.sqlite3")) as database:
            rows = database.execute(
                "select id, kind, payload, device from journal_entry order by device_seq"
            ).fetchall()
        return [
            {"id": id, "kind": kind, "payload": json.loads(said), "device": device} for id, kind, said, device in rows
        ]

    def close(self) -> None:
        self.context.close()
        if self.server is not None:
            self.server.stop()


@pytest.fixture
def world(browser: Browser, planned: Path, tmp_path: Path) -> Iterator[World]:
    home = tmp_path / "home"
    shutil.copytree(planned, home)
    made = World(browser, home)
    yield made
    made.close()
    assert made.faults == []


def open_kept(world: World, page: Page) -> Walk:
    """The app without a connection, and the one session that is kept."""
    page.goto(f"{world.origin}/today/")
    walk = Walk(page, Finger)
    expect(page.get_by_role("heading", level=1)).to_have_text(say("kept.title"))
    walk.press(walk.button(say("kept.open")))
    return walk


def test_a_whole_session_without_a_connection_survives_a_kill_and_arrives_entry_by_entry(world: World) -> None:
    world.cut()
    page = world.new_page(wound=True)
    walk = open_kept(world, page)
    walk.press(walk.button(say("kept.form.none")))
    expect(page.locator("svg.position use")).to_have_count(1)
    assert page.evaluate(
        "fetch(document.querySelector('svg.position use').getAttribute('href').split('#')[0]).then((a) => a.ok)"
    )
    walk.press(walk.button(say("player.start")))
    for _ in range(60):  # into the first hold, and say how strong it is
        on = walk.button(say("player.next"))
        if on.count():
            walk.press(on)
        if page.get_by_text(say("player.phase.hold"), exact=True).count():
            break
        page.clock.run_for(2_000)
    page.clock.run_for(4_000)
    page.close(run_before_unload=False)  # killed: nothing of it is asked whether it has finished

    page = world.new_page(wound=True)
    page.goto(f"{world.origin}/")  # as the icon on the home screen opens it
    expect(page.get_by_text(say("kept.resume"))).to_be_visible()
    Walk(page, Finger).press(page.get_by_role("button", name=say("kept.resume_do")))
    page.get_by_role("button", name=say("player.resume"), exact=True).tap()
    finish(page)
    walk = Walk(page, Finger)
    expect(page.get_by_role("heading", level=1)).to_have_text(say("kept.after.title"))
    page.reload()  # what was asked is asked again after a reload
    walk.press(walk.radio("3").first)
    walk.press(walk.button(say("kept.after.save")))
    expect(page.get_by_role("heading", level=1)).to_have_text(say("kept.after.done"))
    expect(page.get_by_text(say("kept.after.done_about"))).to_be_visible()

    told = [one["message"] for one in world.stored("outbox")]
    assert Counter(one["kind"] for one in told) == {"before": 1, "rated": 1, "change": len(told) - 2}
    before = {entry["id"] for entry in world.entries()}
    world.connect()
    page = world.new_page()
    page.goto(f"{world.origin}/today/")
    nothing_waits(page)
    assert world.stored("outbox") == []
    arrived = [entry for entry in world.entries() if entry["id"] not in before and entry["device"] == device(world)]
    by_id = {entry["id"]: entry for entry in arrived}
    assert len(by_id) == len(arrived)
    for one in told:  # each under the id that the phone made, once, and saying what the phone said
        assert said_by(one) == (by_id[one["id"].replace("-", "")]["kind"], what(by_id[one["id"].replace("-", "")])), one
    more = [entry["kind"] for entry in arrived if entry["id"] not in {one["id"].replace("-", "") for one in told}]
    assert more == ["screened"]  # all that the server added: the plain "no" makes the safety check anew
    page.goto(f"{world.origin}/today/")
    Walk(page, Finger).go(page.get_by_role("link", name=say("app.tabs.past"), exact=True))
    expect(page.get_by_role("main")).to_contain_text(say("app_progress.past.finished"))


def finish(page: Page) -> None:
    """Through the rest of the session: every hold is rated."""
    walk = Walk(page, Finger)
    for _ in range(200):
        if walk.place == "rate":
            return
        on = walk.button(say("player.next")).or_(walk.button(say("player.finish")))
        if on.count():
            walk.press(on)
        elif page.get_by_text(say("player.phase.checking"), exact=True).count():
            page.get_by_role("slider").press("Enter")
        else:
            page.clock.run_for(8_000)
    raise AssertionError("the session does not end")


@contextmanager
def an_answer_lost(page: Page) -> Iterator[None]:
    """The next answer of the server gets lost after it has heard what was sent; this ends when that has happened.

    Nobody may stop the server before: the handler would ask a server that is gone, and no answer would be lost.
    """
    lost: list[int] = []

    def lose(route: Route) -> None:
        status = route.fetch().status
        route.abort()
        lost.append(status)

    page.route("**/api/told", lose, times=1)
    yield
    for _ in range(600):
        if lost:
            break
        page.wait_for_timeout(50)
    assert lost == [200]


def device(world: World) -> str:
    return str(world.page.evaluate(
        "async () => new Promise((done) => { const asked = indexedDB.open('unknot'); asked.onsuccess = () => {"
        " const got = asked.result.transaction('common').objectStore('common').get('it');"
        " got.onsuccess = () => { asked.result.close(); done(got.result.device); } } })"
    )).replace("-", "")  # fmt: skip


def said_by(message: dict[str, Any]) -> tuple[str, Any]:
    """The entry that a message must become: its kind, and what it says."""
    if message["kind"] == "before":
        return "answers_given", message["answers"]
    if message["kind"] == "rated":
        return "rated", message["pain"]
    names = {"paused": "pause", "resumed": "resume"}
    done = {"started": "session_started", "finished": "session_finished"}
    if message["what"] in done:
        return done[message["what"]], message["session"]
    value = message["step"] if message["what"] == "step" else message.get("value")
    return "session_event", (names.get(message["what"], message["what"]), value)


def what(entry: dict[str, Any]) -> Any:
    payload = entry["payload"]
    return {
        "answers_given": lambda: payload["answers"],
        "rated": lambda: payload["value"],
        "session_event": lambda: (payload["what"], payload.get("value")),
    }.get(entry["kind"], lambda: payload["session"])()


def test_an_old_check_a_clock_set_back_and_a_not_sure_begin_nothing(world: World) -> None:
    world.cut()
    now = datetime.now().astimezone()
    for shown, no in ((now + timedelta(hours=12, minutes=20), "expired"), (now - timedelta(hours=3), "clock")):
        page = world.new_page(clock=shown)
        open_kept(world, page)
        expect(page.get_by_role("alert")).to_contain_text(say(f"kept.no.{no}"))
        assert not page.locator("unknot-player").count()
        page.close()
    page = (
        world.new_page()
    )  # the clock is right again, but it was seen half a day later: that cannot be told from a trick
    open_kept(world, page)
    expect(page.get_by_role("alert")).to_contain_text(say("kept.no.clock"))
    world.connect()
    page.goto(f"{world.origin}/today/")  # being connected heals it
    nothing_waits(page)
    world.cut()

    walk = open_kept(world, page)
    walk.press(walk.box(say("tile.before_fever")))
    walk.press(walk.button(say("kept.form.these")))
    expect(page.get_by_role("heading", level=1)).to_have_text(say("kept.form.closer"))
    for group in page.get_by_role("group").all():
        walk.press(walk.radio(say("kept.form.not_sure"), group))
    walk.press(walk.button(say("kept.form.next")))
    expect(page.get_by_role("alert")).to_contain_text(say("kept.no.title"))
    page.goto(f"{world.origin}/session/{world.session}/")
    expect(page.get_by_role("alert")).to_contain_text(say("kept.no.answered"))
    assert not page.locator("unknot-player").count()
    world.connect()
    page.goto(f"{world.origin}/today/")
    nothing_waits(page)
    assert world.stored("sessions") == []  # and the server takes it back
    (told,) = [one for one in world.entries() if one["device"] == device(world)]
    assert told["payload"]["answers"]["fever"] is None


def test_a_new_version_waits_until_the_session_is_over_and_a_lost_answer_doubles_nothing(
    world: World, tmp_path: Path
) -> None:
    page = world.new_page(wound=True)
    page.goto(f"{world.origin}/session/{world.session}/")
    nothing_waits(page)
    with an_answer_lost(page):
        page.get_by_role("button", name=say("player.start"), exact=True).tap()
        page.get_by_role("button", name=say("player.next"), exact=True).wait_for()
    # The server has heard the beginning, and its answer never came.
    assert "session_started" in [one["kind"] for one in world.entries() if one["device"] == device(world)]
    old = page.evaluate("document.documentElement.dataset.version")
    source = tmp_path / "newer"
    shutil.copytree(ROOT / "src", source)
    with (source / "unknot" / "app" / "static" / "ui" / "app.css").open("a") as style:
        style.write("\n/* newer */\n")
    world.cut()
    world.connect(source)
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update()).then(() => true)")
    for _ in range(300):
        if page.evaluate("navigator.serviceWorker.getRegistration().then((one) => !!one.waiting)"):
            break
        page.wait_for_timeout(100)
    else:
        raise AssertionError("the new version does not wait")
    page.close()
    page = world.new_page(wound=True)
    page.goto(f"{world.origin}/session/{world.session}/")  # killed and opened again, with the newer server there
    page.get_by_role("button", name=say("player.resume"), exact=True).tap()
    assert page.evaluate("document.documentElement.dataset.version") == old
    assert page.evaluate("fetch(document.querySelector('link[rel=stylesheet]').href).then((a) => a.ok)")
    page.get_by_role("button", name=say("player.stop"), exact=True).tap()
    page.clock.run_for(3_000)
    page.wait_for_url("**/stopped/")
    for one in world.context.pages:
        one.close()
    page = world.new_page()
    page.goto(f"{world.origin}/today/")
    nothing_waits(page)
    page.goto(f"{world.origin}/today/")
    new = page.evaluate("document.documentElement.dataset.version")
    assert new != old
    shells: list[str] = []
    for _ in range(30):  # each page that is opened tidies up, once nothing is under way any more
        shells = page.evaluate("caches.keys()")
        if f"unknot-shell-{old}" not in shells:
            break
        page.wait_for_timeout(300)
        page.goto(f"{world.origin}/today/")
    assert shells == [f"unknot-shell-{new}"]
    told = [(one["kind"], one["payload"].get("what")) for one in world.entries() if one["device"] == device(world)]
    assert told.count(("session_started", None)) == told.count(("session_finished", None)) == 1


def test_erasing_leaves_nothing_in_the_browser_and_the_app_can_be_installed(world: World) -> None:
    page = world.page
    client = world.context.new_cdp_session(page)
    page.goto(f"{world.origin}/today/")
    hindered = {one["errorId"] for one in client.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert hindered == {"in-incognito"}  # as every window of these tests is
    cached = page.evaluate(
        "caches.keys().then(async (names) => (await Promise.all(names.map(async (name) =>"
        " (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat())"
    )
    assert cached and all(path.startswith("/static/") or path == "/kept/" for path in cached)
    page.goto(f"{world.origin}/settings/")
    page.get_by_role("button", name=say("app.settings.erase")).tap()
    page.get_by_role("button", name=say("app.erase.do")).tap()
    page.wait_for_url(f"{world.origin}/")
    page.wait_for_timeout(300)
    assert world.stored("sessions") == []
