"""Read the generated views: one topology of shared arcs per view, and the coarse cells that drawings are counted in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from unknot.knowledge.model import Side

VIEWS = ("front", "back", "left", "right", "soles")
"""Every view. Left is the person's own left in all of them; "left" shows the left side of the body."""

NEUTRAL = "neutral"
OTHER: dict[Side, Side] = {"left": "right", "right": "left", "midline": "midline"}
Chain = tuple[int, ...]
"""Arcs in walking order; ~index = walked backwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One region as stored: on the person's left, or in the middle."""

    region: str
    side: Side
    rings: tuple[Chain, ...]
    at: tuple[float, float]
    shows: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Region numbers (0 = outside) of square cells, row after row from the top."""

    size: int
    columns: int
    rows: int
    codes: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One file of data. half: it holds the person's left half, the other half is its mirror image in x = 0.

    arcs: [x, y, then per cubic curve three (dx, dy) from that curve's start], in tenths of a millimetre.
    """

    box: tuple[float, float, float, float]
    half: bool
    arcs: tuple[tuple[int, ...], ...]
    silhouette: tuple[Chain, ...]
    creases: tuple[tuple[int, ...], ...]
    pieces: tuple[Piece, ...]
    cells: Cells


def document(name: str) -> dict[str, Any]:
    """The raw JSON of one file in body/data."""
    text = files("unknot.body").joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


BODIES = (NEUTRAL, *document("bodies/index")["bodies"])
"""Every body: its kind and its build. Regions cover the same skin on each; only outlines, light and cells differ."""


@cache
def stored(view: str, body: str = NEUTRAL) -> Stored:
    """Read the file behind a view of a body; the right view is the left one seen in a mirror.

    The soles are the neutral body's on every body. KeyError for an unknown view or body.
    """
    if view not in VIEWS:
        raise KeyError(f"no view {view!r}; there are {', '.join(VIEWS)}")
    if body not in BODIES:
        raise KeyError(f"no body {body!r}; there are {', '.join(BODIES)}")
    name = "left" if view == "right" else view
    raw = document(name if body == NEUTRAL or name == "soles" else f"bodies/{body}/{name}")
    cells = raw["cells"]
    return Stored(
        box=tuple(raw["box"]),
        half=raw["mirror"] == "half",
        arcs=tuple(tuple(arc) for arc in raw["arcs"]),
        silhouette=tuple(tuple(chain) for chain in raw["silhouette"]),
        creases=tuple(tuple(line) for line in raw["creases"]),
        pieces=tuple(
            Piece(
                region=piece["id"],
                side=piece["side"],
                rings=tuple(tuple(ring) for ring in piece["rings"]),
                at=tuple(piece["at"]),
                shows=piece["shows"],
            )
            for piece in raw["regions"]
        ),
        cells=Cells(
            size=cells["size"],
            columns=cells["columns"],
            rows=cells["rows"],
            codes=_unpack(cells["runs"]),
        ),
    )


def _unpack(runs: list[int]) -> bytes:
    return b"".join(bytes([code]) * length for code, length in zip(runs[::2], runs[1::2], strict=True))
