// How strong it feels, 0 to 10: one scale to drag, tap or move by keys. A native range input carries keyboard and screen
// readers; the finger is followed here, because not every browser lets a tap move it.
import { html, type TemplateResult } from "lit";
import type { Comfort } from "./script";

export const HIGHEST = 10;

export interface ScaleState {
  comfort: Comfort;
  value: number; // where the scale stands
  said: boolean; // it stands there because the person said so
  label: string;
  aim: string;
  spoken: string; // the value in words
  asking: boolean;
}

export interface ScaleEvents {
  moved(value: number): void; // on the way
  chosen(value: number): void; // let go there
}

export function scale(state: ScaleState, events: ScaleEvents): TemplateResult {
  const { comfort } = state;
  const follow = (event: PointerEvent): void => {
    const box = event.currentTarget as HTMLElement;
    if (event.type === "pointerdown") {
      event.preventDefault();
      box.setPointerCapture(event.pointerId);
      box.querySelector("input")?.focus();
    } else if (!box.hasPointerCapture(event.pointerId)) return;
    const value = valueAt(event.clientX, box.getBoundingClientRect());
    if (event.type === "pointerup") events.chosen(value);
    else events.moved(value);
  };
  return html`<div class="strength" ?data-asking=${state.asking}>
    <p class="row between small"><span class="strong">${state.label}</span><span class="aim-words">${state.aim}</span></p>
    <div class="comfort" @pointerdown=${follow} @pointermove=${follow} @pointerup=${follow}>
      ${Array.from({ length: HIGHEST + 1 }, (_, n) => html`<i aria-hidden="true" class=${cell(n, state)}>${n}</i>`)}
      <input type="range" min="0" max=${HIGHEST} step="1" .value=${String(state.value)} aria-label=${`${state.label} ${state.aim}`}
        aria-valuetext=${state.spoken} @input=${(event: InputEvent) => events.moved(Number((event.target as HTMLInputElement).value))} />
    </div>
  </div>`;

  function cell(n: number, { value, said }: ScaleState): string {
    const zone = n >= comfort.stop ? "high" : n >= comfort.lo && n <= comfort.hi ? "aim" : "";
    return `${zone} ${n === value ? (said ? "now" : "here") : ""}`;
  }
}

export function valueAt(x: number, box: { left: number; width: number }): number {
  const share = (x - box.left) / box.width;
  return Math.max(0, Math.min(HIGHEST, Math.floor(share * (HIGHEST + 1))));
}
