// Short tones so that a session can be followed with eyes shut. Sound starts with the first tap, as browsers demand.
const TONES: Record<string, readonly [number, number][]> = {
  step: [[523, 0.14]],
  hold: [
    [392, 0.16],
    [523, 0.22],
  ],
  release: [
    [523, 0.16],
    [392, 0.26],
  ],
  last: [[659, 0.08]],
  alarm: [
    [740, 0.25],
    [740, 0.25],
    [740, 0.4],
  ],
  end: [
    [392, 0.18],
    [494, 0.18],
    [587, 0.34],
  ],
};

export class Sound {
  on = true;
  private context: AudioContext | null = null;

  wake(): void {
    this.context ??= new AudioContext();
    void this.context.resume();
  }

  play(name: keyof typeof TONES): void {
    if (!this.on || !this.context) return;
    let at = this.context.currentTime;
    for (const [hertz, seconds] of TONES[name] ?? []) {
      const tone = this.context.createOscillator();
      const gain = this.context.createGain();
      tone.frequency.value = hertz;
      gain.gain.setValueAtTime(0.0001, at);
      gain.gain.exponentialRampToValueAtTime(0.25, at + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
      tone.connect(gain).connect(this.context.destination);
      tone.start(at);
      tone.stop(at + seconds);
      at += seconds + 0.06;
    }
  }

  say(words: string): void {
    if (!this.on || !("speechSynthesis" in window)) return;
    // Only voices on this device: some browsers send the text of others to a server.
    const voice = speechSynthesis.getVoices().find((v) => v.localService && v.lang.startsWith(document.documentElement.lang));
    if (!voice) return;
    speechSynthesis.cancel();
    const spoken = new SpeechSynthesisUtterance(words);
    spoken.voice = voice;
    speechSynthesis.speak(spoken);
  }

  silence(): void {
    if ("speechSynthesis" in window) speechSynthesis.cancel();
    void this.context?.suspend();
  }
}
