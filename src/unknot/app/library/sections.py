"""What stands under "Learn", in the order in which it is offered. The documentation is written from it too."""

from __future__ import annotations

from unknot.messages import ids, render

SECTIONS = {
    "atlas": "atlas:browse",
    "understand": "library:understand",
    "options": "library:options",
    "evidence": "library:evidence",
    "cost": "library:cost",
    "tools": "tools:tools",
    "glossary": "library:glossary",
    "about": "library:about",
}
"""Each section with the name of its address; it has the sentences ``app.learn.<section>.title`` and ``.about``."""

UNDERSTAND = ("point", "known", "disputed", "travel", "muscle", "cannot")
"""The parts of ``understand.<part>.title`` and ``.text``."""

INTENDED = ("what", "not", "for", "may_not", "emergency", "you", "sure", "data")
"""The parts of ``intended.<part>.title`` and ``.text``."""

MAY_NOT = tuple(f"intended.may_not.point.{n}" for n in range(1, 7))
"""The sentences that follow ``intended.may_not.text``."""


def terms() -> list[tuple[str, str]]:
    """Each word with its meaning, in the order of a dictionary."""
    words = {id.split(".")[1] for id in ids() if id.startswith("glossary.")}
    told = [(render(f"glossary.{word}.term"), render(f"glossary.{word}.text")) for word in words]
    return sorted(told, key=lambda pair: pair[0].casefold())
