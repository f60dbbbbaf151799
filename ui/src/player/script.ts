// The session script (unknot.session/1) as far as the player reads it.
export interface Comfort {
  lo: number;
  hi: number;
  stop: number;
}

export type StepKind = "breathe" | "ready" | "find" | "hold" | "rest" | "move" | "exercise" | "aftercare";

export interface Step {
  kind: StepKind;
  duration_s: number;
  text: string;
  cue: string;
  comfort: Comfort | null;
}

export interface Script {
  schema: string;
  steps: Step[];
  expires_at: string;
}

// Steps that a person leaves in their own time: finding the spot cannot be hurried by a clock.
export const OWN_PACE: ReadonlySet<StepKind> = new Set(["ready", "find", "aftercare"]);

// Under load: a sign of trouble or a missing answer ends the hold.
export const UNDER_LOAD: ReadonlySet<StepKind> = new Set(["hold", "move"]);
