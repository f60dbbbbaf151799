// Vibration beside the sounds, where a device has it; never the only cue.
import type { Cue, Name } from "./cues";

const PATTERNS: Partial<Record<Name, number[]>> = {
  hold: [80, 60, 80],
  half: [60],
  last: [30],
  release: [300],
  paused: [120, 80, 120, 80, 120],
  alarm: [400, 150, 400],
  end: [80, 60, 80, 60, 200],
};

export class Buzz {
  private done = -Infinity;

  // Called often with the cues ahead: those whose moment has come are felt, each once.
  follow(cues: readonly Cue[]): void {
    if (!("vibrate" in navigator)) return;
    const now = performance.now();
    for (const { name, at } of cues) {
      const pattern = PATTERNS[name];
      if (!pattern || at > now || at <= this.done) continue;
      this.done = at;
      navigator.vibrate(pattern);
    }
  }
}
