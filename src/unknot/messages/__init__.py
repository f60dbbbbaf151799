"""Every sentence that a person reads, by id: one catalogue of TOML files per language.

``render("site.ql1.where")`` gives a sentence; engine values carry only ids with parameters. Another language is
another folder beside ``en``; what it lacks is read in English. A file is parsed only when one of its ids is needed.

How a template is written (see ``template.py``): ``{name}`` puts in a value, ``{^name}`` the same with a capital
first letter, ``{n|day|days}`` the first word when n is 1 and the second otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from unknot.messages.template import Message, MessageError, fill, parameters_of, verbatim

__all__ = ["Message", "MessageError", "catalogue", "has", "ids", "languages", "parameters", "render", "verbatim"]

_FOLDER = Path(__file__).parent
_SOURCE_LANGUAGE = "en"
_TABLE = re.compile(r"^\[([A-Za-z0-9_.\-]+)\]", re.MULTILINE)


def render(id: str, params: Mapping[str, Any] | None = None, lang: str = _SOURCE_LANGUAGE) -> str:
    """The sentence behind an id, with its parameters put in.

    A value may be text (``verbatim`` for text from outside), a number, a message id written ``"@region.flank"``, a
    ``Message`` (anything with ``id`` and ``params``), or a list of these, which is joined as "a, b and c". Raises
    MessageError for an id that no catalogue has, for a parameter that is missing, and for a value that cannot be read
    out (bool, None, NaN).
    """
    return fill(id, _template(id, lang), params or {}, lambda inner, own: render(inner, own, lang))


def has(id: str, lang: str = _SOURCE_LANGUAGE) -> bool:
    """Whether there is a sentence of this id, in the language or else in English."""
    return _find(id, lang) is not None


def ids(lang: str = _SOURCE_LANGUAGE) -> frozenset[str]:
    """The ids that this language itself has. Reads all of its files."""
    return frozenset(_all(lang))


def catalogue(lang: str = _SOURCE_LANGUAGE) -> dict[str, str]:
    """All templates by id, English where the language lacks one: what a browser needs to render by itself."""
    return {**_all(_SOURCE_LANGUAGE), **_all(lang)}


def parameters(id: str, lang: str = _SOURCE_LANGUAGE) -> frozenset[str]:
    """The names of the parameters that a template needs. Raises MessageError for an unknown id."""
    return parameters_of(_template(id, lang))


def languages() -> tuple[str, ...]:
    """The languages that have a catalogue, English first."""
    others = sorted(folder.name for folder in _FOLDER.iterdir() if folder.is_dir() and any(folder.glob("*.toml")))
    return (_SOURCE_LANGUAGE, *(name for name in others if name != _SOURCE_LANGUAGE))


def _template(id: str, lang: str) -> str:
    found = _find(id, lang)
    if found is None:
        raise MessageError(f"there is no message with the id {id!r}")
    return found


def _find(id: str, lang: str) -> str | None:
    for language in dict.fromkeys((lang, _SOURCE_LANGUAGE)):
        for path in _files_with(id, language):
            template = _read(path).get(id)
            if template is not None:
                return template
    return None


def _files_with(id: str, lang: str) -> tuple[Path, ...]:
    """The files that may hold an id: those with a table whose name the id starts with."""
    tables = _tables(lang)
    parts = id.split(".")
    found = (path for n in range(len(parts) - 1, 0, -1) for path in tables.get(".".join(parts[:n]), ()))
    return tuple(dict.fromkeys(found))


@cache
def _tables(lang: str) -> dict[str, tuple[Path, ...]]:
    """Table name -> files that have it, by their headers only: to parse all TOML would cost a slow start."""
    found: dict[str, tuple[Path, ...]] = {}
    for path in _files(lang):
        for table in dict.fromkeys(_TABLE.findall(path.read_text(encoding="utf-8"))):
            found[table] = (*found.get(table, ()), path)
    return found


def _files(lang: str) -> list[Path]:
    # The name is matched against real folders, never joined into a path: it may come from a browser's header.
    return sorted((_FOLDER / lang).rglob("*.toml")) if lang in languages() else []


@cache
def _read(path: Path) -> dict[str, str]:
    try:
        return dict(_flatten(tomli.loads(path.read_text(encoding="utf-8")), ""))
    except (tomli.TOMLDecodeError, MessageError) as fault:
        raise MessageError(f"{path.parent.name}/{path.name}: {fault}") from fault


def _flatten(table: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            found += _flatten(value, f"{prefix}{key}.")
        elif isinstance(value, str):
            found.append((prefix + key, value))
        else:
            raise MessageError(f"{prefix}{key} is not text")
    return found


@cache
def _all(lang: str) -> dict[str, str]:
    merged: dict[str, str] = {}
    for path in _files(lang):
        for id, template in _read(path).items():
            if id in merged:
                raise MessageError(f"{path.name}: {id} stands in another file too")
            merged[id] = template
    return merged
