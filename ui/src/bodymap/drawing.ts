// What has been drawn, as a list of acts that can be taken back, and what it covers.
import { Grid } from "./grid";
import { keyOf, mirrorOf, type Key, type Painted, type Side, type View } from "./model";

export interface Mark {
  intensity: number | null;
  qualities: string[] | null;
}

export interface Stroke {
  kind: "stroke";
  view: View;
  points: number[]; // x, y, x, y, ... view millimetres
  radius: number;
  erase: boolean;
  marks: Record<Key, Mark>; // what was said of areas that this stroke painted first
}
type Act =
  | Stroke
  | { kind: "fill"; key: Key; mark: Mark }
  | { kind: "clear"; key: Key }
  | { kind: "rate"; keys: Key[]; mark: Partial<Mark> }
  | { kind: "load"; areas: Painted[] };

// An area counts as painted when a third of it is, or when it holds a quarter of some stroke: a brush that grazes a
// neighbour does not make it a painful region, and a small spot in a large region is not lost.
const LEAST_SHARE = 0.33;
const LEAST_OF_STROKE = 0.25;
const LEAST_CELLS = 3; // what is left of it when the eraser has been there

interface State {
  masks: Map<View, Uint8Array>;
  meant: Set<Key>; // holds a fair part of some stroke
  whole: Map<Key, number>; // chosen as a whole, by key or in the list: its coverage
  marks: Map<Key, Mark>;
}

export class Drawing {
  private acts: readonly Act[] = [];
  private past: (readonly Act[])[] = [];
  private state: State = nothingYet();
  private painted: Painted[] = [];
  private brushed = new Map<View, Set<string>>();

  constructor(private readonly grids: ReadonlyMap<View, Grid>) {}

  get areas(): readonly Painted[] {
    return this.painted;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  strokes(view: View): Stroke[] {
    return this.acts.filter((act): act is Stroke => act.kind === "stroke" && act.view === view);
  }

  has(key: Key): Painted | undefined {
    return this.painted.find((area) => keyOf(area.region, area.side) === key);
  }

  // Whether an area shows as filled although no brush painted it here.
  isWhole(key: Key): boolean {
    return this.state.whole.has(key);
  }

  // Areas that brush strokes painted in a view.
  paintedIn(view: View): ReadonlySet<string> {
    return this.brushed.get(view) ?? new Set();
  }

  // Adds a stroke; returns the areas that it painted or touched, most first.
  stroke(view: View, points: number[], radius: number, erase: boolean, mark: Mark): Key[] {
    const stroke: Stroke = { kind: "stroke", view, points, radius, erase, marks: {} };
    const before = new Set(this.painted.map((area) => keyOf(area.region, area.side)));
    this.commit([...this.acts, stroke]);
    for (const area of this.painted) {
      const key = keyOf(area.region, area.side);
      if (!before.has(key)) stroke.marks[key] = mark;
    }
    this.refold();
    const touched = this.under(stroke);
    return this.painted.map((area) => keyOf(area.region, area.side)).filter((key) => touched.has(key));
  }

  fill(key: Key, mark: Mark): void {
    this.commit([...this.acts, { kind: "fill", key, mark }]);
  }

  clear(key: Key): void {
    this.commit([...this.acts, { kind: "clear", key }]);
  }

  rate(keys: Key[], mark: Partial<Mark>): void {
    const last = this.acts.at(-1);
    const act: Act = { kind: "rate", keys, mark };
    if (last?.kind === "rate" && last.keys.join() === keys.join() && Object.keys(last.mark).join() === Object.keys(mark).join()) {
      this.acts = [...this.acts.slice(0, -1), act]; // one pull of a slider is one thing to undo
      this.refold();
    } else {
      this.commit([...this.acts, act]);
    }
  }

  // Takes over what the list (or an earlier visit) says.
  load(areas: Painted[], undoable: boolean): void {
    if (undoable) this.commit([...this.acts, { kind: "load", areas }]);
    else {
      this.acts = [...this.acts, { kind: "load", areas }];
      this.refold();
    }
  }

  // The last stroke belongs on the other side of the body.
  flipLast(): View | null {
    const last = this.acts.at(-1);
    if (last?.kind !== "stroke") return null;
    const swap = (key: string): Key => key.replace(/@(left|right)$/, (_, side) => `@${side === "left" ? "right" : "left"}`) as Key;
    const flipped: Stroke = {
      ...last,
      view: mirrorOf(last.view),
      points: last.points.map((value, k) => (k % 2 ? value : -value)),
      marks: Object.fromEntries(Object.entries(last.marks).map(([key, mark]) => [swap(key), mark])),
    };
    this.commit([...this.acts.slice(0, -1), flipped]);
    return flipped.view;
  }

  // The same drawing on another body: every stroke goes to the places that it covered.
  carry(move: (view: View, x: number, y: number) => readonly [number, number]): void {
    const carried = new Map<Act, Act>();
    const of = (act: Act): Act => {
      if (act.kind !== "stroke") return act;
      let there = carried.get(act);
      if (!there) {
        const points: number[] = [];
        for (let k = 0; k < act.points.length; k += 2) points.push(...move(act.view, act.points[k]!, act.points[k + 1]!));
        carried.set(act, (there = { ...act, points }));
      }
      return there;
    };
    this.past = this.past.map((acts) => acts.map(of));
    this.acts = this.acts.map(of);
    this.refold();
  }

  undo(): void {
    const before = this.past.pop();
    if (before) {
      this.acts = before;
      this.refold();
    }
  }

  // The side that a set of areas lies on, when it is one side only.
  static sideOf(keys: readonly Key[]): Side {
    const sides = new Set(keys.map((key) => key.split("@")[1] as Side));
    return sides.has("left") === sides.has("right") ? "midline" : sides.has("left") ? "left" : "right";
  }

  private commit(acts: readonly Act[]): void {
    this.past.push(this.acts);
    this.acts = acts;
    this.refold();
  }

  // The areas under a stroke, and the share of the stroke that each holds.
  private under(stroke: Stroke): ReadonlyMap<Key, number> {
    const known = shares.get(stroke);
    const grid = this.grids.get(stroke.view);
    if (known || !grid) return known ?? new Map();
    const mask = new Uint8Array(grid.area.length);
    lay(grid, mask, stroke, 1);
    const counts = [...grid.count(mask)];
    const all = counts.reduce((sum, [, cells]) => sum + cells, 0);
    const found = new Map(counts.map(([area, cells]) => [area.key, cells / all] as const));
    shares.set(stroke, found);
    return found;
  }

  private refold(): void {
    this.state = nothingYet();
    for (const act of this.acts) this.apply(act);
    this.painted = this.measure();
  }

  private mask(view: View): Uint8Array {
    let mask = this.state.masks.get(view);
    if (!mask) this.state.masks.set(view, (mask = new Uint8Array(this.grids.get(view)!.area.length)));
    return mask;
  }

  private apply(act: Act): void {
    const { whole, marks } = this.state;
    switch (act.kind) {
      case "stroke":
        return this.applyStroke(act);
      case "fill":
        whole.set(act.key, 1);
        marks.set(act.key, act.mark);
        return;
      case "clear":
        whole.delete(act.key);
        marks.delete(act.key);
        this.state.meant.delete(act.key);
        return this.wipe((key) => key === act.key);
      case "rate":
        for (const key of act.keys) marks.set(key, { ...(marks.get(key) ?? { intensity: null, qualities: null }), ...act.mark });
        return;
      case "load":
        return this.applyLoad(act.areas);
    }
  }

  private applyStroke(stroke: Stroke): void {
    const grid = this.grids.get(stroke.view);
    if (!grid) return;
    const mask = this.mask(stroke.view);
    if (stroke.erase) {
      // What was chosen as a whole becomes paint, so that the eraser takes away only what it passes over.
      for (const key of this.under(stroke).keys()) {
        if (!this.state.whole.delete(key)) continue;
        this.state.meant.add(key);
        grid.area.forEach((place, cell) => {
          if (place >= 0 && grid.areas[place]!.key === key) mask[cell] = 1;
        });
      }
    }
    lay(grid, mask, stroke, stroke.erase ? 0 : 1);
    if (!stroke.erase) for (const [key, share] of this.under(stroke)) if (share >= LEAST_OF_STROKE) this.state.meant.add(key);
    for (const [key, mark] of Object.entries(stroke.marks)) this.state.marks.set(key as Key, mark);
  }

  private applyLoad(areas: readonly Painted[]): void {
    const listed = new Map(areas.map((area) => [keyOf(area.region, area.side), area]));
    const drawn = new Set(this.measure().map((area) => keyOf(area.region, area.side)));
    this.wipe((key) => !listed.has(key));
    for (const key of [...this.state.whole.keys()]) if (!listed.has(key)) this.state.whole.delete(key);
    this.state.marks.clear();
    for (const [key, area] of listed) {
      if (!drawn.has(key)) this.state.whole.set(key, area.coverage);
      this.state.marks.set(key, { intensity: area.intensity, qualities: area.qualities });
    }
  }

  private wipe(goes: (key: Key) => boolean): void {
    for (const [view, mask] of this.state.masks) {
      const grid = this.grids.get(view)!;
      const lost = grid.areas.map((area) => goes(area.key));
      for (let cell = 0; cell < mask.length; cell++) if (mask[cell] && lost[grid.area[cell]!]) mask[cell] = 0;
    }
  }

  private measure(): Painted[] {
    this.brushed = new Map();
    const best = new Map<Key, { share: number; cells: number }>();
    for (const [view, mask] of this.state.masks) {
      const counts = this.grids.get(view)!.count(mask);
      this.brushed.set(view, new Set([...counts.keys()].map((area) => area.key)));
      for (const [area, cells] of counts) {
        const share = (cells / area.cells) * area.shows;
        const known = best.get(area.key);
        if (!known || share > known.share) best.set(area.key, { share, cells });
      }
    }
    const { meant } = this.state;
    const kept = [...best].filter(([key, found]) => found.share >= LEAST_SHARE || (meant.has(key) && found.cells >= LEAST_CELLS));
    const shares = new Map<Key, number>(kept.map(([key, found]) => [key, found.share]));
    for (const [key, coverage] of this.state.whole) shares.set(key, Math.max(coverage, shares.get(key) ?? 0));
    return [...shares]
      .sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
      .map(([key, share]) => {
        const [region, side] = key.split("@") as [string, Side];
        const mark = this.state.marks.get(key) ?? { intensity: null, qualities: null };
        return { region, side, coverage: Math.min(1, Math.max(0.01, Math.round(share * 100) / 100)), ...mark };
      });
  }
}

const nothingYet = (): State => ({ masks: new Map(), meant: new Set(), whole: new Map(), marks: new Map() });
const shares = new WeakMap<Stroke, ReadonlyMap<Key, number>>();

function lay(grid: Grid, mask: Uint8Array, stroke: Stroke, value: 0 | 1): void {
  const { points, radius } = stroke;
  for (let k = 0; k < points.length; k += 2) {
    const next = k + 2 < points.length ? k + 2 : k;
    if (next === k && k > 0) break;
    grid.brush(mask, points[k]!, points[k + 1]!, points[next]!, points[next + 1]!, radius, value);
  }
}
