"""Every address of the app and of its API, with every method, hands no session to a person who was stopped.

The addresses come from the resolver and the operations from the API's own description, so a new one cannot be left out:
one that needs something that is not named here fails the test until it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver
from planned import STOPS, Ready, change, now, stopped, telling

from unknot import knowledge
from unknot.app.api import api
from unknot.app.ids import new_id
from unknot.app.journal.models import SessionTable
from unknot.app.journal.portable import export
from unknot.app.people.models import Person
from unknot.app.routines.use_cases import all_of, save
from unknot.app.sessions.scripts import steps_in_words
from unknot.record.routine import Item, Routine
from unknot.script import Form

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")  # an answer to HEAD has no body

EVERYTHING = {
    # all that a form of ours could hold
    "press": "finished",
    "way": "x",
    "look": "x",
    "pain": "5",
    "first": "danger",
    "value": "5",
    "intensity-0": "5",
    "age": "44",
    "sex": "male",
    "stage": "ticked",
    "kind": "started",
}
EVERYWHERE = ("emergency", "unanswered", "old answers")
"""The stops for which every address is tried; for the others, those that speak of a session or a spot, and the API."""

ENDS = ("session/<uuid:session>/stopped/",)
"""Naming the sign that stopped a session is always taken, begun or not: it closes things and ends the session."""

RECORD = ("settings/export/",)
"""The person's own record as a file holds the scripts of the past; what it does when taken in is tested below."""


@pytest.mark.parametrize("how", STOPS)
def test_no_address_shows_or_begins_a_session(person: Person, how: str) -> None:
    ready = stopped(person, how)
    held = _hold_sentences(ready)
    planned, begun = SessionTable.objects.count(), SessionTable.objects.exclude(started="").count()
    near = re.compile("" if how in EVERYWHERE else "session|routine|choose|tools|spots|press|api/|^$|today|import")
    for pattern in sorted(filter(near.search, _patterns()), key=lambda one: one in ENDS):  # what ends it comes last
        url = _filled(pattern, ready)
        for method in METHODS:
            answer = _asked(ready, method, url, pattern)
            assert answer.status_code < 500, (method, url)
            if pattern not in RECORD:
                text = answer.content.decode()
                assert not [one for one in ("total_hold_s", "unknot-player", *held) if one in text], (method, url)
        if pattern not in ENDS:
            assert SessionTable.objects.exclude(started="").count() == begun, url
        assert SessionTable.objects.count() == planned, url
    row = SessionTable.objects.get(pk=ready.session)
    assert not row.started or row.finished


def test_the_same_addresses_show_the_session_to_a_person_who_may_press(person: Person) -> None:
    """Otherwise the test above would look for something that is never there."""
    ready = Ready(person)
    held = _hold_sentences(ready)
    page = ready.walker.client.get(f"/session/{ready.session}/").content.decode()
    script = ready.walker.client.get(f"/api/sessions/{ready.session}/script").json()
    assert "unknot-player" in page
    assert all(one in page for one in held)
    assert script["total_hold_s"] > 0


def test_every_operation_of_the_api_that_takes_a_body_is_tried_with_one() -> None:
    with_body = {
        (path, method.upper())
        for path, operations in api.get_openapi_schema()["paths"].items()
        for method, operation in operations.items()
        if "requestBody" in operation
    }
    known = {("/api/sessions/{session}/events", "POST"), ("/api/told", "POST")}
    assert with_body == known, "say in _asked what its body is"


@pytest.mark.parametrize("how", ["emergency", "unanswered"])
def test_a_record_that_was_made_up_and_taken_in_gives_a_stopped_person_no_session(person: Person, how: str) -> None:
    """A script of our own without end, an assessment that says all is well, a screening of tomorrow."""
    ready = stopped(person, how)
    forged = _forged(ready)
    file = SimpleUploadedFile("record.json", json.dumps(forged).encode(), "application/json")
    page = ready.walker.client.post("/settings/import/", {"file": file})
    assert page.status_code == 200, page.content.decode()
    ready.session = forged["events"][-1]["payload"]["session"]
    assert SessionTable.objects.filter(pk=ready.session).exists()
    assert ready.event().status_code == 409
    assert ready.walker.client.get(f"/api/sessions/{ready.session}/script").status_code == 409
    assert "unknot-player" not in ready.walker.client.get(f"/session/{ready.session}/").content.decode()


def _patterns() -> Iterator[str]:
    yield from _below(get_resolver().url_patterns, "")


def _below(found: list[Any], before: str) -> Iterator[str]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from _below(one.url_patterns, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield before + str(one.pattern)


def _filled(pattern: str, ready: Ready) -> str:
    """The address with this person's own ids in it."""
    known = knowledge.load()
    values = {
        "case": ready.case,
        "session": ready.session,
        "uuid": ready.session,
        "spot": ready.spot,
        "question": "ces_saddle",
        "claim": next(iter(known.claims)),
        "muscle": next(iter(known.muscles)),
        "region": "lumbar_paraspinal",
        "sign": "chest_pain",
        "digest": "0" * 16,
        "token": "0" * 16,
        "routine": _routine(ready),
        "tool": ready.session,
    }
    url = "/" + pattern
    for name, value in values.items():
        for kind in ("uuid:", "uuidstr:", "slug:", ""):
            url = url.replace(f"<{kind}{name}>", value)
    assert "<" not in url, f"say in _filled what stands in {pattern}"
    return url


def _routine(ready: Ready) -> str:
    """A routine with the planned spot in it."""
    kept = all_of(ready.person)
    if kept:
        return next(iter(kept))
    way = ready.made.reach.fit.option
    item = Item(site=ready.made.spot.site, side=ready.made.spot.side, tool=way.tool, posture=way.posture, form=Form())
    return save(ready.person, now(), Routine(name="Evening", items=(item,)))


def _asked(ready: Ready, method: str, url: str, pattern: str) -> Any:
    ask = getattr(ready.walker.client, method.lower())
    if method in ("GET", "OPTIONS"):
        return ask(url)
    if pattern == "api/told":
        return ask(url, json.dumps(telling(ready.person, ready.session)), content_type="application/json")
    if pattern.startswith("api/"):
        return ask(url, json.dumps(change("started")), content_type="application/json")
    if method == "POST" and pattern.endswith("start/"):
        return ask(url, EVERYTHING | {"press": "begin-0"})
    if method == "POST":
        return ask(url, EVERYTHING)
    return ask(url, json.dumps(EVERYTHING), content_type="application/json")


def _hold_sentences(ready: Ready) -> list[str]:
    """What the planned session says while it presses."""
    script = SessionTable.objects.get(pk=ready.session).script
    return list({step["text"] for step in steps_in_words(script) if step["comfort"]})


def _forged(ready: Ready) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(export(ready.person, now().now)))
    (plan,) = [event for event in document["events"] if event["kind"] == "session_planned"]
    later = (datetime.now(UTC) + timedelta(days=3650)).isoformat()
    session = str(new_id())
    told = [
        ("assessed", {"case": ready.case, "level": "self_care", "complete": True, "reasons": []}),
        ("screened", {"case": ready.case}),
        (
            "session_planned",
            {**plan["payload"], "session": session, "script": plan["payload"]["script"] | {"expires_at": later}},
        ),
    ]
    events = [
        {**plan, "id": str(new_id()), "device_seq": 9_000 + number, "kind": kind, "payload": payload}
        for number, (kind, payload) in enumerate(told)
    ]
    return document | {"events": [*document["events"], *events]}
