"""Muscles as fibre patches, and their trigger sites, in one coordinate system (generated: ``data/muscles``).

Stored is the person's left; the right is its mirror image in x = 0. Depths are those of an average body: a range, for
pictures and for choosing a tool, never guidance for a needle.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from unknot.body.carried import known, of_part
from unknot.body.load import NEUTRAL, document
from unknot.knowledge.model import Side

SCALE = 10  # stored view numbers are tenths of a millimetre
LIKE = {"right": "left"}  # the right view is the left one in a mirror
Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePoint:
    """A trigger site on a body.

    rest: x to the person's left, y up, z forward, in mm of the neutral rest pose, the same place on every body. view:
    where it is best seen. x, y: mm of that view of that body. deep: mm from the skin to the near and the far face of
    the muscle on an average body; more or less fat than that is not counted.
    """

    site: str
    muscle: str
    side: Side
    rest: tuple[float, float, float]
    view: str
    x: float
    y: float
    deep: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One part in one view, on the person's left (in the right view: mirrored to the right when drawn).

    rings: closed outlines as cubic curves. fibres: lines from origin to insertion. share: how much of the sheet shows.
    behind: mean mm behind the skin, along the line of sight. sites: id -> x, y.
    """

    rings: tuple[tuple[tuple[float, float], ...], ...]
    fibres: tuple[Points, ...]
    share: float
    behind: float
    sites: dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part (head) of a muscle, on the neutral body. number: its place among the parts.

    tendon: share of tendon at origin and insertion, fibre by fibre.
    """

    muscle: str
    number: int
    name: str
    deep: float
    tendon: tuple[tuple[float, float], ...]
    teeth: tuple[int, float, str] | None
    bands: tuple[float, ...]
    feather: float
    seen: dict[str, Seen]
    sites: dict[str, dict[str, Any]]


@cache
def muscle_index() -> dict[str, Any]:
    """Provenance, landmarks (name -> plain words and rest position) and digests of the muscle files."""
    return document("muscles/index")


@cache
def drawn_muscles() -> tuple[str, ...]:
    """Ids of all muscles that have patches, sorted."""
    return tuple(sorted(muscle_index()["muscles"]))


@cache
def parts(muscle: str) -> tuple[Part, ...]:
    """The parts of a muscle. KeyError for an unknown one."""
    return tuple(
        Part(
            muscle=muscle,
            number=number,
            name=part["name"],
            deep=part["deep"],
            tendon=tuple((a, b) for a, b in part["tendon"]),
            teeth=tuple(part["teeth"]) if part["teeth"] else None,
            bands=tuple(part["bands"]),
            feather=part["feather"],
            seen={view: _seen(raw) for view, raw in part["shown"].items()},
            sites=part["sites"],
        )
        for number, part in enumerate(_raw(muscle)["parts"])
    )


@cache
def views_of(muscle: str) -> tuple[str, ...]:
    """Views that show the muscle, best first: the stated views in their order, then others by what they show."""
    shown: dict[str, float] = {}
    for part in parts(muscle):
        for view, seen in part.seen.items():
            shown[view] = shown.get(view, 0.0) + seen.share
    stated = [view for view in _raw(muscle)["views"] if view in shown]
    return tuple(stated + sorted((v for v in shown if v not in stated), key=lambda v: -shown[v]))


@cache
def seen_on(muscle: str, number: int, view: str, body: str) -> Seen:
    """How a part is seen in a stored view of ``body``: moved with the skin above it. KeyError where it is not seen."""
    seen = parts(muscle)[number].seen[view]
    if known(body) == NEUTRAL:
        return seen
    moved = of_part(body, muscle, number, view)
    names = tuple(seen.sites)
    return replace(
        seen,
        rings=tuple(moved(ring) for ring in seen.rings),
        fibres=tuple(moved(fibre) for fibre in seen.fibres),
        sites=dict(zip(names, moved(seen.sites[name] for name in names), strict=True)),
    )


def site_point(site: str, side: Side = "left", view: str | None = None, *, body: str = NEUTRAL) -> SitePoint:
    """Where a trigger site lies on a body. ``view``: None = where it is seen best; for the right side "left" becomes
    "right".

    A site is a place along and across the fibres of its part, and stays there on every body. KeyError for an unknown
    site or body, or a view that does not show it.
    """
    muscle = muscle_of(site)
    part = next(p for p in parts(muscle) if site in p.sites)
    wanted = LIKE.get(view, view) if view else None
    shown = [v for v in views_of(muscle) if v in part.seen and site in part.seen[v].sites]
    if wanted is None:
        wanted = shown[0]
    if wanted not in shown:
        raise KeyError(f"site {site!r} is not seen in the view {view!r}; it is in {', '.join(shown)}")
    raw = part.sites[site]
    turn = -1.0 if side == "right" else 1.0
    x, y = seen_on(muscle, part.number, wanted, known(body)).sites[site]
    rest = raw["rest"]
    return SitePoint(
        site=site,
        muscle=muscle,
        side=side,
        rest=(turn * rest[0], rest[1], rest[2]),
        view="right" if side == "right" and wanted == "left" else wanted,
        x=turn * x,
        y=y,
        deep=(raw["deep"], raw["far"]),
    )


@cache
def _sites() -> dict[str, str]:
    return {site: muscle for muscle, sites in muscle_index()["muscles"].items() for site in sites}


@cache
def bone_lines(view: str) -> tuple[tuple[float, Points], ...]:
    """Bones of the person's left in a stored view: width in mm (0 = a closed shape), points."""
    return tuple(
        (width, tuple((x / SCALE, y / SCALE) for x, y in zip(flat[::2], flat[1::2], strict=True)))
        for width, flat in document("muscles/bones")[view]
    )


def muscle_of(site: str) -> str:
    """The muscle a site belongs to. KeyError for an unknown site."""
    return _sites()[site]


@cache
def _raw(muscle: str) -> dict[str, Any]:
    if muscle not in muscle_index()["muscles"]:
        raise KeyError(f"no muscle {muscle!r}")
    return document(f"muscles/{muscle}")


def _seen(raw: dict[str, Any]) -> Seen:
    return Seen(
        rings=tuple(cubics(ring) for ring in raw["rings"]),
        fibres=tuple(_summed(fibre) for fibre in raw["fibres"]),
        share=raw["share"],
        behind=raw["behind"],
        sites={name: (x, y) for name, (x, y, _) in raw["sites"].items()},
    )


def cubics(arc: list[int]) -> Points:
    """Start, then handle, handle, end of each cubic, in mm."""
    x, y = arc[0], arc[1]
    points = [(x / SCALE, y / SCALE)]
    for k in range(2, len(arc), 6):
        points += [((x + arc[k + i]) / SCALE, (y + arc[k + i + 1]) / SCALE) for i in (0, 2, 4)]
        x, y = x + arc[k + 4], y + arc[k + 5]
    return tuple(points)


def _summed(steps: list[int]) -> Points:
    x = y = 0
    points = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / SCALE, y / SCALE))
    return tuple(points)
