// The keyboard, and the keys of a headset or keyboard that browsers hand to a page that plays a track.
import type { State } from "./machine";

export interface Does {
  stop(): void;
  pauseOrResume(): void;
  next(): void;
  adjust(kind: "more" | "less"): void;
  slide(by: 1 | -1): void;
  answer(): void;
}

// Escape stops; space pauses and goes on; up and down are more and less; left and right move the scale, Enter answers.
export function onKey(event: KeyboardEvent, does: Does): void {
  const target = event.target as Element | null;
  if (target?.closest("dialog") || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Escape") return does.stop();
  if (target?.closest("input")) {
    if (event.key === "Enter" || event.key === " ") act(event, () => does.answer());
    return;
  }
  const onControl = target?.closest("button, a, select");
  if (event.key === " " && !onControl) return act(event, () => does.pauseOrResume());
  if (event.key === "Enter" && !onControl) return act(event, () => does.answer());
  if (event.key === "ArrowUp" || event.key === "ArrowDown") return act(event, () => does.adjust(event.key === "ArrowUp" ? "more" : "less"));
  if (event.key === "ArrowRight" || event.key === "ArrowLeft") act(event, () => does.slide(event.key === "ArrowRight" ? 1 : -1));
}

function act(event: KeyboardEvent, does: () => void): void {
  event.preventDefault();
  does();
}

// Play and pause: the same as the button in sight. Next and previous track: more and less. Stop: stop. What a lock screen
// shows is the name of the app, nothing of the person.
export class MediaKeys {
  private track: HTMLAudioElement | null = null;

  begin(url: string, title: string, does: Does): void {
    if (!("mediaSession" in navigator) || this.track) return;
    this.track = new Audio(url);
    this.track.loop = true;
    this.track.play().catch(() => undefined); // no track, no keys: everything else goes on
    const { mediaSession } = navigator;
    mediaSession.metadata = new MediaMetadata({ title });
    const actions: [MediaSessionAction, () => void][] = [
      ["play", () => does.next()],
      ["pause", () => does.pauseOrResume()],
      ["stop", () => does.stop()],
      ["nexttrack", () => does.adjust("more")],
      ["previoustrack", () => does.adjust("less")],
    ];
    for (const [action, does_] of actions) this.hear(action, does_);
  }

  // The track runs while the session does: with it paused, one button of a headset means "go on".
  follow(phase: State["phase"]): void {
    if (!this.track) return;
    navigator.mediaSession.playbackState = phase === "paused" ? "paused" : "playing";
    if (phase === "stopped" || phase === "finished") this.end();
  }

  end(): void {
    this.track?.pause();
    this.track = null;
    if ("mediaSession" in navigator) navigator.mediaSession.playbackState = "none";
  }

  private hear(action: MediaSessionAction, does: () => void): void {
    try {
      navigator.mediaSession.setActionHandler(action, does);
    } catch {
      // this browser does not know the action
    }
  }
}
