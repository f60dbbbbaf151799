"""What a phone keeps for times without a connection, and what it tells afterwards."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from planned import Ready, now, telling

import unknot
from unknot.app.cases import use_cases as cases
from unknot.app.cases.state import load_case
from unknot.app.ids import new_id
from unknot.app.journal.erase import erase
from unknot.app.journal.models import Device, Entry
from unknot.app.journal.rebuild import rebuild
from unknot.app.people.models import Person
from unknot.app.sessions.state import Refused, leave, load_session
from unknot.app.sync import passes
from unknot.record import SessionRow, moment

PHONE = str(new_id())
STATIC = Path(unknot.__file__).parent / "app" / "static"


@pytest.fixture
def ready(person: Person) -> Ready:
    return Ready(person)


def kept(ready: Ready) -> Any:
    return ready.walker.client.get("/api/kept").json()


def tell(ready: Ready, *told: dict[str, Any], status: int = 200, **changed: Any) -> Any:
    body = {**telling(ready.person, ready.session, *told, device=PHONE), **changed}
    answer = ready.walker.client.post("/api/told", json.dumps(body), content_type="application/json")
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def row(ready: Ready) -> SessionRow:
    return load_session(ready.person, ready.session)


def change(what: str, step: int = 0, **more: Any) -> dict[str, Any]:
    return {"kind": "change", "what": what, "step": step, **more}


def no_to_all(ready: Ready) -> dict[str, Any]:
    return kept(ready)["sessions"][0]["none"]


# --- what is kept


def test_a_planned_session_comes_with_all_that_it_needs_without_a_connection(ready: Ready) -> None:
    (one,) = kept(ready)["sessions"]
    assert one["session"] == ready.session
    assert one["script"]["steps"]
    assert one["picture"]["svg"].startswith("<svg")
    assert {line["id"] for line in one["form"]} >= {"before_bladder_legs", "before_fever", "before_worse"}
    assert all(question in one["questions"] for line in one["form"] for question in line["questions"])
    assert {rule["level"] for rule in one["screening"]["rules"]} == {"emergency", "same_day", "provider"}
    assert kept(ready)["stops"]["automatic"] and kept(ready)["signs"]


def test_a_session_under_way_is_kept_so_that_it_can_go_on_and_one_that_is_over_is_not(ready: Ready) -> None:
    ready.event()
    assert kept(ready)["sessions"][0]["started"]
    ready.event("finished")
    assert kept(ready)["sessions"] == []


def test_a_stopped_person_gets_nothing_to_keep_and_begins_nothing_without_a_pass(ready: Ready) -> None:
    """(Every kind of stop is tried on every address in test_every_route.)"""
    ready.stop("emergency")
    assert kept(ready)["sessions"] == []
    answer = tell(ready)
    assert not answer["kept"] and answer["refused"] and answer["stop"]
    assert not row(ready).started


# --- what is told


def test_a_whole_session_without_a_connection_arrives_once_and_in_full(ready: Ready) -> None:
    leave_ = kept(ready)["sessions"][0]["pass"]
    told = [
        {"kind": "before", "answers": no_to_all(ready)},
        change("started", leave=leave_),
        change("step", 1),
        change("comfort", 1, value=4),
        change("finished", 2),
        {"kind": "rated", "pain": 3},
    ]
    body = telling(ready.person, ready.session, *told, device=PHONE)
    ids = [one["id"] for one in body["told"]]
    for _ in range(3):
        answer = tell(ready, told=body["told"])
        assert answer["kept"] == ids and not answer["refused"]
    mine = Entry.objects.filter(device=UUID(PHONE))
    kinds = [*mine.order_by("device_seq").values_list("kind", flat=True)]
    assert kinds == [
        "answers_given", "screened", "session_started", "session_event", "session_event", "session_finished", "rated"
    ]  # fmt: skip
    assert {str(id) for id in mine.values_list("id", flat=True)} > set(ids)
    assert row(ready).completed and row(ready).comfort_peak == 4
    rebuild(ready.person)
    assert row(ready).completed


def test_what_was_said_counts_from_when_it_happened_but_not_before_the_plan_nor_from_the_future(ready: Ready) -> None:
    leave_ = kept(ready)["sessions"][0]["pass"]
    before, after = datetime.now(UTC) - timedelta(days=3), datetime.now(UTC) + timedelta(days=3)
    tell(ready, change("started", leave=leave_, at=before.isoformat()), change("finished", at=after.isoformat()))
    assert moment(row(ready).started) >= moment(row(ready).planned)
    assert moment(row(ready).finished) <= datetime.now(UTC)


def test_one_message_that_cannot_be_kept_holds_up_no_other(ready: Ready) -> None:
    leave_ = kept(ready)["sessions"][0]["pass"]
    answer = tell(
        ready,
        change("started", leave=leave_),
        {"kind": "why", "sign": "no_such_sign"},
        {"kind": "rated", "pain": 2, "session": str(new_id())},
        {"kind": "before", "answers": {"no_such_question": True}},
        change("finished"),
    )
    assert len(answer["kept"]) == 2 and len(answer["refused"]) == 3
    assert row(ready).completed


def test_a_pass_for_another_session_or_an_old_one_is_none(ready: Ready) -> None:
    mine, now_ = row(ready), datetime.now(UTC)
    assert passes.fits(passes.make(ready.person, mine), ready.person, mine, now_)
    other = load_session(ready.person, Ready(ready.person).session)
    assert not passes.fits(passes.make(ready.person, other), ready.person, mine, now_)
    assert not passes.fits(passes.make(ready.person, mine), ready.person, mine, now_ + timedelta(hours=13))
    assert not passes.fits("made up", ready.person, mine, now_)


def test_what_happened_on_the_phone_is_kept_although_a_danger_was_named_elsewhere_and_the_phone_is_told_to_stop(
    ready: Ready,
) -> None:
    leave_ = kept(ready)["sessions"][0]["pass"]
    ready.stop("emergency")
    answer = tell(ready, change("started", leave=leave_), change("step", 1))
    assert len(answer["kept"]) == 2
    assert answer["stop"][ready.session]
    assert row(ready).started
    assert kept(ready)["sessions"] == []


@pytest.mark.parametrize("value", [True, None])
def test_a_danger_or_a_not_sure_told_on_a_phone_shuts_the_gate_everywhere(ready: Ready, value: bool | None) -> None:
    answers = {**no_to_all(ready), "ces_saddle": value}
    tell(ready, {"kind": "before", "answers": answers})
    assert isinstance(leave(load_case(ready.person, ready.case, now())), Refused)
    assert not Entry.objects.filter(device=UUID(PHONE), kind="screened").exists()


def test_only_a_plain_no_to_every_line_makes_the_safety_check_anew(ready: Ready) -> None:
    none = no_to_all(ready)
    short = {key: none[key] for key in list(none)[:3]}
    tell(ready, {"kind": "before", "answers": short})
    assert not Entry.objects.filter(device=UUID(PHONE), kind="screened").exists()
    tell(ready, {"kind": "before", "answers": none})
    assert Entry.objects.filter(device=UUID(PHONE), kind="screened").count() == 1


def test_a_serious_sign_told_on_a_phone_stands(ready: Ready) -> None:
    leave_ = kept(ready)["sessions"][0]["pass"]
    tell(ready, change("started", leave=leave_), change("stopped", 1), {"kind": "why", "sign": "chest_pain"})
    state = load_case(ready.person, ready.case, now())
    assert state.triage is not None and state.triage.level == "emergency"
    assert row(ready).stopped_for == ["chest_pain"]


def test_a_bruise_told_on_a_phone_is_looked_back_on(ready: Ready) -> None:
    leave_ = kept(ready)["sessions"][0]["pass"]
    tell(ready, change("started", leave=leave_), change("finished"), {"kind": "bruise", "cm": 7})
    assert row(ready).bruise_cm == 7 and row(ready).signs == ["bruise_large"]


# --- whose record it is


def test_a_phone_of_an_erased_record_is_told_to_forget(ready: Ready) -> None:
    body = telling(ready.person, ready.session, device=PHONE)
    erased = ready.walker.client.post("/settings/erase/", {"sure": "yes"})
    assert "storage" in erased.headers["Clear-Site-Data"]  # what the browser kept that erased it
    answer = ready.walker.client.post("/api/told", json.dumps(body), content_type="application/json")
    assert (answer.status_code, answer.json()) == (410, {"detail": "erased"})
    assert not Entry.objects.exists() and not Device.objects.filter(pk=PHONE).exists()


def test_what_waits_for_another_record_is_not_taken_nor_what_another_persons_phone_sends(ready: Ready) -> None:
    tell(ready, person=str(new_id()), status=409)
    Device.objects.create(id=PHONE, person=Person.objects.create())
    assert tell(ready, change("started", leave=kept(ready)["sessions"][0]["pass"]))["refused"]
    assert not Entry.objects.filter(device=UUID(PHONE)).exists()


def test_an_id_that_another_persons_entry_has_is_refused_and_an_erased_one_stays_erased(ready: Ready) -> None:
    leave_ = kept(ready)["sessions"][0]["pass"]
    gone = Person.objects.create()
    case = cases.start(gone, now())
    taken = Entry.objects.get(person=gone, payload__case=case).id
    started = change("started", leave=leave_, id=str(taken))
    assert tell(ready, started)["refused"]
    erase(gone)
    assert tell(ready, started)["kept"] == [str(taken)]
    assert not row(ready).started


# --- installing


def test_neither_the_manifest_nor_the_page_for_times_without_a_connection_speaks_of_a_person(ready: Ready) -> None:
    manifest = ready.walker.client.get("/manifest.webmanifest")
    document = manifest.json()
    assert manifest.headers["Content-Type"] == "application/manifest+json"
    assert document["display"] == "standalone" and document["start_url"] == "/"
    sizes = {icon["sizes"] for icon in document["icons"]}
    assert {"192x192", "512x512"} <= sizes
    assert any(icon["purpose"] == "maskable" for icon in document["icons"])
    for icon in document["icons"]:
        assert (STATIC / icon["src"].rpartition("/")[2]).exists()
    page = ready.walker.client.get("/kept/").content.decode()
    for word in (ready.session, ready.case, "csrfmiddlewaretoken", "quadratus"):
        assert word not in page
