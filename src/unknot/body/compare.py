"""Drawings measured and set beside each other: skin in cm2, overlap of a drawing and its retest, left for right.

A drawing is strokes by view. Overlap is Jaccard's index (Jaccard 1912, doi:10.1111/j.1469-8137.1912.tb05611.x): cells
that both cover, over cells that either covers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from unknot.body.drawing import Area, Stroke, cells, coverage, on_body
from unknot.body.load import NEUTRAL, OTHER, document

Drawing = Mapping[str, Sequence[Stroke]]
Shares = Mapping[Area, float]
"""A drawing as a record keeps it: the share of each region that is painted, 0 to 1."""
SWAPPED_LEAST = (
    0.3  # the mirror image must fit at least so well before sides are thought to be swapped (our own choice)
)


def painted_cm2(view: str, strokes: Iterable[Stroke], body: str = NEUTRAL) -> dict[Area, float]:
    """Skin that a drawing covers, by region, largest first: its share of the region times the region's skin.

    The skin of a region is measured on the mesh of the neutral body, an average adult: on another person it is another
    number of cm2, so it serves for comparing drawings of one person and not people.
    """
    skin: dict[str, float] = document("index")["areas_cm2"]
    found = {area: share * skin[area[0]] for area, share in coverage(view, strokes, body).items()}
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def skin_cm2(shares: Shares) -> float:
    """Skin of a kept drawing on the neutral body; a region that is no area counts nothing (see ``made_of``)."""
    skin: dict[str, float] = document("index")["areas_cm2"]
    return sum(share * skin.get(region, 0.0) for (region, _), share in shares.items())


def shares_overlap(first: Shares, second: Shares) -> float | None:
    """Jaccard's index of two kept drawings, 0 to 1; None when nothing is drawn in either.

    Of a region that both paint in part, the smaller share counts as common: the index for weighted sets. Where in the
    region the paint lay is not kept, so this is the most that the drawings can have in common.
    """
    places = first.keys() | second.keys()
    both = skin_cm2({place: min(first.get(place, 0.0), second.get(place, 0.0)) for place in places})
    either = skin_cm2({place: max(first.get(place, 0.0), second.get(place, 0.0)) for place in places})
    return both / either if either else None


def shares_swapped(first: Shares, second: Shares) -> bool:
    """Whether a kept drawing looks like the one before with left and right exchanged (see ``sides_swapped``)."""
    crossed = {(region, OTHER[side]): share for (region, side), share in first.items()}
    return _swapped(shares_overlap(first, second), shares_overlap(crossed, second))


def overlap(first: Drawing, second: Drawing, body: str = NEUTRAL) -> float | None:
    """Jaccard's index of two drawings, 0 (nothing in common) to 1 (the same); None when nothing is drawn in either."""
    both = either = 0
    for view in first.keys() | second.keys():
        a, b = (_covered(view, drawing.get(view, ()), body) for drawing in (first, second))
        both, either = both + len(a & b), either + len(a | b)
    return both / either if either else None


def mirrored(drawing: Drawing) -> dict[str, tuple[Stroke, ...]]:
    """The drawing with left and right exchanged: what lay on the left flank lies on the right one."""
    other = {"left": "right", "right": "left"}
    return {
        other.get(view, view): tuple(replace(one, points=[(-x, y) for x, y in one.points]) for one in strokes)
        for view, strokes in drawing.items()
    }


def sides_swapped(first: Drawing, second: Drawing, body: str = NEUTRAL) -> bool:
    """Whether a retest looks like the first drawing with left and right exchanged: it fits the mirror image, not it.

    Left and right are a known error of drawings of pain; this asks for a question to the person, it decides nothing.
    """
    return _swapped(overlap(first, second, body), overlap(mirrored(first), second, body))


def _swapped(straight: float | None, crossed: float | None) -> bool:
    return straight is not None and crossed is not None and crossed >= SWAPPED_LEAST and crossed > 2 * straight


def _covered(view: str, strokes: Sequence[Stroke], body: str) -> frozenset[tuple[int, int]]:
    return frozenset(cell for cell in cells(view, strokes, body) if on_body(view, cell, body))
