import socket
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from server import Server, any_port

from unknot.app.shell.serve import ServeError, reserve_port, serve

pytestmark = pytest.mark.programs


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("home")) as running:
        yield running


def test_nobody_gets_in_without_the_launch_link(server: Server) -> None:
    server.cookies.clear()
    status, _, text = server.request("GET", "/")
    assert status == 403
    assert "Open Unknot with its link" in text


def test_a_wrong_token_does_not_let_in(server: Server) -> None:
    server.cookies.clear()
    assert server.request("GET", "/?launch=guess")[0] == 403


def test_a_made_up_cookie_does_not_let_in(server: Server) -> None:
    server.cookies.clear()
    assert server.request("GET", "/", Cookie="unknot_launch=here:1:forged")[0] == 403


def test_the_launch_link_lets_in_and_leaves_the_address(server: Server) -> None:
    server.cookies.clear()
    status, headers, _ = server.request("GET", server.url[server.url.rindex("/") :])
    assert (status, headers["location"]) == (302, "/")
    for part in ("HttpOnly", "SameSite=Strict", "Path=/"):
        assert part in headers["set-cookie"]
    assert server.request("GET", "/settings/")[0] == 200


def test_another_host_name_is_refused(server: Server) -> None:
    server.open()
    assert server.request("GET", "/", Host="evil.example")[0] == 400
    assert server.request("GET", "/", Host="unknot.evil.example:8700")[0] == 400


def test_another_sites_page_is_refused(server: Server) -> None:
    server.open()
    assert server.request("GET", "/", Origin="http://evil.example")[0] == 403
    assert server.request("POST", "/", Origin="null")[0] == 403
    assert server.request("GET", "/", Origin=f"http://127.0.0.1:{server.port + 1}")[0] == 403
    assert server.request("GET", "/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors")[0] == 403


def test_a_link_from_another_page_opens_the_app(server: Server) -> None:
    server.open()
    assert server.request("GET", "/settings/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate")[0] == 200


@pytest.mark.parametrize("path", ["/", "/nowhere/"])
def test_every_answer_carries_strict_headers(server: Server, path: str) -> None:
    server.open()
    _, headers, _ = server.request("GET", path)
    policy = headers["content-security-policy"]
    for part in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


def test_a_busy_port_makes_it_the_next_one_and_says_so(server: Server, tmp_path: Path) -> None:
    with Server(tmp_path, server.port) as second:
        assert second.port == server.port + 1
        assert f"Port {server.port} is busy; using {second.port}." in second.said


def test_the_cookie_stays_good_when_the_server_is_started_again(tmp_path: Path) -> None:
    with Server(tmp_path) as first:
        first.open()
    with Server(tmp_path) as second:
        second.cookies = first.cookies
        assert second.request("GET", "/settings/")[0] == 200


@pytest.mark.sqlite
def test_what_is_kept_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    with Server(home) as running:
        running.open()
        kept = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.iterdir() if path.name != "stderr.txt"}
    assert kept.keys() >= {"secret_key", "unknot.sqlite3"}
    assert set(kept.values()) == {0o600}


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::", "example.org"])
def test_listening_to_other_machines_is_refused(host: str) -> None:
    with pytest.raises(ServeError, match="this machine only"):
        serve(host, None, False, print)


def test_twenty_busy_ports_are_a_clear_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(socket.socket, "bind", busy)
    with pytest.raises(ServeError, match="Ports 8642 to 8661 are all busy"):
        reserve_port("127.0.0.1", 8642)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's rule is Linux's")
def test_two_servers_started_in_the_same_moment_get_two_ports() -> None:
    first, held = reserve_port("127.0.0.1", any_port())
    with held:
        second, also_held = reserve_port("127.0.0.1", first)
        also_held.close()
        server = socket.socket()
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        with server:
            server.bind(("127.0.0.1", first))  # as this process's own server does
    assert second != first
