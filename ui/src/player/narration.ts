// What is said aloud at each turn of a session. Read in order it is the whole session: a person with eyes shut hears every
// step, every question and every change, and so does whoever uses a screen reader.
import type { Words } from "../shared/words";
import { stepOf, type Plan, type State } from "./machine";
import { pressing, type Step } from "./script";

export function narrated(plan: Plan, before: State, after: State, words: Words, intro = ""): string {
  const parts: string[] = before.phase === "before" && after.phase !== "before" && intro ? [intro] : [];
  const step = stepOf(plan, after);
  if (after.rated !== before.rated) parts.push(...changed(after, words));
  if (after.phase !== before.phase || after.index !== before.index) parts.push(...entered(plan, before, after, step, words));
  else if (after.seen && !before.seen && after.was?.away) parts.push(words.say("player.paused_away"));
  else if (after.asking && !before.asking) parts.push(words.say(before.adapted ? "player.how_strong" : "player.half_way"));
  return parts.join(" ");
}

function entered(plan: Plan, before: State, after: State, step: Step, words: Words): string[] {
  switch (after.phase) {
    case "counting":
      return [words.say(step.kind === "move" ? "player.count_in_move" : "player.count_in", { n: Math.round(after.length / 1000), ...aim(step) })];
    case "running":
      if (after.again) return [words.say("player.go_on")];
      return before.phase === "paused" && before.index === after.index ? [step.text] : [`${words.say(`player.phase.${step.kind}`)}.`, step.text];
    case "checking":
      return [...(after.again ? [] : [words.say("player.let_go")]), words.say("player.how_strong")];
    case "paused":
      if (after.was!.away) return [words.say("player.paused_away")];
      return [words.say(pressing(stepOf(plan, before)) ? "player.paused_off" : "player.paused")];
    case "stopped":
      return [stopped(after.reason, words)];
    case "finished":
      return [words.say("player.done")];
    case "before":
      return [];
  }
}

function stopped(reason: string | null, words: Words): string {
  if (reason === "no_answer") return words.say("player.sit_up");
  if (reason === "too_strong") return words.say("player.stopped_too_strong");
  if (reason === "pain_rising") return words.say("player.stopped_rising");
  return words.say("player.stopped");
}

// What the last answer changes: said before what comes next, and shown until it has come.
export function changed({ adapted, phase, deadline, above }: State, words: Words): string[] {
  if (adapted === null) return [];
  if (adapted !== "shorten") return [words.say(`player.${adapted}`)];
  return [words.say(phase === "running" && above > 0 && deadline !== null ? "player.shorten" : "player.shorten_next")];
}

function aim(step: Step): { lo: number; hi: number } {
  return { lo: step.comfort?.lo ?? 0, hi: step.comfort?.hi ?? 0 };
}
