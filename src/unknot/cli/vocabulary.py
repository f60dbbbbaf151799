"""``unknot regions|muscles|sites|...``: the words of a case, and the sources behind the facts."""

from __future__ import annotations

import argparse

from unknot import knowledge
from unknot.cli.files import print_json
from unknot.knowledge.listing import listing

KINDS = {
    "regions": "the regions of the body that a case may name",
    "muscles": "the muscles with their trigger sites",
    "sites": "the trigger sites: where to press, and where it is felt",
    "tools": "the tools a person may own",
    "questions": "every question with its allowed answers",
    "conditions": "lasting facts that limit or forbid pressure",
    "exercises": "the movements and exercises that end a session",
    "modalities": "ways of dealing with the pain: evidence, harms, who should not",
    "claims": "claims in circulation: what is said, the verdict, what was measured",
    "sources": "every source that a figure or a rule rests on",
}


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add one command per vocabulary."""
    for kind, meaning in KINDS.items():
        command = commands.add_parser(kind, help=meaning)
        command.add_argument("--json", action="store_true", help="print one JSON document instead of a table")
        command.set_defaults(run=_list, kind=kind)


def _list(given: argparse.Namespace) -> int:
    rows = listing(knowledge.load(), given.kind)
    if given.json:
        print_json(rows)
        return 0
    widest = max(len(str(row["id"])) for row in rows)
    for row in rows:
        print(f"{row['id']:<{widest}}  {row['label']}")
    return 0
