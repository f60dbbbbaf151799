// What a condition is worth for the facts of one case. The twin of unknot.safety.evaluate; tools/rule_vectors.py makes
// the vectors that hold the two together.
import type { Facts } from "./facts";
import type { Bound, Condition, Truth, Words } from "./language";

const KEEPS: Record<Bound, (value: number, limit: number) => boolean> = {
  lt: (value, limit) => value < limit,
  le: (value, limit) => value <= limit,
  gt: (value, limit) => value > limit,
  ge: (value, limit) => value >= limit,
  eq: (value, limit) => value === limit,
};

// `missingIsAbsent` chooses the second reading: what was not asked counts as absent, a "not sure" stays unknown.
export function holds(condition: Condition, facts: Facts, words: Words, missingIsAbsent = false): Truth {
  const part = (inner: Condition): Truth => holds(inner, facts, words, missingIsAbsent);
  const notSaid: Truth = missingIsAbsent ? false : null;
  if ("is" in condition) return told(condition.is, facts, notSaid, (value) => value === true);
  if ("not" in condition) return negate(part(condition.not));
  if ("all" in condition) return all(condition.all.map(part));
  if ("any" in condition) return negate(all(condition.any.map((inner) => negate(part(inner)))));
  if ("count" in condition) return count(condition.count.map(part), condition.at_least);
  if ("unless" in condition) return holds(condition.unless, facts, words) !== true;
  if ("use" in condition) return part(named(words.expressions, condition.use));
  if ("condition" in condition) {
    const { conditions } = facts;
    return conditions === null ? notSaid : condition.condition.some((id) => conditions.has(id));
  }
  if ("pain" in condition) return pain(condition, facts, words, notSaid);
  return told(condition.fact, facts, notSaid, (value) => keeps(condition, value));
}

function keeps(wanted: Extract<Condition, { fact: string }>, value: unknown): boolean {
  if (wanted.in) return wanted.in.includes(value as string);
  if (wanted.has) return wanted.has.some((one) => (value as string[]).includes(one));
  const bounds = (Object.keys(KEEPS) as Bound[]).filter((bound) => wanted[bound] !== undefined);
  return bounds.every((bound) => KEEPS[bound](value as number, wanted[bound]!));
}

function told(name: string, facts: Facts, notSaid: Truth, test: (value: unknown) => boolean): Truth {
  if (!facts.values.has(name)) return notSaid;
  const value = facts.values.get(name);
  return value === null ? null : test(value);
}

function negate(value: Truth): Truth {
  return value === null ? null : !value;
}

function all(values: Truth[]): Truth {
  return values.includes(false) ? false : values.includes(null) ? null : true;
}

function count(values: Truth[], atLeast: number): Truth {
  const yes = values.filter((value) => value === true).length;
  const open = values.filter((value) => value === null).length;
  return yes >= atLeast ? true : yes + open >= atLeast ? null : false;
}

// Painted regions decide. Nothing painted: an answer that names a place inside the wanted regions says yes.
function pain(wanted: Extract<Condition, { pain: string[] }>, facts: Facts, words: Words, notSaid: Truth): Truth {
  const regions = new Set(wanted.pain.flatMap((name) => named(words.groups, name)));
  const floor = wanted.intensity_ge;
  if (!facts.painted.length) {
    const bare = floor === undefined && !wanted.both_sides;
    return bare && facts.hinted.some((place) => place.every((region) => regions.has(region))) ? true : notSaid;
  }
  const strong = (intensity: number | null): Truth => (floor === undefined ? true : intensity === null ? notSaid : intensity >= floor);
  const areas = facts.painted.filter((area) => regions.has(area.region));
  const some = (side: string | null): Truth =>
    negate(all(areas.filter((area) => side === null || area.side === side).map((area) => negate(strong(area.intensity)))));
  return wanted.both_sides ? all([some("left"), some("right")]) : some(null);
}

function named<T>(table: Record<string, T>, name: string): T {
  const found = table[name];
  if (found === undefined) throw new Error(`no word ${name} in the rules`);
  return found;
}
