"""The generator's steps on pictures small enough to check by thought; the whole run is a proof (``dev prove``)."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("scipy")
sys.path.insert(0, str(Path(__file__).parents[2]))

from tools.body import fit
from tools.body.clean import clean
from tools.body.outline import outline, run_lengths
from tools.body.raster import PIXEL
from tools.body.refine import refine
from tools.body.trace import WALL, rings, trace


def disc_in_quarters(size: int = 120) -> np.ndarray:
    """A disc of four regions; outside is 0."""
    y, x = np.mgrid[:size, :size] + 0.5 - size / 2
    quarter = 1 + (x > 0) + 2 * (y > 0)
    return np.where(np.hypot(x, y) < 0.45 * size, quarter, 0)


def area(points: np.ndarray) -> float:
    x, y = points.T
    return 0.5 * float(x @ np.roll(y, -1) - y @ np.roll(x, -1))


def walked(arcs, chain):
    return np.concatenate([(arcs[i].points if i >= 0 else arcs[~i].points[::-1])[:-1] for i in chain])


def test_each_border_between_two_regions_becomes_one_arc():
    codes = clean(disc_in_quarters(), mirrored=False)
    arcs = trace(codes, mirrored=False)
    pairs = [frozenset((arc.left, arc.right)) for arc in arcs]
    assert len(pairs) == len(set(pairs))
    assert {frozenset((0, k)) for k in (1, 2, 3, 4)} <= set(pairs)


def test_the_rings_enclose_exactly_the_cells():
    codes = clean(disc_in_quarters(), mirrored=False)
    arcs = trace(codes, mirrored=False)
    for code in (1, 2, 3, 4):
        (chain,) = rings(arcs, code)
        assert abs(area(walked(arcs, chain))) == (codes == code).sum()


def test_a_region_with_a_hole_has_two_rings_of_opposite_turn():
    codes = np.zeros((40, 40), int)
    codes[5:35, 5:35] = 1
    codes[15:25, 15:25] = 2
    arcs = trace(codes, mirrored=False)
    turns = sorted(area(walked(arcs, chain)) for chain in rings(arcs, 1))
    assert [abs(t) for t in turns] == [900, 100]
    assert turns[0] * turns[1] < 0


def test_a_crumb_joins_its_neighbour():
    codes = disc_in_quarters()
    codes[30:36, 30:36] = 9
    assert 9 not in clean(codes, mirrored=False)


def test_cells_that_touch_at_a_corner_only_are_parted():
    codes = np.ones((90, 90), int)
    codes[:45, :45] = codes[45:, 45:] = 2
    cleaned = clean(codes, mirrored=False)
    a, b, c, d = cleaned[:-1, :-1], cleaned[:-1, 1:], cleaned[1:, :-1], cleaned[1:, 1:]
    assert not ((a == d) & (a != b) & (a != c)).any()
    assert not ((b == c) & (b != a) & (b != d)).any()


def test_a_midline_region_of_a_half_is_stored_open_along_the_midline():
    codes = np.zeros((80, 60), int)
    codes[10:70, :50] = 1
    codes[30:50, :12] = 2
    arcs = trace(codes, mirrored=True)
    assert any(WALL in (arc.left, arc.right) for arc in arcs)
    drawn = outline(codes, 0.0, 0.0, mirrored=True, midline={2})
    (chain,) = drawn.chains[2]
    first, last = drawn.arcs[max(chain[0], ~chain[0])], drawn.arcs[max(chain[-1], ~chain[-1])]
    assert first[0] == 0 or first[0] + sum(first[6::6]) == 0
    assert last[0] == 0 or last[0] + sum(last[6::6]) == 0
    assert all(WALL not in (arcs[max(i, ~i)].left, arcs[max(i, ~i)].right) for i in chain)


def test_fitted_curves_stay_within_the_tolerance_and_keep_the_ends():
    t = np.linspace(0, 1.5 * np.pi, 400)
    line = np.c_[50 * np.cos(t), 30 * np.sin(2 * t)]
    curves = fit.cubics(line, 0.2)
    assert curves[0, 0] == pytest.approx(line[0])
    assert curves[-1, 3] == pytest.approx(line[-1])
    assert curves[1:, 0] == pytest.approx(curves[:-1, 3])
    u = np.linspace(0, 1, 400)[:, None]
    drawn = np.concatenate(
        [(1 - u) ** 3 * a + 3 * u * (1 - u) ** 2 * b + 3 * u**2 * (1 - u) * c + u**3 * d for a, b, c, d in curves]
    )
    nearest = np.hypot(*(line[:, None] - drawn[None]).transpose(2, 0, 1)).min(axis=1)
    assert nearest.max() < 0.22
    assert len(curves) < 20


def test_smoothing_keeps_ends_and_does_not_shrink_a_finger_by_much():
    stairs = np.array([(k // 2 + k % 2, k // 2) for k in range(60)], float)
    smooth = fit.smooth(stairs, 4)
    assert smooth[0] == pytest.approx(stairs[0])
    assert smooth[-1] == pytest.approx(stairs[-1])
    t = np.linspace(0, 2 * np.pi, 90)
    circle = 14 * np.c_[np.cos(t), np.sin(t)]
    circle[-1] = circle[0]
    assert np.hypot(*fit.smooth(circle, 2 / PIXEL).T).min() > 13.5


def test_run_lengths_hold_every_cell():
    codes = disc_in_quarters(20)
    runs = run_lengths(codes)
    assert np.repeat(runs[::2], runs[1::2]).tolist() == codes.ravel().tolist()


def test_subdivision_of_a_cube_rounds_it_and_stays_symmetric():
    corners = np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float)
    quads = np.array([[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]])
    stencil, finer = refine(quads, 8)
    points = stencil @ corners
    assert finer.shape == (24, 4)
    assert np.asarray(stencil.sum(axis=1)).ravel() == pytest.approx(np.ones(len(points)))
    radii = np.linalg.norm(points[:8], axis=1)
    assert radii == pytest.approx(np.full(8, radii[0]))
    assert radii[0] < np.sqrt(3)
    assert points.mean(axis=0) == pytest.approx(np.zeros(3))


def test_subdivision_keeps_a_flat_rim_flat():
    grid = np.array([(x, y, 0.0) for x in range(3) for y in range(3)])
    quads = np.array([[0, 1, 4, 3], [1, 2, 5, 4], [3, 4, 7, 6], [4, 5, 8, 7]])
    stencil, _ = refine(quads, 9)
    points = stencil @ grid
    assert points[:, 2] == pytest.approx(np.zeros(len(points)))
    assert points[4] == pytest.approx(grid[4])
