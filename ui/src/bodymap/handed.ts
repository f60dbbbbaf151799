// What the page hands to the map: blocks of JSON inside the element, and the hidden input's drawing.
import type { Painted } from "./model";

export function block<T>(element: Element, name: string): T | null {
  const text = element.querySelector(`script[type="application/json"][${name}]`)?.textContent;
  return text ? (JSON.parse(text) as T) : null;
}

/** The painted areas of the input's JSON; none where it holds no such thing. */
export function areasIn(json: string | undefined): Painted[] {
  try {
    const areas = JSON.parse(json || "[]") as Partial<Painted>[];
    return areas.map(({ region, side, coverage, intensity, qualities }) => ({
      region: region ?? "",
      side: side ?? "midline",
      coverage: coverage ?? 1,
      intensity: intensity ?? null,
      qualities: qualities ?? null,
    }));
  } catch {
    return [];
  }
}
