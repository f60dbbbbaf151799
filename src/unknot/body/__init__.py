"""Where it hurts: the regions of the body in every view, as shapes and as cells.

All views share one coordinate system: millimetres of the neutral body, y down, the midline of front and back at x = 0.
The outlines are generated from a CC0 mesh (``tools/body``) and committed in ``data/`` with their provenance.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from unknot.body.compare import (
    mirrored,
    overlap,
    painted_cm2,
    shares_overlap,
    shares_swapped,
    sides_swapped,
    skin_cm2,
)
from unknot.body.drawing import Area, Stroke, coverage, region_at
from unknot.body.felt import felt_plate, felt_view
from unknot.body.load import BODIES, NEUTRAL, OTHER, VIEWS, document
from unknot.body.maps import Elsewhere, cbm_segments, elsewhere, widespread_areas
from unknot.body.muscles import SitePoint, drawn_muscles, muscle_of, parts, site_point, views_of
from unknot.body.places import same_place
from unknot.body.plates import best_view, plate
from unknot.body.positions import area_of, position
from unknot.body.ranked import ranked
from unknot.body.section import FAT_MM, HEAVIER_MM, Under, has_section, section, under
from unknot.body.shapes import Shape, creases, region_paths, silhouette, view_box
from unknot.body.zones import Referral, danger_zones, referral, zones_near
from unknot.knowledge.model import Region, Side


def views() -> tuple[str, ...]:
    """Names of the views, the two that come first first."""
    return VIEWS


@cache
def provenance() -> dict[str, Any]:
    """Mesh wheel, its digest, generator version, skin areas in cm2 of one side, and digests of the data files."""
    return document("index")


def made_of(region: str, side: Side, regions: Mapping[str, Region]) -> tuple[Area, ...]:
    """The area regions that a region is drawn as: itself, or what a band (both sides) or a depth (same side) lies over.

    KeyError for an unknown region.
    """
    entry = regions[region]
    if entry.shape == "area":
        return ((region, side),)
    areas: list[Area] = []
    for part in entry.made_of:
        if not regions[part].lateral:
            areas.append((part, "midline"))
        elif entry.shape == "band":
            areas += [(part, "left"), (part, "right")]
        else:
            areas.append((part, side))
    return tuple(areas)


__all__ = [
    "BODIES",
    "FAT_MM",
    "HEAVIER_MM",
    "NEUTRAL",
    "OTHER",
    "Area",
    "Elsewhere",
    "Referral",
    "Shape",
    "SitePoint",
    "Stroke",
    "Under",
    "area_of",
    "best_view",
    "cbm_segments",
    "coverage",
    "creases",
    "danger_zones",
    "drawn_muscles",
    "elsewhere",
    "felt_plate",
    "felt_view",
    "has_section",
    "made_of",
    "mirrored",
    "muscle_of",
    "overlap",
    "painted_cm2",
    "parts",
    "plate",
    "position",
    "provenance",
    "ranked",
    "referral",
    "region_at",
    "region_paths",
    "same_place",
    "section",
    "shares_overlap",
    "shares_swapped",
    "sides_swapped",
    "silhouette",
    "site_point",
    "skin_cm2",
    "under",
    "view_box",
    "views",
    "views_of",
    "widespread_areas",
    "zones_near",
]
