"""Refusing wrong input of the dose estimate with the field named; nothing is clamped."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from math import isfinite
from typing import Any, TypeVar

from unknot.dose.load import load_steps
from unknot.knowledge.model import Knowledge
from unknot.safety.sites import site_plans

T = TypeVar("T")


class DoseError(ValueError):
    """One input of the estimate is wrong: ``field`` names it, ``message`` says what is allowed."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


def known(field: str, value: str, among: Mapping[str, T]) -> T:
    """The entry of an id. Raises DoseError naming the nearest id."""
    if value in among:
        return among[value]
    near = get_close_matches(str(value), among, n=1, cutoff=0)
    raise DoseError(field, f"{value!r} is not known; the nearest is {near[0]!r}")


def number(field: str, value: float, allowed: Mapping[str, Any]) -> float:
    """A finite number inside the allowed interval (never a bool). Raises DoseError."""
    lo, hi, unit = allowed["lo"], allowed["hi"], allowed["unit"]
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise DoseError(field, f"must be a number from {lo:g} to {hi:g} {unit}, not {value!r}")
    if not lo <= value <= hi:
        raise DoseError(field, f"must be from {lo:g} to {hi:g} {unit}, not {value:g}")
    return float(value)


def access_for(tool: str, site: str, posture: str, knowledge: Knowledge) -> str:
    """The access id by which ``tool`` reaches ``site`` in ``posture``, by the rules of that site.

    Raises DoseError for a tool or a posture that does not fit.
    """
    reach = [knowledge.access[id_] for id_ in site_plans(knowledge)[site].access]
    by_tool = [access for access in reach if access.tool == tool]
    if not by_tool:
        tools = ", ".join(sorted({access.tool for access in reach})) or "nothing: it is not treated by oneself"
        raise DoseError("tool", f"{tool} does not fit {site}; what fits: {tools}")
    home = knowledge.sites[site].home
    for access in by_tool:
        if posture in access.postures_at(home) and load_steps(access.id, posture, site, knowledge):
            return access.id
    reaching = ((access.id, p) for access in by_tool for p in access.postures_at(home))
    fitting = sorted({p for way, p in reaching if load_steps(way, p, site, knowledge)})
    raise DoseError("posture", f"{posture} does not bring {tool} to {site}; what does: {', '.join(fitting) or 'none'}")
