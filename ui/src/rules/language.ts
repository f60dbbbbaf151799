// The rule language as it stands in the data (docs/rule-language.md): a condition is a table with one operator.
export type Condition =
  | { is: string }
  | { not: Condition }
  | { all: Condition[] }
  | { any: Condition[] }
  | { count: Condition[]; at_least: number }
  | ({ fact: string } & Partial<Record<Bound, number>> & { in?: string[]; has?: string[] })
  | { condition: string[] }
  | { pain: string[]; both_sides?: boolean; intensity_ge?: number }
  | { use: string }
  | { unless: Condition };

export type Bound = "lt" | "le" | "gt" | "ge" | "eq";

// true, false, or null: unknown (Kleene).
export type Truth = boolean | null;

// The words that conditions may use: region groups, named conditions, and yes/no questions that say where it hurts.
export interface Words {
  groups: Record<string, string[]>;
  expressions: Record<string, Condition>;
  places: Record<string, string[]>;
}

// A case (unknot.case/1) as far as a condition can read it.
export interface Case {
  person: { age?: number; sex?: string; height_cm?: number; mass_kg?: number; conditions?: string[] };
  pain?: { region: string; side: string; intensity?: number; qualities?: string[] }[];
  answers?: Record<string, unknown>;
}
