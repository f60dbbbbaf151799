"""The command line: ``unknot COMMAND``. One JSON document or one readable page on standard output, messages on
standard error. Exit status 0 done, 1 the input is wrong, 2 wrong usage. A refusal to advise self-care is a result."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from unknot import __version__
from unknot.cli import app, assess, cost, design, dose, lab, plate, routine, vocabulary
from unknot.cli.files import InputError


def parser() -> argparse.ArgumentParser:
    """The whole command line, with every command and option."""
    top = argparse.ArgumentParser(
        prog="unknot",
        description="Find the knot. Release it gently. Know whether it helped. Self-care and record-keeping for "
        "adults with muscle pain; not a medical device.",
    )
    top.add_argument("--version", action="version", version=f"unknot {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for room in (assess, routine, cost, dose, design, plate, vocabulary, app, lab):
        room.add_commands(commands)
    return top


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    given = parser().parse_args(words)
    try:
        return int(given.run(given))
    except InputError as error:
        for fault in error.faults:
            print(f"unknot: {fault}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader (`| head`) has gone; closing quietly is what every well-behaved filter does.
        sys.stderr.close()
        return 0
