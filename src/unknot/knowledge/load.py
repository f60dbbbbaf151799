"""Read every knowledge file into one frozen Knowledge with its content hash.

The place of a file says what its tables are: ``regions.toml`` holds regions, ``muscles/*.toml`` muscles, and
so on; each top-level table is one entry under its id. ``safety/*.toml``, ``detect.toml`` and ``dose.toml``
stay plain tables: their rooms give them meaning.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from unknot.knowledge import model
from unknot.knowledge.read import KnowledgeError, files, parse, read

FOLDER = Path(__file__).parent

_KINDS: dict[str, type] = {
    "sources": model.Source,
    "regions": model.Region,
    "muscles": model.Muscle,
    "questions": model.Question,
    "conditions": model.Condition,
    "access": model.Access,
    "tools": model.Tool,
    "postures": model.Posture,
    "exercises": model.Exercise,
    "modalities": model.Modality,
    "claims": model.Claim,
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
    entries: dict[str, dict[str, Any]] = {kind: {} for kind in _KINDS}
    plain: dict[str, dict[str, Any]] = {"safety": {}, "detect": {}, "dose": {}}
    for name, content in contents.items():
        try:
            tables = parse(content.decode(), name)
        except KnowledgeError as error:
            faults += error.faults
            continue
        kind = name.split("/")[0].removesuffix(".toml")
        if kind == "safety":
            plain[kind][Path(name).stem] = tables
        elif kind in plain:
            plain[kind] = tables
        elif kind in _KINDS:
            _read_file(kind, name, tables, entries[kind], faults)
        else:
            faults.append(f"{name}: no kind of knowledge has this place")
    if faults:
        raise KnowledgeError(faults)
    for id_, question in entries["questions"].items():
        if question.values_from:
            entries["questions"][id_] = replace(question, values=tuple(entries[question.values_from]))
    sites = {site.id: site for muscle in entries["muscles"].values() for site in muscle.sites}
    frozen: dict[str, Any] = {kind: MappingProxyType(table) for kind, table in (entries | plain).items()}
    return model.Knowledge(content_hash=content_hash(contents), sites=MappingProxyType(sites), **frozen)


def content_hash(contents: Mapping[str, bytes]) -> str:
    """Hex SHA-256 (first 32 digits) over names and contents, sorted by name; line ends count as newline."""
    digest = hashlib.sha256()
    for name in sorted(contents):
        digest.update(name.encode() + b"\0" + contents[name].replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:32]


def _read_file(kind: str, name: str, tables: Mapping[str, Any], entries: dict[str, Any], faults: list[str]) -> None:
    for id_, table in tables.items():
        where = f"{name}: {id_}"
        if id_ in entries:
            faults.append(f"{where}: stands in another file too")
        elif kind == "muscles" and isinstance(table, dict):
            entries[id_] = _read_muscle(id_, table, where, faults)
        else:
            entries[id_] = read(_KINDS[kind], table, where, faults, id=id_)


def _read_muscle(id_: str, table: dict[str, Any], where: str, faults: list[str]) -> model.Muscle | None:
    """A muscle with its sites, which stand below it by their own id."""
    tables = table.get("sites", {})
    if not isinstance(tables, dict):
        faults.append(f"{where}.sites: must be a table of sites by id")
        return None
    sites = [
        read(model.Site, site, f"{where}.sites.{site_id}", faults, id=site_id, muscle=id_)
        for site_id, site in tables.items()
    ]
    own = {key: value for key, value in table.items() if key != "sites"}
    return read(model.Muscle, own, where, faults, id=id_, sites=tuple(sites))
