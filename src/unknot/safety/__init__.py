"""May we: red flags, precautions, stop rules and the gate before any session."""

from unknot.safety import stops
from unknot.safety.asked import Page, Screen, before_session, next_page, screens, unanswered
from unknot.safety.check import check
from unknot.safety.clearance import Clearance, Option, SessionLimits, Stop, other_side
from unknot.safety.gate import earlier_days, gate
from unknot.safety.gatebook import Tile
from unknot.safety.pressable import pressable
from unknot.safety.reactions import reactions
from unknot.safety.screen import screen
from unknot.safety.sites import home, zones

__all__ = [
    "Clearance",
    "Option",
    "Page",
    "Screen",
    "SessionLimits",
    "Stop",
    "Tile",
    "before_session",
    "check",
    "earlier_days",
    "gate",
    "home",
    "next_page",
    "other_side",
    "pressable",
    "reactions",
    "screen",
    "screens",
    "stops",
    "unanswered",
    "zones",
]
