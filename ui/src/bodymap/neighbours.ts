// Which region an arrow key leads to: the nearest one that lies that way.
import type { Shape } from "./shapes";

const WAYS: Record<string, readonly [number, number]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

export function towards(shapes: readonly Shape[], from: Shape, key: string): Shape | undefined {
  const way = WAYS[key];
  if (!way) return undefined;
  let best: Shape | undefined;
  let least = Infinity;
  for (const shape of shapes) {
    const [dx, dy] = [shape.at[0] - from.at[0], shape.at[1] - from.at[1]];
    const along = dx * way[0] + dy * way[1];
    const across = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    if (shape === from || along <= 2 || across > 5 * along) continue;
    const distance = along + 2 * across;
    if (distance < least) [best, least] = [shape, distance];
  }
  return best;
}

export const isArrow = (key: string): boolean => key in WAYS;
