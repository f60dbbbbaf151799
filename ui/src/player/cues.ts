// What sounds when: everything that can be known now, up to the next moment that waits for the person. It is scheduled
// ahead on the audio clock, so it sounds on time when the page is slow, and while it is out of sight.
import { advance, stepOf, type Plan, type State } from "./machine";
import { pressing } from "./script";

export type Name = "step" | "count" | "hold" | "half" | "ask" | "last" | "release" | "paused" | "alarm" | "end" | "breath" | "rock";

export interface Cue {
  name: Name;
  at: number; // milliseconds on the clock of the machine
  until?: number; // a pacing sound: repeated until then
}

export interface Wanted {
  pace: boolean;
}

const LAST_S = 5;
const COUNT_S = 3;
const LOOK_AHEAD = 8; // phases; a session waits for the person far sooner
const AFTER_RELEASE_MS = 1500;
const ALARM_EVERY_MS = 4000;
const ALARM_TIMES = 15;

// Sorted by time. A cue that lies behind `now` is left out, but for the ones of this very moment.
export function cuesAhead(plan: Plan, state: State, now: number, wanted: Wanted): Cue[] {
  const cues: Cue[] = [];
  let then = state;
  for (let n = 0; n < LOOK_AHEAD; n++) {
    cues.push(...during(plan, then, wanted));
    if (then.deadline === null) break;
    then = advance(plan, { ...then, askAt: null }, { do: "tick" }, then.deadline)[0];
  }
  return cues.filter((cue) => cue.at >= now - 150 || (cue.until ?? 0) > now).sort((a, b) => a.at - b.at);
}

function during(plan: Plan, state: State, wanted: Wanted): Cue[] {
  const { since, deadline, phase } = state;
  const step = stepOf(plan, state);
  switch (phase) {
    case "counting":
      return [{ name: "step", at: since }, ...ticks("count", COUNT_S, deadline!)];
    case "running":
      return pressing(step) ? pressed(plan, state, wanted) : eased(plan, state, wanted);
    case "checking":
      if (state.again) return [{ name: "ask", at: since }];
      return [{ name: "release", at: since }, { name: "ask", at: since + AFTER_RELEASE_MS }];
    case "paused":
      return out(state);
    case "stopped":
      return state.reason === "person" || state.reason === "refused" ? [] : stopped(state);
    case "finished":
      return [{ name: "end", at: since }];
    case "before":
      return [];
  }
}

function pressed(plan: Plan, state: State, wanted: Wanted): Cue[] {
  const { since, deadline, length } = state;
  const half = deadline! - length / 2;
  const cues: Cue[] = [{ name: "hold", at: since }];
  if (length >= 4000 * LAST_S) cues.push({ name: "half", at: half });
  if (state.askAt !== null && state.askAt !== half) cues.push({ name: "ask", at: state.askAt });
  cues.push(...ticks("last", LAST_S, deadline!));
  if (wanted.pace && stepOf(plan, state).kind === "move") cues.push({ name: "rock", at: since + 1000, until: deadline! - 1000 * (LAST_S + 1) });
  return cues;
}

// Nothing presses. Before a hold the last seconds count in to it; out of sight none begins, so none is announced.
function eased(plan: Plan, state: State, wanted: Wanted): Cue[] {
  const { since, deadline } = state;
  const cues: Cue[] = [{ name: "step", at: since }];
  if (deadline === null) return cues;
  if (wanted.pace && stepOf(plan, state).kind === "breathe") cues.push({ name: "breath", at: since + 1000, until: deadline - 500 });
  const then = advance(plan, state, { do: "tick" }, deadline)[0];
  if (then.phase === "running" && pressing(stepOf(plan, then))) cues.push(...ticks("count", COUNT_S, deadline));
  return cues;
}

// A pause. When a hold ended out of sight: let go, then "paused", and once the alarm for whoever has fallen asleep.
function out({ since, was, seen }: State): Cue[] {
  if (was!.phase !== "checking" || !was!.away) return [{ name: "paused", at: since }];
  const cues: Cue[] = [
    { name: "release", at: since },
    { name: "paused", at: since + AFTER_RELEASE_MS },
  ];
  return seen ? cues : [...cues, { name: "alarm", at: since + was!.left! }];
}

// Nobody answered: the alarm goes on until somebody does, for a minute. Any other stop: once "let go".
function stopped(state: State): Cue[] {
  if (state.reason !== "no_answer") return [{ name: "release", at: state.since }];
  return Array.from({ length: ALARM_TIMES }, (_, n) => ({ name: "alarm" as const, at: state.since + n * ALARM_EVERY_MS }));
}

function ticks(name: Name, seconds: number, end: number): Cue[] {
  return Array.from({ length: seconds }, (_, n) => ({ name, at: end - (seconds - n) * 1000 }));
}
