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
  site?: string | null;
  side?: string | null;
}

export interface Script {
  schema: string;
  steps: Step[];
  expires_at: string;
}

// Steps that a person leaves in their own time: finding the spot cannot be hurried by a clock.
const OWN_PACE: ReadonlySet<StepKind> = new Set(["ready", "find", "aftercare"]);

export function ownPace(step: Step): boolean {
  return OWN_PACE.has(step.kind);
}

// Something presses: a hold, or a small movement on the tool. Its comfort target says so.
export function pressing(step: Step): boolean {
  return step.comfort !== null;
}

export function spotOf(step: Step): string {
  return `${step.site ?? ""} ${step.side ?? ""}`;
}
