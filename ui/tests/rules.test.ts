// The rule evaluator of the browser, held to the values that the Python twin gives (tools/rule_vectors.py).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { holds } from "../src/rules/evaluate";
import { factsOf } from "../src/rules/facts";
import type { Case, Condition, Truth, Words } from "../src/rules/language";
import { adaptNow, signNow, type StopRules } from "../src/rules/stops";

interface Vector {
  title: string;
  when: Condition;
  case: Case;
  known: Truth;
  missing_is_absent: Truth;
}

interface StopVector {
  measured: Record<string, number>;
  sign: string | null;
}

// Written by `python tools/rule_vectors.py --many`, which `dev check` runs before this.
const many = JSON.parse(readFileSync("node_modules/.tests/rule_vectors.json", "utf-8")) as {
  words: Words;
  vectors: Vector[];
  stops: { rules: StopRules; vectors: StopVector[]; changes: { measured: Record<string, number>; adapt: string | null }[] };
};
const committed = JSON.parse(readFileSync("../tests/vectors/rules.json", "utf-8")) as Vector[];

for (const [name, vectors, least] of [
  ["the committed vectors", committed, 300],
  ["5,000 vectors, half of them real rules,", many.vectors, 5000],
] as const) {
  test(`${name} come out as in Python`, () => {
    assert.ok(vectors.length >= least, `${vectors.length} vectors`);
    for (const vector of vectors) {
      const facts = factsOf(vector.case, many.words);
      assert.equal(holds(vector.when, facts, many.words), vector.known, vector.title);
      assert.equal(holds(vector.when, facts, many.words, true), vector.missing_is_absent, vector.title);
    }
  });
}

test("what a session notices by itself stops it as in Python", () => {
  const { rules, vectors } = many.stops;
  assert.ok(vectors.length >= 200);
  for (const { measured, sign } of vectors) assert.equal(signNow(rules, measured), sign, JSON.stringify(measured));
});

test("what an answer changes is the same as in Python", () => {
  const { rules, changes } = many.stops;
  assert.ok(changes.length >= 200 && new Set(changes.map(({ adapt }) => adapt)).size === 6);
  for (const { measured, adapt } of changes) assert.equal(adaptNow(rules, measured)?.id ?? null, adapt, JSON.stringify(measured));
});

test("an unknown word is an error, never a silent no", () => {
  const facts = factsOf({ person: { age: 40 } }, many.words);
  assert.throws(() => holds({ use: "NOT_A_NAME" }, facts, many.words), /NOT_A_NAME/);
  assert.throws(() => holds({ pain: ["NOT_A_PLACE"] }, facts, many.words), /NOT_A_PLACE/);
});
