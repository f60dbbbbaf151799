"""The designer's bench: what a tool profile does to a population, before anybody has made the tool."""

from unknot.lab.design.plot import QUANTITIES, plot
from unknot.lab.design.profile import VARIED, Profile
from unknot.lab.design.sweep import Row, Spread, Wearer, design_to_json, population, sweep

__all__ = [
    "QUANTITIES", "VARIED", "Profile", "Row", "Spread", "Wearer", "design_to_json", "plot", "population", "sweep",
]  # fmt: skip
