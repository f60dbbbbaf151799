"""The person's own tools: described, kept, passed on, taken in, compared."""

from __future__ import annotations

import io
import json

import pytest
from django.test import Client
from walk import browser

from unknot.app.people.models import Person
from unknot.messages import render as say

CORK = {"name": "Cork ball", "shape": "ball", "tip_width_mm": "50", "height_mm": "50", "thumb_mm": "1"}


@pytest.fixture
def client(person: Person) -> Client:
    return browser()


def _file(content: str) -> dict[str, io.BytesIO]:
    file = io.BytesIO(content.encode())
    file.name = "tool.json"
    return {"file": file}


def test_a_described_tool_is_kept_and_comes_back_from_its_file(client: Client) -> None:
    assert client.post("/tools/", CORK).status_code == 302
    shown = client.get("/tools/").content.decode()
    assert "Cork ball" in shown
    assert say("app.tools.soft.rigid") in shown
    address = next(part for part in shown.split('"') if part.endswith("/file/"))
    file = client.get(address)
    assert json.loads(file.content)["tip_width_mm"] == 50
    client.post(address.replace("file", "remove"))
    assert "Cork ball" not in client.get("/tools/").content.decode()
    assert client.post("/tools/bring/", _file(file.content.decode())).status_code == 302
    assert "Cork ball" in client.get("/tools/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("tip_width_mm", "3000"), ("tip_width_mm", "nan"), ("height_mm", "20"), ("thumb_mm", "-1"), ("name", " "),
     ("shape", "star"), ("height_mm", "")],
)  # fmt: skip
def test_a_size_that_cannot_be_is_refused_beside_its_field_and_nothing_is_kept(
    client: Client, field: str, value: str
) -> None:
    answer = client.post("/tools/", CORK | {field: value})
    assert answer.status_code == 422
    assert say(f"app.tools.fault.{field}") in answer.content.decode()
    assert say("app.tools.owned") not in client.get("/tools/").content.decode()


@pytest.mark.parametrize("content", ["", "{", "[]", "7", '{"schema": "unknot.record/1"}', "[" * 4000])
def test_a_file_that_is_no_tool_is_refused_and_nothing_is_kept(client: Client, content: str) -> None:
    answer = client.post("/tools/bring/", _file(content))
    assert answer.status_code == 422
    assert say("app.tools.fault.file") in answer.content.decode()
    assert say("app.tools.owned") not in client.get("/tools/").content.decode()


def test_two_tools_stand_side_by_side_in_words_with_the_figures_one_tap_deeper(client: Client) -> None:
    client.post("/tools/", CORK)
    own = next(
        part for part in client.get("/tools/compare/").content.decode().split('value="')[2:] if "Cork ball" in part
    ).split('"')[0]
    shown = client.post("/tools/compare/", {"a": "golf_ball", "b": own, "site": "rh1"}).content.decode()
    assert "Cork ball presses more gently" in shown
    before, figures = shown.split("<details", 1)
    assert "kPa" not in before
    assert "kPa" in figures


def test_a_spot_where_the_two_never_meet_is_said_so(client: Client) -> None:
    shown = client.post("/tools/compare/", {"a": "gun_ball", "b": "foam_roller_150", "site": "rh1"}).content.decode()
    assert say("app.tools.no_position") in shown


def test_a_tool_of_ones_own_goes_into_a_routine_with_its_measures_and_without_its_name(client: Client) -> None:
    client.post("/tools/", CORK)
    made = client.post("/routines/new/", follow=True)
    address = made.request["PATH_INFO"]
    spot = {"site": "rh1", "side": "left"}
    assert "Cork ball" in client.post(address, {**spot, "press": "spot"}).content.decode()
    way = {"way": "massage_ball|wall_lean|Cork ball", "length": "short"}
    assert client.post(address, {**spot, **way, "press": "way"}).status_code == 302
    shared = client.get(f"{address}share/")
    item = json.loads(shared.content)["items"][0]
    assert item["described"] == {"shape": "ball", "tip_width_mm": 50, "height_mm": 50, "thumb_mm": 1}
    assert "Cork" not in shared.content.decode()
