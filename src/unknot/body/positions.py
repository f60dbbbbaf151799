"""Position pictures: how to lie, sit or stand with a tool under which part of the body.

The pictures are generated from the CC0 mesh posed by its own rig (``tools/body/figure``) and committed in
``data/positions`` with their provenance. They are drawn for the person's right side and mirrored for the left. Their
colours are CSS variables of the app with its light theme as fallback, so one file serves both themes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from unknot.knowledge.model import Side

_RELATION = {"wall_lean": "wall", "wall_corner": "wall", "chair_back": "chair"}
_HELD = ("fingers", "cane", "massage_gun", "partner_hand")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture: file name without ending, size in its own units, whether it must be mirrored, and its description.

    ``alt_id`` and ``alt_params`` name the sentence for whoever cannot see the picture (``unknot.messages.render``).
    """

    name: str
    width: int
    height: int
    mirrored: bool
    alt_id: str
    alt_params: Mapping[str, str]


def picture(posture: str, tool: str, area: str, side: Side) -> Picture | None:
    """The picture for a posture, a tool and an area of the body (see ``area_of``); None where there is none."""
    index = _index()
    name = index["shown"].get(f"{posture} {tool} {area}")
    if name is None:
        return None
    width, height = index["pictures"][name]["box"]
    relation = "on" if tool in _HELD else _RELATION.get(posture, "under")
    params = {
        "posture": f"@picture.posture.{name.split('-')[0]}",
        "tool": f"@picture.tool.{tool}",
        "side": f"@side_of.{side}",
        "region": f"@picture.area.{area}",
    }
    return Picture(
        name=name,
        width=width,
        height=height,
        mirrored=side == "left",
        alt_id=f"picture.{relation}",
        alt_params=params,
    )


def area_of(region: str) -> str | None:
    """The area that stands for a home region of sites in the pictures; None where no session presses."""
    area: str | None = _index()["areas"].get(region)
    return area


def position(posture: str, tool: str, area: str, side: Side) -> str:
    """The picture as an SVG document, mirrored for the left side. KeyError where there is none."""
    found = picture(posture, tool, area, side)
    if found is None:
        raise KeyError(f"no picture of {tool} in {posture} at {area}")
    text = svg(found.name)
    if not found.mirrored:
        return text
    return text.replace('<g id="p">', f'<g id="p" transform="matrix(-1 0 0 1 {found.width} 0)">', 1)


@cache
def svg(name: str) -> str:
    """One file as it is stored. KeyError for an unknown name."""
    if name not in _index()["pictures"]:
        raise KeyError(f"no picture {name!r}")
    return files("unknot.body").joinpath("data", "positions", f"{name}.svg").read_text(encoding="utf-8")


def digest(name: str) -> str:
    """The first half of the file's SHA-256: its address in the app. KeyError for an unknown name."""
    return str(_index()["pictures"][name]["sha256"])[:32]


@cache
def by_digest() -> dict[str, str]:
    """Digest -> name of the picture."""
    return {digest(name): name for name in names()}


def names() -> tuple[str, ...]:
    """Every picture there is."""
    return tuple(_index()["pictures"])


def alternatives() -> dict[str, tuple[str, ...]]:
    """Picture -> every "posture tool area" that it stands for."""
    found: dict[str, list[str]] = {}
    for key, name in _index()["shown"].items():
        found.setdefault(name, []).append(key)
    return {name: tuple(keys) for name, keys in found.items()}


@cache
def _index() -> dict[str, Any]:
    text = files("unknot.body").joinpath("data", "positions", "index.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
