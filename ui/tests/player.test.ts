// The session machine: what stops it by itself, what an answer changes, and what a killed or hidden page makes of it,
// from the same rules that Python reads.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { cuesAhead, type Name } from "../src/player/cues";
import { advance, BEFORE, COUNT_IN_MS, revived, shifted, type Act, type Change, type Plan, type State } from "../src/player/machine";
import { narrated } from "../src/player/narration";
import type { Comfort, Script, StepKind } from "../src/player/script";
import { NAMES, samples } from "../src/player/tones";
import { valueAt } from "../src/player/scale";
import type { StopRules } from "../src/rules/stops";
import { Words } from "../src/shared/words";

const { rules } = (JSON.parse(readFileSync("node_modules/.tests/rule_vectors.json", "utf-8")) as { stops: { rules: StopRules } }).stops;
const AIM: Comfort = { lo: 2, hi: 4, stop: 6 };

function script(...steps: [StepKind, number, Comfort?][]): Script {
  const made = steps.map(([kind, duration_s, comfort]) => ({ kind, duration_s, text: `${kind}.`, cue: "", comfort: comfort ?? null, site: "s", side: "left" }));
  return { schema: "unknot.session/1", expires_at: "2026-11-22T12:00:00Z", steps: made };
}

const PLAN: Plan = { script: script(["hold", 30, AIM], ["rest", 30], ["hold", 60, AIM], ["rest", 30], ["exercise", 30]), rules };
const HOLD = COUNT_IN_MS; // the first hold begins after its count-in

class Session {
  state: State = BEFORE;
  told: Change[] = [];
  constructor(readonly plan: Plan = PLAN) {}

  at(now: number, act: Act = { do: "tick" }): this {
    const [state, told] = advance(this.plan, this.state, act, now);
    this.state = state;
    this.told.push(...told);
    return this;
  }

  rate(value: number, now: number): this {
    return this.at(now, { do: "rate", value });
  }

  cues(now: number): [Name, number][] {
    return cuesAhead(this.plan, this.state, now, { pace: false }).map(({ name, at }) => [name, at]);
  }
}

function holding(plan: Plan = PLAN): Session {
  return new Session(plan).at(0, { do: "start" }).at(HOLD);
}

function checked(): Session {
  return holding().at(HOLD + 30_000);
}

test("a start counts in before anything presses", () => {
  const session = new Session().at(0, { do: "start" });
  assert.equal(session.state.phase, "counting");
  assert.deepEqual(session.told.map(({ kind }) => kind), ["started"]);
  session.at(HOLD);
  assert.deepEqual(session.told.at(-1), { kind: "step", step: 0, at: HOLD });
});

test("silence after a hold raises the alarm after ten seconds and not before", () => {
  const session = checked();
  assert.equal(session.state.phase, "checking");
  assert.equal(session.at(HOLD + 39_900).state.phase, "checking");
  assert.equal(session.at(HOLD + 40_000).state.phase, "stopped");
  assert.equal(session.told.at(-1)?.reason, "no_answer");
});

test("a comfort at the stop ends the hold, one below it does not", () => {
  assert.equal(holding().rate(5, HOLD + 1000).state.phase, "running");
  assert.equal(holding().rate(6, HOLD + 2000).told.at(-1)?.reason, "too_strong");
});

test("pain that rises by two in one hold ends it, unless more pressure was asked for", () => {
  const risen = holding().rate(2, HOLD + 1000).rate(3, HOLD + 2000);
  assert.equal(risen.state.phase, "running");
  assert.equal(risen.rate(4, HOLD + 3000).told.at(-1)?.reason, "pain_rising");
  const asked = holding().rate(2, HOLD + 1000).at(HOLD + 1500, { do: "more" });
  assert.equal(asked.rate(4, HOLD + 2000).state.phase, "running");
});

test("an answer after the hold goes on to the rest", () => {
  const session = checked().rate(4, HOLD + 31_000);
  assert.deepEqual([session.state.phase, session.state.index], ["running", 1]);
});

test("answers above the aim ease the hold, then shorten it, then end it and leave the spot alone", () => {
  const session = holding().rate(5, HOLD + 1000);
  assert.equal(session.state.adapted, "ease");
  assert.equal(session.state.askAt, HOLD + 11_000);
  session.rate(5, HOLD + 11_500);
  assert.equal(session.state.adapted, "shorten");
  assert.equal(session.state.deadline, HOLD + 21_500);
  session.rate(5, HOLD + 20_000);
  assert.deepEqual([session.state.adapted, session.state.index], ["move_on", 1]);
  session.at(HOLD + 51_000); // after the rest: no second hold, no second rest
  assert.equal(session.state.index, 4);
});

test("a hold that ended above the aim halves the next one, and a second leaves the spot alone", () => {
  const plan = { rules, script: script(["hold", 30, AIM], ["rest", 30], ["hold", 60, AIM], ["rest", 30], ["hold", 30, AIM], ["exercise", 30]) };
  const session = holding(plan).at(HOLD + 30_000).rate(5, HOLD + 31_000);
  session.at(HOLD + 61_000);
  assert.deepEqual([session.state.index, session.state.length], [2, 30_000]);
  session.at(HOLD + 91_000).rate(5, HOLD + 92_000);
  assert.equal(session.state.adapted, "move_on");
  session.at(HOLD + 122_000);
  assert.equal(session.state.index, 5);
});

test("no answers whatever press longer than the script says", () => {
  let seed = 7;
  const draw = (n: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  for (let run = 0; run < 400; run++) {
    const session = new Session().at(0, { do: "start" });
    let pressed = 0;
    for (let now = 0; now < 400_000 && !["stopped", "finished"].includes(session.state.phase); now += 500) {
      const on = session.state.phase === "running" && PLAN.script.steps[session.state.index]!.comfort;
      if (on) pressed += 500;
      const act = draw(60);
      if (act === 0) session.rate(draw(6), now);
      else if (act === 1) session.at(now, { do: draw(2) ? "pause" : "resume" });
      else if (act === 2) session.at(now, { do: "seen", seen: draw(3) > 0 });
      else if (act === 3) session.at(now, { do: draw(2) ? "more" : "less" });
      else session.at(now);
      if (session.state.phase === "checking" && draw(4) === 0) session.rate(draw(6), now);
      if (session.state.phase === "paused" && draw(8) === 0) session.at(now, { do: "resume" });
    }
    assert.ok(pressed <= 90_000 + 3000, `${pressed} ms in run ${run}`);
  }
});

test("what is late begins where its deadline was: a slow page lengthens nothing", () => {
  const session = checked().rate(3, HOLD + 31_000);
  session.at(HOLD + 31_000 + 30_000 + 700); // the page woke 0.7 s after the rest had ended
  assert.deepEqual([session.state.index, session.state.phase], [2, "running"]);
  assert.equal(session.state.deadline, HOLD + 61_000 + 60_000);
});

test("out of sight a hold is finished, the next one waits, and the question is asked on return", () => {
  const session = holding().at(HOLD + 5000, { do: "seen", seen: false });
  const names = session.cues(HOLD + 5000).filter(([, at]) => at >= HOLD + 29_900);
  assert.deepEqual(names, [["release", HOLD + 30_000], ["paused", HOLD + 31_500], ["alarm", HOLD + 40_000]]);
  session.at(HOLD + 30_500);
  assert.deepEqual([session.state.phase, session.told.at(-1)?.kind], ["paused", "paused"]);
  session.at(HOLD + 33_000, { do: "seen", seen: true });
  assert.ok(!session.cues(HOLD + 33_000).some(([name]) => name === "alarm"), "whoever is back needs no alarm");
  assert.equal(session.at(HOLD + 34_000, { do: "resume" }).state.phase, "checking");
});

test("out of sight no hold begins after a rest", () => {
  const session = checked().rate(3, HOLD + 31_000).at(HOLD + 32_000, { do: "seen", seen: false });
  const ahead = session.cues(HOLD + 32_000).map(([name]) => name);
  assert.deepEqual(ahead, ["paused"]);
  session.at(HOLD + 61_000);
  assert.deepEqual([session.state.phase, session.state.index], ["paused", 1]);
  assert.equal(session.at(HOLD + 70_000, { do: "resume" }).state.phase, "counting");
});

test("the sounds of a hold are known before it begins: count-in, start, half-way, last five, let go, question, alarm", () => {
  const names = new Session().at(0, { do: "start" }).cues(0).slice(0, 15);
  assert.deepEqual(names, [
    ["step", 0], ["count", 2000], ["count", 3000], ["count", 4000], ["hold", 5000], ["half", 20_000],
    ["last", 30_000], ["last", 31_000], ["last", 32_000], ["last", 33_000], ["last", 34_000],
    ["release", 35_000], ["ask", 36_500], ["alarm", 45_000], ["alarm", 49_000],
  ]); // prettier-ignore
});

test("after a stop by the person nothing sounds any more", () => {
  const session = holding().at(HOLD + 4000, { do: "stop", reason: "person" });
  assert.deepEqual(session.cues(HOLD + 4000), []);
  assert.equal(session.at(HOLD + 60_000).told.filter(({ kind }) => kind === "stopped").length, 1);
});

test("a pause in a hold goes on with what was left of it, after a count-in", () => {
  const session = holding().at(HOLD + 10_000, { do: "pause" }).at(HOLD + 90_000, { do: "resume" });
  assert.equal(session.state.phase, "counting");
  session.at(HOLD + 95_000);
  assert.equal(session.told.at(-1)?.kind, "resumed");
  assert.equal(session.state.deadline, HOLD + 115_000);
});

test("a page that was killed in a hold comes back paused, and the time away counts as pressed", () => {
  const session = holding().at(HOLD + 10_000);
  const kept = JSON.parse(JSON.stringify(shifted(session.state, 1_000_000))) as State;
  const [soon] = revived(PLAN, shifted(kept, -900_000), HOLD + 118_000);
  assert.deepEqual([soon.phase, soon.was?.left], ["paused", 12_000]);
  const [late] = revived(PLAN, shifted(kept, -900_000), HOLD + 200_000);
  assert.deepEqual([late.phase, late.was?.phase], ["paused", "checking"]);
  const [silent] = revived(PLAN, checked().state, HOLD + 300_000);
  assert.deepEqual([silent.phase, silent.was?.phase], ["paused", "checking"], "nobody could answer: no alarm in hindsight");
});

test("every step of a session is said aloud", () => {
  const words = { say: (id: string) => id } as unknown as Words;
  const session = new Session({ rules, script: script(["breathe", 30], ["ready", 20], ["find", 20], ["hold", 30, AIM], ["rest", 30], ["exercise", 30], ["aftercare", 10]) });
  const heard: string[] = [];
  const act = (now: number, what: Act): void => {
    const before = session.state;
    session.at(now, what);
    heard.push(narrated(session.plan, before, session.state, words));
  };
  act(0, { do: "start" });
  for (let now = 0; now < 300_000 && session.state.phase !== "finished"; now += 1000) {
    act(now, session.state.phase === "checking" ? { do: "rate", value: 3 } : { do: "tick" });
    if (session.state.deadline === null) act(now, { do: "next" });
  }
  const said = heard.join(" ");
  for (const { text } of session.plan.script.steps) assert.ok(said.includes(text), text);
  for (const id of ["player.count_in", "player.half_way", "player.let_go player.how_strong", "player.done"]) assert.ok(said.includes(id), id);
});

test("every sound can be heard, none is clipped, and none begins or ends with a crack", () => {
  for (const name of NAMES) {
    const made = samples(name, 48_000);
    const loudest = made.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    assert.ok(loudest > 0.05 && loudest < 1, `${name}: ${loudest}`);
    assert.ok(Math.abs(made[0]!) < 0.001 && Math.abs(made.at(-1)!) < 0.02, name);
  }
});

test("the scale reads a finger by the cell that it is in", () => {
  const box = { left: 10, width: 110 };
  assert.deepEqual([5, 10, 19, 20, 65, 119, 300].map((x) => valueAt(x, box)), [0, 0, 0, 1, 5, 10, 10]);
});
