"""Checks for the payload of an event: each yields one fault per thing that is wrong, with its path."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, and what in one sentence."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


Check = Callable[[Any, str], Iterator[Fault]]


def text(max_length: int = 120) -> Check:
    """A non-empty string without control characters (a NUL cannot be stored in PostgreSQL)."""

    def check(value: Any, path: str) -> Iterator[Fault]:
        if not isinstance(value, str) or not value:
            yield Fault(path, "must be a text")
        elif len(value) > max_length:
            yield Fault(path, f"is longer than {max_length} characters")
        elif any(ord(character) < 32 for character in value):
            yield Fault(path, "holds a control character")

    return check


def identifier(value: Any, path: str) -> Iterator[Fault]:
    """A UUID in its usual form."""
    try:
        fits = isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        fits = False
    if not fits:
        yield Fault(path, "must be an id such as 01890a5d-ac96-774b-bcce-b302099a8057")


def boolean(value: Any, path: str) -> Iterator[Fault]:
    if not isinstance(value, bool):
        yield Fault(path, "must be true or false")


def only_true(value: Any, path: str) -> Iterator[Fault]:
    if value is not True:
        yield Fault(path, "must be true")


def number(lo: float, hi: float) -> Check:
    """A finite number from lo to hi; true and false are not numbers."""

    def check(value: Any, path: str) -> Iterator[Fault]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Fault(path, "must be a number")
        elif not math.isfinite(value) or not lo <= value <= hi:
            yield Fault(path, f"must lie from {lo:g} to {hi:g}")

    return check


def one_of(*values: str) -> Check:
    def check(value: Any, path: str) -> Iterator[Fault]:
        if value not in values:
            yield Fault(path, f"must be one of {', '.join(values)}")

    return check


def day(value: Any, path: str) -> Iterator[Fault]:
    """A calendar day, YYYY-MM-DD."""
    try:
        fits = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        fits = False
    if not fits:
        yield Fault(path, "must be a day such as 2026-11-22")


def nothing_or(inner: Check) -> Check:
    def check(value: Any, path: str) -> Iterator[Fault]:
        if value is not None:
            yield from inner(value, path)

    return check


def many(inner: Check, max_items: int = 200) -> Check:
    def check(value: Any, path: str) -> Iterator[Fault]:
        if not isinstance(value, list | tuple):
            yield Fault(path, "must be a list")
            return
        if len(value) > max_items:
            yield Fault(path, f"holds more than {max_items} items")
            return
        for index, item in enumerate(value):
            yield from inner(item, f"{path}[{index}]")

    return check


def table(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """A table with exactly these fields."""
    known = {**required, **(optional or {})}

    def check(value: Any, path: str) -> Iterator[Fault]:
        if not isinstance(value, Mapping):
            yield Fault(path, "must be a table")
            return
        for name in required:
            if name not in value:
                yield Fault(f"{path}.{name}", "is missing")
        for name, item in value.items():
            if name in known:
                yield from known[name](item, f"{path}.{name}")
            else:
                yield Fault(f"{path}.{name}", "is not a field of this entry")

    return check


def answers(value: Any, path: str) -> Iterator[Fault]:
    """Question ids with true, false, null, a number, a text or a list of texts."""
    if not isinstance(value, Mapping) or not value:
        yield Fault(path, "must hold at least one answer")
        return
    for name, answer in value.items():
        yield from text(80)(name, f"{path}.{name}")
        if answer is None or isinstance(answer, bool):
            continue
        if isinstance(answer, int | float):
            yield from number(-1e6, 1e6)(answer, f"{path}.{name}")
        elif isinstance(answer, str):
            yield from text(80)(answer, f"{path}.{name}")
        else:
            yield from many(text(80))(answer, f"{path}.{name}")
