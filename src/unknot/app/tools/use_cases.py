"""The person's own tools. Each is a setting of its own, so that it is exported, and two devices keep both of theirs."""

from __future__ import annotations

from unknot.app.ids import new_id
from unknot.app.journal.write import Clock
from unknot.app.people.country import change_settings, settings_of
from unknot.app.people.models import Person
from unknot.dose.checks import DoseError
from unknot.dose.own import SCHEMA, SIZES, OwnTool, read_tool

PREFIX = "own_tool."
MOST = 30
GONE = "gone"


def all_of(person: Person) -> dict[str, OwnTool]:
    """Every tool that is kept, by id, by name. What another version wrote and this one cannot read is left out."""
    found: dict[str, OwnTool] = {}
    for key, told in settings_of(person).items():
        if key.startswith(PREFIX) and told != GONE:
            try:
                name, shape, *sizes = told
                measures = dict(zip(SIZES, map(float, sizes), strict=True))
                own = read_tool({"schema": SCHEMA, "name": name, "shape": shape, **measures})
            except (ValueError, TypeError, DoseError):
                continue
            found[key.removeprefix(PREFIX)] = own
    return dict(sorted(found.items(), key=lambda pair: pair[1].name.casefold()))


def keep(person: Person, clock: Clock, own: OwnTool) -> None:
    """Keep one tool more. Raises DoseError when there are too many."""
    if len(all_of(person)) >= MOST:
        raise DoseError("name", f"no more than {MOST} tools are kept")
    sizes = [f"{getattr(own, name):g}" for name in SIZES]
    change_settings(person, clock, {f"{PREFIX}{new_id()}": [own.name, own.shape, *sizes]})


def remove(person: Person, clock: Clock, id: str) -> None:
    """Forget a tool. Sessions that were done with it stay in the record."""
    change_settings(person, clock, {f"{PREFIX}{id}": GONE})
