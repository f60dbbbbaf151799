// The speaker: plays what the cues say on the audio clock, ahead of time, and falls silent at once.
import type { Cue, Name } from "./cues";
import { NAMES, REPEATS, samples } from "./tones";

interface Held {
  cue: Cue;
  source: AudioBufferSourceNode;
}

const DRIFT_S = 0.015; // the two clocks have parted so far: everything ahead is set anew
const SILENCE_S = 0.012; // short enough to be at once, long enough not to crack

export class Sound {
  on = true;
  private context: AudioContext | null = null;
  private master: GainNode | null = null;
  private readonly buffers = new Map<Name, AudioBuffer>();
  private held = new Map<string, Held>();
  private offset = 0;

  // Browsers let a page sound only after a touch: call this from one.
  wake(): void {
    if (!this.context) {
      asPlayback();
      const context = new AudioContext({ latencyHint: "interactive" });
      for (const name of NAMES) this.buffers.set(name, rendered(context, name));
      this.context = context;
      this.openMaster();
    }
    void this.context.resume();
  }

  // Exactly these from now on. What is sounding rings out; what was scheduled and is no longer wanted never sounds.
  play(cues: readonly Cue[]): void {
    const { context } = this;
    if (!context || !this.on) return this.silence();
    this.follow(context);
    const wanted = new Map(cues.map((cue) => [keyOf(cue), cue]));
    const now = performance.now();
    for (const [key, { cue, source }] of this.held) {
      if (wanted.has(key) || (cue.at <= now && cue.until === undefined)) continue;
      drop(source);
      this.held.delete(key);
    }
    for (const [key, cue] of wanted) if (!this.held.has(key)) this.schedule(context, key, cue);
  }

  // Nothing sounds, and nothing that was scheduled will.
  silence(): void {
    const { context, master } = this;
    if (context && master) {
      const { gain } = master;
      gain.setValueAtTime(gain.value, context.currentTime);
      gain.linearRampToValueAtTime(0, context.currentTime + SILENCE_S);
      for (const { source } of this.held.values()) drop(source, context.currentTime + SILENCE_S);
      this.openMaster();
    }
    this.held.clear();
  }

  private openMaster(): void {
    this.master = this.context!.createGain();
    this.master.connect(this.context!.destination);
  }

  private schedule(context: AudioContext, key: string, cue: Cue): void {
    const source = context.createBufferSource();
    source.buffer = this.buffers.get(cue.name)!;
    source.loop = REPEATS.has(cue.name);
    source.connect(this.master!);
    const at = Math.max(context.currentTime, cue.at / 1000 + this.offset);
    source.start(at);
    if (cue.until !== undefined) source.stop(Math.max(at, cue.until / 1000 + this.offset));
    this.held.set(key, { cue, source });
  }

  // The audio clock and the page's clock run apart slowly, and at once when the sound device stalls.
  private follow(context: AudioContext): void {
    const offset = offsetOf(context);
    if (Math.abs(offset - this.offset) <= DRIFT_S) return;
    this.offset = offset;
    const soon = performance.now() + 100;
    for (const [key, { cue, source }] of this.held) {
      if (cue.at < soon) continue;
      drop(source);
      this.held.delete(key);
    }
  }
}

// On an iPhone the switch for silence would silence a page that does not say that it plays something.
function asPlayback(): void {
  const { audioSession } = navigator as Navigator & { audioSession?: { type: string } };
  if (audioSession) audioSession.type = "playback";
}

function rendered(context: AudioContext, name: Name): AudioBuffer {
  const made = samples(name, context.sampleRate);
  const buffer = context.createBuffer(1, made.length, context.sampleRate);
  buffer.getChannelData(0).set(made);
  return buffer;
}

// Seconds on the audio clock, less seconds on the page's clock, of one and the same moment at the ear: the time stamp
// tells what leaves the device now. Where it is missing or cannot be right, the latency that is told is taken off.
function offsetOf(context: AudioContext): number {
  const now = performance.now() / 1000;
  const told = context.currentTime - now - (context.outputLatency || 0);
  const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp?.() ?? {};
  const stamped = contextTime - performanceTime / 1000;
  return performanceTime > 0 && Math.abs(stamped - told) < 0.5 ? stamped : told;
}

function keyOf(cue: Cue): string {
  return `${cue.name} ${Math.round(cue.at)} ${Math.round(cue.until ?? 0)}`;
}

function drop(source: AudioBufferSourceNode, at?: number): void {
  source.stop(at);
  if (at === undefined) source.disconnect();
}
