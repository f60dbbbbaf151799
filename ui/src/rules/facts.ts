// The facts of a case in the form that conditions read. The twin of unknot.safety.facts.
import type { Case, Words } from "./language";

export interface Facts {
  values: ReadonlyMap<string, unknown>; // missing = not asked, null = not sure
  conditions: ReadonlySet<string> | null; // null = not asked
  painted: readonly { region: string; side: string; intensity: number | null }[];
  hinted: readonly string[][]; // places that an answer names; read only while nothing is painted
}

export const NO_WORDS: Words = { groups: {}, expressions: {}, places: {} };

// Facts that are no case: what a session measures, for instance.
export function valuesOnly(values: Record<string, unknown>): Facts {
  return { values: new Map(Object.entries(values)), conditions: null, painted: [], hinted: [] };
}

export function factsOf(told: Case, words: Words): Facts {
  const pain = told.pain ?? [];
  const values = new Map<string, unknown>(Object.entries(told.answers ?? {}));
  for (const name of ["age", "sex", "height_cm", "mass_kg"] as const) {
    const value = told.person[name];
    if (value !== undefined) values.set(name, value);
  }
  const strengths = pain.flatMap((area) => (area.intensity === undefined ? [] : [area.intensity]));
  if (strengths.length) values.set("max_intensity", Math.max(...strengths));
  const painted = pain.flatMap((area) => area.qualities ?? []);
  if (painted.length) values.set("qualities", [...((values.get("qualities") as string[] | null | undefined) ?? []), ...painted]);
  return {
    values,
    conditions: told.person.conditions ? new Set(told.person.conditions) : null,
    painted: pain.map(({ region, side, intensity }) => ({ region, side, intensity: intensity ?? null })),
    hinted: Object.entries(words.places).flatMap(([name, regions]) => (values.get(name) === true ? [regions] : [])),
  };
}
