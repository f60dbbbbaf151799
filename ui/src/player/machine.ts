// What the session does next, without screen, sound or clock: a state, what happens, and the state after it.
// Time is a deadline on a monotonic clock (milliseconds), never a count of ticks: a throttled page cannot lengthen
// pressure, and what follows a deadline begins at the deadline, where its sound was scheduled, however late we wake.
import { adaptNow, signNow, type AdaptWhen, type StopRules } from "../rules/stops";
import { ownPace, pressing, spotOf, type Script, type Step } from "./script";

export type Phase = "before" | "counting" | "running" | "checking" | "paused" | "stopped" | "finished";

export interface Plan {
  readonly script: Script;
  readonly rules: StopRules;
}

// Everything that a killed page needs to go on. Times are on the clock that `advance` is given.
export interface State {
  readonly phase: Phase;
  readonly index: number;
  readonly since: number; // when this phase began
  readonly deadline: number | null; // when it ends by itself; null: when the person says so
  readonly length: number; // of the step, as the answers have left it
  readonly seen: boolean; // the page is in sight
  readonly was: { phase: "counting" | "running" | "checking"; left: number | null; away: boolean } | null; // what a pause interrupted; away: out of sight
  readonly comfort: number | null; // the last answer of this step
  readonly lowest: number | null; // of this hold, since more pressure was last asked for
  readonly above: number; // answers above the aim in this hold
  readonly holdsAbove: number; // holds on this spot whose last answer was above the aim
  readonly askAt: number | null; // when this hold asks how strong it is
  readonly asking: boolean;
  readonly again: boolean; // this hold, or the question after it, goes on after a pause
  readonly share: number; // of its length that the next hold takes
  readonly over: string | null; // the spot that nothing presses any more
  readonly adapted: AdaptWhen["do"] | null; // what the last answer changed
  readonly rated: number; // answers so far
  readonly reason: string | null; // why it stopped
}

export type Act =
  | { do: "start" | "tick" | "next" | "more" | "less" | "pause" | "resume" }
  | { do: "rate"; value: number }
  | { do: "seen"; seen: boolean }
  | { do: "stop"; reason: string };

export interface Change {
  kind: "started" | "step" | "paused" | "resumed" | "comfort" | "more" | "less" | "stopped" | "finished";
  step: number;
  at: number; // on the same clock
  value?: number;
  reason?: string;
}

export const COUNT_IN_MS = 5000; // between "I am ready" and the hold, and after a pause
const ASK_FROM_MS = 20_000; // a hold that is shorter asks only at its end

export const BEFORE: State = {
  phase: "before", index: 0, since: 0, deadline: null, length: 0, seen: true, was: null, comfort: null, lowest: null, above: 0,
  holdsAbove: 0, askAt: null, asking: false, again: false, share: 1, over: null, adapted: null, rated: 0, reason: null,
}; // prettier-ignore

export function stepOf(plan: Plan, state: State): Step {
  return plan.script.steps[Math.min(state.index, plan.script.steps.length - 1)]!;
}

export function over(state: State): boolean {
  return state.phase === "stopped" || state.phase === "finished";
}

// The pressure is on, or about to be.
export function underLoad(plan: Plan, state: State): boolean {
  return state.phase === "running" && pressing(stepOf(plan, state));
}

// A page that was killed and opened again: the same session, paused. The time it was away counts as pressed, and a
// question that nobody could hear is asked again instead of taken as silence.
export function revived(plan: Plan, kept: State, now: number): [State, Change[]] {
  const away = { ...kept, seen: false };
  const [then, told] = away.phase === "checking" ? [away, []] : advance(plan, away, { do: "tick" }, now);
  const [paused, also] = advance(plan, then, { do: "pause" }, now);
  return [{ ...paused, seen: true }, [...told, ...also]];
}

// The same state on another clock, `by` milliseconds ahead.
export function shifted(state: State, by: number): State {
  const move = (at: number | null): number | null => (at === null ? null : at + by);
  return { ...state, since: state.since + by, deadline: move(state.deadline), askAt: move(state.askAt) };
}

export function msLeft(state: State, now: number): number | null {
  if (state.phase === "paused") return state.was!.left;
  return state.deadline === null ? null : Math.max(0, state.deadline - now);
}

// The state after `act`, and what is to be told of it, in order.
export function advance(plan: Plan, state: State, act: Act, now: number): [State, Change[]] {
  const told: Change[] = [];
  const next = new Turn(plan, told).take(state, act, now);
  return [next, told];
}

class Turn {
  constructor(
    private readonly plan: Plan,
    private readonly told: Change[],
  ) {}

  take(state: State, act: Act, now: number): State {
    if (act.do === "seen") return { ...state, seen: act.seen };
    if (over(state)) return state;
    switch (act.do) {
      case "start":
        return state.phase === "before" ? this.start(state, now) : state;
      case "tick":
        return this.tick(state, now);
      case "next":
        return this.next(state, now);
      case "rate":
        return this.rate(state, act.value, now);
      case "more":
      case "less":
        return this.adjust(state, act.do, now);
      case "pause":
        return this.pause(state, now);
      case "resume":
        return this.resume(state, now);
      case "stop":
        return this.stop(state, act.reason, now);
    }
  }

  private start(state: State, now: number): State {
    this.tell({ kind: "started", step: 0, at: now });
    return this.enter(state, 0, now, false);
  }

  // Called often; does something only when a deadline has passed, and then as of that deadline.
  private tick(state: State, now: number): State {
    if (state.askAt !== null && now >= state.askAt && state.phase === "running") {
      state = { ...state, askAt: null, asking: true };
    }
    if (state.deadline === null || now < state.deadline) return state;
    const at = state.deadline;
    return this.tick(this.ended(state, at), now);
  }

  private ended(state: State, at: number): State {
    const step = stepOf(this.plan, state);
    if (state.phase === "checking") {
      const sign = signNow(this.plan.rules, { silent_s: (at - state.since) / 1000 });
      return sign ? this.stop(state, sign, at) : { ...state, deadline: null };
    }
    if (state.phase === "counting") return state.seen ? this.press(state, at) : this.pause(state, at, true);
    if (pressing(step)) {
      // After a hold the person says how strong it was. Silence means that something may be wrong; but out of sight
      // nobody can answer, so the question waits for them there.
      const check = this.check({ ...state, again: false }, at);
      return state.seen ? check : this.pause(check, at, true);
    }
    const next = this.plan.script.steps[this.following(state)];
    if (!state.seen && next && pressing(next)) return this.pause(state, at, true);
    return this.enter(state, this.following(state), at, state.seen && state.length >= COUNT_IN_MS);
  }

  private check(state: State, at: number): State {
    const deadline = at + this.plan.rules.silence_s * 1000;
    return { ...state, phase: "checking", since: at, deadline, askAt: null, asking: false };
  }

  // The person's own "next", in steps that have no clock; at a check: "I am here", without a number.
  private next(state: State, now: number): State {
    const waits = state.phase === "running" && ownPace(stepOf(this.plan, state));
    if (!waits && state.phase !== "checking") return state;
    return this.enter(state, this.following(state), now, false);
  }

  private rate(state: State, value: number, now: number): State {
    const { comfort } = stepOf(this.plan, state);
    const checking = state.phase === "checking";
    if (!comfort || !(checking || state.phase === "running")) return state;
    this.tell({ kind: "comfort", step: state.index, at: now, value });
    const lowest = Math.min(value, state.lowest ?? value);
    const aboveAim = value - comfort.hi;
    const answered: State = {
      ...state,
      comfort: value,
      lowest,
      asking: false,
      askAt: null,
      adapted: null,
      rated: state.rated + 1,
      above: state.above + (aboveAim > 0 ? 1 : 0),
      holdsAbove: state.holdsAbove + (checking && aboveAim > 0 ? 1 : 0),
    };
    const sign = signNow(this.plan.rules, { above_stop: value - comfort.stop, rise_in_hold: value - lowest });
    if (sign) return this.stop(answered, sign, now);
    const rule = adaptNow(this.plan.rules, {
      above_aim: aboveAim,
      times_above: answered.above,
      holds_above: answered.holdsAbove,
      after_hold: checking ? 1 : 0,
    });
    const adapted = rule ? this.adapt(answered, rule, now) : answered;
    return checking ? this.enter(adapted, this.following(adapted), now, false) : adapted;
  }

  private adapt(state: State, rule: AdaptWhen, now: number): State {
    const step = stepOf(this.plan, state);
    const adapted = { ...state, adapted: rule.do };
    if (rule.do === "move_on") {
      const done = { ...adapted, over: spotOf(step) };
      return state.phase === "checking" ? done : this.enter(done, this.following(done), now, false);
    }
    if (state.phase === "checking") return { ...adapted, share: state.share * (rule.share ?? 1) };
    if (rule.do === "ease") {
      const askAt = now + (rule.ask_after_s ?? 0) * 1000;
      return { ...adapted, askAt: askAt < state.deadline! - 2000 ? askAt : null };
    }
    const deadline = Math.min(state.deadline!, now + (rule.left_s ?? 0) * 1000);
    return { ...adapted, deadline, length: state.length - (state.deadline! - deadline) };
  }

  private adjust(state: State, kind: "more" | "less", now: number): State {
    if (!underLoad(this.plan, state)) return state;
    this.tell({ kind, step: state.index, at: now });
    return kind === "more" ? { ...state, lowest: null } : state; // what rises after "more" was asked for
  }

  private pause(state: State, now: number, away = false): State {
    const { phase } = state;
    if (phase !== "running" && phase !== "checking" && phase !== "counting") return state;
    this.tell({ kind: "paused", step: state.index, at: now });
    const left = state.deadline === null ? null : Math.max(0, state.deadline - now);
    return { ...state, phase: "paused", since: now, deadline: null, was: { phase, left, away }, askAt: null, asking: false };
  }

  private resume(state: State, now: number): State {
    if (state.phase !== "paused") return state;
    const { phase, left } = state.was!;
    const back: State = { ...state, was: null, since: now };
    if (phase === "running" && pressing(stepOf(this.plan, state))) return this.count({ ...back, again: true }, left!, now);
    if (phase === "counting" && state.again) return this.count(back, state.length, now);
    this.tell({ kind: "resumed", step: state.index, at: now });
    if (phase === "counting") return this.count(back, state.length, now);
    if (phase === "checking") return this.check({ ...back, again: true }, now);
    if (left !== null && left <= 0) return this.enter(back, this.following(back), now, false);
    return { ...back, phase, deadline: left === null ? null : now + left };
  }

  private stop(state: State, reason: string, at: number): State {
    this.tell({ kind: "stopped", step: state.index, at, reason });
    return { ...state, phase: "stopped", since: at, deadline: null, reason, askAt: null, asking: false };
  }

  // The step after this one that is still to be done: what would press a spot that is over falls away with its rests.
  private following(state: State): number {
    const { steps } = this.plan.script;
    let index = state.index + 1;
    let skipped = false;
    for (; index < steps.length; index++) {
      const step = steps[index]!;
      const falls = pressing(step) ? spotOf(step) === state.over || this.tooShort(step, state) : skipped && step.kind === "rest";
      if (!falls) break;
      skipped = true;
    }
    return index;
  }

  private tooShort(step: Step, state: State): boolean {
    return state.share < 1 && step.duration_s * state.share < this.plan.rules.least_hold_s;
  }

  // `announced`: the count-in to this step has sounded already, at the end of the step before.
  private enter(state: State, index: number, at: number, announced: boolean): State {
    const step = this.plan.script.steps[index];
    if (!step) {
      this.tell({ kind: "finished", step: index - 1, at });
      return { ...state, phase: "finished", since: at, deadline: null };
    }
    const fresh = spotOf(step) !== state.over && step.kind === "find";
    const spot = fresh ? { over: null, share: 1, holdsAbove: 0 } : {};
    const asked = { comfort: null, lowest: null, above: 0, askAt: null, asking: false, again: false };
    const entered: State = { ...state, ...spot, ...asked, index, since: at };
    const length = step.duration_s * 1000 * (pressing(step) ? entered.share : 1);
    if (pressing(step)) return announced ? this.press({ ...entered, length }, at) : this.count(entered, length, at);
    this.tell({ kind: "step", step: index, at });
    const deadline = ownPace(step) ? null : at + length;
    return { ...entered, phase: "running", length, deadline };
  }

  // Five seconds to come on to the tool. `length`: how long to press then.
  private count(state: State, length: number, at: number): State {
    return { ...state, phase: "counting", since: at, length, deadline: at + COUNT_IN_MS, was: null, adapted: null };
  }

  private press(state: State, at: number): State {
    this.tell({ kind: state.again ? "resumed" : "step", step: state.index, at });
    const askAt = state.length >= ASK_FROM_MS ? at + state.length / 2 : null;
    return { ...state, phase: "running", since: at, deadline: at + state.length, askAt, adapted: null };
  }

  private tell(change: Change): void {
    this.told.push(change);
  }
}
