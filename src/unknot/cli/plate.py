"""``unknot plate``: an anatomical plate of a muscle as SVG or PNG, for teaching and writing."""

from __future__ import annotations

import argparse
from pathlib import Path

from unknot.body.load import BODIES
from unknot.cli.files import InputError
from unknot.messages import render


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = commands.add_parser("plate", help="an anatomical plate of a muscle as a picture file")
    command.add_argument("--muscle", required=True, metavar="ID", help="which muscle (`unknot muscles`)")
    command.add_argument("--out", required=True, type=Path, metavar="FILE", help="file.svg or file.png")
    command.add_argument("--view", choices=["front", "back", "left", "right"], help="from where (the best one)")
    command.add_argument("--side", choices=["left", "right"], default="left", help="the person's own side (left)")
    command.add_argument("--body", choices=BODIES, default=BODIES[0], help="sex and build of the figure (neutral)")
    command.add_argument("--site", metavar="ID", help="mark only this tender spot, and show where its pain is felt")
    command.add_argument("--danger", action="store_true", help="hatch the places where nobody presses")
    command.add_argument("--alone", action="store_true", help="no neighbouring muscles")
    command.add_argument("--whole", action="store_true", help="the whole figure, not only the area")
    command.add_argument("--dark", action="store_true", help="colours for a dark page")
    command.add_argument("--width", type=int, default=960, metavar="PX", help="width of a PNG in pixels (960)")
    command.set_defaults(run=_plate)


def _plate(given: argparse.Namespace) -> int:
    # Only this command draws; the others start faster without it.
    from unknot.body import muscle_of
    from unknot.body.plates import scene
    from unknot.body.svg import to_svg

    kind = given.out.suffix.lower()
    if kind not in (".svg", ".png"):
        raise InputError(render("cli.plate.kind"))
    theme = "dark" if given.dark else "light"
    try:
        if given.site and muscle_of(given.site) != given.muscle:
            raise InputError(render("cli.plate.site", {"id": given.site}))
        painted = scene(
            given.muscle,
            view=given.view,
            side=given.side,
            sites=(given.site,) if given.site else None,
            felt=(given.site,) if given.site else (),
            context=not given.alone,
            whole=given.whole,
            danger=given.danger,
            body=given.body,
        )
    except KeyError as error:
        raise InputError(str(error.args[0])) from error
    if kind == ".svg":
        given.out.write_text(to_svg(painted, theme="dark" if given.dark else "light"), encoding="utf-8")
        return 0
    try:
        from unknot.cli.raster import to_image
    except ImportError as error:
        raise InputError(render("cli.plate.pillow")) from error
    to_image(painted, given.width, "dark" if theme == "dark" else "light").save(given.out)
    return 0
