// What the session does next, without a screen: step, deadline, pause, comfort, the automatic stop.
// Time is a deadline on a monotonic clock, never a count of ticks: a throttled tab cannot lengthen pressure.
import { signNow, type StopRules } from "../rules/stops";
import { OWN_PACE, UNDER_LOAD, type Script, type Step } from "./script";

export type Phase = "before" | "running" | "paused" | "checking" | "stopped" | "finished";

export interface Change {
  kind: "started" | "step" | "paused" | "resumed" | "comfort" | "more" | "less" | "stopped" | "finished";
  step: number;
  value?: number;
  reason?: string;
}

export class Machine {
  phase: Phase = "before";
  index = 0;
  comfort: number | null = null;
  private deadline = 0;
  private left = 0;
  private lowest: number | null = null; // comfort in this hold since more pressure was last asked for

  constructor(
    readonly script: Script,
    readonly stops: StopRules,
    private readonly tell: (change: Change) => void,
  ) {}

  get step(): Step {
    return this.script.steps[Math.min(this.index, this.script.steps.length - 1)]!;
  }

  get ownPace(): boolean {
    return OWN_PACE.has(this.step.kind);
  }

  get underLoad(): boolean {
    return this.phase === "running" && UNDER_LOAD.has(this.step.kind);
  }

  secondsLeft(now: number): number {
    if (this.phase === "running" || this.phase === "checking") return Math.max(0, (this.deadline - now) / 1000);
    return this.left;
  }

  start(now: number): void {
    if (this.phase !== "before") return;
    this.tell({ kind: "started", step: 0 });
    this.enter(0, now);
  }

  // Called often; does something only when a deadline has passed.
  tick(now: number): void {
    if (this.phase === "checking") {
      const sign = signNow(this.stops, { silent_s: this.stops.silence_s - this.secondsLeft(now) });
      if (sign) this.stop(sign);
      return;
    }
    if (this.phase !== "running" || this.ownPace || now < this.deadline) return;
    if (this.step.kind === "hold") {
      // After a hold the person says how strong it was. Silence means that something may be wrong.
      this.phase = "checking";
      this.deadline = now + this.stops.silence_s * 1000;
      return;
    }
    this.enter(this.index + 1, now);
  }

  // The person's own "next", in steps that have no clock.
  next(now: number): void {
    if (this.phase === "running" && this.ownPace) this.enter(this.index + 1, now);
  }

  rate(value: number, now: number): void {
    if (this.phase !== "running" && this.phase !== "checking") return;
    this.comfort = value;
    this.tell({ kind: "comfort", step: this.index, value });
    this.lowest = Math.min(value, this.lowest ?? value);
    const sign = signNow(this.stops, {
      ...(this.step.comfort && { above_stop: value - this.step.comfort.stop }),
      ...(UNDER_LOAD.has(this.step.kind) && { rise_in_hold: value - this.lowest }),
    });
    if (sign) return this.stop(sign);
    if (this.phase === "checking") this.enter(this.index + 1, now);
  }

  adjust(kind: "more" | "less"): void {
    if (this.phase !== "running" && this.phase !== "checking") return;
    if (kind === "more") this.lowest = null; // what rises after that was asked for
    this.tell({ kind, step: this.index });
  }

  pause(now: number): void {
    if (this.phase !== "running" && this.phase !== "checking") return;
    this.left = this.secondsLeft(now);
    this.phase = "paused";
    this.tell({ kind: "paused", step: this.index });
  }

  resume(now: number): void {
    if (this.phase !== "paused") return;
    this.phase = "running";
    this.deadline = now + this.left * 1000;
    this.tell({ kind: "resumed", step: this.index });
  }

  stop(reason: string): void {
    if (this.phase === "stopped" || this.phase === "finished") return;
    this.phase = "stopped";
    this.tell({ kind: "stopped", step: this.index, reason });
  }

  private enter(index: number, now: number): void {
    this.index = index;
    this.comfort = null;
    this.lowest = null;
    if (index >= this.script.steps.length) {
      this.phase = "finished";
      this.tell({ kind: "finished", step: index - 1 });
      return;
    }
    this.phase = "running";
    this.left = this.step.duration_s;
    this.deadline = now + this.step.duration_s * 1000;
    this.tell({ kind: "step", step: index });
  }
}
