"""The level cut of the set-up page: what lies between the tool and the spot, drawn and in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import mark_safe

from unknot import body
from unknot.knowledge import Knowledge
from unknot.knowledge.model import Side
from unknot.messages import render


@dataclass(frozen=True, slots=True)
class Cut:
    """The picture, and the same in sentences from the skin down."""

    svg: str
    words: tuple[str, ...]


def under_tool(site: str, side: Side, tool: str, knowledge: Knowledge) -> Cut | None:
    """What lies under the tool; None where no cut is drawn (head and limbs)."""
    if not body.has_section(site):
        return None
    *over, own = body.under(site)
    fat = {"lo": round(body.FAT_MM), "hi": round(body.FAT_MM + body.HEAVIER_MM)}
    words = (
        render("plate.under_fat", fat),
        *(render("plate.under_over", {"muscle": f"@muscle.{one.muscle}.name", "n": one.near}) for one in over),
        render("plate.under_own", {"muscle": f"@muscle.{own.muscle}.name", "n": own.near}),
        render("plate.under_bone"),
    )
    svg = body.section(site, side, tool=knowledge.tools[tool], theme="variables", ids="under", note=False)
    return Cut(mark_safe(svg), words)  # drawn by the engine from generated data; the title is escaped there
