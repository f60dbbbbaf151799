// The session machine: what stops it by itself, from the same rules that Python reads.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Machine, type Change } from "../src/player/machine";
import type { Script } from "../src/player/script";
import type { StopRules } from "../src/rules/stops";

const { rules } = (JSON.parse(readFileSync("node_modules/.tests/rule_vectors.json", "utf-8")) as { stops: { rules: StopRules } }).stops;
const script: Script = {
  schema: "unknot.session/1",
  expires_at: "2026-11-22T12:00:00Z",
  steps: [
    { kind: "hold", duration_s: 30, text: "", cue: "", comfort: { lo: 2, hi: 4, stop: 6 } },
    { kind: "rest", duration_s: 30, text: "", cue: "", comfort: null },
  ],
};

function holding(): { machine: Machine; told: Change[] } {
  const told: Change[] = [];
  const machine = new Machine(script, rules, (change) => told.push(change));
  machine.start(0);
  return { machine, told };
}

test("silence after a hold raises the alarm after ten seconds and not before", () => {
  const { machine, told } = holding();
  machine.tick(30_000);
  assert.equal(machine.phase, "checking");
  machine.tick(39_900);
  assert.equal(machine.phase, "checking");
  machine.tick(40_000);
  assert.equal(machine.phase, "stopped");
  assert.equal(told.at(-1)?.reason, "no_answer");
});

test("a comfort at the stop ends the hold, one below it does not", () => {
  const { machine, told } = holding();
  machine.rate(5, 1000);
  assert.equal(machine.phase, "running");
  machine.rate(6, 2000);
  assert.equal(told.at(-1)?.reason, "too_strong");
});

test("pain that rises by two in one hold ends it, unless more pressure was asked for", () => {
  const risen = holding();
  risen.machine.rate(3, 1000);
  risen.machine.rate(4, 2000);
  assert.equal(risen.machine.phase, "running");
  risen.machine.rate(5, 3000);
  assert.equal(risen.told.at(-1)?.reason, "pain_rising");
  const asked = holding();
  asked.machine.rate(3, 1000);
  asked.machine.adjust("more");
  asked.machine.rate(5, 2000);
  assert.equal(asked.machine.phase, "running");
});

test("an answer after the hold goes on to the rest", () => {
  const { machine } = holding();
  machine.tick(30_000);
  machine.rate(4, 31_000);
  assert.equal(machine.step.kind, "rest");
});
