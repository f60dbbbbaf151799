"""The muscles round the shown one in three layers that a page can peel off: superficial, intermediate, deep."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from unknot.body.belly import pale
from unknot.body.load import NEUTRAL
from unknot.body.muscles import LIKE, Part, Seen, muscle_index, parts, seen_on
from unknot.body.scene import Fill, Group, Item, Line, Path, mirrored

Box = tuple[float, float, float, float]
LAYERS = ("superficial", "intermediate", "deep")
LEAST_MM = 4.0  # of overlap: what only touches the shown muscle is not over or under it
FURTHEST_MM = 70.0  # what lies further behind the skin than this belongs to the other face of the body
SHIFTED_MM = 60.0  # no muscle lies further from its place on the neutral body


def layer_of(muscle: str) -> str:
    """superficial, intermediate or deep. KeyError for an unknown muscle."""
    for table in muscle_index()["views"].values():
        if muscle in table:
            return str(table[muscle]["layer"])
    raise KeyError(f"no muscle {muscle!r}")


def neighbours(
    view: str, box: Box, body: str, shown: Collection[str], layers: Sequence[str] = LAYERS
) -> list[tuple[str, Part, Seen, bool]]:
    """Parts of other muscles in a box of a view: their layer, how they are seen, whether mirrored; deepest first."""
    both, slack = view in ("front", "back"), 0.0 if body == NEUTRAL else SHIFTED_MM  # the table is the neutral body's
    stored = LIKE.get(view, view)
    found = []
    for muscle, row in sorted(muscle_index()["views"][stored].items()):
        if muscle in shown or row["layer"] not in layers:
            continue
        x0, y0, x1, y1 = row["box"]
        for turn in (False, True) if both else (view == "right",):
            left, right = (-x1, -x0) if turn else (x0, x1)
            near = min(right, box[0] + box[2]) - max(left, box[0]) > LEAST_MM - slack
            if near and y1 > box[1] - slack and y0 < box[1] + box[3] + slack:
                found += [
                    (row["layer"], part, seen_on(muscle, part.number, stored, body), turn)
                    for part in parts(muscle)
                    if stored in part.seen and part.seen[stored].behind <= FURTHEST_MM
                ]
    return sorted(found, key=lambda one: -one[1].deep)


def peelable(
    view: str, box: Box, body: str, shown: Collection[str], px: float, clips: dict[str, tuple[Path, ...]]
) -> dict[str, Group]:
    """Layer -> its muscles, pale, but those in ``shown``. Adds their clips."""
    paint: dict[str, list[Fill | Line]] = {layer: [] for layer in LAYERS}
    for number, (layer, part, seen, turn) in enumerate(neighbours(view, box, body, shown)):
        rings = tuple(mirrored(ring) if turn else ring for ring in seen.rings)
        fibres = tuple(mirrored(fibre) if turn else fibre for fibre in seen.fibres)
        clips[f"n{number}"] = rings
        paint[layer] += pale(part, rings, fibres, px, f"n{number}", "pale")
    return {layer: Group(name=layer, paint=tuple(items)) for layer, items in paint.items()}


def round_the_shown(groups: dict[str, Group], layer: str) -> tuple[list[Item], list[Item]]:
    """What is painted before and after a muscle of a layer: its own layer and the deeper ones; the ones above it."""
    at = LAYERS.index(layer)
    below: list[Item] = [groups[name] for name in reversed(LAYERS[at:])]
    above: list[Item] = [Group(name=name, paint=groups[name].paint, above=True) for name in reversed(LAYERS[:at])]
    return below, above
