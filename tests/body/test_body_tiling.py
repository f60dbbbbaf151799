"""The drawn regions tile the figure: no gaps, no overlaps, no crossings; both halves are mirror images."""

from __future__ import annotations

import gzip
import hashlib
import re
from importlib.resources import files

import numpy as np
import pytest

from unknot import body

CELL = 2.0
NUMBER = re.compile(r"-?[\d.]+(?:e-?\d+)?")


def polygons(path: str) -> list[np.ndarray]:
    """Flatten an SVG path of M, relative c and z into closed polygons, (k, 2) each."""
    t = np.linspace(0, 1, 9)[1:, None]
    out = []
    for part in re.split(r"(?=M)", path):
        if not part:
            continue
        head, *curves = re.split("c", part.rstrip("z"))
        here = np.array([float(v) for v in NUMBER.findall(head)])
        points = [here[None]]
        for curve in curves:
            a, b, c = (here + p for p in np.array([float(v) for v in NUMBER.findall(curve)]).reshape(3, 2))
            points.append((1 - t) ** 3 * here + 3 * t * (1 - t) ** 2 * a + 3 * t**2 * (1 - t) * b + t**3 * c)
            here = c
        out.append(np.concatenate(points))
    return out


def filled(path: str, box: tuple[float, float, float, float]) -> np.ndarray:
    """Even-odd raster of a path on the box's cells, sampled at their centres."""
    x0, y0, width, height = box
    columns, rows = int(width / CELL), int(height / CELL)
    flips = np.zeros((rows, columns + 1), np.int32)
    for ring in polygons(path):
        a, b = ring, np.roll(ring, -1, axis=0)
        for (ax, ay), (bx, by) in zip(a, b, strict=True):
            low, high = min(ay, by), max(ay, by)
            first, last = int(np.ceil((low - y0) / CELL - 0.5)), int(np.ceil((high - y0) / CELL - 0.5))
            if last > first:
                row = np.arange(first, last)
                x = ax + ((row + 0.5) * CELL + y0 - ay) * (bx - ax) / (by - ay)
                np.add.at(flips, (row, np.clip(np.ceil((x - x0) / CELL - 0.5), 0, columns).astype(int)), 1)
    return (np.cumsum(flips, axis=1)[:, :-1] % 2).astype(bool)


@pytest.fixture(scope="module", params=body.views())
def rasters(request):
    view = request.param
    box = body.view_box(view)
    regions = [(s, filled(s.path, box)) for s in body.region_paths(view)]
    return view, box, regions, filled(body.silhouette(view), box)


def test_the_regions_fill_the_figure(rasters):
    _view, _box, regions, figure = rasters
    together = np.sum([mask for _, mask in regions], axis=0)
    assert figure.sum() * CELL**2 > 20_000
    assert ((together > 0) != figure).sum() <= 0.005 * figure.sum()


def test_no_two_regions_overlap(rasters):
    _view, _box, regions, figure = rasters
    together = np.sum([mask for _, mask in regions], axis=0)
    # Curves that share an end may touch within a tenth of a millimetre; nothing may lie over anything else.
    assert (together > 1).sum() <= 0.0002 * figure.sum()


@pytest.mark.parametrize(("view", "shape"), [("back", "female_heavy"), ("left", "male_lean")])
def test_the_regions_tile_the_other_bodies_too(view, shape):
    box = body.view_box(view, shape)
    together = np.sum([filled(one.path, box) for one in body.region_paths(view, shape)], axis=0)
    figure = filled(body.silhouette(view, shape), box)
    assert ((together > 0) != figure).sum() <= 0.005 * figure.sum()
    assert (together > 1).sum() <= 0.0002 * figure.sum()


def test_no_region_has_crumbs(rasters):
    _view, _box, regions, _figure = rasters
    for shape, mask in regions:
        sizes = [abs(area(ring)) for ring in polygons(shape.path)]
        assert min(sizes) > 60, (shape.region, sizes)
        assert mask.sum() * CELL**2 == pytest.approx(
            abs(sum(area(ring) for ring in polygons(shape.path))), rel=0.1, abs=60
        )


def area(ring: np.ndarray) -> float:
    x, y = ring.T
    return 0.5 * float(x @ np.roll(y, -1) - y @ np.roll(x, -1))


def test_the_cells_agree_with_the_shapes(rasters):
    view, (x0, y0, _w, _h), regions, figure = rasters
    wrong = counted = 0
    for row in range(1, figure.shape[0], 6):
        for column in range(1, figure.shape[1], 6):
            drawn = {(s.region, s.side) for s, mask in regions if mask[row, column]}
            cell = body.region_at(view, x0 + (column + 0.5) * CELL, y0 + (row + 0.5) * CELL)
            counted += bool(drawn)
            wrong += (cell is None) == bool(drawn) or (cell is not None and cell not in drawn)
    assert wrong <= 0.06 * counted  # cells are 4 mm wide, so they differ from the shapes along borders only


def test_both_halves_are_mirror_images(rasters):
    view, _box, regions, _figure = rasters
    twin = {"left": "right", "right": "left"}.get(view, view)
    others = {(s.region, s.side): s for s in body.region_paths(twin)}
    for shape, _ in regions:
        other = others[shape.region, body.OTHER[shape.side]]
        assert other.at == (-shape.at[0], shape.at[1])
        mine = sorted(abs(area(ring)) for ring in polygons(shape.path))
        theirs = sorted(abs(area(ring)) for ring in polygons(other.path))
        assert mine == pytest.approx(theirs)


def test_the_data_files_are_those_the_generator_wrote():
    recorded = body.provenance()["files"]
    assert body.provenance()["mesh"]["sha256"].startswith("bad70bdc")
    for name, digest in recorded.items():
        found = files("unknot.body").joinpath("data", name).read_bytes()
        assert hashlib.sha256(found).hexdigest() == digest, name


def test_the_first_view_is_small_enough_for_a_slow_line():

    folder = files("unknot.body").joinpath("data")
    for view in ("front", "back"):
        shapes = len(gzip.compress(folder.joinpath(f"{view}.json").read_bytes()))
        pictures = sum(len(folder.joinpath(f"{view}-{layer}.webp").read_bytes()) for layer in ("shadow", "light"))
        assert shapes + pictures <= 45_000


def test_the_skin_adds_up_to_a_grown_persons():
    areas = body.provenance()["areas_cm2"]
    midline = {s.region for view in body.views() for s in body.region_paths(view) if s.side == "midline"}
    total = sum(a if region in midline else 2 * a for region, a in areas.items())
    assert 15_000 < total < 19_000  # 1.5 to 1.9 m2 (Du Bois 1916 gives 1.7 for 166 cm and 65 kg)
