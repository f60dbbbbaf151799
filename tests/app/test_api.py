"""The JSON API keeps to its own schema whatever is sent: no fault of the server, and a wrong field is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from walk import Walker, browser

from unknot.app.journal.models import Entry
from unknot.app.people.models import Person
from unknot.app.shell import launch

CHANGE = {"id": "01a204cc-9b35-7a10-ba67-e5752b89f95f", "at": "2026-03-01T12:00:00Z", "kind": "started", "step": 0}
TOKEN = "a" * 32
KEPT = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
)
load_all_checks()
few = settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def our_own_page(environ: dict[str, Any], start: Any) -> Any:
    """The app as a script of our own page meets it: with launch cookie and form token, its answers not packed."""
    cookies = f"{launch.COOKIE}={launch.cookie_value()}; unknot_csrf={TOKEN}"
    asked = {"HTTP_COOKIE": cookies, "HTTP_X_CSRFTOKEN": TOKEN, "HTTP_ACCEPT_ENCODING": "identity"}
    return get_wsgi_application()({**environ, **asked, "REMOTE_ADDR": "127.0.0.1"}, start)


@contextmanager
def one_connection() -> Iterator[None]:
    """Keep the connection that holds the test's transaction: at the end of a request Django would close it, and its
    own test client, which this test goes round, holds those signals back in the same way."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_whatever_is_sent_the_answer_keeps_to_the_schema(person: Person, mode: GenerationMode) -> None:
    case = Walker().begin("lumbar_paraspinal|left").check().case
    with one_connection():
        keeps_to_the_schema(case, mode)


def keeps_to_the_schema(case: str, mode: GenerationMode) -> None:
    checks = [CHECKS.get_one(name) for name in KEPT]
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", our_own_page)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 3
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not (list(operation.path_parameters) or list(operation.body)):
            continue  # nothing is sent that could be wrong

        @few
        @given(operation.as_strategy(generation_mode=mode))
        def keeps(sent: schemathesis.Case) -> None:
            # An address whose id is no id belongs to no way of the API; the app's own "no such page" answers it.
            real = case if mode is GenerationMode.POSITIVE and "case" in sent.path_parameters else str(uuid4())
            sent.path_parameters = dict.fromkeys(sent.path_parameters, real)
            sent.call_and_validate(checks=checks)

        keeps()


def send(change: dict[str, Any]) -> tuple[int, str]:
    answer = browser().post(f"/api/sessions/{uuid4()}/events", json.dumps(change), content_type="application/json")
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "no id"),
        ("id", 7),
        ("at", "yesterday"),
        ("at", None),
        ("kind", "begun"),
        ("kind", ["started"]),
        ("step", -1),
        ("step", "first"),
        ("step", 10**400),
        ("value", 11),
        ("value", "much"),
        ("reason", "Because!"),
        ("reason", "x" * 81),
        ("extra", 1),
    ],
)
def test_a_wrong_field_is_refused_and_named_and_nothing_is_kept(person: Person, field: str, value: object) -> None:
    status, said = send({**CHANGE, field: value})
    assert status == 422
    assert field in json.loads(said)["detail"]
    assert not Entry.objects.exists()


@pytest.mark.parametrize("field", sorted(CHANGE))
def test_a_missing_field_is_named(person: Person, field: str) -> None:
    status, said = send({name: value for name, value in CHANGE.items() if name != field})
    assert (status, field in said) == (422, True)


@pytest.mark.parametrize("body", ["", "{", "[]", "null", "7", '"x"', "\x00", "{" * 5000])
def test_what_is_no_object_is_refused(person: Person, body: str) -> None:
    answer = browser().post(f"/api/sessions/{uuid4()}/events", body, content_type="application/json")
    assert answer.status_code in (400, 422)


def test_a_session_that_is_not_there_is_not_found(person: Person) -> None:
    assert send(CHANGE)[0] == 404
