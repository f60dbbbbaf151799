// The sounds of a session, made here from sine tones: no file of anybody else. Each is told from the others with eyes
// shut: rising is "begin", falling is "let go", a single short tick counts, and the alarm is the only one that insists.
import type { Name } from "./cues";

type Tone = readonly [hertz: number, seconds: number];

const CUES: Record<Exclude<Name, "breath" | "rock">, { tones: readonly Tone[]; loud: number }> = {
  step: { tones: [[523, 0.16]], loud: 0.3 },
  count: { tones: [[440, 0.07]], loud: 0.3 },
  hold: { tones: [[392, 0.16], [523, 0.26]], loud: 0.35 },
  half: { tones: [[587, 0.1], [587, 0.14]], loud: 0.3 },
  ask: { tones: [[494, 0.12], [587, 0.18]], loud: 0.3 },
  last: { tones: [[659, 0.07]], loud: 0.3 },
  release: { tones: [[622, 0.2], [392, 0.36]], loud: 0.4 },
  paused: { tones: [[349, 0.18], [294, 0.18], [262, 0.3]], loud: 0.35 },
  alarm: { tones: [[740, 0.25], [988, 0.25], [740, 0.25], [988, 0.4]], loud: 0.7 },
  end: { tones: [[466, 0.2], [554, 0.2], [698, 0.45]], loud: 0.35 },
}; // prettier-ignore

// In about four seconds and out for about six; four seconds each way on a rounded base: as the sentences say.
const PACES: Record<"breath" | "rock", { ways: readonly { from: number; to: number; seconds: number }[] }> = {
  breath: { ways: [{ from: 196, to: 262, seconds: 4 }, { from: 262, to: 175, seconds: 6 }] },
  rock: { ways: [{ from: 196, to: 220, seconds: 4 }, { from: 220, to: 196, seconds: 4 }] },
}; // prettier-ignore
const PACE_LOUD = 0.06; // under the cues, so that a cue is never lost in it

export const NAMES: readonly Name[] = [...(Object.keys(CUES) as Name[]), "breath", "rock"];
export const REPEATS: ReadonlySet<Name> = new Set(["breath", "rock"]);

// The samples of one cue between -1 and 1; a pacing sound is one whole round.
export function samples(name: Name, rate: number): Float32Array {
  return name === "breath" || name === "rock" ? paced(PACES[name].ways, rate) : sounded(CUES[name].tones, CUES[name].loud, rate);
}

// Tone after tone without a gap; each swells in 8 ms, so that its beginning is heard, and dies away softly.
function sounded(tones: readonly Tone[], loud: number, rate: number): Float32Array {
  const lengths = tones.map(([, seconds]) => Math.round(seconds * rate));
  const out = new Float32Array(lengths.reduce((sum, length) => sum + length, 0));
  let start = 0;
  tones.forEach(([hertz], n) => {
    const length = lengths[n]!;
    for (let i = 0; i < length; i++) {
      const swell = Math.min(1, i / (0.008 * rate));
      const fade = Math.min(1, (length - i) / (0.04 * rate));
      const phase = (2 * Math.PI * hertz * i) / rate;
      out[start + i] = loud * swell * fade * (Math.sin(phase) + 0.2 * Math.sin(2 * phase));
    }
    start += length;
  });
  return out;
}

// A soft tone that rises and falls with the breath, or leans to and fro with the rocking.
function paced(ways: readonly { from: number; to: number; seconds: number }[], rate: number): Float32Array {
  const out = new Float32Array(ways.reduce((sum, way) => sum + Math.round(way.seconds * rate), 0));
  let [start, phase] = [0, 0];
  for (const { from, to, seconds } of ways) {
    const length = Math.round(seconds * rate);
    for (let i = 0; i < length; i++) {
      const share = i / length;
      phase += (2 * Math.PI * (from + (to - from) * share)) / rate;
      out[start + i] = PACE_LOUD * Math.sin(Math.PI * share) * Math.sin(phase);
    }
    start += length;
  }
  return out;
}
