"""The API keeps to its own description, whatever is sent: schemathesis reads the OpenAPI document and tries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from server import Server

TOKEN = "a" * 32


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("home"), 8790) as running:
        yield running.open()


def test_every_answer_is_one_that_the_api_describes(server: Server) -> None:
    cookies = {**server.cookies, "unknot_csrf": TOKEN}
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "X-CSRFToken": TOKEN}
    schema = schemathesis.openapi.from_url(f"http://127.0.0.1:{server.port}/api/openapi.json", headers=headers)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert {operation.label.split()[0] for operation in operations} == {"GET", "POST"}
    for operation in operations:
        _try(operation, headers)


def _try(operation: schemathesis.APIOperation, headers: dict[str, str]) -> None:
    @settings(max_examples=10, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def tried(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=headers)

    tried()
