"""``unknot dose``: what a tool in a posture does to the skin and to the muscle, as bands."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from unknot.cli.files import InputError, print_json, read_json
from unknot.messages import render

if TYPE_CHECKING:
    from unknot.dose import Last
    from unknot.knowledge.model import Side
    from unknot.track.tolerated import Tolerance

_NEWTONS_PER_KG = 9.81  # a household scale shows kilograms


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = commands.add_parser("dose", help="force, pressure and reach of a tool in a posture, as bands")
    command.add_argument("--tool", required=True, metavar="ID", help="which tool (`unknot tools`)")
    command.add_argument("--site", required=True, metavar="ID", help="where it presses (`unknot sites`)")
    command.add_argument("--posture", required=True, metavar="ID", help="how the body is placed")
    command.add_argument("--load", metavar="ID", help="the load step; left out, the fullest of the posture")
    command.add_argument("--mass-kg", type=float, metavar="KG", help="body mass; left out, the band is wider")
    command.add_argument("--height-cm", type=float, metavar="CM", help="body height, for the fat over the muscle")
    command.add_argument("--sex", metavar="SEX", help="female or male, for the fat over the muscle")
    command.add_argument("--pinch-mm", type=float, metavar="MM", help="a skin fold at the spot, instead of those three")
    command.add_argument("--force-n", type=float, metavar="N", help="a force measured on a household scale")
    command.add_argument("--force-sd", type=float, metavar="N", help="how uncertain that force is (a tenth of it)")
    command.add_argument("--surface", choices=["floor", "mat", "bed"], help="what the body lies on")
    command.add_argument("--radius-mm", type=float, metavar="MM", help="a ball of this radius, not the tool's face")
    command.add_argument("--duration-s", type=float, metavar="S", help="how long it is held, for the impulse")
    command.add_argument("--last-force-n", type=float, metavar="N", help="force of your last comfortable session")
    command.add_argument("--last-tool", metavar="ID", help="its tool, if it was another one")
    command.add_argument("--last-posture", metavar="ID", help="its posture, if it was another one")
    command.add_argument(
        "--record", metavar="FILE", help="your record (`unknot export`): the last session, what you bear"
    )
    command.add_argument("--json", action="store_true", help="print the unknot.dose/1 document")
    command.set_defaults(run=_dose)


def _dose(given: argparse.Namespace) -> int:
    # Only this command needs the estimate; the others start faster without it.
    from unknot.dose import DoseError, dose_to_json, estimate_dose
    from unknot.track.tolerated import told, tolerance_to_json

    try:
        last, borne = _before(given)
        dose = estimate_dose(
            given.tool,
            given.site,
            given.posture,
            mass_kg=given.mass_kg,
            height_cm=given.height_cm,
            sex=given.sex,
            pinch_mm=given.pinch_mm,
            force_n=given.force_n,
            force_sd=given.force_sd,
            load=given.load,
            surface=given.surface,
            radius_mm=given.radius_mm,
            duration_s=given.duration_s,
            last=last,
        )
    except DoseError as error:
        raise InputError(str(error)) from error
    document = dose_to_json(dose)
    if given.json:
        print_json(document if borne is None else {**document, "tolerance": tolerance_to_json(borne)})
    else:
        lines = _page(document) + [render(text.id, text.params) for text in (told(borne) if borne else ())]
        print("\n".join(lines))
    return 0


def _before(given: argparse.Namespace) -> tuple[Last | None, Tolerance | None]:
    """The last comfortable session and what the person bears: from the record, or the session as it was typed."""
    from unknot.dose import DoseError, Last, measured_force

    if given.last_force_n is None:
        for name in ("last_tool", "last_posture"):
            if getattr(given, name) is not None:
                raise DoseError("last_force_n", f"is needed beside {name}")
        return _from_record(given) if given.record else (None, None)
    last = Last(
        tool=given.last_tool or given.tool,
        site=given.site,
        posture=given.last_posture or given.posture,
        force_n=measured_force(given.last_force_n, field="last_force_n"),
    )
    return last, _from_record(given)[1] if given.record else None


def _from_record(given: argparse.Namespace) -> tuple[Last | None, Tolerance | None]:
    """What a record says of the spot; of its two sides the one that was pressed last."""
    from unknot.dose import Body
    from unknot.knowledge import load
    from unknot.record import RecordError, fold, history, read_event
    from unknot.track.tolerated import last_dose, tolerance

    document = read_json(given.record)
    if not isinstance(document, dict) or not isinstance(document.get("events"), list):
        raise InputError(f"{given.record}: is not an unknot.record/1 document")
    try:
        memory = fold(read_event(event) for event in document["events"])
    except RecordError as error:
        raise InputError(*(f"{given.record}: {fault.path}: {fault.message}" for fault in error.faults)) from error
    past = history(memory.sessions.values(), memory.stops.values(), memory.cases, ratings=memory.ratings.values())
    knowledge = load()
    side: Side = next((one.side for one in reversed(past.sessions) if one.site == given.site), "left")
    if given.site not in knowledge.sites:
        return None, None  # the estimate itself names the nearest one
    body = Body(mass_kg=given.mass_kg, height_cm=given.height_cm, sex=given.sex, pinch_mm=given.pinch_mm)
    return last_dose(past, knowledge, (given.site, side)), tolerance(past, given.site, side, body, knowledge)


def _page(dose: dict[str, Any]) -> list[str]:
    """What the estimate says, the ratio to the last comfortable session first."""
    lo, hi = (_kilograms(dose["force_n"][key]) for key in ("p05", "p95"))
    lines = [render("cli.dose.title", {"tool": f"@tool.{dose['tool']}", "posture": f"@posture.{dose['posture']}"})]
    if dose["relative_to_last"]:
        lines.append(render("cli.dose.relative", _two_digits(dose["relative_to_last"])))
    lines.append(render("cli.dose.word", {"word": f"@cli.dose.{dose['gentleness']}"}))
    lines.append(render("cli.dose.force", {"lo": lo, "hi": hi}))
    if dose["reach"]:
        lines.append(render("cli.dose.reach", {"reach": f"@cli.dose.{dose['reach']}"}))
    for name, what in _BANDS.items():
        if dose[name]:
            lines.append(render("cli.dose.band", {"what": f"@cli.dose.{what}", **_two_digits(dose[name])}))
    if strain := dose["muscle_strain"]:
        share = {key: f"{100 * strain[key]:.0f}" for key in ("p05", "p95")}
        lines.append(render("cli.dose.strain", share))
    lines.append(render("cli.dose.layers", _layers(dose)))
    if dose["drivers"]:
        lines.append(render("cli.dose.drivers", {"shares": _shares(dose["drivers"])}))
    return lines + [render(f"dose_flag.{flag}") for flag in dose["flags"]]


_BANDS = {
    "force_n": "force_name",
    "mean_pressure_kpa": "pressure_name",
    "peak_pressure_kpa": "peak_name",
    "contact_area_cm2": "area_name",
    "muscle_surface_kpa": "surface_name",
    "mid_muscle_kpa": "middle_name",
    "impulse_n_s": "impulse_name",
}


def _layers(dose: dict[str, Any]) -> dict[str, str]:
    return {
        f"{name}_{end}": f"{dose[f'{name}_mm'][key]:.0f}"
        for name in ("fat", "muscle")
        for end, key in (("lo", "p05"), ("hi", "p95"))
    }


def _shares(drivers: dict[str, float]) -> str:
    """The inputs behind at least a twentieth of the variance."""
    large = [(name, share) for name, share in drivers.items() if share >= 0.05]
    return ", ".join(
        render("cli.dose.share", {"input": f"@dose_input.{name}", "percent": f"{100 * share:.0f}"})
        for name, share in large
    )


def _kilograms(newtons: float) -> str:
    """What a household scale would show, as coarse as one can read it: whole kilograms, tenths of one below two."""
    kilograms = newtons / _NEWTONS_PER_KG
    return f"{kilograms:.1f}" if kilograms < 2 else f"{kilograms:.0f}"


def _two_digits(band: dict[str, Any]) -> dict[str, str]:
    """The band and its middle: two significant digits are all that such an estimate can carry."""
    numbers = {key: f"{float(f'{band[key]:.2g}'):g}" for key in ("p05", "p50", "p95")}
    return {**numbers, "unit": str(band["unit"])}
