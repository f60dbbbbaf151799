"""Routines in the app: built, shared, brought in, and started through the safety gate for this person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from ready_case import told_danger
from test_sessions import World, world

from unknot.app.journal.erase import erase
from unknot.app.journal.portable import export, import_record
from unknot.app.journal.rebuild import rebuild
from unknot.app.routines import use_cases

__all__ = ["world"]

EXAMPLE = json.loads((Path(__file__).parents[2] / "examples" / "evening-routine.json").read_text())


def brought(world: World, document: Any) -> Any:
    text = document if isinstance(document, str) else json.dumps(document)
    file = SimpleUploadedFile("r.json", text.encode(), "application/json")
    return world.client.post("/routines/bring/", {"file": file})


def the_one(world: World) -> tuple[str, Any]:
    return next(iter(use_cases.all_of(world.person).items()))


def test_a_routine_is_built_spot_by_spot_put_in_order_named_and_removed(world: World) -> None:
    url = world.client.post("/routines/new/").headers["Location"]
    way = world.client.post(url, {"press": "spot", "site": "gmx1", "side": "right"}).content.decode()
    assert "massage_ball|wall_lean" in way and "elbow_massager" not in way
    assert world.client.post(url, {"press": "way", "site": "gmx1", "side": "right", "way": "x"}).status_code == 422
    for site, more in (("gmx1", {"both_sides": "yes"}), ("mt1", {"length": "short", "no_floor": "yes"})):
        told = {"press": "way", "site": site, "side": "right", "way": "massage_ball|wall_lean", **more}
        assert world.client.post(url, told).status_code == 302
    world.client.post(url, {"press": "up-1"})
    world.client.post(url, {"press": "name", "name": "Evening"})
    id, routine = the_one(world)
    assert routine.name == "Evening"
    assert [(item.site, item.form.length, item.form.both_sides) for item in routine.items] == [
        ("mt1", "short", False),
        ("gmx1", "full", True),
    ]
    world.client.post(url, {"press": "out-0"})
    assert [item.site for item in the_one(world)[1].items] == ["gmx1"]
    world.client.post(url, {"press": "remove"})
    assert use_cases.all_of(world.person) == {}
    assert world.client.get(f"/routines/{id}/").status_code == 404


def test_a_shared_file_brings_the_list_and_nothing_about_the_person(world: World) -> None:
    assert brought(world, EXAMPLE).status_code == 302
    id, _ = the_one(world)
    shared = json.loads(world.client.get(f"/routines/{id}/share/").content)
    assert set(shared) == {"schema", "name", "items"}
    assert [item["site"] for item in shared["items"]] == ["mt1", "qls2", "gmx1"]
    assert shared["items"][2]["described"]["tip_width_mm"] == 63
    assert str(world.person.id) not in json.dumps(shared)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("no json", "this is no JSON file"),
        ({"schema": "unknot.session/1"}, "schema: must be unknot.routine/1"),
        ({**EXAMPLE, "items": [{**EXAMPLE["items"][0], "site": "mt9"}]}, "items[0].site: there is nothing called mt9"),
        ({**EXAMPLE, "items": [{**EXAMPLE["items"][0], "steps": []}]}, "items[0].steps: is not a field"),
        (json.dumps({**EXAMPLE, "name": "x" * 70_000}), "too large"),
    ],
)
def test_a_bad_file_is_refused_with_the_field_and_nothing_is_kept(world: World, file: Any, said: str) -> None:
    answer = brought(world, file)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert use_cases.all_of(world.person) == {}


def test_each_start_builds_the_sessions_anew_and_leaves_out_what_the_gate_refuses(world: World) -> None:
    closed = {**EXAMPLE["items"][0], "site": "ps1"}
    owned_by_nobody = {**EXAMPLE["items"][0], "tool": "cane", "posture": "seated"}
    brought(world, {**EXAMPLE, "items": [closed, owned_by_nobody, EXAMPLE["items"][1]]})
    id, _ = the_one(world)
    page = world.client.get(f"/routines/{id}/start/").content.decode()
    assert page.count("Left out today") == 2
    assert "You have not said that you own this: hooked cane." in page
    assert world.client.post(f"/routines/{id}/start/", {"press": "begin-2"}).status_code == 422
    assert world.client.post(f"/routines/{id}/start/", {"press": "begin-0", "pain": "5"}).status_code == 409
    planned = world.client.post(f"/routines/{id}/start/", {"press": "begin-2", "pain": "5"})
    session = planned.headers["Location"].split("/")[-2]
    assert world.row(session).routine == id
    assert {spot["side"] for spot in world.row(session).script["spots"]} == {"left", "right"}
    world.tell(session, "started")
    world.tell(session, "finished")
    world.later(minutes=1)
    assert f"/routines/{id}/start/" in world.client.get(f"/session/{session}/after/").content.decode()
    assert "Done in this visit" in world.client.get(f"/routines/{id}/start/").content.decode()


def test_nobody_who_was_stopped_starts_a_routine(world: World) -> None:
    brought(world, EXAMPLE)
    id, _ = the_one(world)
    told_danger(world.person, world.clock, world.case, ces_saddle=True)
    answer = world.client.post(f"/routines/{id}/start/", {"press": "begin-0", "pain": "5"})
    assert answer.headers["Location"].endswith("/stop/")


def test_a_routine_is_part_of_the_record_wherever_it_goes(world: World) -> None:
    brought(world, EXAMPLE)
    id, routine = the_one(world)
    rebuild(world.person)
    assert the_one(world) == (id, routine)
    record = json.loads(json.dumps(export(world.person, world.clock.now)))
    erase(world.person)
    assert use_cases.all_of(world.person) == {}
    record["erased"] = []
    for number, event in enumerate(record["events"]):
        if event["kind"] == "routine_saved":
            record["events"][number]["payload"]["items"][0]["site"] = "nowhere"
    with pytest.raises(ValueError, match=r"payload.items\[0\].site"):
        import_record(record)
