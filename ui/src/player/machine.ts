// What the session does next, without a screen: step, deadline, pause, comfort, the automatic stop.
// Time is a deadline on a monotonic clock, never a count of ticks: a throttled tab cannot lengthen pressure.
import { OWN_PACE, UNDER_LOAD, type Script, type Step } from "./script";

export type Phase = "before" | "running" | "paused" | "checking" | "stopped" | "finished";

export interface Change {
  kind: "started" | "step" | "paused" | "resumed" | "comfort" | "more" | "less" | "stopped" | "finished";
  step: number;
  value?: number;
  reason?: string;
}

// After a hold the person says how strong it was. Silence means that something may be wrong.
export const SILENCE_S = 10;

export class Machine {
  phase: Phase = "before";
  index = 0;
  comfort: number | null = null;
  private deadline = 0;
  private left = 0;

  constructor(
    readonly script: Script,
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
    if (this.phase === "checking" && now >= this.deadline) return this.stop("no_answer");
    if (this.phase !== "running" || this.ownPace || now < this.deadline) return;
    if (this.step.kind === "hold") {
      this.phase = "checking";
      this.deadline = now + SILENCE_S * 1000;
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
    const limit = this.step.comfort?.stop;
    if (limit !== undefined && value >= limit) return this.stop("too_strong");
    if (this.phase === "checking") this.enter(this.index + 1, now);
  }

  adjust(kind: "more" | "less"): void {
    if (this.phase === "running" || this.phase === "checking") this.tell({ kind, step: this.index });
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
