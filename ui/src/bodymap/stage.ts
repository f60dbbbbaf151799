// The picture: two canvases, the regions over them for keyboard and screen reader, and what floats at the edges.
import { html, nothing, svg, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { BodyMap } from "./island";
import type { Plate } from "./load";

const ICONS = {
  closer: "M12 5v14M5 12h14",
  farther: "M5 12h14",
  turn: "M4 12c0-2.500 3.600-4.500 8-4.500s8 2 8 4.500-3.600 4.500-8 4.500M12 13.500l-3 3 3 3",
};

export function stage(map: BodyMap): TemplateResult {
  const { words, plate } = map;
  return html`<section class="stage bm-stage" aria-label=${words.say("bodymap.stage")}>
    <canvas aria-hidden="true"></canvas><canvas aria-hidden="true"></canvas>
    ${map.failed ? html`<p class="bm-failed note">${words.say("bodymap.failed")}</p>` : nothing}
    ${plate ? regions(map, plate) : nothing}
    ${plate && map.camera.zoomed ? overview(plate) : nothing}
    <div class="bm-zoom">
      <button type="button" class="icon-btn icon-btn--on" aria-label=${words.say("bodymap.closer")} @click=${() => map.closer()}>${icon(ICONS.closer)}</button>
      <button type="button" class="icon-btn icon-btn--on" aria-label=${words.say("bodymap.farther")} @click=${() => map.zoom(1 / 1.6)}>${icon(ICONS.farther)}</button>
    </div>
    ${sides(map)}
    <button type="button" class="chip bm-turn" @click=${() => map.turn()}>${icon(ICONS.turn)}${words.say("bodymap.turn")}</button>
  </section>`;
}

const icon = (path: string): TemplateResult =>
  html`<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`;

// The person's own sides, at the side of the picture where they are.
function sides({ view, words }: BodyMap): TemplateResult {
  if (view === "left" || view === "right") return html`<span class="tag bm-start">${words.say(`bodymap.your_${view}`)}</span>`;
  const [start, end] = view === "back" ? ["left", "right"] : ["right", "left"];
  return html`<span class="tag bm-start">${words.say(`bodymap.your_${start}`)}</span><span class="tag bm-end">${words.say(`bodymap.your_${end}`)}</span>`;
}

function regions(map: BodyMap, plate: Plate): TemplateResult {
  return html`<p class="vh" id="bm-keys">${map.words.say("bodymap.keys")}</p>
    <svg class="bm-regions" role="group" aria-label=${map.words.say(`bodymap.view_${map.view}`)} aria-describedby="bm-keys"
      viewBox=${map.camera.viewBox()} preserveAspectRatio="none" @keydown=${(event: KeyboardEvent) => map.onKey(event)}>
      ${repeat(
        plate.shapes.regions,
        (shape) => `${map.view} ${shape.key}`,
        (shape) => svg`<path d=${shape.path} role="button" data-key=${shape.key} aria-label=${map.label(shape.key)}
          tabindex=${shape.key === map.current ? 0 : -1} @focus=${() => (map.current = shape.key)}
          @click=${(event: MouseEvent) => event.detail === 0 && map.toggle(shape.key)}></path>`,
      )}
    </svg>`;
}

// A small whole figure with a frame round what is on screen.
function overview(plate: Plate): TemplateResult {
  return html`<svg class="bm-frame" viewBox=${plate.shapes.box.join(" ")} aria-hidden="true">
    <path d=${plate.shapes.silhouette} fill-rule="evenodd"></path><rect></rect>
  </svg>`;
}
