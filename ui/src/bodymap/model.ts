// The stored form of a view (written by tools/body) and the names that all parts of the body map share.
export type Side = "left" | "right" | "midline";
export const VIEWS = ["front", "back", "left", "right", "soles"] as const;
export type View = (typeof VIEWS)[number];
export type Point = readonly [number, number];

export interface Piece {
  id: string;
  side: "left" | "midline";
  rings: number[][]; // arcs in walking order; ~index = walked backwards
  at: [number, number];
  shows: number; // share of the region that this view shows, against the view that shows most of it
}

export interface Stored {
  box: [number, number, number, number]; // x, y, width, height in millimetres
  mirror: "half" | "view"; // half: the person's left half, the other is its mirror image
  arcs: number[][]; // [x, y, then per cubic three (dx, dy) from its start], tenths of a millimetre
  silhouette: number[][];
  creases: number[][];
  regions: Piece[];
  cells: { size: number; columns: number; rows: number; runs: number[] };
}

// What one painted region is: an entry of `pain` in a case.
export interface Painted {
  region: string;
  side: Side;
  coverage: number;
  intensity: number | null;
  qualities: string[] | null;
}

export type Key = `${string}@${Side}`;
export const keyOf = (region: string, side: Side): Key => `${region}@${side}`;
export const other = (side: Side): Side => (side === "left" ? "right" : side === "right" ? "left" : side);

export function mirrorOf(view: View): View {
  return view === "left" ? "right" : view === "right" ? "left" : view;
}
