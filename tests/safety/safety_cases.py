"""Cases in few words, for tests: regions as ``"lumbar_paraspinal left 6"``, everything else as in a case document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from unknot.case import Case, read_case


def make_case(
    pain: tuple[str, ...] | list[str] = (), person: Mapping[str, Any] | None = None, answers: Any = None
) -> Case:
    """``pain`` entries are "region side [strength]"; ``answers`` may hold None for "not sure"."""
    areas = []
    for entry in pain:
        region, side, *strength = entry.split()
        areas.append({"region": region, "side": side} | ({"intensity": float(strength[0])} if strength else {}))
    document: dict[str, Any] = {
        "schema": "unknot.case/1",
        "person": {"age": 40, **(person or {})},
        "answers": answers or {},
    }
    if areas:
        document["pain"] = areas
    return read_case(document)
