"""``unknot design`` and ``unknot compare``: tool profiles over a population, and two tools side by side."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from unknot import knowledge
from unknot.cli.files import InputError, print_json
from unknot.messages import render

if TYPE_CHECKING:
    from unknot.dose.bands import Band
    from unknot.dose.compare import Comparison
    from unknot.knowledge.model import Knowledge, Tool
    from unknot.lab.design import Row, Spread

DESCRIBED = {"width": "tip_width_mm", "height": "height_mm", "thumb": "thumb_mm", "shape": "shape"}
NOT_TOLD = "-"
LENGTHS = ("tip_radius_mm", "height_mm", "gap_mm", "recess_mm", "base_radius_mm", "base_width_mm", "shore_a")


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the command line."""
    command = commands.add_parser("compare", help="two tools side by side on one spot")
    command.add_argument(
        "a", metavar="A", help="a tool, a thing of `unknot tools --json`, or width=30,height=40,thumb=2"
    )
    command.add_argument("b", metavar="B", help="the other one, the same way")
    command.add_argument("--site", required=True, metavar="ID", help="where it presses (`unknot sites`)")
    command.add_argument("--posture", required=True, metavar="ID", help="how the body is placed")
    command.add_argument("--load", metavar="ID", help="the load step; left out, the fullest of the posture")
    command.add_argument("--mass-kg", type=float, metavar="KG", help="body mass; left out, the bands are wider")
    command.add_argument("--force-n", type=float, metavar="N", help="the same force measured under both")
    command.add_argument("--surface", choices=["floor", "mat", "bed"], help="what the body lies on")
    command.add_argument("--json", action="store_true", help="print the unknot.comparison/1 document")
    command.set_defaults(run=_compare)

    command = commands.add_parser("design", help="sweep a tool profile over a population")
    command.add_argument("--vary", required=True, metavar="NAME", help="the length to sweep, such as tip_radius_mm")
    command.add_argument("--values", required=True, metavar="LIST", help="its values in mm: 15,20,25")
    command.add_argument("--site", action="append", required=True, metavar="ID", help="where; may be repeated")
    command.add_argument("--posture", required=True, metavar="ID", help="how the body is placed")
    command.add_argument("--load", metavar="ID", help="the load step; left out, the fullest of the posture")
    command.add_argument("--surface", choices=["floor", "mat", "bed"], help="what the body lies on")
    command.add_argument("--mass-kg", action="append", type=float, default=[], metavar="KG", help="bodies of this mass")
    command.add_argument("--fat-mm", action="append", type=float, default=[], metavar="MM", help="with fat so thick")
    command.add_argument(
        "--tips", type=int, default=1, metavar="N", help="one dome (1) or two either side of the spine"
    )
    for name in LENGTHS:
        unit = "A" if name == "shore_a" else "MM"
        command.add_argument(f"--{name.replace('_', '-')}", type=float, metavar=unit, help="of what is not swept")
    command.add_argument("--svg", type=Path, metavar="FOLDER", help="write a plot per quantity and site")
    command.add_argument("--json", action="store_true", help="print the rows as one JSON document")
    command.set_defaults(run=_design)


def _compare(given: argparse.Namespace) -> int:
    from unknot.dose import DoseError
    from unknot.dose.compare import compare_tools, comparison_to_json

    known = knowledge.load()
    try:
        found = compare_tools(
            _tool("a", given.a, known),
            _tool("b", given.b, known),
            given.site,
            given.posture,
            knowledge=known,
            load=given.load,
            mass_kg=given.mass_kg,
            force_n=given.force_n,
            surface=given.surface,
        )
    except DoseError as error:
        raise InputError(str(error)) from error
    if given.json:
        print_json(comparison_to_json(found))
    else:
        print("\n".join(_side_by_side(found, given)))
    return 0


def _tool(field: str, text: str, known: Knowledge) -> str | Tool:
    """An id as it is, or the tool of a description such as ``width=30,height=40,thumb=2,shape=dome``."""
    if "=" not in text:
        return text
    from unknot.dose import DoseError
    from unknot.dose.described import describe_tool

    sizes: dict[str, Any] = {}
    for part in text.split(","):
        name, _, value = part.partition("=")
        if name not in DESCRIBED:
            raise DoseError(field, f"{name!r} is not one of {', '.join(DESCRIBED)}")
        sizes[DESCRIBED[name]] = value if name == "shape" else _number(field, value)
    for needed in ("tip_width_mm", "height_mm"):
        if needed not in sizes:
            raise DoseError(field, f"a described tool needs width and height, not only {text!r}")
    return describe_tool(**sizes)


def _label(text: str) -> str:
    """How a tool is called: its name, or its sizes where the person described it."""
    if "=" in text:
        sizes = dict(part.split("=") for part in text.split(","))
        return render("cli.compare.described", {"width": sizes["width"], "height": sizes["height"]})
    return f"@tool_model.{text}" if text in knowledge.load().tool_models else f"@tool.{text}"


def _number(field: str, text: str) -> float:
    from unknot.dose import DoseError

    try:
        return float(text)
    except ValueError:
        raise DoseError(field, f"{text!r} is not a number") from None


def _side_by_side(found: Comparison, given: argparse.Namespace) -> list[str]:
    lines = [
        render(
            "cli.compare.title", {"a": _label(given.a), "b": _label(given.b), "posture": f"@posture.{given.posture}"}
        )
    ]
    for name in ("force_n", "mean_pressure_kpa", "peak_pressure_kpa", "muscle_surface_kpa", "contact_area_cm2"):
        bands = [getattr(dose, name) for dose in (found.a, found.b)]
        if all(bands):
            a, b = (render("cli.compare.band", _band(band)) for band in bands)
            what = {"what": f"@cli.compare.{name}", "unit": bands[0].unit, "times": _two(found.ratios[name])}
            lines.append(render("cli.compare.row", what | {"a": a, "b": b}))
    reach = [f"@cli.dose.{dose.reach}" if dose.reach else "@cli.compare.not_told" for dose in (found.a, found.b)]
    lines.append(render("cli.compare.reach", {"a": reach[0], "b": reach[1]}))
    flags = dict.fromkeys((*found.a.flags, *found.b.flags))
    return lines + [render(f"dose_flag.{flag}") for flag in flags]


def _design(given: argparse.Namespace) -> int:
    from unknot.dose import DoseError
    from unknot.lab.design import Profile, design_to_json, population, sweep

    known = knowledge.load()
    lengths = {name: getattr(given, name) for name in LENGTHS if getattr(given, name) is not None}
    try:
        values = [_number("values", text) for text in given.values.split(",")]
        profile = Profile(tips=given.tips, **lengths)
        found = {
            site: sweep(
                profile,
                given.vary,
                values,
                site=site,
                posture=given.posture,
                people=population(given.mass_kg, given.fat_mm),
                knowledge=known,
                load=given.load,
                surface=given.surface,
            )
            for site in given.site
        }
    except DoseError as error:
        raise InputError(str(error)) from error
    if given.svg:
        _plots(found, given)
    if given.json:
        print_json({site: design_to_json(rows) for site, rows in found.items()})
    else:
        print("\n\n".join("\n".join(_table(site, rows, given)) for site, rows in found.items()))
    return 0


def _table(site: str, rows: tuple[Row, ...], given: argparse.Namespace) -> list[str]:
    """A line of heads and one line a value, in columns; - = the model tells it for nobody."""
    heads = [given.vary]
    cells = [[_two(row.value)] for row in rows]
    for name in ("force_n", "mean_pressure_kpa", "peak_pressure_kpa", "muscle_surface_kpa"):
        if any(name in row.spreads for row in rows):
            heads.append(render(f"design.head.{name}"))
            for cell, row in zip(cells, rows, strict=True):
                spread = row.spreads.get(name)
                cell.append(_cell(spread, sum(row.reach.values())) if spread else NOT_TOLD)
    columns: dict[str, list[Any]] = {
        "people": [row.people and f"x{row.people:.1f}" for row in rows],
        "reach": [str(row.reach.get("reaches_muscle", 0)) for row in rows],
        "bottoming": [f"{100 * row.bottoming:.0f} %" for row in rows],
        "spine_beside": [row.spine and f"{row.spine.beside_mm:.0f}" for row in rows],
        "spine_above": [row.spine and f"{row.spine.above_mm:.0f}" for row in rows],
        "rocked": [row.rocked and f"x{row.rocked.force_ratio:.2f}" for row in rows],
        "shift": [row.rocked and f"{row.rocked.contact_shift_mm:.0f}" for row in rows],
    }
    for name, column in columns.items():
        if any(column):
            heads.append(render(f"design.head.{name}"))
            for cell, value in zip(cells, column, strict=True):
                cell.append(value or NOT_TOLD)
    widths = [max(len(line[n]) for line in [heads, *cells]) for n in range(len(heads))]
    lines = ["  ".join(text.rjust(width) for text, width in zip(line, widths, strict=True)) for line in [heads, *cells]]
    people = len(rows) and sum(rows[0].reach.values())
    title = render(
        "design.title", {"where": f"@site.{site}.where", "posture": f"@posture.{given.posture}", "n": people}
    )
    return [title, *lines, render("design.note")]


def _cell(spread: Spread, people: int) -> str:
    """Lowest P5, middle and highest P95; behind them the number of bodies where it is told for some of them only."""
    some = f" ({spread.told})" if spread.told < people else ""
    return f"{_two(spread.p05)}-{_two(spread.middle)}-{_two(spread.p95)}{some}"


def _plots(found: dict[str, tuple[Row, ...]], given: argparse.Namespace) -> None:
    from unknot.lab.design import QUANTITIES, plot

    given.svg.mkdir(parents=True, exist_ok=True)
    for site, rows in found.items():
        for name in QUANTITIES:
            drawn = plot(
                rows,
                name,
                title=render("design.plot.title", {"where": site, "what": f"@cli.compare.{name}"}),
                x_label=given.vary,
                y_label=render(f"design.head.{name}"),
                legend=render("design.plot.legend"),
            )
            if drawn:
                (given.svg / f"{site}-{name}.svg").write_text(drawn, encoding="utf-8")


def _band(band: Band) -> dict[str, str]:
    return {"p05": _two(band.p05), "p50": _two(band.p50), "p95": _two(band.p95)}


def _two(value: float) -> str:
    """Two significant digits are all that such an estimate can carry."""
    return f"{float(f'{value:.2g}'):g}"
