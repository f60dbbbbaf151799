"""``unknot dose``: what force and pressure a tool gives this body in this posture, as a band."""

from __future__ import annotations

import argparse

from unknot.cli.files import InputError, print_json
from unknot.cli import page_dose
from unknot.dose import DoseError, dose_to_json, estimate_dose


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
