"""Who is let in over the home network, and for how long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from unknot.app import settings_lan
from unknot.app.journal.erase import erase
from unknot.app.people.models import Person
from unknot.app.phones import limits, middleware, pages, pairing, passphrase
from unknot.app.phones.models import Phone
from unknot.app.shell import clock
from unknot.messages import render as say

PASSPHRASE = "four green apples sing"
HOST = "unknot.test"


class Time:
    """A clock that tests wind on."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def later(self, **parts: float) -> None:
        self.now += timedelta(**parts)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time()
    for module in (clock, middleware, pages):
        monkeypatch.setattr(module, "now", made)
    return made


@pytest.fixture
def door(person: Person, settings, time: Time) -> Client:  # type: ignore[no-untyped-def]
    """A phone at the server for phones, with the passphrase chosen; a cheap hash keeps the tests quick."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.LAN, settings.MIDDLEWARE = True, settings_lan.MIDDLEWARE
    settings.ALLOWED_HOSTS = [HOST]
    passphrase.choose(PASSPHRASE)
    return _phone()


def _phone() -> Client:
    return Client(headers={"host": HOST, "user-agent": "Mozilla/5.0 (iPhone)"})


def _pair(door: Client, time: Time, **told: str) -> int:
    code = told.pop("code", None) or pairing.new_code(time.now)
    fields = {"code": code, "passphrase": PASSPHRASE, "name": "", **told}
    return int(door.post("/pair/", fields, secure=True).status_code)


def _reaches(door: Client) -> str:
    answer = door.get("/settings/", secure=True)
    return "in" if answer.status_code == 200 else str(answer.headers.get("location", answer.status_code))


def test_a_code_and_the_passphrase_together_let_a_phone_in(door: Client, time: Time) -> None:
    assert _reaches(door) == "/pair/"
    assert _pair(door, time, passphrase="not the right one") == 422
    assert _pair(door, time, code="0000-0000") == 422
    assert _reaches(door) == "/pair/"
    assert _pair(door, time) == 302
    assert _reaches(door) == "in"
    assert Phone.objects.get().name == "iPhone"


def test_a_code_is_good_once_and_for_ten_minutes(door: Client, time: Time) -> None:
    code = pairing.new_code(time.now)
    assert _pair(door, time, code=code.lower().replace("-", " ")) == 302
    assert _pair(_phone(), time, code=code) == 422
    old = pairing.new_code(time.now)
    time.later(minutes=11)
    assert _pair(_phone(), time, code=old) == 422


def test_a_newer_code_ends_the_one_before(door: Client, time: Time) -> None:
    first = pairing.new_code(time.now)
    pairing.new_code(time.now)
    assert not pairing.use_code(first, time.now)


def test_the_passphrase_alone_lets_no_unknown_browser_in(door: Client) -> None:
    answer = door.post("/login/", {"passphrase": PASSPHRASE}, secure=True)
    assert answer.status_code == 401
    assert "__Host-unknot_session" not in door.cookies


LOGIN = "/login/?next=/settings/"


@pytest.mark.parametrize(("days", "where"), [((6, 6, 6), "in"), ((8,), LOGIN), ((6, 6, 6, 6, 6), LOGIN)])
def test_a_login_lasts_a_week_without_use_and_a_month_at_most(
    door: Client, time: Time, days: tuple[int, ...], where: str
) -> None:
    _pair(door, time)
    for wait in days[:-1]:
        time.later(days=wait)
        assert _reaches(door) == "in"
    time.later(days=days[-1])
    assert _reaches(door) == where


def test_a_changed_passphrase_logs_every_phone_out(door: Client, time: Time) -> None:
    _pair(door, time)
    passphrase.choose("five yellow pears hum")
    assert _reaches(door) == LOGIN
    assert door.post("/login/", {"passphrase": PASSPHRASE}, secure=True).status_code == 422
    answer = door.post("/login/", {"passphrase": "five yellow pears hum", "next": "//evil.example"}, secure=True)
    assert answer.headers["location"] == "/"
    assert _reaches(door) == "in"


def test_cookies_go_over_https_to_this_host_only_and_there_is_no_hsts(door: Client, time: Time) -> None:
    _pair(door, time)
    for name in ("__Host-unknot_phone", "__Host-unknot_session"):
        cookie = door.cookies[name]
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, True, "Strict", "/")
        assert not cookie["domain"]
    assert "Strict-Transport-Security" not in door.get("/settings/", secure=True).headers


def test_an_unpaired_phone_is_told_once_to_erase_and_is_a_stranger_afterwards(door: Client, time: Time) -> None:
    _pair(door, time)
    pairing.unpair(str(Phone.objects.get().id), time.now)
    answer = door.post("/api/sessions/x/events", "{}", content_type="application/json", secure=True)
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (403, '"cache", "storage"')
    assert not Phone.objects.exists()
    page = door.get("/", secure=True)
    assert (page.status_code, page.headers["Clear-Site-Data"]) == (403, '"cache", "cookies", "storage"')
    assert say("app.phones.unpaired.title") in page.content.decode()
    door.cookies.clear()
    assert _reaches(door) == "/pair/"


def test_erasing_the_record_unpairs_every_phone(door: Client, time: Time, person: Person) -> None:
    _pair(door, time)
    erase(person)
    assert _reaches(door) == "403"


def test_another_host_name_is_refused(door: Client) -> None:
    assert door.get("/pair/", secure=True, headers={"host": "evil.example"}).status_code == 400


def test_a_phone_may_unpair_itself_but_neither_make_a_code_nor_change_the_passphrase(door: Client, time: Time) -> None:
    _pair(door, time)
    assert "fresh" not in (door.post("/phones/code/", secure=True).context or {})
    told = {"passphrase": "five yellow pears hum", "again": "five yellow pears hum"}
    assert door.post("/phones/passphrase/", told, secure=True).status_code == 404
    answer = door.post("/phones/unpair/", {"phone": str(Phone.objects.get().id)}, secure=True)
    assert answer.headers["Unknot-Unpaired"] == "1"


@pytest.mark.parametrize("weak", ["short", "password123", "1234567890123"])
def test_a_weak_passphrase_is_refused(person: Person, weak: str) -> None:
    with pytest.raises(passphrase.WeakError):
        passphrase.choose(weak)


def test_five_wrong_tries_make_one_address_wait_and_a_paired_phone_is_not_held_up_by_them(
    door: Client, time: Time
) -> None:
    _pair(door, time)
    stranger = _phone()
    for _ in range(5):
        assert _pair(stranger, time, passphrase="not the right one") == 422
    assert _pair(stranger, time) == 429
    answer = stranger.post("/pair/", {"code": "x", "passphrase": PASSPHRASE}, secure=True)
    assert say("app.phones.too_many", {"minutes": 15}) in answer.content.decode()
    assert int(answer.headers["Retry-After"]) == 15 * 60
    assert door.post("/login/", {"passphrase": PASSPHRASE}, secure=True).status_code == 302
    time.later(minutes=15, seconds=1)
    assert _pair(stranger, time) == 302


def test_many_addresses_together_are_held_up_too(person: Person) -> None:
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert [limits.wait("pair", f"10.0.0.{n}", now) for n in range(20)] == [None] * 20
    assert limits.wait("pair", "10.0.0.99", now) == timedelta(minutes=15)


def test_the_server_for_this_computer_answers_no_other_machine(person: Person) -> None:
    assert Client(REMOTE_ADDR="192.168.1.9", headers={"host": "127.0.0.1"}).get("/").status_code == 400
