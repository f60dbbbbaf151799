"""What lies so near a spot that one is told to keep off it: the danger zones of the drawn body, in words.

The rules of ``safety/site_rules.toml`` decide what may be pressed and how; the drawing adds what to keep away from.
"""

from __future__ import annotations

from unknot.body import zones_near
from unknot.script import Text

NEAR_MM = 20  # a finger-pad beside the spot, on an average body


def keep_away(site: str) -> tuple[Text, ...]:
    """A sentence for each danger zone within 20 mm of the skin over the site, the nearest first. KeyError: unknown."""
    near = sorted((distance, zone) for zone, distance in zones_near(site).items() if distance <= NEAR_MM)
    return tuple(Text(id=f"danger.{zone}") for _, zone in near)
