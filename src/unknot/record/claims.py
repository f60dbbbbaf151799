"""What was said about each question, kept so that the order of arrival never matters.

A book of claims holds, per key, every distinct value with the latest time it was said, and the time up to which
claims were taken back. Two devices that heard the same entries in any order hold the same book.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from unknot.record.event import canonical

Book = dict[str, dict[str, Any]]
"""key -> {"said": {value as canonical JSON: stamp}, "until": stamp, "struck": [ids of entries taken back]}"""

_EMPTY: Mapping[str, Any] = {"said": {}, "until": "", "struck": []}


def say(book: Book, key: str, value: Any, stamp: str) -> None:
    """Note that ``value`` was said about ``key``."""
    entry = _entry(book, key)
    said = entry["said"]
    text = canonical(list(value) if isinstance(value, tuple) else value)
    if _is_number(value):  # a figure replaces the earlier figure: only the latest is kept
        older = [other for other in said if _is_number(json.loads(other))]
        if any(said[other] > stamp for other in older):
            return
        for other in older:
            del said[other]
    said[text] = max(stamp, said.get(text, ""))
    book[key] = entry


def take_back(book: Book, key: str, stamp: str, amended: str | None) -> None:
    """Note that whatever was said about ``key`` before ``stamp``, and the entry ``amended``, no longer counts."""
    entry = _entry(book, key)
    entry["until"] = max(entry["until"], stamp)
    if amended is not None:
        entry["struck"] = sorted({*entry["struck"], amended})
    book[key] = entry


def standing(book: Mapping[str, Any], key: str) -> list[tuple[str, Any]]:
    """The claims about ``key`` that still count, oldest first, each as (stamp, value)."""
    entry = book.get(key, _EMPTY)
    return sorted(
        (stamp, json.loads(text))
        for text, stamp in entry["said"].items()
        if stamp >= entry["until"] and stamp.partition("|")[2] not in entry["struck"]
    )


def latest(book: Mapping[str, Any], key: str, default: Any = None) -> Any:
    """The value said last."""
    claims = standing(book, key)
    return claims[-1][1] if claims else default


def _entry(book: Book, key: str) -> dict[str, Any]:
    old = book.get(key, _EMPTY)
    return {"said": dict(old["said"]), "until": old["until"], "struck": list(old["struck"])}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
