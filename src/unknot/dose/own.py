"""A tool of one's own as a document (``unknot.tool/1``): a name, and what a ruler and a thumb tell about it.

It holds no session and no fact about a person. Whoever takes it in gets every session from the safety gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from unknot.dose.checks import DoseError
from unknot.dose.described import Shape, describe_tool
from unknot.knowledge.model import Tool

SCHEMA = "unknot.tool/1"
LONGEST_NAME = 40  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTool:
    """The measures as they were told (mm); ``made`` turns them into a tool that an estimate takes."""

    name: str
    shape: Shape
    tip_width_mm: float
    height_mm: float
    thumb_mm: float = 0.0

    def made(self) -> Tool:
        """The tool. Raises DoseError naming the field."""
        return describe_tool(
            tip_width_mm=self.tip_width_mm, height_mm=self.height_mm, thumb_mm=self.thumb_mm, shape=self.shape
        )


SIZES = ("tip_width_mm", "height_mm", "thumb_mm")
MEASURES = ("shape", *SIZES)


def read_tool(document: Any) -> OwnTool:
    """The tool of a document; its measures fit together. Raises DoseError naming the field that is wrong."""
    if not isinstance(document, Mapping) or document.get("schema") != SCHEMA:
        raise DoseError("schema", f"must be {SCHEMA!r}")
    if strange := sorted(set(document) - {"schema", "name", *MEASURES}):
        raise DoseError(str(strange[0]), "is not a field of a tool")
    name = document.get("name")
    if not isinstance(name, str) or not 0 < len(name.strip()) <= LONGEST_NAME:
        raise DoseError("name", f"must be a name of 1 to {LONGEST_NAME} characters")
    missing = [field for field in MEASURES if field not in document and field != "thumb_mm"]
    if missing:
        raise DoseError(missing[0], "is missing")
    own = OwnTool(name=name.strip(), **{field: document[field] for field in MEASURES if field in document})
    own.made()
    return own


def write_tool(own: OwnTool) -> dict[str, Any]:
    """The ``unknot.tool/1`` document; ``schemas/unknot.tool.1.json`` is its JSON Schema."""
    return {"schema": SCHEMA, **asdict(own)}
