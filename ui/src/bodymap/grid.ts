// The coarse cells of a view, both halves: which area each cell belongs to, and which cells a brush touches.
// Twin of unknot/body/drawing.py; tests/vectors/body_coverage.json holds both to the same answers.
import { keyOf, other, type Key, type Side, type Stored, type View } from "./model";

export interface GridArea {
  key: Key;
  region: string;
  side: Side;
  cells: number;
  shows: number;
}

export class Grid {
  readonly size: number;
  readonly columns: number;
  readonly rows: number;
  readonly left: number;
  readonly top: number;
  readonly areas: GridArea[] = [];
  readonly area: Int16Array; // index into areas, -1 outside the body

  constructor(stored: Stored, view: View) {
    const { size, columns, rows, runs } = stored.cells;
    const half = stored.mirror === "half";
    this.size = size;
    this.rows = rows;
    this.columns = half ? 2 * columns : columns;
    this.top = stored.box[1];
    this.left = half ? -columns * size : view === "right" ? -(stored.box[0] + stored.box[2]) : stored.box[0];
    this.area = new Int16Array(this.columns * rows).fill(-1);
    const index = new Map<Key, number>();
    let cell = 0;
    for (let k = 0; k < runs.length; k += 2) {
      const piece = stored.regions[runs[k]! - 1];
      for (let end = cell + runs[k + 1]!; cell < end; cell++) {
        if (!piece) continue;
        const row = Math.floor(cell / columns);
        const column = cell % columns;
        if (!half) {
          const side = view === "right" ? other(piece.side) : piece.side;
          this.put(index, view === "right" ? columns - 1 - column : column, row, piece.id, side, piece.shows);
        } else {
          // The person's left is at the picture's right, but for the back view.
          const outward = view === "back" ? columns - 1 - column : columns + column;
          this.put(index, outward, row, piece.id, piece.side, piece.shows);
          this.put(index, this.columns - 1 - outward, row, piece.id, other(piece.side), piece.shows);
        }
      }
    }
  }

  private put(index: Map<Key, number>, column: number, row: number, region: string, side: Side, shows: number): void {
    const key = keyOf(region, side);
    let place = index.get(key);
    if (place === undefined) {
      place = this.areas.length;
      index.set(key, place);
      this.areas.push({ key, region, side, cells: 0, shows });
    }
    this.areas[place]!.cells += 1;
    this.area[row * this.columns + column] = place;
  }

  at(x: number, y: number): GridArea | undefined {
    const column = Math.floor((x - this.left) / this.size);
    const row = Math.floor((y - this.top) / this.size);
    if (column < 0 || row < 0 || column >= this.columns || row >= this.rows) return undefined;
    return this.areas[this.area[row * this.columns + column]!];
  }

  // Sets (or clears) in mask the cells whose centre lies within radius of the segment from (ax, ay) to (bx, by).
  brush(mask: Uint8Array, ax: number, ay: number, bx: number, by: number, radius: number, value: 0 | 1): void {
    const { size, left, top, columns, rows } = this;
    const [cx0, cy0] = [(ax - left) / size - 0.5, (ay - top) / size - 0.5];
    const [cx1, cy1] = [(bx - left) / size - 0.5, (by - top) / size - 0.5];
    const reach = radius / size;
    const [dx, dy] = [cx1 - cx0, cy1 - cy0];
    const length = dx * dx + dy * dy;
    const firstRow = Math.max(Math.ceil(Math.min(cy0, cy1) - reach), 0);
    const lastRow = Math.min(Math.floor(Math.max(cy0, cy1) + reach), rows - 1);
    const first = Math.max(Math.ceil(Math.min(cx0, cx1) - reach), 0);
    const last = Math.min(Math.floor(Math.max(cx0, cx1) + reach), columns - 1);
    for (let row = firstRow; row <= lastRow; row++) {
      for (let column = first; column <= last; column++) {
        let t = length ? ((column - cx0) * dx + (row - cy0) * dy) / length : 0;
        t = t < 0 ? 0 : t > 1 ? 1 : t;
        const [ex, ey] = [cx0 + t * dx - column, cy0 + t * dy - row];
        if (ex * ex + ey * ey <= reach * reach) mask[row * columns + column] = value;
      }
    }
  }

  // Painted cells of each area.
  count(mask: Uint8Array): Map<GridArea, number> {
    const numbers = new Uint32Array(this.areas.length);
    for (let cell = 0; cell < mask.length; cell++) {
      if (mask[cell] && this.area[cell]! >= 0) numbers[this.area[cell]!]! += 1;
    }
    return new Map(this.areas.map((area, k) => [area, numbers[k]!] as const).filter(([, n]) => n > 0));
  }
}
