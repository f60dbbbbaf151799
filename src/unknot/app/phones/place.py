"""Where phones find this computer: its names and its addresses in the home network. Nothing is asked of the network."""

from __future__ import annotations

import json
import os
import re
import socket
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from unknot.app.phones.authority import PRIVATE_NETWORKS, Address, Files
from unknot.messages import render

TOWARDS = ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254")
"""Any address beyond, and one in each private range: the system names the address of its own that it would use."""
NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
EVERYWHERE = "0.0.0.0"


class PlaceError(Exception):
    """The app cannot be served to phones; the message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Place:
    """``hosts``: the names and addresses by which phones come, the one to tell them first."""

    names: tuple[str, ...]
    addresses: tuple[Address, ...]
    listen: str
    hosts: tuple[str, ...]


def find_place(hosts: Sequence[str]) -> Place:
    """``hosts`` are names and addresses that the person chose; none = all that are known. Raises PlaceError."""
    chosen_addresses, chosen_names = [], []
    for host in hosts:
        try:
            chosen_addresses.append(Address(host))
        except ValueError:
            name = host.lower().rstrip(".")
            if not NAME.fullmatch(name) or name.rpartition(".")[2].isdigit():
                raise PlaceError(render("app.lan.no_name", {"host": host})) from None
            chosen_names.append(name)
    for address in chosen_addresses:
        if not at_home(address):
            raise PlaceError(render("app.lan.public", {"host": str(address)}))
    addresses = tuple(chosen_addresses) or tuple(one for one in own_addresses() if at_home(one))
    if not addresses:
        raise PlaceError(render("app.lan.no_network"))
    names = tuple(dict.fromkeys((*chosen_names, *own_names())))
    told = (*chosen_names, *map(str, addresses), *names)
    listen = str(chosen_addresses[0]) if len(chosen_addresses) == 1 else EVERYWHERE
    return Place(names, addresses, listen, tuple(dict.fromkeys(told)))


def at_home(address: Address) -> bool:
    """Whether an address is one of a private network. Unknot is not served to the open internet."""
    return not address.is_unspecified and (
        address.is_private or any(address in network for network in PRIVATE_NETWORKS)
    )


def own_addresses() -> list[Address]:
    """This computer's addresses towards its networks. A datagram socket is connected; nothing is sent."""
    found = []
    for target in TOWARDS:
        with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
            try:
                probe.connect((target, 9))
                found.append(Address(probe.getsockname()[0]))
            except OSError:
                continue
    return list(dict.fromkeys(one for one in found if not one.is_loopback))


def own_names() -> tuple[str, ...]:
    """The name of this computer, plain and as announced in a home network (mDNS)."""
    name = socket.gethostname().lower().partition(".")[0]
    return (f"{name}.local", name) if NAME.fullmatch(name) and name != "localhost" and not name.isdigit() else ()


@dataclass(frozen=True, slots=True)
class Served:
    """What ``unknot serve --lan`` serves just now; kept in the data folder so that pages and commands can tell."""

    https: str  # address of the app, without a path
    http: str  # address of the page that explains
    hosts: list[str]
    process: int

    def write(self, files: Files) -> None:
        part = served_file(files).with_suffix(".part")
        part.write_text(json.dumps(asdict(self)), encoding="utf-8")
        part.replace(served_file(files))


def served_file(files: Files) -> Path:
    return files.folder / "served.json"


def served(files: Files) -> Served | None:
    """What is served to phones now, None when nothing is."""
    try:
        found = Served(**json.loads(served_file(files).read_text(encoding="utf-8")))
        if sys.platform != "win32":  # there the call would end the process
            os.kill(found.process, 0)
    except (OSError, ValueError, TypeError):
        return None
    return found
