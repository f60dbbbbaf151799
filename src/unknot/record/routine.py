"""A routine: spots in an order, each with tool, position and form, to be kept and shared (``unknot.routine/1``).

It holds no session and no fact about a person. Whoever starts it gets each session anew from the safety gate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from unknot.case import Fault
from unknot.knowledge.model import Knowledge, Side
from unknot.record.checks import fault, table
from unknot.record.event import RecordError
from unknot.record.kinds import ROUTINE
from unknot.script import Form

SCHEMA = "unknot.routine/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One spot of a routine with the way of pressing it. ``described``: the measures of a tool that nobody listed."""

    site: str
    side: Side
    tool: str
    posture: str
    form: Form
    described: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A name and the spots in their order."""

    name: str
    items: tuple[Item, ...]


def read_routine(document: Any, knowledge: Knowledge) -> Routine:
    """The routine of a file. Raises RecordError with one fault, with its path, for each thing that is wrong."""
    if not isinstance(document, Mapping) or document.get("schema") != SCHEMA:
        raise RecordError((fault("schema", "no_routine"),))
    content = {name: value for name, value in document.items() if name != "schema"}
    faults = [Fault(path=one.path.removeprefix("."), id=one.id, params=one.params) for one in _shape(content)]
    if not faults:
        if not content["items"]:
            faults.append(fault("items", "no_items"))
        faults += item_faults(content["items"], knowledge, "items")
    if faults:
        raise RecordError(tuple(faults))
    return Routine(name=content["name"], items=tuple(_item(item) for item in content["items"]))


def write_routine(routine: Routine) -> dict[str, Any]:
    """The routine as an ``unknot.routine/1`` document; ``schemas/unknot.routine.1.json`` is its JSON Schema."""
    return {"schema": SCHEMA, "name": routine.name, "items": [item_document(item) for item in routine.items]}


def item_document(item: Item) -> dict[str, Any]:
    """One item as the document has it."""
    form = {"length": item.form.length, "no_floor": item.form.no_floor, "both_sides": item.form.both_sides}
    described = {} if item.described is None else {"described": dict(item.described)}
    return {
        "site": item.site, "side": item.side, "tool": item.tool, "posture": item.posture, "form": form, **described
    }  # fmt: skip


def items_of(documents: Any) -> tuple[Item, ...]:
    """The items that a record keeps (they were checked when they came in)."""
    return tuple(_item(document) for document in documents)


def item_faults(items: Any, knowledge: Knowledge, path: str) -> Iterator[Fault]:
    """What items name that does not exist; their shape was checked before."""
    for number_, item in enumerate(items):
        where = f"{path}[{number_}]"
        for name, known in (("site", knowledge.sites), ("tool", knowledge.tools), ("posture", knowledge.postures)):
            if item[name] not in known:
                nearest = get_close_matches(item[name], list(known), n=1, cutoff=0.0)
                yield fault(f"{where}.{name}", "unknown_id", given=item[name], nearest=nearest[0])
        site = knowledge.sites.get(item["site"])
        if site is not None and (item["side"] == "midline") is knowledge.muscles[site.muscle].side_pairs:
            yield fault(f"{where}.side", "no_such_side")


def _shape(content: Mapping[str, Any]) -> Iterator[Fault]:
    yield from table(ROUTINE)(content, "")


def _item(document: Mapping[str, Any]) -> Item:
    return Item(
        site=document["site"],
        side=document["side"],
        tool=document["tool"],
        posture=document["posture"],
        form=Form(**document.get("form", {})),
        described=document.get("described"),
    )
