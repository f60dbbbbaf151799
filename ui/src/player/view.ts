// What is on the screen at each moment of a session. While something presses, STOP is the lower half of the screen, and
// "less" and "more" are a quarter each: they are found with eyes shut. Everything else lies over the upper half.
import { html, nothing, svg, type TemplateResult } from "lit";
import type { Words } from "../shared/words";
import { COUNT_IN_MS, msLeft, over, stepOf, underLoad, type Plan, type State } from "./machine";
import { changed } from "./narration";
import { scale, type ScaleEvents } from "./scale";
import { ownPace, pressing } from "./script";

export interface Model {
  plan: Plan;
  state: State;
  now: number;
  words: Words;
  data: DOMStringMap; // heading and picture, from the page
  heard: string; // the last thing said
  notice: string;
  slid: number | null; // where the scale was moved to
  saving: boolean;
}

export interface Does extends ScaleEvents {
  start(): void;
  next(): void;
  pause(): void;
  resume(): void;
  stop(): void;
  adjust(kind: "more" | "less"): void;
  up(): void;
  openSettings(): void;
}

const RING = 2 * Math.PI * 45;

export function screen(model: Model, does: Does, sheet: TemplateResult | typeof nothing): TemplateResult {
  const { plan, state, words } = model;
  const load = loaded(plan, state);
  return html`<div class="player" data-phase=${state.phase} data-kind=${stepOf(plan, state).kind} ?data-load=${load}>
    ${head(model, does)}
    ${underLoad(plan, state) ? quarters(words, does) : nothing}
    <div class="show">
      ${picture(model) ?? quiet(model) ?? ring(model)}
      <div class="words">
        ${cueText(model)}
        ${model.notice ? html`<p class="small">${model.notice}</p>` : nothing}
      </div>
    </div>
    <div class="dock-set">${asked(model, does)}${lead(model, does)}${stop(state, words, does)}</div>
    <p class="vh" role="status" aria-live="assertive">${model.heard}</p>
    ${sheet}
  </div>`;
}

// A person is on the tool, coming on to it, or has just come off: STOP is as large as it gets.
export function loaded(plan: Plan, { phase, index, was }: State): boolean {
  const step = plan.script.steps[index];
  if (!step) return false;
  const at = phase === "paused" ? was!.phase : phase;
  return at === "counting" || at === "checking" || (at === "running" && (pressing(step) || step.kind === "find"));
}

export function scaleShown(plan: Plan, state: State): boolean {
  return underLoad(plan, state) || state.phase === "checking";
}

function head({ data, plan, state, words }: Model, does: Does): TemplateResult {
  const pausable = state.phase === "running" || state.phase === "counting" || state.phase === "checking";
  return html`<header class="row between head">
    <h1 class="small strong">${data["heading"]}</h1>
    <span class="row">
      <span class="small muted">${words.say("player.step_of", { n: state.index + 1, all: plan.script.steps.length })}</span>
      <button type="button" class="icon-btn" data-act="pause" ?hidden=${!pausable} aria-label=${words.say("player.pause")} @click=${() => does.pause()}>
        <svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="M8 5v14M16 5v14" /></svg>
      </button>
      <button type="button" class="icon-btn" data-act="sound" aria-label=${words.say("player.sound")} @click=${() => does.openSettings()}>
        <svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 10v4h4l5 4V6L8 10zM16 9a4 4 0 0 1 0 6M18 6a8 8 0 0 1 0 12" /></svg>
      </button>
    </span>
  </header>`;
}

function quarters(words: Words, does: Does): TemplateResult {
  const one = (kind: "less" | "more", path: string): TemplateResult => html`<button type="button" data-act=${kind} @click=${() => does.adjust(kind)}>
    <span><svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>${words.say(`player.${kind}`)}</span>
  </button>`;
  return html`<div class="quarters">${one("less", "M5 12h14")}${one("more", "M12 5v14M5 12h14")}</div>`;
}

const LONG = 60; // characters: more is set as text, not as a line to read from afar

function cueText(model: Model): TemplateResult {
  const text = cue(model);
  return html`<p class="cue" ?data-long=${text.length > LONG && !over(model.state)}>${text}</p>`;
}

function cue({ plan, state, words }: Model): string {
  const step = stepOf(plan, state);
  switch (state.phase) {
    case "before":
      return intro(words);
    case "checking":
      return words.say("player.let_go");
    case "counting":
      return words.say("player.begin_at_tones");
    case "stopped":
      return words.say(state.reason === "no_answer" ? "player.sit_up" : "player.stopped");
    case "finished":
      return words.say("player.done");
    case "paused":
      return words.say(state.was!.away ? "player.paused_away" : pressing(step) ? "player.paused_off" : "player.paused");
    default:
      return pressing(step) && state.adapted ? changed(state, words).join(" ") : [...changed(state, words), step.text].join(" ");
  }
}

// How to stop, and how to take less: before anything presses.
export function intro(words: Words): string {
  return words.say(window.matchMedia("(pointer: fine)").matches ? "player.intro_keys" : "player.intro");
}

function asked({ plan, state, words, slid }: Model, does: Does): TemplateResult | typeof nothing {
  const { comfort } = stepOf(plan, state);
  if (!comfort || !scaleShown(plan, state)) return nothing;
  const value = slid ?? state.comfort ?? comfort.lo;
  const said = slid !== null || state.comfort !== null;
  return scale(
    {
      comfort,
      value,
      said,
      asking: state.asking || state.phase === "checking",
      label: words.say("player.how_strong"),
      aim: words.say("player.keep_to", { lo: comfort.lo, hi: comfort.hi }),
      spoken: said ? String(value) : words.say("player.not_said", { n: value }),
    },
    does,
  );
}

function lead({ plan, state, words, saving }: Model, does: Does): TemplateResult | typeof nothing {
  const button = (id: string, act: () => void): TemplateResult =>
    html`<button type="button" class="btn btn--main" data-act=${id === "finish" ? "next" : id} @click=${act}>${words.say(`player.${id}`)}</button>`;
  if (state.phase === "before") return button("start", () => does.start());
  if (state.phase === "paused") return button("resume", () => does.resume());
  const { kind } = stepOf(plan, state);
  if (state.phase === "running" && ownPace(stepOf(plan, state))) return button(kind === "aftercare" ? "finish" : "next", () => does.next());
  if (state.phase === "stopped" && state.reason === "no_answer") return button("up", () => does.up());
  return saving ? html`<p class="small muted" role="status">${words.say("player.saving")}</p>` : nothing;
}

// A stop acts at the touch, not when the finger leaves: it is the one control that must not wait.
function stop({ phase }: State, words: Words, does: Does): TemplateResult | typeof nothing {
  if (phase === "before" || phase === "stopped" || phase === "finished") return nothing;
  return html`<button type="button" class="btn btn--stop stop" data-act="stop" @pointerdown=${() => does.stop()} @click=${() => does.stop()}>
    ${words.say("player.stop")}
  </button>`;
}

// How to lie, sit or stand, until the first hold: then the ring and its seconds take the place.
function picture({ plan, state, words, data }: Model): TemplateResult | null {
  const { picture: url, pictureWidth: width, pictureHeight: height, pictureAlt: alt, pictureMirrored: mirrored } = data;
  const { kind } = stepOf(plan, state);
  const settling = state.phase === "before" || ((state.phase === "running" || state.phase === "paused") && kind === "ready");
  if (!url || !settling) return null;
  const turn = mirrored === undefined ? nothing : `matrix(-1 0 0 1 ${width} 0)`;
  return html`<div class="set">
    <svg class="position" viewBox="0 0 ${width} ${height}" width=${width!} height=${height!} role="img" aria-label=${alt ?? ""}>${svg`<use href="${url}#p" transform=${turn} />`}</svg>
    <p class="phase">${phaseWord(state, kind, words)}</p>
  </div>`;
}

// A step without a clock, or the end: a word, no empty ring.
function quiet({ plan, state, words }: Model): TemplateResult | null {
  const { kind } = stepOf(plan, state);
  const untimed = state.phase === "running" && ownPace(stepOf(plan, state));
  if (!untimed && state.phase !== "finished" && state.phase !== "stopped") return null;
  return html`<p class="quiet">${phaseWord(state, kind, words)}</p>`;
}

function ring({ plan, state, now, words }: Model): TemplateResult {
  const left = msLeft(state, now);
  const step = stepOf(plan, state);
  const whole = state.phase === "counting" ? COUNT_IN_MS : state.phase === "checking" ? plan.rules.silence_s * 1000 : state.length || 1;
  const share = left === null ? 1 : Math.min(1, left / whole);
  return html`<div class="ring">
    <svg viewBox="0 0 100 100" aria-hidden="true">
      <circle class="track" cx="50" cy="50" r="45"></circle>
      <circle class="left" cx="50" cy="50" r="45" stroke-dasharray="${RING * share} ${RING}"></circle>
    </svg>
    <div class="t">
      <span class="phase">${phaseWord(state, step.kind, words)}</span>
      ${left === null ? nothing : html`<span class="timer" aria-hidden="true">${Math.ceil(left / 1000)}</span>`}
    </div>
  </div>`;
}

function phaseWord({ phase }: State, kind: string, words: Words): string {
  return words.say(`player.phase.${phase === "running" ? kind : phase}`);
}
