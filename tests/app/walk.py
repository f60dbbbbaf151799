"""A person walking through the app with plain forms: what each page asks is read from the page itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from unknot.app.shell import launch


class Form(HTMLParser):
    """The first form of a page with what it would send: hidden inputs, checked boxes, filled fields."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.names: set[str] = set()
        self.options: dict[str, list[str]] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name")
        if not name or tag not in ("input", "button", "select") or "disabled" in found:
            return
        self.names.add(name)
        self.options.setdefault(name, []).append(found.get("value", ""))
        kind = found.get("type", "text")
        if tag == "input" and (kind == "hidden" or (kind in ("checkbox", "radio") and "checked" in found)):
            self.fields.append((name, found.get("value", "")))


def browser() -> Client:
    """A browser that opened the launch link."""
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies[launch.COOKIE] = launch.cookie_value()
    return client


class Walker:
    """Follows redirects and answers forms. ``answers``: question -> what to say where the page asks one thing."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or browser()
        self.url = "/"
        self.html = ""
        self.status = 0

    def get(self, url: str) -> Walker:
        return self._arrive(self.client.get(url, follow=True), url)

    def post(self, url: str, **fields: Any) -> Walker:
        return self._arrive(self.client.post(url, fields, follow=True), url)

    def send(self, **fields: Any) -> Walker:
        """Send the form of the page with these fields beside its hidden and chosen ones."""
        form = Form(self.html)
        body: dict[str, Any] = {}
        for name, value in form.fields:
            body.setdefault(name, []).append(value)
        body |= fields
        return self.post(self.url, **body)

    def _arrive(self, response: Any, url: str) -> Walker:
        self.url = response.redirect_chain[-1][0] if response.redirect_chain else url
        self.html, self.status = response.content.decode(), response.status_code
        return self

    @property
    def form(self) -> Form:
        return Form(self.html)

    @property
    def place(self) -> str:
        """The name of the page: the last word of its address that is no id."""
        words = [
            word for word in self.url.split("?")[0].split("/") if word and not re.fullmatch(r"[0-9a-f-]{16,}", word)
        ]
        return words[-1] if words else ""

    @property
    def case(self) -> str:
        found = re.search(r"/case/([0-9a-f-]{36})/", self.url)
        assert found, self.url
        return found[1]

    def link(self, pattern: str) -> str:
        """The first link whose address matches."""
        found = re.search(rf'href="([^"]*{pattern}[^"]*)"', self.html)
        assert found, f"no link like {pattern} on {self.url}"
        return found[1]

    # --- the path

    def begin(self, *places: str, age: int = 44, intensity: int = 6) -> Walker:
        """From the welcome page to the first safety question."""
        self.post("/new/")
        assert self.place == "pain"
        self.send(place=list(places))
        assert self.place == "confirm"
        who = {"age": age, "sex": "male"} if "age" in self.form.names else {}
        return self.send(**{f"intensity-{index}": intensity for index in range(len(places))}, **who)

    def check(self, say: Mapping[str, Any] | None = None, until: Callable[[Walker], bool] | None = None) -> Walker:
        """Answer every screen: "none of these" but for what ``say`` holds (tile or question -> what to send)."""
        told = dict(say or {})
        for _ in range(80):
            if self.place != "check" or (until is not None and until(self)):
                return self
            self._answer(told)
        raise AssertionError(f"the questions do not end: {self.html}")

    def _answer(self, told: dict[str, Any]) -> None:
        form = self.form
        asked = dict(form.fields).get("asked", "")
        if "tile" in form.names:
            ticked = [tile for tile in form.options["tile"] if tile in told]
            self.send(tile=ticked, press="ticked") if ticked else self.send(press="none")
        elif any(name.startswith("q-") for name in form.names):
            self.send(**{name: _said(name.removeprefix("q-"), form, told) for name in form.names if name[:2] == "q-"})
        elif asked in told:
            self.send(value=told[asked]) if told[asked] else self.send(press="not_sure")
        elif "none" in form.options.get("press", []):
            self.send(press="none")
        elif "false" in form.options.get("value", []):
            self.send(value="false")
        else:
            self.send(press="not_sure")


def _said(question: str, form: Form, told: Mapping[str, Any]) -> Any:
    """What to send for one question of a form with several."""
    if question in told or question in DEFAULTS:
        return told.get(question, DEFAULTS.get(question))
    return "false" if "false" in form.options[f"q-{question}"] else "not_sure"


DEFAULTS = {
    "onset": "over_days",
    "onset_event": ["lifting"],
    "duration_weeks": "2",
    "course": "improving",
    "worse_with": ["bending_forward", "sitting_long"],
    "better_with": ["moving_about"],
}
"""A strain after lifting: harmless, and getting better."""
