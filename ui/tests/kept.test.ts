// What a device without a connection decides by itself: whether a session may be begun, and what the short form says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { mayBegin, type Known } from "../src/kept/deadline";
import { judge, plainNo } from "../src/kept/judge";
import type { KeptSession, Level } from "../src/kept/store";

const NOON = Date.parse("2026-11-22T12:00:00Z");
const HOUR = 3_600_000;
const KNOWN: Known = {
  expires_at: "2026-11-22T20:00:00Z", now: NOON, ahead_ms: 0, latest: NOON, begun: "", session: "a", barred: false, ended: false,
}; // prettier-ignore

test("a session may be begun until its safety check ends, and not a millisecond longer", () => {
  assert.equal(mayBegin(KNOWN), null);
  const last = NOON + 8 * HOUR;
  assert.equal(mayBegin({ ...KNOWN, now: last - 1, latest: last - 1 }), null);
  assert.equal(mayBegin({ ...KNOWN, now: last, latest: last }), "expired");
});

test("a clock set back never lengthens the check, at whatever time and however far", () => {
  for (let seen = 0; seen <= 24; seen++)
    for (let back = 1; back <= 24; back++) {
      const no = mayBegin({ ...KNOWN, latest: NOON + seen * HOUR, now: NOON + (seen - back) * HOUR });
      assert.equal(no, "clock");
    }
});

test("a clock that is ahead of the home computer's is measured by its own difference", () => {
  const ahead_ms = 3 * HOUR;
  const late = NOON + 10 * HOUR; // shows 22:00 while it is 19:00
  assert.equal(mayBegin({ ...KNOWN, ahead_ms, now: late, latest: late }), null);
  assert.equal(mayBegin({ ...KNOWN, ahead_ms: -ahead_ms, now: NOON + 6 * HOUR, latest: NOON }), "expired");
});

test("what cannot be read is no leave", () => {
  assert.equal(mayBegin({ ...KNOWN, expires_at: "soon" }), "expired");
  assert.equal(mayBegin({ ...KNOWN, now: Number.NaN }), "expired");
});

test("another session that was begun, an answer that barred it, and its own end shut it", () => {
  assert.equal(mayBegin({ ...KNOWN, begun: "b" }), "one_only");
  assert.equal(mayBegin({ ...KNOWN, begun: "a" }), null);
  assert.equal(mayBegin({ ...KNOWN, barred: true }), "answered");
  assert.equal(mayBegin({ ...KNOWN, ended: true }), "over");
});

interface Told {
  kept: Pick<KeptSession, "none" | "case" | "screening">;
  answers: Record<string, unknown>;
  level: Level;
  plain: boolean;
}

// Written by `python tools/rule_vectors.py --many`, with what the Python engine says of the same answers.
const { forms } = JSON.parse(readFileSync("node_modules/.tests/rule_vectors.json", "utf-8")) as { forms: { cases: Told["kept"][]; vectors: (Omit<Told, "kept"> & { of: number })[] } };

test("the short form is judged as by the engine: never milder, and only a plain no to all opens", () => {
  const order: Level[] = ["self_care", "provider", "same_day", "emergency"];
  assert.ok(forms.vectors.length >= 200);
  const seen = new Set<Level>();
  for (const { of, answers, level, plain } of forms.vectors) {
    const kept = forms.cases[of]!;
    assert.equal(plainNo(answers, kept), plain, JSON.stringify(answers));
    const judged = judge(answers, kept);
    assert.ok(order.indexOf(judged.level) >= order.indexOf(level), `${judged.level} for ${level}: ${JSON.stringify(answers)}`);
    if (judged.level === "emergency") assert.ok(judged.place && judged.action);
    seen.add(judged.level);
  }
  assert.equal(seen.size, 4);
});

test("a form that lacks a line, or says more, is no plain no", () => {
  const kept = { none: { fever: false, skin_at_site: ["none"] } };
  assert.ok(plainNo({ fever: false, skin_at_site: ["none"] }, kept));
  assert.ok(!plainNo({ fever: false }, kept));
  assert.ok(!plainNo({ fever: false, skin_at_site: [] }, kept));
  assert.ok(!plainNo({ fever: null, skin_at_site: ["none"] }, kept));
  assert.ok(!plainNo({ fever: false, skin_at_site: ["none"], course: "improving" }, kept));
  assert.ok(!plainNo({}, { none: {} }));
});
