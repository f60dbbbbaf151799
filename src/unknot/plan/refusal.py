"""Why a way of pressing that somebody asks for gives no session."""

from __future__ import annotations

from unknot.dose.load import load_steps
from unknot.knowledge.model import Side
from unknot.safety import Clearance
from unknot.script import Form, Text


def refusal(clearance: Clearance, site: str, side: Side, tool: str, posture: str, form: Form) -> tuple[Text, ...]:
    """The reasons, never empty, for which ``build`` gives nothing with this tool in this position.

    Raises KeyError for an unknown site, tool or posture.
    """
    knowledge = clearance.knowledge
    if closed := clearance.closed_because(site, side):
        return closed
    named = {"tool": f"@tool.{knowledge.tools[tool].id}", "posture": f"@posture.{knowledge.postures[posture].id}"}
    if tool not in clearance.owned:
        return (Text(id="refusal.not_owned", params={"tool": named["tool"]}),)
    options = clearance.options(site, side)
    same = [one for one in options if (one.tool, one.posture) == (tool, posture)]
    if not same:
        because = dict.fromkeys(text.id for one in options for text in one.because)
        reasons = [next(text for one in options for text in one.because if text.id == id) for id in because]
        return (Text(id="refusal.way_closed", params=named), *reasons)
    if form.no_floor and knowledge.postures[posture].lying:
        return (Text(id="refusal.lying"),)
    if not any(load_steps(one.access, posture, site, knowledge) for one in same):
        return (Text(id="refusal.position", params=named),)
    return (Text(id="refusal.over_cap", params=named),)
