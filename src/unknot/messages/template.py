"""Filling one template. Small enough to be written again, line for line, in another language of code.

- ``{name}``: the value. Text stands as it is; a number loses a trailing .0 and keeps at most two decimals;
  a list is joined with ``list.comma`` and the template ``list.last``.
- ``{^name}``: the same with its first letter made a capital.
- ``{name|one|many}``: not the value but ``one`` if the value is 1, otherwise ``many``.
There are no other braces in a template.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol, runtime_checkable

_PLACE = re.compile(r"\{(\^?)([a-z_][a-z0-9_]*)(?:\|([^{}|]*)\|([^{}|]*))?\}")


class MessageError(Exception):
    """A message that cannot be shown: unknown id, missing parameter, or a value that has no reading."""


@runtime_checkable
class Message(Protocol):
    """A message inside a message: anything that has an id and parameters of its own."""

    @property
    def id(self) -> str: ...
    @property
    def params(self) -> Mapping[str, Any]: ...


Renderer = Callable[[str, Mapping[str, Any]], str]


def parameters_of(template: str) -> frozenset[str]:
    """Names of the values that a template needs. Raises MessageError for a brace that opens no place."""
    if set(_PLACE.sub("", template)) & {"{", "}"}:
        raise MessageError(f"a brace opens no parameter in {template!r}")
    return frozenset(match[2] for match in _PLACE.finditer(template))


def verbatim(text: str) -> str:
    """Text from outside as a parameter value that is never taken for a message id."""
    return f"@{text}" if text.startswith("@") else text


def fill(id: str, template: str, params: Mapping[str, Any], render: Renderer) -> str:
    """The template of ``id`` with every place filled; ``render`` renders messages inside it."""
    missing = parameters_of(template) - params.keys()
    if missing:
        raise MessageError(f"{id} needs {', '.join(sorted(missing))}")

    def place(match: re.Match[str]) -> str:
        capital, name, one, many = match.groups()
        value = params[name]
        if one is not None:
            return one if _number(id, name, value) == 1 else many
        text = _text(id, name, value, render)
        return text[:1].upper() + text[1:] if capital else text

    return _PLACE.sub(place, template)


def _text(id: str, name: str, value: Any, render: Renderer) -> str:
    if isinstance(value, str):
        if value.startswith("@@"):
            return value[1:]
        return render(value[1:], {}) if value.startswith("@") else value
    if isinstance(value, Message):
        return render(value.id, value.params)
    if isinstance(value, list | tuple):
        if not value:
            raise MessageError(f"{id}: {name} is an empty list")
        return _joined([_text(id, name, item, render) for item in value], render)
    return _plain(_number(id, name, value))


def _joined(items: list[str], render: Renderer) -> str:
    if len(items) == 1:
        return items[0]
    return render("list.last", {"others": render("list.comma", {}).join(items[:-1]), "last": items[-1]})


def _number(id: str, name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise MessageError(f"{id}: {name} cannot be {value!r}")
    return value


def _plain(number: float) -> str:
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
