"""``unknot dose``: what force and pressure a tool gives this body in this posture, as a band."""

from __future__ import annotations

import argparse


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
