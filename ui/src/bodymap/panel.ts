// Below the picture: the tools, how strong, how it feels, which side, and what has been painted.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { BodyMap } from "./island";
import { VIEWS, keyOf } from "./model";

// The words of pain in the order in which people choose them; the rest of the vocabulary is asked later.
const QUALITIES = ["aching", "dull", "tight", "stiff", "sharp", "burning", "shooting", "tingling", "numb", "throbbing"];
const ICONS = {
  paint: "M4 20c0-3 1.500-4.500 4-4.500 1.700 0 3 1.300 3 3S9.500 20 8 20zM11 16l8.500-11M9.500 14.500L18 4l2 1.500",
  erase: "M4 15l9-10 7 6-8 9H8zM9 10l7 6",
  undo: "M4 9h10a5 5 0 0 1 0 10h-3M4 9l4-4M4 9l4 4",
};

export function panel(map: BodyMap): TemplateResult {
  const say = map.words.say.bind(map.words);
  const tool = (name: "paint" | "erase"): TemplateResult => html`<button type="button" class="chip grow" aria-pressed=${String(map.tool === name)}
    @click=${() => (map.tool = name)}>${icon(ICONS[name])}${say(`bodymap.${name}`)}</button>`;
  return html`<div class="stack bm-panel">
    <div class="row wrap bm-tools">
      ${tool("paint")}${tool("erase")}
      <button type="button" class="chip grow" ?disabled=${!map.drawing.canUndo} @click=${() => map.undo()}>${icon(ICONS.undo)}${say("bodymap.undo")}</button>
    </div>
    ${side(map)} ${strength(map)} ${feel(map)} ${places(map)} ${views(map)} ${body(map)}
  </div>`;
}

const icon = (path: string): TemplateResult =>
  html`<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`;

function side(map: BodyMap): TemplateResult | typeof nothing {
  if (!map.asking) return nothing;
  const say = map.words.say.bind(map.words);
  const swapped = map.asking === "left" ? "right" : "left";
  return html`<div class="note bm-side" role="group" aria-labelledby="bm-side">
    <span class="grow" id="bm-side">${say(`bodymap.is_that_${map.asking}`)}</span>
    <button type="button" class="chip" @click=${() => map.answerSide(true)}>${say("bodymap.yes")}</button>
    <button type="button" class="chip" @click=${() => map.answerSide(false)}>${say(`bodymap.no_${swapped}`)}</button>
  </div>`;
}

function strength(map: BodyMap): TemplateResult {
  const say = map.words.say.bind(map.words);
  const { intensity } = map.mark;
  const word = intensity === null ? "" : say(`bodymap.strength_${intensity === 0 ? "none" : intensity <= 3 ? "mild" : intensity <= 6 ? "medium" : "strong"}`);
  const text = intensity === null ? say("bodymap.strength_unset") : say("bodymap.strength", { n: intensity, word });
  return html`<div class="bm-strength">
    <div class="row between">
      <label class="strong" for="bm-strength">${say("bodymap.how_strong")}</label>
      <output class="strong num" for="bm-strength">${text}</output>
    </div>
    <input id="bm-strength" type="range" min="0" max="10" step="1" .value=${String(intensity ?? 5)} aria-valuetext=${text}
      class=${intensity === null ? "unset" : `p${intensity}`}
      @input=${(event: InputEvent) => map.rate(Number((event.target as HTMLInputElement).value))}
      @change=${(event: Event) => event.stopPropagation()} />
  </div>`;
}

function feel(map: BodyMap): TemplateResult {
  const chosen = map.mark.qualities ?? [];
  return html`<details class="bm-feel">
    <summary>${map.words.say("bodymap.how_feels")}</summary>
    <div class="row wrap" role="group" aria-label=${map.words.say("bodymap.how_feels")}>
      ${QUALITIES.map((quality) => html`<button type="button" class="chip" aria-pressed=${String(chosen.includes(quality))}
        @click=${() => map.toggleQuality(quality)}>${map.words.say(`answer.qualities.${quality}`)}</button>`)}
    </div>
  </details>`;
}

function places(map: BodyMap): TemplateResult {
  const say = map.words.say.bind(map.words);
  const { areas } = map.drawing;
  return html`<div class="bm-places">
    <h2 class="small muted">${say("bodymap.places", { n: areas.length })}</h2>
    <ul>
      ${repeat(areas, (area) => keyOf(area.region, area.side), (area) => {
        const key = keyOf(area.region, area.side);
        const name = map.name(key);
        const strong = area.intensity === null ? nothing : html`<span class="num muted"> · ${area.intensity}</span>`;
        return html`<li class="item">
          <button type="button" class="bm-place grow" aria-pressed=${String(map.selected.includes(key))} @click=${() => map.select(key)}>${name}${strong}</button>
          <button type="button" class="icon-btn" aria-label=${say("bodymap.remove", { place: name })} @click=${() => map.takeAway(key)}>${icon("M6 6l12 12M18 6L6 18")}</button>
        </li>`;
      })}
    </ul>
  </div>`;
}

function views(map: BodyMap): TemplateResult {
  return html`<div class="seg bm-views" role="group" aria-label=${map.words.say("bodymap.views")}>
    ${VIEWS.map((view) => html`<button type="button" aria-pressed=${String(map.view === view)} @click=${() => void map.show(view)}>${map.words.say(`bodymap.show_${view}`)}</button>`)}
  </div>`;
}

function body(map: BodyMap): TemplateResult | typeof nothing {
  if (map.bodies.size < 2) return nothing;
  const say = map.words.say.bind(map.words);
  const [kind, build] = map.body === "neutral" ? ["neutral", "average"] : map.body.split("_");
  const named = (one: string, size: string): string => (one === "neutral" && size === "average" ? "neutral" : `${one}_${size}`);
  // A kind that is not there in this build is shown in the average one.
  const nearest = (one: string): string => (map.bodies.has(named(one, build ?? "average")) ? named(one, build ?? "average") : named(one, "average"));
  const row = (names: readonly string[], chosen: string | undefined, act: (name: string) => string): TemplateResult => html`<div class="seg bm-bodies">
    ${names
      .filter((name) => map.bodies.has(act(name)))
      .map((name) => html`<button type="button" aria-pressed=${String(name === chosen)} @click=${() => void map.choose(act(name))}>${say(`bodymap.body_${name}`)}</button>`)}
  </div>`;
  return html`<details class="bm-body">
    <summary>${say("bodymap.body")}</summary>
    <div class="stack" role="group" aria-label=${say("bodymap.body")}>
      ${row(["neutral", "female", "male"], kind, nearest)}
      ${row(["lean", "average", "heavy"], build, (name) => named(kind ?? "neutral", name))}
      <p class="small muted">${say("bodymap.body_same")}</p>
    </div>
  </details>`;
}
