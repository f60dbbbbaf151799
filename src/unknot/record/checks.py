"""Checks for the payload of an event: each yields one fault per thing that is wrong, with its path."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from unknot.case import Fault

Check = Callable[[Any, str], Iterator[Fault]]


def fault(path: str, kind: str, **params: Any) -> Fault:
    """One thing that is wrong; ``kind`` is the last part of the message id ``record.fault.<kind>``."""
    return Fault(path=path, id=f"record.fault.{kind}", params=params)


def text(max_length: int = 120) -> Check:
    """A non-empty string without control characters (a NUL cannot be stored in PostgreSQL)."""

    def check(value: Any, path: str) -> Iterator[Fault]:
        if not isinstance(value, str) or not value:
            yield fault(path, "no_text")
        elif len(value) > max_length:
            yield fault(path, "too_long", most=max_length)
        elif any(ord(character) < 32 for character in value):
            yield fault(path, "control_character")

    return check


def identifier(value: Any, path: str) -> Iterator[Fault]:
    """A UUID in its usual form."""
    try:
        fits = isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        fits = False
    if not fits:
        yield fault(path, "no_id")


def boolean(value: Any, path: str) -> Iterator[Fault]:
    if not isinstance(value, bool):
        yield fault(path, "no_bool")


def only_true(value: Any, path: str) -> Iterator[Fault]:
    if value is not True:
        yield fault(path, "not_confirmed")


def number(lo: float, hi: float) -> Check:
    """A finite number from lo to hi; true and false are not numbers."""

    def check(value: Any, path: str) -> Iterator[Fault]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield fault(path, "no_number")
        elif not math.isfinite(value) or not lo <= value <= hi:
            yield fault(path, "out_of_range", lo=f"{lo:g}", hi=f"{hi:g}")

    return check


def one_of(*values: str) -> Check:
    def check(value: Any, path: str) -> Iterator[Fault]:
        if value not in values:
            yield fault(path, "not_one_of", values=", ".join(values))

    return check


def day(value: Any, path: str) -> Iterator[Fault]:
    """A calendar day, YYYY-MM-DD."""
    try:
        fits = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        fits = False
    if not fits:
        yield fault(path, "no_day")


def instant_text(value: Any, path: str) -> Iterator[Fault]:
    """An instant with its time zone, in ISO form."""
    try:
        fits = isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        fits = False
    if not fits:
        yield fault(path, "no_instant")


def clock_time(value: Any, path: str) -> Iterator[Fault]:
    """A time of day on the wall clock, HH:MM."""
    try:
        fits = isinstance(value, str) and time.fromisoformat(value).strftime("%H:%M") == value
    except ValueError:
        fits = False
    if not fits:
        yield fault(path, "no_time")


def zone_faults(value: Any, path: str) -> Iterator[Fault]:
    """What is wrong with the name of a time zone."""
    try:
        ZoneInfo(value)
    except (TypeError, ValueError, OSError, ZoneInfoNotFoundError):
        yield fault(path, "no_zone")


def nothing_or(inner: Check) -> Check:
    def check(value: Any, path: str) -> Iterator[Fault]:
        if value is not None:
            yield from inner(value, path)

    return check


def many(inner: Check, max_items: int = 200) -> Check:
    def check(value: Any, path: str) -> Iterator[Fault]:
        if not isinstance(value, list | tuple):
            yield fault(path, "no_list")
            return
        if len(value) > max_items:
            yield fault(path, "too_many", most=max_items)
            return
        for index, item in enumerate(value):
            yield from inner(item, f"{path}[{index}]")

    return check


def table(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """A table with exactly these fields."""
    known = {**required, **(optional or {})}

    def check(value: Any, path: str) -> Iterator[Fault]:
        if not isinstance(value, Mapping):
            yield fault(path, "no_table")
            return
        for name in required:
            if name not in value:
                yield fault(f"{path}.{name}", "missing")
        for name, item in value.items():
            if name in known:
                yield from known[name](item, f"{path}.{name}")
            else:
                yield fault(f"{path}.{name}", "unknown_field")

    return check


def at_least(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """A table with these fields and perhaps others; of those only the optional ones are looked at."""
    looked_at = {**required, **(optional or {})}

    def check(value: Any, path: str) -> Iterator[Fault]:
        known = {name: value[name] for name in looked_at if name in value} if isinstance(value, Mapping) else value
        yield from table(required, optional)(known, path)

    return check


def answers(value: Any, path: str) -> Iterator[Fault]:
    """Question ids with true, false, null, a number, a text or a list of texts."""
    if not isinstance(value, Mapping) or not value:
        yield fault(path, "no_answer")
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
