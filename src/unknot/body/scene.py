"""A plate before it is written: what is painted, in order, in view millimetres. SVG and other writers read it."""

from __future__ import annotations

from dataclasses import dataclass

from unknot.body.load import NEUTRAL

Point = tuple[float, float]
Path = tuple[Point, ...]
"""Start, then handle, handle, end of each cubic."""

LIGHT = {
    "paper": "#FAF5EC",
    "skin": "#ECD3BF",
    "skin-edge": "#8A5A44",
    "shadow": "#6E3B27",
    "light": "#FFFFFF",
    "muscle": "#A63F2E",
    "muscle-2": "#B4533C",
    "muscle-3": "#97382C",
    "muscle-pale": "#CFA08C",
    "fibre-dark": "#5E1A12",
    "fibre-light": "#E9A58F",
    "muscle-cut": "#C98E7A",
    "fat": "#F2DDA8",
    "inside": "#EBD3C4",
    "tool": "#5E7F86",
    "tendon": "#EFE3CB",
    "tendon-line": "#B99F78",
    "bone": "#F3EBDA",
    "bone-line": "#B9A489",
    "ink": "#2B211C",
    "site": "#FFFCF6",
    "referral": "#B4492B",
    "danger": "#9B1C1C",
    "rank-1": "#8C2F1C",
    "rank-2": "#C38A2A",
    "rank-3": "#54707F",
}
DARK = LIGHT | {
    "paper": "#1A1512",
    "skin": "#674C3E",
    "skin-edge": "#C09A83",
    "shadow": "#120A07",
    "light": "#FFE9D6",
    "muscle": "#B4503C",
    "muscle-2": "#BC5F48",
    "muscle-3": "#A24637",
    "muscle-pale": "#8A5F4E",
    "fibre-dark": "#3A0F0A",
    "fibre-light": "#EFB09A",
    "muscle-cut": "#7E4C3E",
    "fat": "#A98E56",
    "inside": "#4A3A33",
    "tool": "#93B0BF",
    "tendon": "#D8C8AC",
    "bone": "#B5A58F",
    "bone-line": "#7E6C58",
    "ink": "#F4EADF",
    "site": "#241D19",
    "referral": "#EE9673",
    "danger": "#FFA396",
    "rank-1": "#E57656",
    "rank-2": "#E0B35C",
    "rank-3": "#93B0BF",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """An area: closed paths by the even-odd rule, or straight-edged when ``straight``."""

    paths: tuple[Path, ...]
    colour: str
    opacity: float = 1.0
    blur: float = 0.0
    clip: str = ""
    straight: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Strokes of one width, as cubic paths; closed or open. width, blur: mm. dash: mm on and off."""

    paths: tuple[Path, ...]
    colour: str
    width: float
    opacity: float = 1.0
    blur: float = 0.0
    clip: str = ""
    closed: bool = False
    dash: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shade:
    """The body's own shadow and light (grey pictures of the whole view), over what is painted so far."""

    view: str
    body: str = NEUTRAL
    opacity: float = 1.0
    clip: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A line of text, centred."""

    text: str
    at: Point
    size: float
    colour: str = "ink"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A layer that a page can show or hide. above: it lies over what is shown, and is hidden until asked for."""

    name: str
    paint: tuple[Fill | Line, ...]
    above: bool = False


Item = Fill | Line | Shade | Words | Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """box: x, y, width, height in view mm. clips: name -> closed cubic paths. title, words: for screen readers."""

    box: tuple[float, float, float, float]
    paint: tuple[Item, ...]
    clips: dict[str, tuple[Path, ...]]
    title: str = ""


def smooth(points: tuple[Point, ...], *, closed: bool = False) -> Path:
    """Catmull-Rom curve through points, as cubics."""
    count = len(points)
    if count < 3:
        (ax, ay), (bx, by) = points[0], points[-1]
        return (
            points[0],
            (ax + (bx - ax) / 3, ay + (by - ay) / 3),
            (bx - (bx - ax) / 3, by - (by - ay) / 3),
            points[-1],
        )
    path = [points[0]]
    for k in range(count if closed else count - 1):
        p1, p2 = points[k], points[(k + 1) % count]
        p0 = points[k - 1] if closed or k else p1
        p3 = points[(k + 2) % count] if closed or k + 2 < count else p2
        path += [
            (p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6),
            (p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6),
            p2,
        ]
    return tuple(path)


def mirrored(path: Path) -> Path:
    """The path on the other side of x = 0."""
    return tuple((-x, y) for x, y in path)
