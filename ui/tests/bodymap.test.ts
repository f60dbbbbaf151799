// The drawing half of the body map, against the answers of the Python twin and the laws a drawing obeys.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Camera } from "../src/bodymap/camera";
import { Drawing } from "../src/bodymap/drawing";
import { Grid } from "../src/bodymap/grid";
import { VIEWS, mirrorOf, type Stored, type View } from "../src/bodymap/model";
import { towards } from "../src/bodymap/neighbours";
import { samePlace, type Places } from "../src/bodymap/places";
import { shapesOf } from "../src/bodymap/shapes";

const stored = (view: View): Stored => {
  const file = view === "right" ? "left" : view;
  return JSON.parse(readFileSync(`../src/unknot/body/data/${file}.json`, "utf-8")) as Stored;
};
const grids = new Map(VIEWS.map((view) => [view, new Grid(stored(view), view)] as const));
const mark = { intensity: 6, qualities: null };
const LOW_BACK = [-38, -300, -38, -170];

interface Vector {
  view: View;
  strokes: { points: [number, number][]; radius: number; erase: boolean }[];
  coverage: { region: string; side: string; share: number }[];
}

test("coverage is the Python twin's, cell for cell", () => {
  const vectors = JSON.parse(readFileSync("../tests/vectors/body_coverage.json", "utf-8")) as Vector[];
  assert.ok(vectors.length >= 5);
  for (const { view, strokes, coverage } of vectors) {
    const grid = grids.get(view)!;
    const mask = new Uint8Array(grid.area.length);
    for (const { points, radius, erase } of strokes) {
      points.forEach(([x, y], k) => {
        const [nx, ny] = points[k + 1] ?? [x, y];
        if (k + 1 < points.length || points.length === 1) grid.brush(mask, x, y, nx, ny, radius, erase ? 0 : 1);
      });
    }
    const found = new Map([...grid.count(mask)].map(([area, cells]) => [area.key as string, (cells / area.cells) * area.shows]));
    assert.equal(found.size, coverage.length, view);
    for (const { region, side, share } of coverage) {
      assert.ok(Math.abs((found.get(`${region}@${side}`) ?? -1) - share) < 1e-9, `${view} ${region} ${side}`);
    }
  }
});

test("every label point lies in its own region, in every view", () => {
  for (const view of VIEWS) {
    for (const shape of shapesOf(stored(view), view).regions) assert.equal(grids.get(view)!.at(...(shape.at as [number, number]))?.key, shape.key);
  }
});

test("left is the person's own left", () => {
  assert.equal(grids.get("back")!.at(-38, -230)?.key, "lumbar_paraspinal@left");
  assert.equal(grids.get("front")!.at(100, -420)?.key, "chest_breast@left");
  assert.equal(grids.get("right")!.at(20, -220)?.key, "flank@right");
  assert.equal(mirrorOf("left"), "right");
});

test("a stroke paints the areas under it and gives them the strength that is set", () => {
  const drawing = new Drawing(grids);
  const touched = drawing.stroke("back", LOW_BACK, 20, false, mark);
  assert.equal(touched[0], "lumbar_paraspinal@left");
  assert.equal(drawing.has("lumbar_paraspinal@left")?.intensity, 6);
  assert.ok(drawing.areas.every((area) => area.coverage > 0 && area.coverage <= 1));
});

test("a stroke that grazes a neighbour does not make it a painful region", () => {
  const drawing = new Drawing(grids);
  drawing.stroke("back", [-38, -240, -38, -200, -58, -200], 8, false, mark);
  assert.deepEqual(drawing.areas.map((area) => area.region), ["lumbar_paraspinal"]);
});

test("a finger's stroke over the low back names a few places, not a dozen", () => {
  const drawing = new Drawing(grids);
  drawing.stroke("back", [-38, -250, -38, -210, -60, -170, -115, -110], 18, false, mark);
  assert.ok(drawing.areas.length >= 2 && drawing.areas.length <= 4, drawing.areas.map((area) => area.region).join());
});

test("two strokes far apart keep both of their places, however small one is", () => {
  const drawing = new Drawing(grids);
  drawing.stroke("back", [-80, -100, -80, -20, -60, 20], 18, false, mark);
  drawing.stroke("back", [-36, -660], 6, false, mark);
  assert.ok(drawing.has("neck_back_upper@left"));
  assert.ok(drawing.has("buttock_mid@left"));
});

test("a small spot in a large region is not lost", () => {
  const drawing = new Drawing(grids);
  drawing.stroke("front", [110, 130], 9, false, mark);
  assert.deepEqual(drawing.areas.map((area) => area.region), ["thigh_front_upper"]);
});

test("undo takes back one act at a time, to the empty body", () => {
  const drawing = new Drawing(grids);
  drawing.stroke("back", LOW_BACK, 20, false, mark);
  const once = JSON.stringify(drawing.areas);
  drawing.rate(["lumbar_paraspinal@left"], { intensity: 3 });
  drawing.rate(["lumbar_paraspinal@left"], { intensity: 8 });
  assert.equal(drawing.has("lumbar_paraspinal@left")?.intensity, 8);
  drawing.undo();
  assert.equal(JSON.stringify(drawing.areas), once);
  drawing.undo();
  assert.deepEqual(drawing.areas, []);
  assert.equal(drawing.canUndo, false);
});

test("the eraser takes paint away, also from a region chosen as a whole", () => {
  const drawing = new Drawing(grids);
  drawing.fill("lumbar_paraspinal@left", mark);
  assert.equal(drawing.has("lumbar_paraspinal@left")?.coverage, 1);
  drawing.stroke("back", [-38, -300, -38, -240], 30, true, mark);
  const left = drawing.has("lumbar_paraspinal@left")!.coverage;
  assert.ok(left > 0.2 && left < 0.8, String(left));
  drawing.stroke("back", [-38, -330, -38, -150], 80, true, mark);
  assert.deepEqual(drawing.areas, []);
});

test("'no, right' moves the last stroke to the other side, and its strength with it", () => {
  const drawing = new Drawing(grids);
  drawing.stroke("back", LOW_BACK, 20, false, mark);
  const before = drawing.areas.map((area) => [area.region, area.coverage]);
  assert.equal(drawing.flipLast(), "back");
  assert.deepEqual(drawing.areas.map((area) => [area.region, area.coverage]), before);
  assert.equal(drawing.has("lumbar_paraspinal@right")?.intensity, 6);
  assert.equal(drawing.has("lumbar_paraspinal@left"), undefined);
});

test("in a side view 'no, right' leads to the right view", () => {
  const drawing = new Drawing(grids);
  drawing.stroke("left", [-20, -230], 20, false, mark);
  assert.equal(drawing.flipLast(), "right");
  assert.ok(drawing.has("flank@right"));
});

test("what the list says is taken over: added, removed, changed", () => {
  const drawing = new Drawing(grids);
  drawing.stroke("back", LOW_BACK, 20, false, mark);
  const drawn = drawing.has("lumbar_paraspinal@left")!;
  drawing.load([{ ...drawn, intensity: 2 }, { region: "flank", side: "right", coverage: 1, intensity: null, qualities: ["aching"] }], true);
  assert.deepEqual(new Set(drawing.areas.map((area) => `${area.region}@${area.side}`)), new Set(["lumbar_paraspinal@left", "flank@right"]));
  assert.equal(drawing.has("lumbar_paraspinal@left")?.intensity, 2);
  assert.equal(drawing.has("lumbar_paraspinal@left")?.coverage, drawn.coverage);
  drawing.load([], true);
  assert.deepEqual(drawing.areas, []);
  drawing.undo();
  assert.equal(drawing.areas.length, 2);
});

test("a region painted in two views is counted once, by the view that holds more of it", () => {
  const drawing = new Drawing(grids);
  drawing.stroke("left", [-20, -230], 60, false, mark);
  const side = drawing.has("flank@left")!.coverage;
  drawing.stroke("back", [-115, -230], 10, false, mark);
  assert.equal(drawing.has("flank@left")!.coverage, side);
});

test("by arrow keys every region of a view can be reached from every other", () => {
  for (const view of VIEWS) {
    const { regions } = shapesOf(stored(view), view);
    const reached = new Set([regions[0]!]);
    for (const shape of reached) {
      for (const key of ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]) {
        const next = towards(regions, shape, key);
        if (next) reached.add(next);
      }
    }
    const missed = regions.filter((shape) => !reached.has(shape)).map((shape) => shape.key);
    assert.deepEqual(missed, [], view);
  }
});

test("zooming keeps what lies under the finger, and never leaves the body", () => {
  const camera = new Camera(390, 490);
  camera.fit([-432, -852, 864, 1688]);
  const whole = camera.viewBox();
  const [x, y] = camera.toView(200, 200);
  camera.zoomAt(200, 200, 3);
  assert.ok(camera.zoomed);
  const [nx, ny] = camera.toView(200, 200);
  assert.ok(Math.hypot(nx - x, ny - y) < 1e-6);
  camera.pan(1e5, 1e5);
  assert.ok(camera.x >= -432 && camera.y >= -852);
  camera.zoomAt(0, 0, 1e-9);
  assert.equal(camera.viewBox(), whole);
});

interface PlaceVector {
  view: View;
  point: [number, number];
  source: string;
  target: string;
  place: [number, number];
}
const placesOf = (body: string): Places | null =>
  body === "neutral" ? null : (JSON.parse(readFileSync(`../src/unknot/body/data/bodies/${body}/places.json`, "utf-8")) as Places);

test("the same place on another body is the Python twin's", () => {
  const vectors = JSON.parse(readFileSync("../tests/vectors/body_places.json", "utf-8")) as PlaceVector[];
  assert.ok(vectors.length >= 5);
  for (const { view, point, source, target, place } of vectors) {
    const found = samePlace(view, ...point, placesOf(source), placesOf(target));
    found.forEach((value, k) => assert.ok(Math.abs(value - place[k]!) < 1e-6, `${view} ${source} ${target}`));
  }
});

test("a drawing that is carried to another place is undone as one", () => {
  const drawing = new Drawing(grids);
  drawing.stroke("back", LOW_BACK, 15, false, mark);
  const before = drawing.areas.map((area) => area.region);
  drawing.carry((_, x, y) => [x, y + 5]);
  assert.deepEqual(drawing.strokes("back")[0]!.points, LOW_BACK.map((value, k) => (k % 2 ? value + 5 : value)));
  assert.ok(before.every((region) => drawing.areas.some((area) => area.region === region)));
  drawing.undo();
  assert.equal(drawing.areas.length, 0);
});
