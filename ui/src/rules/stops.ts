// What a session notices by itself (safety/stop_rules.toml), judged on what it measures now: the signs that stop it
// ("automatic"), and what an answer above the aim changes ("adapt").
import { holds } from "./evaluate";
import { NO_WORDS, valuesOnly } from "./facts";
import type { Condition } from "./language";

export interface StopWhen {
  sign: string;
  when: Condition;
}

// ease: less weight, and the question again after `ask_after_s`. shorten: this hold ends after `left_s`, or the next one
// takes its `share`. move_on: nothing more presses on this spot today. None of them ever adds pressure or time.
export interface AdaptWhen {
  id: string;
  do: "ease" | "shorten" | "move_on";
  when: Condition;
  ask_after_s?: number;
  left_s?: number;
  share?: number;
}

export interface StopRules {
  silence_s: number; // a hold that ends without an answer: so long until the alarm
  least_hold_s: number; // a hold that would be shorter is left out
  automatic: StopWhen[]; // the most urgent first
  adapt: AdaptWhen[]; // the strongest change first
}

// What a session measures. A number that is not there yet is left out: what nobody said stops nobody.
export interface Measured {
  above_stop?: number; // comfort now, less the stop of the step
  rise_in_hold?: number; // comfort now, less the lowest of this hold since more pressure was last asked for
  silent_s?: number; // seconds since the hold ended without an answer
  above_aim?: number; // comfort now, less the highest that the step aims at
  times_above?: number; // answers above the aim in this hold, this one included
  holds_above?: number; // holds on this spot whose last answer was above the aim, this one included
  after_hold?: number; // 1 once the pressure is off, 0 while it is on
}

// The sign to stop for, or null.
export function signNow(rules: StopRules, measured: Measured): string | null {
  const facts = valuesOnly({ ...measured });
  return rules.automatic.find((rule) => holds(rule.when, facts, NO_WORDS) === true)?.sign ?? null;
}

// What the answer changes, or null.
export function adaptNow(rules: StopRules, measured: Measured): AdaptWhen | null {
  const facts = valuesOnly({ ...measured });
  return rules.adapt.find((rule) => holds(rule.when, facts, NO_WORDS) === true) ?? null;
}
