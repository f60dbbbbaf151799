"""What stands under "Learn": one entry per section, in the order in which they are offered."""

from __future__ import annotations

SECTIONS = ("options", "evidence", "cost")
"""Address names of this app; each has the sentences ``app.learn.<name>.title`` and ``.about``."""
