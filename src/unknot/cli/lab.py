"""``unknot simulate`` and ``unknot validate``: people with known spots, and what is reached on them."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from unknot import __version__, knowledge
from unknot.case import case_to_json
from unknot.cli.files import InputError, print_json
from unknot.messages import render

if TYPE_CHECKING:
    from unknot.lab.people import Simulated
    from unknot.lab.rows import Row
    from unknot.lab.sections import Section

PEOPLE = 100  # made-up people that `unknot validate` draws unless told otherwise


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the command line."""
    command = commands.add_parser("simulate", help="made-up people with known spots")
    command.add_argument("--n", type=int, default=10, metavar="N", help="how many (10)")
    command.add_argument("--seed", type=int, default=0, metavar="S", help="another seed, other people (0)")
    command.add_argument("--presses", type=int, default=0, metavar="K", help="spots that each one presses (0)")
    command.add_argument("--json", action="store_true", help="one JSON document a line")
    command.set_defaults(run=_simulate)

    command = commands.add_parser("validate", help="all built-in checks of accuracy as a table")
    command.add_argument("--n", type=int, default=PEOPLE, metavar="N", help=f"made-up people to draw ({PEOPLE})")
    command.add_argument("--only", action="append", metavar="SECTION", help="only this section; may be repeated")
    command.add_argument("--json", action="store_true", help="print the table as one JSON document")
    command.set_defaults(run=_validate)

    command = commands.add_parser("bench", help="how fast the detector is, beside its peer")
    command.add_argument("--json", action="store_true", help="print the table as one JSON document")
    command.set_defaults(run=_bench)


def _simulate(given: argparse.Namespace) -> int:
    from unknot.lab.people import simulate  # the other commands start faster without it

    if given.n < 1:
        raise InputError(render("lab.too_few", {"given": given.n}))
    if given.seed < 0 or given.presses < 0:
        raise InputError(render("lab.below_zero"))
    known = knowledge.load()
    for number in range(given.n):
        person = simulate(given.seed, number, known)
        if given.json:
            sys.stdout.write(json.dumps(_person(person, given.presses), ensure_ascii=False) + "\n")
        else:
            print(_in_words(person))
    return 0


def _person(person: Simulated, presses: int) -> dict[str, Any]:
    truth = [{"site": site, "side": side} for site, side in person.spots]
    cause = person.cause and {"kind": person.cause.kind, "which": person.cause.which, "side": person.cause.side}
    return {"case": case_to_json(person.interviewed(presses)), "truth": truth, "cause": cause}


def _in_words(person: Simulated) -> str:
    """Age, what is drawn, and what is behind it, in ids."""
    drawn = ", ".join(f"{area.region} {area.side}" for area in person.drawing)
    behind = [f"{site} {side}" for site, side in person.spots]
    if person.cause is not None:
        behind.append(f"{person.cause.kind} {person.cause.which}".strip())
    return f"{person.person.age:.0f}: {drawn} <- {', '.join(behind)}"


def _validate(given: argparse.Namespace) -> int:
    from unknot.lab.sections import SECTIONS, measure  # the other commands start faster without it

    chosen = given.only or list(SECTIONS)
    if unknown := [name for name in chosen if name not in SECTIONS]:
        known = ", ".join(SECTIONS)
        raise InputError(*(render("lab.no_section", {"given": name, "values": known}) for name in unknown))
    if given.n < 1:
        raise InputError(render("lab.too_few", {"given": given.n}))
    sections = []
    for name in chosen:
        sections.append(measure(name, given.n))
        if not given.json:
            print("\n".join(_table(sections[-1])), flush=True)
    if given.json:
        print_json(_document(given.n, sections))
    return 0


def _bench(given: argparse.Namespace) -> int:
    from unknot.lab import bench  # the other commands start faster without it
    from unknot.lab.sections import Section

    section = Section(name="bench", rows=tuple(bench.rows()))
    if given.json:
        print_json({"version": __version__, "machine": bench.machine(), "rows": _rows(section)})
    else:
        print("\n".join(_table(section)))
        print(render("lab.machine", bench.machine()))
    return 0


def _document(people: int, sections: list[Section]) -> dict[str, Any]:
    return {
        "version": __version__,
        "knowledge": knowledge.load().content_hash,
        "people": people,
        "sections": [
            {"id": section.name, "title": render(f"lab.section.{section.name}"), "rows": _rows(section)}
            for section in sections
        ],
    }


def _rows(section: Section) -> list[dict[str, Any]]:
    return [{**row.to_json(), "title": render(f"lab.row.{section.name}.{row.id}")} for row in section.rows]


def _table(section: Section) -> list[str]:
    title = render(f"lab.section.{section.name}")
    lines = [title, "-" * len(title)]
    for row in section.rows:
        lines += _lines(section.name, row)
    return [*lines, ""]


def _lines(section: str, row: Row) -> list[str]:
    """The name on a line of its own, then value, interval, bar and verdict; then what others reach."""
    name = render(f"lab.row.{section}.{row.id}")
    if row.value is None:
        return [f"  {name}", f"      {render('lab.table.missing', {'why': f'@lab.missing.{row.missing}'})}"]
    cells = [written(row.value, row)]
    if row.interval is not None:
        low, high = (written(end, row) for end in row.interval)
        cells.append(f"({render('lab.table.between', {'lo': low, 'hi': high})})")
    if row.of is not None:
        cells.append(render("lab.table.of", {"n": row.of}))
    if row.at_least is not None:
        cells.append(render("lab.table.at_least", {"value": written(row.at_least, row)}))
    if row.at_most is not None:
        cells.append(render("lab.table.at_most", {"value": written(row.at_most, row)}))
    verdict = {None: "reported", True: "met", False: "missed"}[row.passed]
    lines = [f"  {name}", f"      {'  '.join(cells)}  {render(f'lab.table.{verdict}')}"]
    for key, value in row.compared.items():
        there = {"name": f"@lab.compared.{key}", "value": written(value, row)}
        lines.append(f"        {render('lab.table.compared', there)}")
    return lines


def written(value: float, row: Row) -> str:
    """A value as its unit is read: per cent for a share, two digits for an error."""
    match row.unit:
        case "share":
            return f"{100.0 * value:.1f} %"
        case "error":
            return f"{value:.1e}"
        case "points":
            return render("lab.table.points", {"value": f"{value:.1f}"})
        case "count":
            return f"{value:g}"
        case "ms" | "s":
            return render(f"lab.table.{row.unit}", {"value": f"{value:.3g}"})
        case "ratio":
            return render("lab.table.times", {"value": f"{value:.2f}"})
        case "number":
            return f"{value:.3f}"
