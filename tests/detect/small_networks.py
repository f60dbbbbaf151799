"""Random small networks and their posterior by adding up every possibility."""

from __future__ import annotations

from unknot.lab.networks import by_enumeration, random_problem

__all__ = ["by_enumeration", "random_problem"]
