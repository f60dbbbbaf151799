// The short form without a connection: anything but a plain "no" to every line shuts the session here. The screening
// rules, the same that the home computer reads, only say how urgent it is.
import { holds } from "../rules/evaluate";
import { factsOf } from "../rules/facts";
import type { KeptSession, Level, ScreenRule } from "./store";

export type Answers = Record<string, unknown>;

export interface Judged {
  level: Level;
  place: "call" | "go" | null;
  action: string; // what to do, where a rule says so
  reasons: string[];
}

const LEVELS: readonly Level[] = ["emergency", "same_day", "provider", "self_care"]; // the most urgent first

export function plainNo(answers: Answers, kept: Pick<KeptSession, "none">): boolean {
  const asked = Object.keys(kept.none);
  const same = asked.every((id) => id in answers && JSON.stringify(answers[id]) === JSON.stringify(kept.none[id]));
  return asked.length > 0 && same && Object.keys(answers).length === asked.length;
}

export function judge(answers: Answers, kept: Pick<KeptSession, "case" | "screening">): Judged {
  const { words, rules, known, actions } = kept.screening;
  const facts = factsOf({ ...kept.case, answers: { ...kept.case.answers, ...answers } }, words);
  const fired = rules
    .filter((rule) => !known.includes(rule.id))
    .map((rule) => ({ rule, level: levelOf(rule, facts, words) }))
    .filter((one): one is { rule: ScreenRule; level: Level } => one.level !== null);
  const level = LEVELS.find((one) => fired.some((each) => each.level === one)) ?? "self_care";
  const worst = fired.filter((one) => one.level === level);
  const place = level === "emergency" ? (worst.some((one) => one.rule.place === "call") ? "call" : "go") : null;
  const action = level === "self_care" ? "" : place ? actions[place] : actions[level as "same_day" | "provider"];
  return { level, place, action, reasons: worst.map((one) => one.rule.reason) };
}

function levelOf(rule: ScreenRule, facts: ReturnType<typeof factsOf>, words: KeptSession["screening"]["words"]): Level | null {
  if (holds(rule.when, facts, words) === true) return rule.level;
  if (rule.not_sure && holds(rule.when, facts, words, true) === null) return rule.not_sure;
  return null;
}
