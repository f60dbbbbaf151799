"""Section of the table of checks: are the people of the published cases told to go where they needed to go.

Every case is walked as the app would: only what a screen asks is answered, and what the case does not speak of is
denied. So a sign that no screen asks for does not count, and the screens are those that the person would see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from unknot.knowledge import load
from unknot.knowledge.model import Knowledge, Level
from unknot.lab.published import PublishedCase, published_cases
from unknot.lab.rows import Row, share
from unknot.safety import screen
from unknot.safety.interview import interviewed

SEVERITY: tuple[Level, ...] = ("self_care", "provider", "same_day", "emergency")

# What others reached on their own sets of vignettes, as published; not the same people as ours.
CHECKERS_EMERGENCY = {"semigran_2015": 0.80, "hill_2020": 0.63, "lay_people": 0.675}
CHECKERS_SAFE = {"gilbert_gps": 0.97, "gilbert_ada": 0.97, "gilbert_buoy": 0.80}
CHECKERS_SELF_CARE = {"semigran_2015": 0.33, "hill_2020": 0.40}
CHECKERS_RIGHT = {"semigran_2015": 0.57, "hill_2020": 0.49, "schmieding_2022": 0.558}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one published case got. ``screens``: how many the person saw up to the result, the opening ones included."""

    published: PublishedCase
    level: Level
    screens: int

    @property
    def too_low(self) -> int:
        """By how many levels the advice is less urgent than needed; negative = more urgent."""
        return SEVERITY.index(self.published.expect) - SEVERITY.index(self.level)


def outcomes(cases: Iterable[PublishedCase], knowledge: Knowledge) -> tuple[Outcome, ...]:
    """Every case walked through the questions, in the order given."""
    found = []
    for published in cases:
        walk = interviewed(published.case, knowledge)
        level = screen(walk.case, None, knowledge).level
        found.append(Outcome(published=published, level=level, screens=len(walk.pages)))
    return tuple(found)


def rows(people: int) -> list[Row]:
    """The figures over all published cases; nobody is made up here."""
    found = outcomes(published_cases(), load())
    emergencies = [one for one in found if one.published.expect == "emergency"]
    controls = [one for one in found if one.published.expect == "self_care"]
    missed = sum(one.too_low > 0 for one in emergencies)
    return [
        Row(id="emergencies_missed", value=float(missed), unit="count", at_most=0.0, of=len(emergencies)),
        share("emergencies_found", [one.too_low <= 0 for one in emergencies], compared=CHECKERS_EMERGENCY),
        share("safe", [one.too_low <= 0 for one in found], at_least=0.98),
        share("safe_by_one_level", [one.too_low <= 1 for one in found], at_least=0.98, compared=CHECKERS_SAFE),
        share("controls_sent_away", [one.too_low < 0 for one in controls], at_most=0.25),
        share("controls_kept", [one.too_low == 0 for one in controls], at_least=0.5, compared=CHECKERS_SELF_CARE),
        share("exact", [one.too_low == 0 for one in found], compared=CHECKERS_RIGHT),
        Row(id="screens", value=float(median(one.screens for one in found)), unit="count", at_most=14.0, of=len(found)),
        Row(
            id="screens_controls",
            value=float(median(one.screens for one in controls)),
            unit="count",
            at_most=14.0,
            of=len(controls),
        ),
    ]
