"""Strict reading of one TOML table into one frozen dataclass, led by its type hints.

An unknown key, a missing key or a value of the wrong type is a fault that names its path; all faults are
collected, so that a person mends a file in one go.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import tomli

T = TypeVar("T")

_WORDS = {str: "text", bool: "true or false", int: "a whole number", float: "a number"}


class KnowledgeError(Exception):
    """The knowledge files are wrong. ``faults`` holds a sentence per fault, with file and field path."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def parse(text: str, name: str) -> dict[str, Any]:
    """The tables of one TOML file. Raises KnowledgeError naming ``name`` and the line when it is not TOML."""
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise KnowledgeError([f"{name}: {error}"]) from None


def read(kind: type[T], table: Any, where: str, faults: list[str], **given: Any) -> T | None:
    """Read ``table`` into the dataclass ``kind``; ``given`` are fields that the file does not spell (the id).

    Each fault is appended to ``faults`` as "WHERE.FIELD: sentence"; None is returned if there was any.
    """
    before = len(faults)
    if not isinstance(table, Mapping):
        faults.append(f"{where}: must be a table, not {table!r}")
        return None
    fields, required = _shape(cast(Any, kind))
    values = dict(given)
    for key, value in table.items():
        if key not in fields or key in given:
            allowed = ", ".join(name for name in fields if name not in given)
            faults.append(f"{where}.{key}: is not a field here (fields: {allowed})")
        else:
            values[key] = _value(fields[key], value, f"{where}.{key}", faults)
    for key in required - values.keys():
        faults.append(f"{where}.{key}: is missing")
    return kind(**values) if len(faults) == before else None


@cache
def _shape(kind: type) -> tuple[dict[str, Any], frozenset[str]]:
    hints = get_type_hints(kind)
    fields = dataclasses.fields(cast(Any, kind))
    required = frozenset(
        f.name for f in fields if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    )
    return {f.name: hints[f.name] for f in fields}, required


def _value(hint: Any, value: Any, where: str, faults: list[str]) -> Any:
    origin = get_origin(hint)
    if origin is Literal:
        allowed = get_args(hint)
        if value not in allowed:
            faults.append(f"{where}: must be one of {', '.join(map(str, allowed))}, not {value!r}")
        return value
    if origin is tuple:
        return _sequence(get_args(hint)[0], value, where, faults)
    if origin in (Union, types.UnionType):  # T | None: TOML has no null, so a value that is given is a T
        return _value(next(arg for arg in get_args(hint) if arg is not type(None)), value, where, faults)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(get_args(hint)[1], value, where, faults)
    if dataclasses.is_dataclass(hint):
        return read(cast(type, hint), value, where, faults)
    return _scalar(hint, value, where, faults)


def _sequence(item: Any, value: Any, where: str, faults: list[str]) -> tuple[Any, ...]:
    if not isinstance(value, list):
        faults.append(f"{where}: must be a list, not {value!r}")
        return ()
    if item is str and len(set(map(str, value))) != len(value):
        faults.append(f"{where}: holds a value twice")
    return tuple(_value(item, entry, f"{where}[{n}]", faults) for n, entry in enumerate(value))


def _mapping(item: Any, value: Any, where: str, faults: list[str]) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        faults.append(f"{where}: must be a table, not {value!r}")
        return {}
    read_values = {key: _value(item, entry, f"{where}.{key}", faults) for key, entry in value.items()}
    return types.MappingProxyType(read_values)


def _scalar(hint: Any, value: Any, where: str, faults: list[str]) -> Any:
    if hint is Any:
        return value
    if hint is float and type(value) is int:
        return float(value)
    if type(value) is not hint:  # exact: a bool is not a number here
        faults.append(f"{where}: must be {_WORDS[hint]}, not {value!r}")
    return value


def files(folder: Path) -> dict[str, bytes]:
    """Every TOML file below ``folder`` by its path from there, sorted by that path."""
    paths = sorted(folder.rglob("*.toml"), key=lambda path: path.relative_to(folder).as_posix())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
