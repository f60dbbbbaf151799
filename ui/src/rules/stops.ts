// The signs that a session notices by itself (safety/stop_rules.toml, "automatic"), judged on what it measures now.
import { holds } from "./evaluate";
import { NO_WORDS, valuesOnly } from "./facts";
import type { Condition } from "./language";

export interface StopWhen {
  sign: string;
  when: Condition;
}

export interface StopRules {
  silence_s: number; // a hold that ends without an answer: so long until the alarm
  automatic: StopWhen[]; // the most urgent first
}

// What a session measures. A number that is not there yet is left out: what nobody said stops nobody.
export interface Measured {
  above_stop?: number; // comfort now, less the stop of the step
  rise_in_hold?: number; // comfort now, less the lowest of this hold since more pressure was last asked for
  silent_s?: number; // seconds since the hold ended without an answer
}

// The sign to stop for, or null.
export function signNow(rules: StopRules, measured: Measured): string | null {
  const facts = valuesOnly({ ...measured });
  return rules.automatic.find((rule) => holds(rule.when, facts, NO_WORDS) === true)?.sign ?? null;
}
