"""Read every knowledge file into one frozen Knowledge with its content hash.

The place of a file says what its tables are: ``regions.toml`` holds regions, ``muscles/*.toml`` muscles, and
so on; each top-level table is one entry under its id. ``safety/*.toml``, ``detect/*.toml``, ``dose.toml`` and
``dose/*.toml`` stay plain tables: their rooms give them meaning.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from unknot.knowledge import model, rules
from unknot.knowledge.read import KnowledgeError, files, parse, read

FOLDER = Path(__file__).parent

_KINDS: dict[str, type] = {
    "sources": model.Source,
    "regions": model.Region,
    "muscles": model.Muscle,
    "conditions": model.Condition,
    "access": model.Access,
    "tools": model.Tool,
    "tool_models": model.ToolModel,
    "postures": model.Posture,
    "questions": model.Question,
    "regimens": model.Regimen,
    "exercises": model.Exercise,
    "modalities": model.Modality,
    "cautions": model.Caution,
    "claims": model.Claim,
    "day_loads": model.DayLoad,
    "countries": model.Country,
}


@cache
def load() -> model.Knowledge:
    """The knowledge that ships with the package. Raises KnowledgeError listing every fault of its files."""
    return load_folder(FOLDER)


def load_folder(folder: Path) -> model.Knowledge:
    """Read the knowledge files below ``folder``. Raises KnowledgeError listing every fault."""
    return build(files(folder))


def build(contents: Mapping[str, bytes]) -> model.Knowledge:
    """Knowledge from file contents by name ("muscles/neck.toml"). Raises KnowledgeError with all faults."""
    faults: list[str] = []
    tables, plain = _sort(contents, faults)
    entries: dict[str, dict[str, Any]] = {}
    special: dict[str, Callable[..., Any]] = {
        "muscles": _muscle,
        "exercises": partial(_exercise, entries),
        "questions": partial(_question, entries),
    }
    for kind, dataclass in _KINDS.items():  # in this order: some look back at others
        make = special.get(kind, partial(_plain_entry, dataclass))
        entries[kind] = {id_: make(id_, table, where, faults) for id_, (where, table) in tables[kind].items()}
    if not faults:
        faults += rules.faults(plain["safety"], entries["questions"], entries["conditions"], entries["regions"])
    if faults:
        raise KnowledgeError(faults)
    sites = {site.id: site for muscle in entries["muscles"].values() for site in muscle.sites}
    frozen: dict[str, Any] = {kind: MappingProxyType(table) for kind, table in (entries | plain).items()}
    return model.Knowledge(content_hash=content_hash(contents), sites=MappingProxyType(sites), **frozen)


def content_hash(contents: Mapping[str, bytes]) -> str:
    """Hex SHA-256 (first 32 digits) over names and contents, sorted by name; line ends count as newline."""
    digest = hashlib.sha256()
    for name in sorted(contents):
        digest.update(name.encode() + b"\0" + contents[name].replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:32]


_Tables = dict[str, dict[str, tuple[str, Any]]]  # kind -> id -> place and table


def _sort(contents: Mapping[str, bytes], faults: list[str]) -> tuple[_Tables, dict[str, dict[str, Any]]]:
    """The entries of all files by kind, and the tables that stay plain."""
    tables: _Tables = {kind: {} for kind in _KINDS}
    plain: dict[str, dict[str, Any]] = {"safety": {}, "detect": {}, "dose": {}}
    for name, content in contents.items():
        try:
            parsed = parse(content.decode(), name)
        except KnowledgeError as error:
            faults += error.faults
            continue
        kind = name.split("/")[0].removesuffix(".toml")
        if kind in ("safety", "detect"):
            plain[kind][Path(name).stem] = parsed
        elif kind in plain:
            plain[kind] |= {Path(name).stem: parsed} if "/" in name else parsed
        elif kind not in tables:
            faults.append(f"{name}: no kind of knowledge has this place")
        else:
            faults += [f"{name}: {id_}: stands in {tables[kind][id_][0]} too" for id_ in parsed if id_ in tables[kind]]
            tables[kind] |= {id_: (f"{name}: {id_}", table) for id_, table in parsed.items()}
    return tables, plain


def _plain_entry(kind: type, id_: str, table: Any, where: str, faults: list[str]) -> Any:
    return read(kind, table, where, faults, id=id_)


def _muscle(id_: str, table: Any, where: str, faults: list[str]) -> model.Muscle | None:
    """A muscle with its sites, which stand below it by their own id."""
    sites = table.get("sites") if isinstance(table, dict) else None
    if not isinstance(sites, dict):
        faults.append(f"{where}.sites: must be a table of sites by id")
        return None
    read_sites = [
        read(model.Site, site, f"{where}.sites.{site_id}", faults, id=site_id, muscle=id_)
        for site_id, site in sites.items()
    ]
    own = {key: value for key, value in table.items() if key != "sites"}
    return read(model.Muscle, own, where, faults, id=id_, sites=tuple(read_sites))


def _exercise(entries: Mapping[str, Any], id_: str, table: Any, where: str, faults: list[str]) -> Any:
    """An exercise with the figures of its regimen and the muscles that name it."""
    name = table.get("regimen") if isinstance(table, dict) else None
    regimen = entries["regimens"].get(name)
    if regimen is None:
        faults.append(f"{where}.regimen: must be an id of regimens.toml, not {name!r}")
        return None
    muscles = tuple(muscle.id for muscle in entries["muscles"].values() if muscle and id_ in muscle.exercises)
    return read(model.Exercise, table, where, faults, id=id_, muscles=muscles, dose=regimen.amounts)


def _question(entries: Mapping[str, Any], id_: str, table: Any, where: str, faults: list[str]) -> Any:
    """A question; its values may be the ids of another kind of entry."""
    question = read(model.Question, table, where, faults, id=id_)
    if question is None or not question.values_from:
        return question
    return replace(question, values=tuple(entries[question.values_from]))
