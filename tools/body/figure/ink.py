"""From a scene of solids to a flat vector drawing: one topology of outlines, flat tones, inner contour lines, the tool.

The numbers of a drawing are whole units of a frame WIDTH units wide, so that every picture is equally fine on a screen.
Colours are CSS variables with the light theme as fallback: the page decides, a file opened alone still looks right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import ndimage

from .. import fit
from ..raster import MM, Picture, View, render, vertex_normals
from ..trace import Arc, rings, trace

WIDTH = 1200  # units across a drawing
CELLS = 800  # cells across while it is traced
LAMP = np.array([-0.4, 0.75, 0.53]) / np.linalg.norm([-0.4, 0.75, 0.53])
SMOOTH, TOLERANCE = 2.2, 0.45  # cells
TONE_SMOOTH = 5.0  # cells over which light is averaged before it is cut into flat tones
SHADES = (0.62, 0.40)  # below these brightnesses lies the first and the second shade
FINE_JUMP = 0.075  # the same on the head: ear, nose
JUMP = 0.16  # decimetres: a step back that is drawn as an inner line
SHORTEST = 16  # cells: shorter inner lines are left out


@dataclass(frozen=True)
class Solid:
    """A closed thing in the world. role: body, tool, partner, prop or plane; tint chooses among its flat colours.

    cloth: (n,) positive where the vertex is clothed. fine: (n,) share of the vertex in what is drawn finer (the head).
    lines: rows of vertices that are drawn as lines where they can be seen (closed eyes, brows, mouth).
    """

    role: str
    points: np.ndarray
    triangles: np.ndarray
    tint: int = 0
    cloth: np.ndarray | None = None
    fine: np.ndarray | None = None
    lines: tuple[np.ndarray, ...] = ()

    def extra(self) -> np.ndarray:
        """(n, 2) cloth and fine."""
        n = len(self.points)
        return np.stack(
            [np.full(n, -1.0) if self.cloth is None else self.cloth, np.zeros(n) if self.fine is None else self.fine], 1
        )


@dataclass(frozen=True)
class Frame:
    """What the camera sees: view axes, centre in view coordinates and width, decimetres; height as a share of width."""

    view: View
    centre: tuple[float, float]
    width: float
    ratio: float

    @property
    def height_units(self) -> int:
        return round(WIDTH * self.ratio)

    def units(self, points: np.ndarray) -> np.ndarray:
        """World points as drawing units."""
        x, y, _ = self.view.project(np.atleast_2d(points))
        scale = WIDTH / self.width
        return np.stack(
            [(x - self.centre[0]) * scale + WIDTH / 2, (self.centre[1] - y) * scale + self.height_units / 2], -1
        )


@dataclass
class Drawing:
    """Layers of a picture, from back to front, as (class, path) pairs; strokes and fills share the list."""

    frame: Frame
    layers: list[tuple[str, str]] = field(default_factory=list)


def draw(frame: Frame, solids: Sequence[Solid], marks: Sequence[tuple[str, str]] = ()) -> Drawing:
    """Trace the scene. marks: further (class, path) in drawing units that lie on top, such as arrows."""
    cell = frame.width * MM / CELLS
    rows = round(CELLS * frame.ratio)
    left, top = frame.centre[0] * MM - CELLS * cell / 2, -frame.centre[1] * MM - rows * cell / 2
    box = (left, top, left + CELLS * cell, top + rows * cell)
    points = np.concatenate([s.points for s in solids])
    offsets = np.cumsum([0, *(len(s.points) for s in solids)])
    triangles = np.concatenate([s.triangles + offsets[k] for k, s in enumerate(solids)])
    owner = np.concatenate([np.full(len(s.triangles), k + 1) for k, s in enumerate(solids)])
    seen = render(frame.view, points, triangles, box, cell)
    codes = np.where(seen.triangle >= 0, owner[np.maximum(seen.triangle, 0)], 0)
    extra = seen.carry(triangles, np.concatenate([s.extra() for s in solids]))
    body = next((k for k, s in enumerate(solids, 1) if s.role == "body"), 0)
    codes[(codes == body) & (extra[..., 0] > 0)] = len(solids) + 1
    codes = _tidy(codes)
    solids = [*solids, Solid("garment", points[:0], triangles[:0])]
    unit = WIDTH / CELLS
    drawing = Drawing(frame)
    arcs, curves = _arcs(codes, unit)
    planes = [k for k, s in enumerate(solids, 1) if s.role == "plane"]
    for code in [*planes, *(k for k in range(1, len(solids) + 1) if k not in planes)]:
        solid = solids[code - 1]
        path = "".join(_closed(chain, curves) for chain in rings(arcs, code))
        if path:
            drawing.layers.append((f"{solid.role}{solid.tint or ''}", path))
    normals = _normals(frame.view, points, triangles, seen)
    for role, name in (("body", "shade"), ("partner", "shade"), ("tool", "tool-shade")):
        members = np.isin(
            codes, [k for k, s in enumerate(solids, 1) if s.role == role or (role == "body" and s.role == "garment")]
        )
        if members.any():
            drawing.layers += _tones(normals, members, name, unit, SHADES if role != "tool" else SHADES[:1])
    drawing.layers += _outlines(arcs, curves, solids)
    drawing.layers += _hidden_tool(frame, solids, codes, box, cell, unit)
    flesh = np.isin(codes, [k for k, s in enumerate(solids, 1) if s.role in ("body", "garment", "partner")])
    lines = _creases(np.where(flesh, seen.depth, np.nan), codes, extra[..., 1] > 0.5, unit)
    lines += [line for s in solids if s.lines for line in _features(frame, s, seen, cell)]
    if lines:
        drawing.layers.append(("crease", "".join(lines)))
    drawing.layers += list(marks)
    return drawing


def _tidy(codes: np.ndarray) -> np.ndarray:
    """Specks smaller than a few cells go to what surrounds them."""
    out = codes.copy()
    for code in np.unique(codes):
        parts, count = ndimage.label(codes == code)
        sizes = ndimage.sum_labels(np.ones_like(codes), parts, range(1, count + 1))
        for part in np.flatnonzero(sizes < 30) + 1:
            where = parts == part
            ring = ndimage.binary_dilation(where) & ~where
            out[where] = np.bincount(codes[ring]).argmax()
    return out


def _arcs(codes: np.ndarray, unit: float) -> tuple[list[Arc], list[np.ndarray]]:
    arcs = trace(codes, mirrored=False)
    return arcs, [fit.cubics(fit.smooth(arc.points, SMOOTH), TOLERANCE) * unit for arc in arcs]


def _closed(chain: list[int], curves: list[np.ndarray]) -> str:
    return path_of(np.concatenate([_walk(i, curves) for i in chain])) + "z"


def _walk(index: int, curves: list[np.ndarray]) -> np.ndarray:
    return curves[index] if index >= 0 else curves[~index][::-1, ::-1]


def path_of(cubics: np.ndarray) -> str:
    """A chain of cubics as a relative path of whole units; straight ones become lines."""
    points = np.round(cubics).astype(int)
    here = points[0, 0]
    parts = [f"M{here[0]} {here[1]}"]
    before = ""
    for raw, curve in zip(cubics, points, strict=True):
        a, b, c = curve[1] - here, curve[2] - here, curve[3] - here
        here = curve[3]
        if not c.any() and not a.any() and not b.any():
            continue
        command, numbers = ("l", c) if _straight(raw) else ("c", np.r_[a, b, c])
        body = " ".join(str(v) for v in numbers.tolist()).replace(" -", "-")
        parts.append((command if command != before else ("" if body.startswith("-") else " ")) + body)
        before = command
    return "".join(parts)


def _straight(curve: np.ndarray) -> bool:
    chord = curve[3] - curve[0]
    length = float(np.hypot(*chord))
    if length < 1e-9:
        return True
    off = np.abs((curve[1:3] - curve[0]) @ np.array([-chord[1], chord[0]]) / length)
    return bool(off.max() < 0.25)


def _outlines(arcs: list[Arc], curves: list[np.ndarray], solids: Sequence[Solid]) -> list[tuple[str, str]]:
    """Every border once, in the line of the more important of its two sides."""
    order = {"tool": 4, "partner": 3, "body": 2, "garment": 1, "prop": 0.5, "plane": 0, "": -1}
    lines: dict[str, list[str]] = {}
    for arc, curve in zip(arcs, curves, strict=True):
        roles = [solids[c - 1].role if c > 0 else "" for c in (arc.left, arc.right)]
        name = max(roles, key=lambda role: order[role])
        if name == "plane":
            continue
        if set(roles) == {"body", "garment"}:
            name = "hem"
        elif name == "garment":
            name = "body"
        lines.setdefault(name, []).append(path_of(curve))
    return [
        (f"{name}-line", "".join(lines[name])) for name in ("prop", "hem", "body", "partner", "tool") if name in lines
    ]


def _normals(view: View, points: np.ndarray, triangles: np.ndarray, seen: Picture) -> np.ndarray:
    normals = np.stack(view.project(vertex_normals(points, triangles)), -1)
    return seen.carry(triangles, normals)


def _tones(
    normals: np.ndarray, members: np.ndarray, name: str, unit: float, levels: Sequence[float]
) -> list[tuple[str, str]]:
    bright = 0.25 + 0.75 * np.clip(normals @ LAMP, 0, 1)
    weight = ndimage.gaussian_filter(members.astype(float), TONE_SMOOTH)
    bright = ndimage.gaussian_filter(np.where(members, bright, 0), TONE_SMOOTH) / np.maximum(weight, 1e-3)
    out = []
    for level in levels:
        dark = _open(members & (bright < level))
        paths = _filled(dark, unit)
        if paths:
            out.append((name, paths))
    return out


def _open(mask: np.ndarray) -> np.ndarray:
    """Drop parts too small or thin to read."""
    kept = ndimage.binary_opening(mask, iterations=2)
    parts, count = ndimage.label(kept)
    sizes = ndimage.sum_labels(kept, parts, range(1, count + 1))
    return np.isin(parts, np.flatnonzero(sizes > 260) + 1)


def _filled(mask: np.ndarray, unit: float) -> str:
    arcs = trace(mask.astype(int), mirrored=False)
    curves = [fit.cubics(fit.smooth(arc.points, 3.0), 0.8) * unit for arc in arcs]
    return "".join(_closed(chain, curves) for chain in rings(arcs, 1))


def _hidden_tool(
    frame: Frame,
    solids: Sequence[Solid],
    codes: np.ndarray,
    box: tuple[float, float, float, float],
    cell: float,
    unit: float,
) -> list[tuple[str, str]]:
    """The part of the tool that flesh hides, to be laid over it thinly with a dashed edge."""
    out: list[tuple[str, str]] = []
    for _code, solid in enumerate(solids, 1):
        if solid.role != "tool" or not len(solid.points):
            continue
        alone = render(frame.view, solid.points, solid.triangles, box, cell).triangle >= 0
        flesh = np.isin(codes, [k for k, s in enumerate(solids, 1) if s.role in ("body", "garment", "plane")])
        hidden = ndimage.binary_opening(alone & flesh, iterations=2)
        if hidden.sum() > 120:
            out += [("tool-hidden", _filled(hidden, unit))]
    return out


def _features(frame: Frame, solid: Solid, seen: Picture, cell: float) -> list[str]:
    """The lines of a face that nothing hides."""
    normals = vertex_normals(solid.points, solid.triangles)
    out = []
    for ids in solid.lines:
        x, y, depth = frame.view.project(solid.points[ids])
        column = ((x * MM - seen.left) / cell).astype(int)
        row = ((-y * MM - seen.top) / cell).astype(int)
        inside = (column >= 0) & (row >= 0) & (column < seen.depth.shape[1]) & (row < seen.depth.shape[0])
        if not inside.all():
            continue
        open_ = (seen.depth[row, column] < depth + 0.12) & (normals[ids] @ np.array(frame.view.towards) > 0.12)
        if open_.sum() < 3:
            continue
        line = frame.units(solid.points[ids[open_]])
        steps = "".join(f"L{a:.0f} {b:.0f}" for a, b in line[1:])
        out.append(f"M{line[0, 0]:.0f} {line[0, 1]:.0f}{steps}")
    return out


def _creases(depth: np.ndarray, codes: np.ndarray, fine: np.ndarray, unit: float) -> list[str]:
    """Inner lines where flesh jumps back behind flesh."""
    inside = np.isfinite(depth)
    filled = np.where(inside, depth, 0)
    mark = np.zeros(depth.shape, bool)
    for axis in (0, 1):
        n = depth.shape[axis]
        least = np.where(np.take(fine, range(n - 1), axis), FINE_JUMP, JUMP)
        step = np.abs(np.diff(filled, axis=axis)) > least
        both = np.take(inside, range(n - 1), axis) & np.take(inside, range(1, n), axis)
        if axis == 0:
            mark[:-1] |= step & both
        else:
            mark[:, :-1] |= step & both
    edge = np.zeros_like(mark)
    outer = np.where(codes == codes.max(), 0, codes)  # the hem is no edge: an arm before the shorts keeps its line
    outer[(codes == codes.max())] = 1
    edge[:-1] |= outer[:-1] != outer[1:]
    edge[:, :-1] |= outer[:, :-1] != outer[:, 1:]
    mark &= ~ndimage.binary_dilation(edge, iterations=2)
    lines = []
    parts, count = ndimage.label(mark, np.ones((3, 3)))
    for part in range(1, count + 1):
        cells = set(zip(*[v.tolist() for v in np.nonzero(parts == part)[::-1]], strict=True))
        while len(cells) >= SHORTEST:
            way = _longest_way(cells)
            if len(way) < SHORTEST:
                break
            line = np.array(way, float) + 0.5
            lines.append(path_of(fit.cubics(fit.smooth(line, 3.0), 0.7) * unit))
            cells -= {(x + dx, y + dy) for x, y in way for dx in range(-2, 3) for dy in range(-2, 3)}
    return lines


def _longest_way(cells: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest shortest way through connected cells, by walking to the farthest cell twice."""

    def farthest(start: tuple[int, int]) -> list[tuple[int, int]]:
        before: dict[tuple[int, int], tuple[int, int] | None] = {start: None}
        queue = [start]
        for x, y in queue:
            for nxt in ((x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
                if nxt in cells and nxt not in before:
                    before[nxt] = (x, y)
                    queue.append(nxt)
        way, step = [], queue[-1]
        while step is not None:
            way.append(step)
            step = before[step]  # type: ignore[assignment]
        return way

    return farthest(farthest(min(cells))[0])
