"""Unknot: find the knot, release it safely, know whether it helped."""

__version__ = "0.1.0"
