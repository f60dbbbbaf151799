// SVG paths from the shared arcs, mirrored where a view is stored as one half. Twin of unknot/body/shapes.py.
import { keyOf, other, type Key, type Point, type Side, type Stored, type View } from "./model";

type Cubic = readonly [Point, Point, Point, Point];

export interface Shape {
  key: Key;
  region: string;
  side: Side;
  path: string;
  at: Point;
}

export interface Shapes {
  box: readonly [number, number, number, number];
  regions: Shape[];
  silhouette: string;
  creases: string;
  borders: string; // every border between two regions once
}

export function shapesOf(stored: Stored, view: View): Shapes {
  const [x, y, width, height] = stored.box;
  const half = stored.mirror === "half";
  const flip = view === "right";
  const regions: Shape[] = [];
  for (const piece of stored.regions) {
    const closed = half && piece.side === "midline";
    const path = piece.rings.map((chain) => ring(stored, chain, flip, closed)).join("");
    const side = flip ? other(piece.side) : piece.side;
    const [ax, ay] = piece.at;
    regions.push({ key: keyOf(piece.id, side), region: piece.id, side, path, at: [flip ? -ax : ax, ay] });
    if (half && piece.side === "left") {
      const twin = piece.rings.map((chain) => ring(stored, chain, true, false)).join("");
      regions.push({ key: keyOf(piece.id, "right"), region: piece.id, side: "right", path: twin, at: [-ax, ay] });
    }
  }
  const outline = stored.silhouette.map((chain) => ring(stored, chain, flip, half)).join("");
  const lines = stored.creases.map((line) => draw(cubics(line, flip))).join("");
  return {
    box: flip ? [-(x + width), y, width, height] : [x, y, width, height],
    regions,
    silhouette: outline + (half ? freeRingsOfOtherHalf(stored) : ""),
    borders: bordersOf(stored, flip, half),
    creases: lines + (half ? stored.creases.map((line) => draw(cubics(line, true))).join("") : ""),
  };
}

function bordersOf(stored: Stored, flip: boolean, half: boolean): string {
  const outside = new Set(stored.silhouette.flat().map((index) => (index < 0 ? ~index : index)));
  const inner = stored.arcs.filter((_, index) => !outside.has(index));
  return [...(half ? [false, true] : [flip])].map((way) => inner.map((arc) => draw(cubics(arc, way))).join("")).join("");
}

function cubics(arc: readonly number[], flip: boolean): Cubic[] {
  const sign = flip ? -0.1 : 0.1;
  const at = (px: number, py: number): Point => [px * sign, py / 10];
  let [x, y] = [arc[0]!, arc[1]!];
  const curves: Cubic[] = [];
  for (let k = 2; k < arc.length; k += 6) {
    const [ex, ey] = [x + arc[k + 4]!, y + arc[k + 5]!];
    curves.push([at(x, y), at(x + arc[k]!, y + arc[k + 1]!), at(x + arc[k + 2]!, y + arc[k + 3]!), at(ex, ey)]);
    [x, y] = [ex, ey];
  }
  return curves;
}

function walk(stored: Stored, chain: readonly number[], flip: boolean): Cubic[] {
  return chain.flatMap((index) => {
    const curves = cubics(stored.arcs[index < 0 ? ~index : index]!, flip);
    return index < 0 ? reversed(curves) : curves;
  });
}

function reversed(curves: readonly Cubic[]): Cubic[] {
  return curves.map(([a, b, c, d]): Cubic => [d, c, b, a]).reverse();
}

const meets = (curves: readonly Cubic[]): boolean => {
  const [a, b] = [curves[0]![0], curves.at(-1)![3]];
  return a[0] === b[0] && a[1] === b[1];
};

function ring(stored: Stored, chain: readonly number[], flip: boolean, closeByMirror: boolean): string {
  const curves = walk(stored, chain, flip);
  if (closeByMirror && !meets(curves)) curves.push(...reversed(walk(stored, chain, !flip)));
  return `${draw(curves)}z`;
}

// Parts of the outline that never touch the midline (the feet from below) occur once on each side.
function freeRingsOfOtherHalf(stored: Stored): string {
  return stored.silhouette
    .filter((chain) => meets(walk(stored, chain, false)))
    .map((chain) => ring(stored, chain, true, false))
    .join("");
}

const number = (value: number): string => String(Math.round(value * 10) / 10);
const pair = ([x, y]: Point): string => `${number(x)} ${number(y)}`;

function draw(curves: readonly Cubic[]): string {
  return `M${pair(curves[0]![0])}${curves.map(([, b, c, d]) => `C${pair(b)} ${pair(c)} ${pair(d)}`).join("")}`;
}
