"""May we: red flags, precautions, stop rules and the gate before any session."""

from unknot.safety.asked import Screen, before_session, screens, unanswered
from unknot.safety.gatebook import Tile
from unknot.safety.screen import screen

__all__ = ["Screen", "Tile", "before_session", "screen", "screens", "unanswered"]
