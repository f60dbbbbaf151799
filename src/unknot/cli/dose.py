"""``unknot dose``: the force and contact pressure of a tool in a posture, as a band."""

from __future__ import annotations

import argparse
from typing import Any

from unknot.cli.files import InputError, print_json
from unknot.messages import render

_NEWTONS_PER_KG = 9.81  # a household scale shows kilograms


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = commands.add_parser("dose", help="force and pressure of a tool in a posture, as a band")
    command.add_argument("--tool", required=True, metavar="ID", help="which tool (`unknot tools`)")
    command.add_argument("--site", required=True, metavar="ID", help="where it presses (`unknot sites`)")
    command.add_argument("--posture", required=True, metavar="ID", help="how the body is placed")
    command.add_argument("--mass-kg", type=float, metavar="KG", help="body mass; left out, the band is wider")
    command.add_argument("--force-n", type=float, metavar="N", help="a force measured on a household scale")
    command.add_argument("--force-sd", type=float, metavar="N", help="how uncertain that force is (a tenth of it)")
    command.add_argument("--surface", choices=["floor", "mat", "bed"], help="what the body lies on")
    command.add_argument("--radius-mm", type=float, metavar="MM", help="a ball of this radius, not the tool's face")
    command.add_argument("--json", action="store_true", help="print the unknot.dose/1 document")
    command.set_defaults(run=_dose)


def _dose(given: argparse.Namespace) -> int:
    # Only this command needs the estimate; the others start faster without it.
    from unknot.dose import DoseError, dose_to_json, estimate_dose

    try:
        dose = estimate_dose(
            given.tool,
            given.site,
            given.posture,
            mass_kg=given.mass_kg,
            force_n=given.force_n,
            force_sd=given.force_sd,
            surface=given.surface,
            radius_mm=given.radius_mm,
        )
    except DoseError as error:
        raise InputError(str(error)) from error
    document = dose_to_json(dose)
    if given.json:
        print_json(document)
    else:
        print("\n".join(_page(document)))
    return 0


def _page(dose: dict[str, Any]) -> list[str]:
    force, pressure, area = dose["force_n"], dose["mean_pressure_kpa"], dose["contact_area_cm2"]
    lo, hi = (_kilograms(force[key]) for key in ("p05", "p95"))
    lines = [
        render("cli.dose.title", {"tool": f"@tool.{dose['tool']}", "posture": f"@posture.{dose['posture']}"}),
        render("cli.dose.word", {"word": f"@cli.dose.{dose['gentleness']}"}),
        render("cli.dose.force", {"lo": lo, "hi": hi}),
        render("cli.dose.band", {"what": "@cli.dose.force_name", **_two_digits(force)}),
        render("cli.dose.band", {"what": "@cli.dose.pressure_name", **_two_digits(pressure)}),
        render("cli.dose.band", {"what": "@cli.dose.area_name", **_two_digits(area)}),
    ]
    lines += [render(f"dose_flag.{flag}") for flag in dose["flags"]]
    return lines


def _kilograms(newtons: float) -> str:
    """What a household scale would show, as coarse as one can read it: whole kilograms, tenths of one below two."""
    kilograms = newtons / _NEWTONS_PER_KG
    return f"{kilograms:.1f}" if kilograms < 2 else f"{kilograms:.0f}"


def _two_digits(band: dict[str, Any]) -> dict[str, str]:
    """The band and its middle: two significant digits are all that such an estimate can carry."""
    numbers = {key: f"{float(f'{band[key]:.2g}'):g}" for key in ("p05", "p50", "p95")}
    return {**numbers, "unit": str(band["unit"])}
