"""The guided session: by touch, by keyboard only, by ear only; on time, silent at STOP, and alive after a kill."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import ears
import pytest
from conftest import PHONE, Server
from playwright.sync_api import Browser, BrowserContext, Page, expect
from stage import Play, hold, kept_play, stage, step
from test_accessibility import AXE, IDS, RUN_AXE, TAGS

from unknot.messages import render as say

LIMIT_S = 0.100
LOCKS = """window.__locks = 0; const ask = WakeLock.prototype.request;
WakeLock.prototype.request = function (kind) { window.__locks += 1; return ask.call(this, kind); };"""


@pytest.fixture(scope="module")
def play(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    """A planned session of a real person, on a real server."""
    server = Server(tmp_path_factory.mktemp("home"))
    yield kept_play(browser, server)
    server.stop()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone whose pages may load the ear, which the page's own policy would forbid."""
    context = browser.new_context(**PHONE, service_workers="block", bypass_csp=True)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    yield context
    context.close()


def act(page: Page, name: str) -> Any:
    return page.locator(f"[data-act={name}]")


def phase(page: Page) -> str:
    return str(page.locator(".player").get_attribute("data-phase"))


def begun(page: Page) -> None:
    """It has begun: the player first reads on the device whether it may, and a clock wound by hand must wait for it."""
    page.locator(".player:not([data-phase=before])").wait_for()


def answer(page: Page, value: int) -> None:
    """A finger on the scale."""
    box = page.get_by_role("slider").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * (value + 0.5) / 11, box["y"] + box["height"] / 2)


def instant(event: dict[str, Any]) -> float:
    return datetime.fromisoformat(event["at"]).timestamp()


def due(begun: float, seconds: float) -> list[tuple[str, float]]:
    """What must sound in one hold, and when, from the instant that the session told of its beginning."""
    last = [("last", begun + seconds - left) for left in (5, 4, 3, 2, 1)]
    return [("hold", begun), ("half", begun + seconds / 2), *last, ("release", begun + seconds)]


# ---------------------------------------------------------------- on time


def test_sounds_are_on_time_on_a_slow_device_and_out_of_sight(browser: Browser, play: Play) -> None:
    with ears.real_tabs(browser.browser_type) as context:
        page, other = context.pages[0], context.new_page()
        page.bring_to_front()
        devtools = context.new_cdp_session(page)
        devtools.send("Page.setBypassCSP", {"enabled": True})
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": 6})
        steps = [hold(20), step("rest", 8, "Rest."), hold(20), step("rest", 8, "Rest.")]
        made = stage(context, play, steps, page=page, before=ears.LISTEN + ears.SPEAK + LOCKS)
        act(page, "start").click()
        begun = time.monotonic()

        def at(seconds: float) -> None:
            page.wait_for_timeout(max(0.0, begun + seconds - time.monotonic()) * 1000)

        at(8)
        other.bring_to_front()
        assert page.evaluate("document.hidden")
        at(18)
        page.bring_to_front()
        at(26)
        answer(page, 3)
        at(40)
        other.bring_to_front()  # and not back before the second hold is over
        at(58)
        assert page.evaluate("document.hidden")
        assert made.kinds()[-1] == "paused"
        spoken_hidden = len(page.evaluate("window.__said"))
        page.bring_to_front()
        expect(page.get_by_text(say("player.paused_away")).first).to_be_visible()
        act(page, "resume").click()
        at(60)
        heard = ears.sounds(page)
        said = page.evaluate("window.__said")
        assert page.evaluate("window.__locks") >= 3, "the screen is kept on anew after each time out of sight"
    holds = [instant(one) for one in made.told if one["kind"] == "step" and one["step"] in (0, 2)]
    assert len(holds) == 2
    paused = instant(next(one for one in made.told if one["kind"] == "paused"))
    for name, wanted in [*due(holds[0], 20), *due(holds[1], 20), ("paused", paused + 1.5)]:
        found = min((one for one in heard if one.name == name), key=lambda one: abs(one.at - wanted), default=None)
        assert found, f"{name} was not heard"
        assert abs(found.at - wanted) <= LIMIT_S, f"{name}: {found.at - wanted:+.3f} s"
        assert abs(found.by_thread - wanted) <= LIMIT_S, f"{name}: {found.by_thread - wanted:+.3f} s"
    assert not [one for one in heard if one.name == "hold" and one.at > holds[1] + 1], "a hold began out of sight"
    assert len(said) > spoken_hidden and {one["voice"] for one in said} == {"Local"}


def test_stop_is_silence_within_a_tenth_of_a_second_and_nothing_sounds_after_it(
    phone: BrowserContext, play: Play
) -> None:
    steps = [step("breathe", 30, "Breathe."), hold(20)]
    made = stage(phone, play, steps, before=ears.LISTEN)
    page = made.page
    page.route("**/stopped/", lambda route: None)  # stay, to hear that nothing follows
    phone.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    act(page, "start").tap()
    page.wait_for_timeout(2500)  # in the middle of the sound to breathe by
    ears.wait_for_a_sound(page)
    act(page, "stop").tap()
    page.wait_for_timeout(1500)
    heard = page.evaluate("window.__heard")
    touched = heard["touches"][-1]
    silent = max(heard["ends"])
    assert heard["ends"] and silent > touched, "it was sounding when STOP was touched"
    assert silent - touched <= LIMIT_S * 1000, f"{silent - touched:.0f} ms"
    assert not [one for one in heard["onsets"] if one["at"] > touched + LIMIT_S * 1000]
    assert made.kinds()[-1] == "stopped" and made.kinds().count("stopped") == 1


def test_a_stop_in_the_instant_after_start_is_kept_and_leads_on_without_a_home_computer_or_a_worker(
    phone: BrowserContext, play: Play
) -> None:
    made = stage(phone, play, [step("breathe", 30, "Breathe."), hold(20)])
    page = made.page
    page.route("**/api/**", lambda route: route.abort())
    page.evaluate("""document.querySelector("[data-act=start]").click();
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));""")
    page.wait_for_url("**/stopped/")
    assert made.kinds() == ["started", "step", "stopped"]


# ---------------------------------------------------------------- by keyboard only, by ear only


def test_a_whole_session_by_keyboard_only(phone: BrowserContext, play: Play) -> None:
    made = stage(phone, play, clock=True)
    page = made.page
    keys = page.keyboard
    keys.press("Enter")
    begun(page)
    for _ in range(120):
        if phase(page) == "finished":
            break
        if act(page, "next").count():
            keys.press("Enter")
        elif phase(page) == "checking":
            page.get_by_role("slider").focus()
            keys.press("ArrowRight")
            keys.press("Enter")
        else:
            page.clock.run_for(2000)
    assert made.kinds()[0] == "started" and made.kinds()[-1] == "finished"
    assert [one["step"] for one in made.told if one["kind"] == "step"] == list(range(len(play.steps())))


def test_keys_pause_ease_rate_and_stop(phone: BrowserContext, play: Play) -> None:
    made = stage(phone, play, [hold(60)], clock=True)
    page, keys = made.page, made.page.keyboard
    keys.press("Enter")
    begun(page)
    page.clock.run_for(6000)
    for key in ("ArrowDown", "ArrowUp"):
        keys.press(key)
    keys.press("ArrowRight")
    page.clock.run_for(2000)  # the scale has come to rest: that is the answer
    keys.press("Space")
    assert phase(page) == "paused"
    keys.press("Space")
    page.clock.run_for(6000)
    keys.press("Escape")
    page.wait_for_function("document.querySelector('.player').dataset.phase === 'stopped'")
    assert made.kinds() == ["started", "step", "less", "more", "comfort", "paused", "resumed", "stopped"]
    assert next(one["value"] for one in made.told if one["kind"] == "comfort") == 3


def test_a_whole_session_by_ear_only(phone: BrowserContext, play: Play) -> None:
    made = stage(phone, play, clock=True, before=ears.SPEAK)
    page = made.page
    act(page, "start").tap()
    begun(page)
    for _ in range(120):
        if phase(page) == "finished":
            break
        if act(page, "next").count():
            act(page, "next").tap()
        elif phase(page) == "checking":
            answer(page, 4)
        else:
            page.clock.run_for(3000)
    said = [one["text"] for one in page.evaluate("window.__said")]
    whole = " ".join(said)
    for one in play.steps():
        assert one["text"] in whole, one["text"]
    for id in ("player.intro", "player.half_way", "player.let_go", "player.done"):
        assert say(id) in whole, id
    seconds = [one["duration_s"] for one in play.steps() if one["kind"] == "hold"]
    assert whole.count("Next: hold for") >= 1 and seconds
    assert any(say("player.seconds_left", {"n": 15}) == one for one in said)
    assert page.locator(".player > [role=status]").inner_text() == said[-1]


def test_no_answer_after_a_hold_sounds_the_alarm_until_somebody_sits_up(phone: BrowserContext, play: Play) -> None:
    felt = "window.__felt = []; navigator.vibrate = (pattern) => window.__felt.push(pattern);"
    made = stage(phone, play, [hold(20), step("rest", 30, "Rest.")], clock=True, before=ears.SPEAK + felt)
    page = made.page
    act(page, "start").tap()
    begun(page)
    page.clock.run_for(25_500)
    assert len(page.evaluate("window.__felt")) >= 7, "the beginning, the last five seconds and the end are felt"
    assert phase(page) == "checking"
    page.clock.run_for(11_000)
    assert made.told[-1]["reason"] == "no_answer"
    assert say("player.sit_up") in [one["text"] for one in page.evaluate("window.__said")]
    page.clock.run_for(20_000)
    assert not made.led_to, "the page waits with the alarm"
    act(page, "up").tap()
    page.wait_for_url("**/stopped/")


# ---------------------------------------------------------------- what an answer changes


def test_answers_above_the_aim_ease_and_shorten_and_then_leave_the_spot_alone(
    phone: BrowserContext, play: Play
) -> None:
    steps = [hold(60), step("rest", 30, "Rest."), hold(60), step("rest", 30, "Rest."), step("exercise", 30, "Bridge.")]
    made = stage(phone, play, steps, clock=True, before=ears.SPEAK)
    page = made.page
    act(page, "start").tap()
    begun(page)
    page.clock.run_for(8000)
    answer(page, 5)
    expect(page.locator(".cue")).to_have_text(say("player.ease"))
    page.clock.run_for(11_000)
    answer(page, 5)
    expect(page.locator(".cue")).to_have_text(say("player.shorten"))
    page.clock.run_for(5_000)
    answer(page, 5)
    expect(page.locator(".cue")).to_contain_text(say("player.move_on"))
    page.clock.run_for(31_000)
    assert page.locator(".player").get_attribute("data-kind") == "exercise"
    said = " ".join(one["text"] for one in page.evaluate("window.__said"))
    assert all(say(f"player.{id}") in said for id in ("ease", "shorten", "move_on"))


# ---------------------------------------------------------------- killed, and remembered


def test_a_page_that_is_killed_in_a_hold_goes_on_where_it_was_and_nothing_is_lost_or_doubled(
    phone: BrowserContext, play: Play
) -> None:
    steps = [step("breathe", 20, "Breathe."), hold(30), step("rest", 30, "Rest.")]
    first = stage(phone, play, steps)
    page = first.page
    act(page, "start").tap()
    page.wait_for_timeout(500)
    act(page, "pause").tap()
    page.wait_for_timeout(300)
    page.close(run_before_unload=False)
    second = stage(phone, play, steps)
    assert phase(second.page) == "paused"
    expect(second.page.get_by_text(say("player.back"))).to_be_visible()
    act(second.page, "resume").tap()
    second.page.wait_for_timeout(300)
    assert [*first.kinds(), *second.kinds()] == ["started", "step", "paused", "resumed"]
    ids = [one["id"] for one in [*first.told, *second.told]]
    assert len(set(ids)) == len(ids)
    act(second.page, "stop").tap()
    second.page.wait_for_url("**/stopped/")
    assert second.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('unknot-session'))") == []


def test_voice_rate_and_keys_are_remembered_and_a_lock_screen_shows_nothing_of_the_person(
    phone: BrowserContext, play: Play
) -> None:
    keys = """const hear = MediaSession.prototype.setActionHandler; window.__keys = {};
    MediaSession.prototype.setActionHandler = function (name, does) {
      window.__keys[name] = does; hear.call(this, name, does);
    };"""
    made = stage(phone, play, [hold(60)], clock=True, before=ears.SPEAK + keys)
    page = made.page
    act(page, "sound").tap()
    page.locator("select[name=rate]").select_option("0.8")
    page.locator("select[name=timeEvery]").select_option("0")
    page.get_by_role("button", name=say("player.set.done"), exact=True).tap()
    page.reload()
    act(page, "start").tap()
    begun(page)
    page.clock.run_for(6000)
    assert {one["rate"] for one in page.evaluate("window.__said")} == {0.8}
    assert page.evaluate("navigator.mediaSession.metadata.title") == "Unknot"
    for key in ("previoustrack", "nexttrack", "pause", "play"):
        page.evaluate(f"window.__keys.{key}()")
    page.clock.run_for(6000)
    page.evaluate("window.__keys.stop()")
    page.wait_for_function("document.querySelector('.player').dataset.phase === 'stopped'")
    assert made.kinds() == ["started", "step", "less", "more", "paused", "resumed", "stopped"]


# ---------------------------------------------------------------- on the screen


def zones(page: Page) -> dict[str, str | None]:
    """What a finger meets at points of the screen."""
    points = {"low left": (0.1, 0.55), "low right": (0.9, 0.95), "high left": (0.05, 0.25), "high right": (0.95, 0.25)}
    size: Any = page.viewport_size
    meets = "([x, y]) => document.elementFromPoint(x, y)?.closest('[data-act]')?.dataset.act ?? null"
    return {name: page.evaluate(meets, [size["width"] * x, size["height"] * y]) for name, (x, y) in points.items()}


@pytest.mark.parametrize("look", ["dark", "light", "200 % text"])
def test_every_moment_of_a_session_is_accessible_and_stop_is_the_lower_half(
    browser: Browser, play: Play, look: str
) -> None:
    context = browser.new_context(**PHONE, service_workers="block", reduced_motion="reduce")  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    steps = [
        step("breathe", 20, "Breathe in."), *play.steps()[:2], step("find", 20, play.steps()[1]["text"]),
        hold(30), step("rest", 20, "Take the pressure off."),
    ]  # fmt: skip
    theme, text = ("dark", 200) if look == "200 % text" else (look, 100)
    made = stage(context, play, steps, clock=True, theme=theme, text=text)
    page, wrong = made.page, []

    def inspect(name: str) -> None:
        page.evaluate(AXE.read_text())
        found = page.evaluate(RUN_AXE, TAGS)
        found += IDS.findall(page.locator("body").inner_text())
        size: Any = page.viewport_size
        for width in (size["width"], 320):
            page.set_viewport_size({"width": width, "height": size["height"]})
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            found += [f"{over} px of sideways scroll at {width}"] if over > 0 else []
        page.set_viewport_size(size)
        wrong.extend(f"{name}: {one}" for one in found)

    inspect("before")
    act(page, "sound").tap()
    inspect("settings")
    page.get_by_role("button", name=say("player.set.done"), exact=True).tap()
    act(page, "start").tap()
    begun(page)
    seen: set[tuple[str, str]] = set()
    for _ in range(60):
        now = (phase(page), str(page.locator(".player").get_attribute("data-kind")))
        if now not in seen:
            seen.add(now)
            inspect(" ".join(now))
        if now == ("running", "hold"):
            met = zones(page)
            assert met == {"low left": "stop", "low right": "stop", "high left": "less", "high right": "more"}, met
            act(page, "pause").tap()
            inspect("paused")
            act(page, "resume").tap()
            page.clock.run_for(40_000)  # count-in, hold, and no answer
        elif act(page, "next").count():
            act(page, "next").tap()
        elif now[0] == "stopped":
            break
        else:
            page.clock.run_for(3000)
    context.close()
    assert not wrong, "\n".join(wrong)
    assert len(seen) >= 7, seen


def test_the_seconds_can_be_read_from_the_floor(browser: Browser, play: Play) -> None:
    context = browser.new_context(**PHONE, service_workers="block")  # type: ignore[arg-type]
    made = stage(context, play, [hold(30)], clock=True)
    act(made.page, "start").tap()
    made.page.clock.run_for(6000)
    pixels = float(made.page.locator(".timer").evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))
    # A phone of 390 px is about 68 mm wide; a digit is two thirds of its font size high. Ten minutes of arc at 1.5 m
    # (4.4 mm) is what half of full sight still reads.
    assert pixels * 68 / 390 * 0.66 >= 2 * 4.4
    context.close()
