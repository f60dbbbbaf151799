"""From a label image to the stored topology: integer cubic arcs, the rings of each region, label points, creases."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from . import fit
from .raster import PIXEL
from .trace import WALL, Arc, rings, trace

SCALE = 10  # stored numbers are tenths of a millimetre
OUTLINE_SIGMA, OUTLINE_TOLERANCE = 2.0, 0.3  # smoothing and allowed deviation of the body's outline, millimetres
BORDER_SIGMA, BORDER_TOLERANCE = 3.0, 0.5  # the same for borders between regions


@dataclass(frozen=True)
class Outline:
    """arcs: delta-coded cubics. chains: code -> closed rings, or open chains that their mirror image closes."""

    arcs: list[list[int]]
    chains: dict[int, list[list[int]]]
    silhouette: list[list[int]]


def outline(codes: np.ndarray, left: float, top: float, *, mirrored: bool, midline: set[int]) -> Outline:
    """Outline an (h, w) image of cells of PIXEL millimetres whose corner lies at (left, top)."""
    arcs = trace(codes, mirrored=mirrored)
    around = _silhouette(arcs)
    stored = [_store(curves * PIXEL + [left, top]) for curves in _curves(arcs, around)]
    chains = {}
    for code in np.unique(codes[codes > 0]).tolist():
        closed = rings(arcs, code)
        chains[code] = _open_at_wall(closed, arcs) if code in midline else closed
    return Outline(stored, chains, around)


def _curves(arcs: list[Arc], around: list[list[int]]) -> list[np.ndarray]:
    """Smooth curves of all arcs, in cells.

    The body's outline is smoothed as a whole, so that it has no nick where a border meets it, and kept closer to the
    mesh than the borders inside, which are agreed lines anyway.
    """
    curves: dict[int, np.ndarray] = {}
    moved: dict[tuple[float, float], np.ndarray] = {}
    for chain in around:
        parts = [arcs[i].points if i >= 0 else arcs[~i].points[::-1] for i in chain]
        line = np.vstack([parts[0], *(part[1:] for part in parts[1:])])
        smooth = fit.smooth(line, OUTLINE_SIGMA / PIXEL)
        closed = bool((line[0] == line[-1]).all())
        start = 0
        for index, part in zip(chain, parts, strict=True):
            end = start + len(part) - 1
            head, tail = _direction(smooth, start, closed), -_direction(smooth, end, closed)
            cubics = fit.cubics(smooth[start : end + 1], OUTLINE_TOLERANCE / PIXEL, head, tail)
            curves[max(index, ~index)] = cubics if index >= 0 else cubics[::-1, ::-1]
            moved[tuple(part[0])], moved[tuple(part[-1])] = smooth[start], smooth[end]
            start = end
    for index, arc in enumerate(arcs):
        if index not in curves:
            points = arc.points.copy()
            points[0], points[-1] = moved.get(tuple(points[0]), points[0]), moved.get(tuple(points[-1]), points[-1])
            curves[index] = fit.cubics(fit.smooth(points, BORDER_SIGMA / PIXEL), BORDER_TOLERANCE / PIXEL)
    return [curves[index] for index in range(len(arcs))]


def _direction(line: np.ndarray, at: int, closed: bool) -> np.ndarray:
    """Direction of a line at one of its points, measured over both sides."""
    if closed:
        loop = line[:-1]
        return loop[(at + 4) % len(loop)] - loop[(at - 4) % len(loop)]
    return line[min(at + 4, len(line) - 1)] - line[max(at - 4, 0)]


def _store(curves: np.ndarray) -> list[int]:
    """[x, y, then per cubic the steps to handle, handle, end from the cubic's own start] in tenths of a millimetre."""
    points = np.round(curves * SCALE).astype(int)
    flat = points[0, 0].tolist()
    for curve in points:
        flat += (curve[1:] - curve[0]).ravel().tolist()
    return flat


def _open_at_wall(around: list[list[int]], arcs: list[Arc]) -> list[list[int]]:
    """Cut closed chains where they run along the midline; keep the parts between."""
    out = []
    for chain in around:
        walls = [k for k, i in enumerate(chain) if WALL in (arcs[max(i, ~i)].left, arcs[max(i, ~i)].right)]
        if not walls:
            out.append(chain)
            continue
        turned = chain[walls[-1] + 1 :] + chain[: walls[-1] + 1]
        part: list[int] = []
        for i in turned:
            if WALL in (arcs[max(i, ~i)].left, arcs[max(i, ~i)].right):
                if part:
                    out.append(part)
                part = []
            else:
                part.append(i)
    return out


def _silhouette(arcs: list[Arc]) -> list[list[int]]:
    """Chains along the outside; they end at the wall where the body is mirrored."""
    after = {}
    starts = set()
    for index, arc in enumerate(arcs):
        if 0 in (arc.left, arc.right):
            forward = arc.right == 0
            a, b = tuple(arc.points[0]), tuple(arc.points[-1])
            first, last, way = (a, b, index) if forward else (b, a, ~index)
            after[first] = (way, last)
            starts.add(first)
    ends = {last for _, last in after.values()}
    chains = []
    for start in [*sorted(starts - ends), *sorted(starts & ends)]:
        chain, here = [], start
        while here in after:
            way, here = after.pop(here)
            chain.append(way)
        if chain:
            chains.append(chain)
    return chains


def label_point(mask: np.ndarray, left: float, top: float, *, on_midline: bool) -> tuple[float, float]:
    """The point deepest inside a region, in millimetres; of a midline region's half, the middle of its midline."""
    if on_midline:
        rows = np.flatnonzero(mask[:, 0])
        return 0.0, float(top + (rows[len(rows) // 2] + 0.5) * PIXEL)
    depth = ndimage.distance_transform_edt(np.pad(mask, 1))[1:-1, 1:-1]
    row, column = np.unravel_index(int(depth.argmax()), depth.shape)
    return float(left + (column + 0.5) * PIXEL), float(top + (row + 0.5) * PIXEL)


def run_lengths(codes: np.ndarray) -> list[int]:
    """[code, run, code, run, ...] over the cells, row after row."""
    flat = codes.ravel()
    change = np.flatnonzero(np.r_[True, flat[1:] != flat[:-1]])
    runs = np.diff(np.r_[change, len(flat)])
    return np.stack([flat[change], runs], 1).ravel().tolist()


def creases(
    depth: np.ndarray, left: float, top: float, jump_dm: float = 0.22, shortest_mm: float = 16
) -> list[list[int]]:
    """Lines inside the body where the skin jumps back: arm before trunk, fingers, chin, folds."""
    inside = np.isfinite(depth)
    nearest = np.zeros(depth.shape, np.int8)
    filled = np.where(inside, depth, 0)
    for axis in (0, 1):
        step = np.abs(np.diff(filled, axis=axis))
        both = np.take(inside, range(inside.shape[axis] - 1), axis) & np.take(
            inside, range(1, inside.shape[axis]), axis
        )
        jump = (step > jump_dm) & both
        if axis == 0:
            nearest[:-1] |= jump
        else:
            nearest[:, :-1] |= jump
    parts, count = ndimage.label(nearest, np.ones((3, 3)))
    lines = []
    for part in range(1, count + 1):
        rows, columns = np.nonzero(parts == part)
        if max(np.ptp(rows), np.ptp(columns)) * PIXEL >= shortest_mm:
            path = np.array(_longest_path(rows, columns), float) + 0.5
            line = fit.cubics(fit.smooth(path, BORDER_SIGMA / PIXEL) * PIXEL, BORDER_TOLERANCE)
            lines.append(_store(line + np.array([left, top])))
    return lines


def _longest_path(rows: np.ndarray, columns: np.ndarray) -> list[tuple[int, int]]:
    """The longest shortest path through a thin set of cells, found by walking to the farthest cell twice."""
    cells = set(zip(columns.tolist(), rows.tolist(), strict=True))

    def farthest(start: tuple[int, int]) -> list[tuple[int, int]]:
        before: dict[tuple[int, int], tuple[int, int] | None] = {start: None}
        queue = [start]
        for cell in queue:
            for dx in (-1, 0, 1):
                for dy in (-1, 0, 1):
                    nxt = (cell[0] + dx, cell[1] + dy)
                    if nxt in cells and nxt not in before:
                        before[nxt] = cell
                        queue.append(nxt)
        path: list[tuple[int, int]] = []
        step: tuple[int, int] | None = queue[-1]
        while step is not None:
            path.append(step)
            step = before[step]
        return path

    return farthest(farthest(min(cells))[0])
