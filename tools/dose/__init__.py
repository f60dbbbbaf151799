"""Generators of the dose model: reference curves, and the surrogate that is fitted to them."""
