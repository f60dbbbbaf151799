// The voice: speech of this device only. Some browsers send the text of their other voices to a server.
import type { Choices } from "./choices";

// What is being said gives way to a new step, a question and a stop; the time waits until nobody speaks.
export type Weight = "must" | "time";

export function ownVoices(): SpeechSynthesisVoice[] {
  if (!("speechSynthesis" in window)) return [];
  const { lang } = document.documentElement;
  return speechSynthesis.getVoices().filter((voice) => voice.localService && voice.lang.startsWith(lang));
}

export function say(words: string, choices: Choices, weight: Weight): void {
  if (!choices.voice || !choices.sound || document.hidden) return;
  const voices = ownVoices();
  const voice = voices.find((one) => one.name === choices.voiceName) ?? voices[0];
  if (!voice || (weight === "time" && speechSynthesis.speaking)) return;
  speechSynthesis.cancel();
  const spoken = new SpeechSynthesisUtterance(words);
  spoken.voice = voice;
  spoken.lang = voice.lang;
  spoken.rate = choices.rate;
  speechSynthesis.speak(spoken);
}

export function hush(): void {
  if ("speechSynthesis" in window) speechSynthesis.cancel();
}
