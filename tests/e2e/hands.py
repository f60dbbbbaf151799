"""A person at the app: finds things by role and visible name, and uses a finger, a mouse or the keyboard alone.

What a thing is called is taken from the message catalogue, so the tests read what people read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page

from unknot.messages import render as say

STRAIN = {
    "onset": "over_days",
    "onset_event": ["lifting"],
    "duration_weeks": 2,
    "pain_unaffected_by_movement": False,
    "course": "improving",
    "worse_with": ["bending_forward", "sitting_long"],
    "better_with": ["moving_about"],
}
"""A strain after lifting: harmless, and getting better. Question -> answer; every other question is denied."""

HAS_FOCUS = """wanted => document.activeElement === wanted || (wanted.type === "radio"
    && document.activeElement?.type === "radio" && document.activeElement.name === wanted.name)
"""


class Finger:
    """Touch."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, thing: Locator) -> None:
        _face(thing).tap()

    def write(self, field: Locator, text: str) -> None:
        field.tap()
        field.press_sequentially(text)

    def slide(self, scale: Locator, value: int) -> None:
        """On the scale of the player: the cell with this number."""
        x, y = _cell(scale, value)
        self.page.touchscreen.tap(x, y)


class Mouse(Finger):
    def press(self, thing: Locator) -> None:
        _face(thing).click()

    def write(self, field: Locator, text: str) -> None:
        field.click()
        field.press_sequentially(text)

    def slide(self, scale: Locator, value: int) -> None:
        x, y = _cell(scale, value)
        self.page.mouse.move(x - 30, y)
        self.page.mouse.down()
        self.page.mouse.move(x, y, steps=3)
        self.page.mouse.up()


class Keys(Finger):
    """The keyboard and nothing else: Tab to get there, Enter or Space to press, arrows inside a group."""

    def press(self, thing: Locator) -> None:
        self.reach(thing)
        kind = thing.evaluate("e => e.type")
        if kind == "radio":
            self._choose(thing)
        else:
            self.page.keyboard.press("Space" if kind == "checkbox" else "Enter")

    def write(self, field: Locator, text: str) -> None:
        self.reach(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def reach(self, thing: Locator) -> None:
        """Tab until it has the focus, and see that it shows where the focus is."""
        wanted = thing.element_handle()
        for _ in range(300):
            if wanted.evaluate(HAS_FOCUS):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never comes to {thing}")

    def _choose(self, radio: Locator) -> None:
        if radio.evaluate("e => document.activeElement === e"):
            self.page.keyboard.press("Space")
        for _ in range(20):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowRight")
        raise AssertionError(f"the arrows never come to {radio}")

    def slide(self, scale: Locator, value: int) -> None:
        """Arrows move it, Enter answers."""
        self.reach(scale)
        for _ in range(11):
            at = int(scale.input_value())
            if at == value:
                break
            self.page.keyboard.press("ArrowRight" if at < value else "ArrowLeft")
        self.page.keyboard.press("Enter")


def _headed(name: str) -> str:
    """As it stands at the head of a line."""
    return name[:1].upper() + name[1:]


def _cell(scale: Locator, value: int) -> tuple[float, float]:
    """Where a finger meets a number of the scale."""
    box = scale.bounding_box()
    assert box
    return box["x"] + box["width"] * (value + 0.5) / 11, box["y"] + box["height"] / 2


def _face(thing: Locator) -> Locator:
    """What a finger meets: the label, where the box itself is drawn away."""
    if thing.evaluate("e => ['radio', 'checkbox'].includes(e.type) && !!e.closest('label')"):
        return thing.locator("xpath=ancestor::label[1]")
    return thing


class Walk:
    """From page to page. ``arrived`` is called on every screen, once it stands."""

    def __init__(self, page: Page, hands: type[Finger], arrived: Callable[[str], None] | None = None) -> None:
        self.page = page
        self.hands = hands(page)
        self._arrived = arrived or (lambda name: None)
        self.arrived()

    # --- where

    @property
    def place(self) -> str:
        """The last word of the address that is no id: pain, check, spots, stop, play, ..."""
        words = [word for word in urlsplit(self.page.url).path.split("/") if word]
        names = [word for word in words if not re.fullmatch(r"[0-9a-f-]{16,}", word)]
        return names[-1] if names else "welcome"

    @property
    def id(self) -> str:
        """The id in the address: of the complaint or of the session."""
        found = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", self.page.url)
        assert found, self.page.url
        return found[0]

    def arrived(self) -> None:
        self.page.wait_for_load_state("load")
        self._arrived(self.place)

    # --- what is there

    def button(self, name: str, within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True)

    def box(self, name: str, within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("checkbox", name=name, exact=True)

    def radio(self, name: str, within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("radio", name=name, exact=True)

    def group(self, name: str) -> Locator:
        return self.page.get_by_role("group", name=name, exact=True)

    @property
    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text().strip()

    def press(self, thing: Locator) -> None:
        self.hands.press(thing)

    def go(self, thing: Locator) -> None:
        """Press what leads to another page."""
        with self.page.expect_navigation():
            self.hands.press(thing)
        self.arrived()

    # --- the path

    def begin(self) -> None:
        """From the welcome page to the drawing."""
        self.go(self.button(say("app.welcome.where")))
        assert self.place == "pain"

    def tick_region(self, region: str, side: str) -> None:
        """Find a region in the list and tick it."""
        name = _headed(say(f"region.{region}"))
        search = self.page.get_by_role("searchbox")
        if not search.is_visible():
            self.press(
                self.page.locator("summary")
                .get_by_text(say("app.pain.list"), exact=True)
                .locator("xpath=ancestor-or-self::summary")
            )
        self.hands.write(search, name)
        self.press(self.box(f"{say('app.pain.your')} {side.capitalize()}", self.group(name)))

    def leave_drawing(self) -> None:
        self.go(self.button(say("app.pain.next")))
        assert self.place == "confirm"

    def confirm(self, strength: int, age: int = 44) -> None:
        """Say that the sides are right, how strong each area is where the map did not ask, and once who it is."""
        for area in self.page.get_by_role("group", name=say("app.confirm.how_strong")).all():
            self.press(self.radio(str(strength), area))
        who = self.page.get_by_label(say("question.age.ask"))
        if who.count():
            self.hands.write(who, str(age))
            self.press(self.radio(say("answer.sex.male")))
        self.go(self.button(say("app.confirm.yes")))

    def to_first_question(self, region: str = "lumbar_paraspinal", side: str = "left", strength: int = 6) -> None:
        self.begin()
        self.tick_region(region, side)
        self.leave_drawing()
        self.confirm(strength)
        assert self.place == "check", self.page.url

    def answer_all(self, told: Mapping[str, object] = STRAIN, danger: str = "") -> None:
        """Every screen: "none of these" and "no", but for what ``told`` holds; ``danger``: a tile to tick."""
        for _ in range(60):
            if self.place != "check":
                return
            tile = self.box(danger) if danger else None
            if tile and tile.count():
                self.press(tile)
                self.go(self.button(say("app.check.these")))
            else:
                self.answer(told)
        raise AssertionError(f"the questions do not end: {self.heading}")

    def answer(self, told: Mapping[str, object]) -> None:
        heading = self.heading
        form = self.page.locator("fieldset[id^=field-]")
        if form.count():
            for one in form.all():
                self._fill(one, told)
            self.go(self.button(say("app.next")))
            return
        asked = next((id for id in told if say(f"question.{id}.ask") == heading), None)
        if asked is not None:
            self._tell(asked, told[asked])
            return
        for name in (say("app.answer.none"), say("app.answer.no"), say("app.answer.not_sure")):
            if self.button(name).count():
                self.go(self.button(name))
                return
        raise AssertionError(f"no answer stands on the screen “{heading}”")

    def _fill(self, field: Locator, told: Mapping[str, object]) -> None:
        """One question of a form; what is not told and may be left out is left out."""
        asked = str(field.get_attribute("id")).removeprefix("field-")
        value = told.get(asked)
        if isinstance(value, list):
            for one in value:
                self.press(self.box(_headed(say(f"answer.{asked}.{one}")), field))
        elif isinstance(value, bool):
            self.press(self.radio(say("app.answer.yes" if value else "app.answer.no"), field))
        elif isinstance(value, int):
            self.hands.write(field.get_by_role("textbox"), str(value))
        elif value is not None:
            self.press(self.radio(_headed(say(f"answer.{asked}.{value}")), field))
        elif field.locator("[value=not_sure]").count():
            self.press(field.locator("[value=not_sure]"))

    def _tell(self, asked: str, value: object) -> None:
        if isinstance(value, list):
            for one in value:
                self.press(self.box(say(f"answer.{asked}.{one}")))
            self.go(self.button(say("app.next")))
        else:
            self.go(self.button(say(f"answer.{asked}.{value}")))

    def press_spot(self, n: int = 1) -> None:
        """Press where the app says, after the short form; it is tender and brings on the pain."""
        form = self.link(say("app.spots.before"))
        if form.count():
            self.go(form)
            self.go(self.button(say("app.answer.none")))
        self.go(self.link(say("app.spots.press", {"n": n})).last)
        for question in ("tender", "familiar"):
            self.press(self.radio(say("app.answer.yes"), self.group(say(f"question.{question}.ask"))))
        self.go(self.button(say("app.press.save")))
        assert self.place == "spots"

    def to_set_up(self, tool: str = "massage_ball") -> None:
        """From the spots to the set-up: the short form, and what there is to press with."""
        for _ in range(6):
            if self.place == "spots":
                form = self.link(say("app.spots.before"))
                treat = self.link(say("app.spots.choose", {"n": 1})).last
                self.go(form if form.count() else treat)
            elif self.place == "before":
                self.go(self.button(say("app.answer.none")))
            elif self.place == "tools":
                self.press(self.box(_headed(say(f"tool.{tool}"))))
                self.go(self.button(say("app_sessions.tools.save")))
            else:
                break
        assert self.place == "choose", self.page.url

    def set_up(self, pain: int = 6) -> None:
        """Into position."""
        self.press(self.radio(str(pain)))
        self.go(self.button(say("app_sessions.choose.go")))
        assert self.place == "session", self.page.url

    def hold_all(self, strength: int = 4, look: Callable[[str], None] = lambda name: None) -> None:
        """Through the session with a clock that can be wound on (``page.clock``): every hold is rated, all is done."""
        self.press(self.button(say("player.start")))
        look("player running")
        for _ in range(200):
            if self.place == "rate":
                break
            on = self.button(say("player.next")).or_(self.button(say("player.finish")))
            if on.count():
                self.press(on)
            elif self.page.get_by_text(say("player.phase.checking"), exact=True).count():
                look("player asking")
                self.hands.slide(self.page.get_by_role("slider"), strength)
            else:
                self.page.clock.run_for(8_000)
        self.page.wait_for_url("**/rate/")
        self.arrived()

    def rate(self, pain: int = 4) -> None:
        """The number after the session, and on to Today."""
        self.press(self.radio(str(pain)).first)
        self.press(self.button(say("app_sessions.rate.save")))
        # The server's page, or the phone's own while something still waits to be sent: both lead on by the same name.
        on = self.link(say("app_sessions.follows.today"))
        on.wait_for()
        self.arrived()
        self.go(on)
