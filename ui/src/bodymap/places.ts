// The same place on another body. Twin of unknot/body/places.py; tests/vectors/body_places.json holds both to the same
// answers.
import type { View } from "./model";

export interface Shifts {
  node: number;
  left: number;
  top: number;
  columns: number;
  rows: number;
  outward: number;
  shift: number[]; // dx, dy at nodes, row after row
}
export type Places = Record<"front" | "back" | "left", Shifts>; // null for the neutral body

const STEPS = 12;

export function samePlace(view: View, x: number, y: number, source: Places | null, target: Places | null): [number, number] {
  let [nx, ny] = [x, y];
  for (let step = 0; source && step < STEPS; step++) {
    const [tx, ty] = shifted(view, nx, ny, source);
    [nx, ny] = [nx + x - tx, ny + y - ty];
  }
  return shifted(view, nx, ny, target);
}

function shifted(view: View, x: number, y: number, places: Places | null): [number, number] {
  if (!places || view === "soles") return [x, y];
  const name = view === "right" ? "left" : view;
  const turn = view === "right" ? -1 : 1;
  const grid = places[name];
  const across = turn * x * grid.outward;
  const mirrored = name !== "left" && across < 0 ? -1 : 1;
  const [dx, dy] = at(grid, across * mirrored, y);
  return [x + dx * mirrored * grid.outward * turn, y + dy];
}

function at(grid: Shifts, x: number, y: number): [number, number] {
  let u = Math.min(Math.max((x - grid.left) / grid.node, 0), grid.columns - 1);
  let v = Math.min(Math.max((y - grid.top) / grid.node, 0), grid.rows - 1);
  const column = Math.min(Math.floor(u), grid.columns - 2);
  const row = Math.min(Math.floor(v), grid.rows - 2);
  [u, v] = [u - column, v - row];
  let [dx, dy] = [0, 0];
  for (const [down, right, share] of [[0, 0, (1 - u) * (1 - v)], [0, 1, u * (1 - v)], [1, 0, (1 - u) * v], [1, 1, u * v]] as const) {
    const start = 2 * ((row + down) * grid.columns + column + right);
    dx += share * grid.shift[start]!;
    dy += share * grid.shift[start + 1]!;
  }
  return [dx, dy];
}
