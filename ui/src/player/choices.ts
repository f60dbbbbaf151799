// What the person chose to hear and feel. It stays on this device and says nothing about their health.
export interface Choices {
  sound: boolean;
  voice: boolean;
  voiceName: string; // empty: the first of this device in the language of the page
  rate: number;
  timeEvery: number; // seconds between spoken times; 0: never
  pace: boolean; // the soft sound to breathe and rock by
  buzz: boolean;
  keys: boolean; // headset buttons and media keys: a browser gives them only to a page that plays a track
}

const KEY = "unknot-player";
export const RATES = [0.8, 1, 1.25] as const;
export const TIMES = [0, 10, 15, 30] as const;
const FIRST: Choices = { sound: true, voice: true, voiceName: "", rate: 1, timeEvery: 15, pace: true, buzz: true, keys: true };

export function readChoices(): Choices {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Record<string, unknown>;
    const same = Object.entries(FIRST).filter(([name, value]) => typeof kept[name] === typeof value);
    return { ...FIRST, ...Object.fromEntries(same.map(([name]) => [name, kept[name]])) };
  } catch {
    return FIRST; // storage is closed to this page: what is chosen holds until it is left
  }
}

export function keepChoices(choices: Choices): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(choices));
  } catch {
    // as above
  }
}
