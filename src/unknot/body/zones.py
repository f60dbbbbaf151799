"""Soft fields on the skin: where a site's pain is felt, and where pressing can hurt what lies below.

Both come from smoothing over the surface (``tools/body/muscles``), so a zone runs on round the body from view to view.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from unknot.body.carried import on_skin
from unknot.body.load import NEUTRAL, document
from unknot.body.muscles import LIKE, cubics
from unknot.body.scene import Path, mirrored
from unknot.knowledge.model import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """Where a site is felt, in one view: closed outlines, to be filled by the even-odd rule and blurred.

    spillover includes the primary zone, so that one flows out of the other.
    """

    primary: tuple[Path, ...]
    spillover: tuple[Path, ...]


def referral(site: str, side: Side = "left", view: str = "back", body: str = NEUTRAL) -> Referral:
    """The referral zone of a site of that side in a view of a body, empty where it shows nothing.

    KeyError for an unknown site or body.
    """
    stored = _document("referral")[site]
    flip = (side == "right") if view in ("front", "back") else (view == "right")
    key = LIKE.get(view, view)
    primary, spillover = (_paths(stored[kind].get(key, []), flip) for kind in ("primary", "secondary"))
    return Referral(primary=on_skin(body, view, primary), spillover=on_skin(body, view, spillover))


@cache
def danger_zones(view: str, body: str = NEUTRAL) -> dict[str, tuple[Path, ...]]:
    """Zone name -> closed outlines in the view of a body, both sides."""
    stored = _document("zones")["zones"]
    key = LIKE.get(view, view)
    return {
        name: on_skin(body, view, _paths(shapes[key], view == "right"))
        for name, shapes in stored.items()
        if key in shapes
    }


def zones_near(site: str) -> dict[str, int]:
    """Danger zones within 30 mm of the skin over a site: name -> mm, 0 = inside. KeyError for an unknown site."""
    return dict(_document("zones")["sites"][site])


def _paths(rings: list[list[int]], flip: bool) -> tuple[Path, ...]:
    paths = tuple(cubics(ring) for ring in rings)
    return tuple(mirrored(path) for path in paths) if flip else paths


@cache
def _document(name: str) -> dict[str, Any]:
    return document(f"muscles/{name}")
