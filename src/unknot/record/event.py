"""One entry of a person's record: the envelope, read strictly and written canonically."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from unknot.case import Fault
from unknot.record.checks import day, fault, identifier, instant_text, number, text, zone_faults
from unknot.record.kinds import KIND_VERSION, KINDS


class RecordError(ValueError):
    """An entry that cannot be kept; ``faults`` holds one sentence with its path for each thing that is wrong."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(each) for each in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What was said or done, by whom, where and when. Never changed; ``amends`` names an entry that it takes back.

    ``at`` is the instant (UTC); ``zone`` and ``local_date`` are what the person's clock and calendar showed and are
    data, never computed again. ``received_at`` is when this store took the entry in. ``knowledge`` is the content
    hash of the facts in force.
    """

    id: UUID
    person: UUID
    device: UUID
    device_seq: int
    at: datetime
    zone: str
    local_date: date
    received_at: datetime
    kind: str
    payload: Mapping[str, Any]
    kind_version: int = KIND_VERSION
    knowledge: str = ""
    amends: UUID | None = None

    @property
    def stamp(self) -> str:
        """A text that orders entries by their instant, then by id: the same on every device."""
        return f"{instant(self.at)}|{self.id}"


def instant(moment: datetime) -> str:
    """An instant as fixed-width text in UTC, so that order of text is order of time."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_instant(value: str) -> datetime:
    """The instant of a text such as 2026-11-22T17:33:00.000000Z. Raises ValueError for anything else."""
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return moment.astimezone(UTC)


def canonical(value: Any) -> str:
    """JSON text that is equal for equal content."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def write_event(event: Event) -> dict[str, Any]:
    """The entry as a JSON document."""
    return {
        "id": str(event.id),
        "person": str(event.person),
        "device": str(event.device),
        "device_seq": event.device_seq,
        "at": instant(event.at),
        "zone": event.zone,
        "local_date": event.local_date.isoformat(),
        "received_at": instant(event.received_at),
        "kind": event.kind,
        "kind_version": event.kind_version,
        "payload": dict(event.payload),
        "knowledge": event.knowledge,
        "amends": None if event.amends is None else str(event.amends),
    }


def read_event(document: Any) -> Event:
    """The entry that a JSON document holds. Raises RecordError with one fault for each thing that is wrong."""
    faults = tuple(_faults(document))
    if faults:
        raise RecordError(faults)
    amends = document.get("amends")
    return Event(
        id=UUID(document["id"]),
        person=UUID(document["person"]),
        device=UUID(document["device"]),
        device_seq=document["device_seq"],
        at=parse_instant(document["at"]),
        zone=document["zone"],
        local_date=date.fromisoformat(document["local_date"]),
        received_at=parse_instant(document["received_at"]),
        kind=document["kind"],
        kind_version=document["kind_version"],
        payload=document["payload"],
        knowledge=document.get("knowledge", ""),
        amends=None if amends is None else UUID(amends),
    )


def payload_faults(kind: Any, payload: Any) -> Iterator[Fault]:
    """What is wrong with a payload of this kind."""
    if not isinstance(kind, str) or kind not in KINDS:
        yield fault("kind", "not_one_of", values=", ".join(KINDS))
    else:
        yield from KINDS[kind](payload, "payload")


_FIELDS = {
    "id": identifier,
    "person": identifier,
    "device": identifier,
    "at": instant_text,
    "zone": zone_faults,
    "local_date": day,
    "received_at": instant_text,
}


def _faults(document: Any) -> Iterator[Fault]:
    if not isinstance(document, Mapping):
        yield fault("entry", "no_table")
        return
    known = {*_FIELDS, "device_seq", "kind", "kind_version", "payload", "knowledge", "amends"}
    for name in document:
        if name not in known:
            yield fault(str(name), "unknown_field")
    for name, check in _FIELDS.items():
        if name in document:
            yield from check(document[name], name)
        else:
            yield fault(name, "missing")
    sequence = document.get("device_seq")
    if isinstance(sequence, float):
        yield fault("device_seq", "not_whole")
    else:
        yield from number(0, 2**53)(sequence, "device_seq")
    if document.get("kind_version") != KIND_VERSION or isinstance(document.get("kind_version"), bool):
        yield fault("kind_version", "newer_version", version=KIND_VERSION)
    if document.get("knowledge"):
        yield from text(128)(document["knowledge"], "knowledge")
    if document.get("amends") is not None:
        yield from identifier(document["amends"], "amends")
    yield from payload_faults(document.get("kind"), document.get("payload"))
