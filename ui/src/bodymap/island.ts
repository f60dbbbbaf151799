// <unknot-body-map>: paint where it hurts. The page renders the list of regions inside it; the element adds the picture
// before it and the tools into its [data-tools]. List and picture edit the same drawing, which a hidden input holds as
// JSON; "change" is emitted with it. Sentences come from the page, see shared/words.ts.
import { LitElement, html, nothing, render, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { post } from "../shared/post";
import { Words } from "../shared/words";
import { Camera } from "./camera";
import { Drawing, type Mark, type Stroke } from "./drawing";
import { listen } from "./gestures";
import type { Grid } from "./grid";
import { areasIn, block } from "./handed";
import { pressed } from "./keyboard";
import { NEUTRAL, load, loadPlaces, type Plate } from "./load";
import { PlaceList } from "./list";
import { VIEWS, type Key, type Side, type View } from "./model";
import { Painter, lookOf, type Look } from "./paint";
import { panel } from "./panel";
import { samePlace } from "./places";
import type { Shape } from "./shapes";
import { stage } from "./stage";

const BRUSH_PX = 13; // radius on the screen: a fingertip
const BRUSH_MM = [6, 18] as const; // and its limits on the body

@customElement("unknot-body-map")
export class BodyMap extends LitElement {
  @state() view: View = "back";
  @state() body = NEUTRAL;
  @state() tool: "paint" | "erase" = "paint";
  @state() mark: Mark = { intensity: null, qualities: null };
  @state() selected: Key[] = [];
  @state() asking: Side | null = null; // the side that is to be confirmed
  @state() current: Key | null = null; // the region that Tab leads to
  @state() private heard = "";
  @state() failed = false;
  bodies: ReadonlySet<string> = new Set(); // those that there are pictures of
  words!: Words;
  private readonly plates = new Map<View, Plate>();
  private readonly grids = new Map<View, Grid>();
  readonly drawing = new Drawing(this.grids);
  readonly camera = new Camera(390, 400);
  private readonly confirmed = new Set<Side>();
  private readonly dark = matchMedia("(prefers-color-scheme: dark)");
  private readonly themed = new MutationObserver(() => this.retheme());
  private readonly sized = new ResizeObserver(() => this.resized());
  private input: HTMLInputElement | null = null;
  private tools: HTMLElement | null = null;
  private list: PlaceList | null = null;
  private overlays: Record<string, Key[]> = {}; // bands and depths, and the areas they are drawn as
  private painter: Painter | null = null;
  private look: Look | null = null;
  private live: Stroke | null = null;
  private frame = 0;
  private settling = 0;
  private stale: "base" | "live" | null = null;
  private unlisten: () => void = () => undefined;

  // Light DOM: the page's own style sheet applies. The picture goes before what the page has put here.
  protected override createRenderRoot(): this {
    this.renderOptions.renderBefore = this.firstChild;
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.words ??= new Words(this);
    this.input = this.querySelector<HTMLInputElement>("input[type=hidden][name=drawing]");
    this.input?.addEventListener("change", this.listed);
    if (this.input) this.input.disabled = false; // without scripts the ticked list is the answer
    this.tools = this.querySelector("[data-tools]");
    this.overlays = block(this, "data-overlays") ?? {};
    const holder = this.querySelector<HTMLDetailsElement>("[data-list]");
    if (holder) holder.open = holder.querySelector<HTMLInputElement>("input[type=search]")?.value !== "";
    const first = this.dataset["view"] as View | undefined;
    if (first && VIEWS.includes(first)) this.view = first;
    this.body = this.dataset["body"] || NEUTRAL;
    this.bodies = new Set(this.dataset["bodies"]?.split(" "));
    this.dark.addEventListener("change", this.retheme);
    this.themed.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    this.drawing.load(areasIn(this.input?.value), false);
    const form = this.closest("form");
    if (form && this.input) this.list ??= new PlaceList(form, this.input);
    void this.show(this.view);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.input?.removeEventListener("change", this.listed);
    this.dark.removeEventListener("change", this.retheme);
    this.themed.disconnect();
    this.sized.disconnect();
    this.unlisten();
    cancelAnimationFrame(this.frame);
  }

  protected override firstUpdated(): void {
    const holder = this.holder;
    const [base, above] = holder.querySelectorAll("canvas");
    this.painter = new Painter(base!, above!);
    this.sized.observe(holder);
    this.unlisten = listen(holder, {
      drawStart: (x, y) => this.begin(x, y),
      drawMove: (points) => this.extend(points),
      drawEnd: () => this.end(),
      drawCancel: () => this.cancel(),
      zoom: (x, y, factor) => this.zoom(factor, x, y),
      pan: (dx, dy) => {
        this.camera.pan(dx, dy);
        this.moving();
      },
    });
  }

  protected override updated(_changed: PropertyValues): void {
    if (this.tools) render(panel(this), this.tools);
    this.redraw();
  }

  private get holder(): HTMLElement {
    return this.querySelector<HTMLElement>(".bm-stage")!;
  }

  get plate(): Plate | undefined {
    return this.plates.get(this.view);
  }

  // --- views ---------------------------------------------------------------------------------------------------------

  async show(view: View): Promise<void> {
    this.view = view;
    try {
      if (!this.plates.has(view)) {
        const { body } = this;
        const plate = await load(view, body, () => this.redraw());
        if (body !== this.body) return; // another body was chosen meanwhile
        this.plates.set(view, plate);
        this.grids.set(view, plate.grid);
      }
      this.failed = false;
    } catch {
      this.failed = true; // the list does all that the picture does
      this.querySelector("[data-list]")?.setAttribute("open", "");
    }
    if (this.view !== view || !this.plate) return this.requestUpdate();
    this.camera.fit(this.plate.shapes.box);
    this.current = this.plate.shapes.regions[0]?.key ?? null;
    this.requestUpdate();
  }

  // The drawing goes along to the same places; the choice is kept for the next time.
  async choose(body: string): Promise<void> {
    const before = this.body;
    this.body = body;
    try {
      const [from, to] = await Promise.all([loadPlaces(before), loadPlaces(body)]);
      const drawnIn = [...this.plates.keys()].filter((view) => this.drawing.strokes(view).length > 0);
      const plates = await Promise.all([...new Set([this.view, ...drawnIn])].map((view) => load(view, body, () => this.redraw())));
      if (this.body !== body) return;
      this.plates.clear();
      this.grids.clear();
      for (const plate of plates) {
        this.plates.set(plate.view, plate);
        this.grids.set(plate.view, plate.grid);
      }
      this.drawing.carry((view, x, y) => samePlace(view, x, y, from, to));
    } catch {
      this.body = before; // it could not be loaded: nothing has changed
      return;
    }
    void this.show(this.view);
    this.changed();
    const url = this.dataset["bodyUrl"];
    if (url) await post(url, { body }).catch(() => undefined); // not kept: it is asked again next time
  }

  turn(): void {
    const round: View[] = ["front", "left", "back", "right"];
    void this.show(round[(round.indexOf(this.view) + 1) % round.length]!);
  }

  // Closer by the button: towards what was drawn last, else towards the trunk.
  closer(): void {
    const last = this.drawing.strokes(this.view).at(-1)?.points.slice(-2) ?? (this.view === "soles" ? [70, -20] : [0, -300]);
    const { camera } = this;
    this.zoom(1.6, (last[0]! - camera.x) * camera.scale, (last[1]! - camera.y) * camera.scale);
    camera.reveal(last[0]!, last[1]!);
  }

  zoom(factor: number, x = this.camera.width / 2, y = this.camera.height / 2): void {
    const before = this.camera.zoomed;
    this.camera.zoomAt(x, y, factor);
    if (before !== this.camera.zoomed) this.requestUpdate();
    this.moving();
  }

  private resized(): void {
    const { width, height } = this.holder.getBoundingClientRect();
    if (width && height) this.camera.resize(width, height);
    this.redraw();
  }

  private readonly retheme = (): void => {
    this.look = null;
    this.redraw();
  };

  // Zooming and moving is drawn coarsely, and finely once it has come to rest.
  private moving(): void {
    clearTimeout(this.settling);
    this.settling = window.setTimeout(() => {
      this.settling = 0;
      this.redraw();
    }, 140);
    this.redraw();
  }

  private redraw(what: "base" | "live" = "base"): void {
    this.stale = this.stale === "base" ? "base" : what;
    this.frame ||= requestAnimationFrame(() => this.paint());
  }

  private paint(): void {
    const { plate, painter, camera, drawing, stale } = this;
    this.frame = 0;
    this.stale = null;
    if (!plate || !painter) return;
    this.look ??= lookOf(this);
    painter.drawLive(plate, camera, this.live, this.look);
    if (stale === "live") return;
    painter.draw(plate, camera, drawing, this.overlays, this.look, this.settling !== 0);
    if (this.settling === 0) this.querySelector(".bm-regions")?.setAttribute("viewBox", camera.viewBox());
    const frame = this.querySelector(".bm-frame rect");
    const [x, y, w, h] = camera.viewBox().split(" ");
    for (const [name, value] of Object.entries({ x, y, width: w, height: h })) frame?.setAttribute(name, value!);
  }

  // --- drawing -------------------------------------------------------------------------------------------------------

  private begin(x: number, y: number): void {
    const radius = Math.min(BRUSH_MM[1], Math.max(BRUSH_MM[0], BRUSH_PX / this.camera.scale));
    const points = this.camera.toView(x, y);
    this.live = { kind: "stroke", view: this.view, points, radius, erase: this.tool === "erase", marks: {} };
    this.redraw("live");
  }

  private extend(places: readonly (readonly [number, number])[]): void {
    if (!this.live) return;
    const { points, radius } = this.live;
    for (const [px, py] of places) {
      const [x, y] = this.camera.toView(px, py);
      const step = Math.hypot(x - points.at(-2)!, y - points.at(-1)!);
      if (step > radius / 8) points.push(Math.round(x * 10) / 10, Math.round(y * 10) / 10);
    }
    this.redraw("live");
  }

  private end(): void {
    const { live } = this;
    this.live = null;
    if (!live || !this.plate) return this.redraw();
    const touched = this.drawing.stroke(live.view, live.points, live.radius, live.erase, this.mark);
    this.selected = live.erase ? this.selected.filter((key) => this.drawing.has(key)) : touched;
    const side = Drawing.sideOf(touched);
    this.asking = !live.erase && side !== "midline" && !this.confirmed.has(side) ? side : null;
    this.changed();
    if (!live.erase && touched.length) this.say("bodymap.said_painted", { places: touched.slice(0, 3).map((key) => this.name(key)).join(", ") });
    else this.sayCount();
  }

  private cancel(): void {
    this.live = null;
    this.redraw("live");
  }

  undo(): void {
    this.drawing.undo();
    this.selected = this.selected.filter((key) => this.drawing.has(key));
    this.asking = null;
    this.changed();
    this.sayCount();
  }

  // "Is that your left side?" No: what was just drawn belongs on the other side.
  answerSide(yes: boolean): void {
    const asked = this.asking;
    if (!asked) return;
    this.asking = null;
    const side: Side = yes ? asked : asked === "left" ? "right" : "left";
    this.confirmed.add(side);
    if (!yes) {
      const view = this.drawing.flipLast();
      this.selected = this.selected.map((key) => key.replace(`@${asked}`, `@${side}`) as Key);
      if (view && view !== this.view) void this.show(view).then(() => this.changed());
      this.changed();
    }
    this.say("bodymap.said_side", { side: this.words.say(`side.${side}`) });
    this.dispatchEvent(new CustomEvent("side-confirmed", { detail: { side, moved: !yes }, bubbles: true }));
  }

  rate(intensity: number): void {
    this.mark = { ...this.mark, intensity };
    if (this.selected.length) this.drawing.rate(this.selected, { intensity });
    this.changed();
  }

  toggleQuality(quality: string): void {
    const had = this.mark.qualities ?? [];
    const qualities = had.includes(quality) ? had.filter((other) => other !== quality) : [...had, quality];
    this.mark = { ...this.mark, qualities };
    if (this.selected.length) this.drawing.rate(this.selected, { qualities });
    this.changed();
  }

  select(key: Key): void {
    const area = this.drawing.has(key);
    this.selected = [key];
    this.mark = { intensity: area?.intensity ?? null, qualities: area?.qualities ?? null };
  }

  takeAway(key: Key): void {
    this.drawing.clear(key);
    this.selected = this.selected.filter((other) => other !== key);
    this.changed();
    this.sayCount();
  }

  // --- keyboard ------------------------------------------------------------------------------------------------------

  onKey(event: KeyboardEvent): void {
    pressed(this, event);
  }

  toggle(key: Key): void {
    if (this.drawing.has(key)) return this.takeAway(key);
    this.drawing.fill(key, this.mark);
    this.selected = [key];
    this.changed();
    this.say("bodymap.said_painted", { places: this.name(key) });
  }

  focusRegion(shape: Shape): void {
    this.current = shape.key;
    this.camera.reveal(...(shape.at as [number, number]));
    void this.updateComplete.then(() => this.querySelector<SVGElement>(`.bm-regions [data-key="${shape.key}"]`)?.focus());
  }

  // --- the page ------------------------------------------------------------------------------------------------------

  private readonly listed = (): void => {
    this.drawing.load(areasIn(this.input?.value), true);
    this.selected = this.selected.filter((key) => this.drawing.has(key));
    this.requestUpdate();
    this.announceChange();
  };

  private changed(): void {
    if (this.input) this.input.value = JSON.stringify(this.drawing.areas);
    this.requestUpdate();
    this.announceChange();
  }

  private announceChange(): void {
    this.list?.follow(this.drawing.areas);
    this.dispatchEvent(new CustomEvent("change", { detail: this.drawing.areas, bubbles: true }));
  }

  name(key: Key): string {
    const [region, side] = key.split("@") as [string, Side];
    const place = this.words.say(`region.${region}`);
    return side === "midline" ? place : this.words.say("bodymap.place", { side: this.words.say(`side.${side}`), place });
  }

  label(key: Key): string {
    const area = this.drawing.has(key);
    if (!area) return this.name(key);
    if (area.intensity === null) return this.words.say("bodymap.label_painted", { place: this.name(key) });
    return this.words.say("bodymap.label_strength", { place: this.name(key), n: area.intensity });
  }

  say(id: string, params: Record<string, string | number> = {}): void {
    this.heard = this.words.say(id, params);
  }

  private sayCount(): void {
    this.say("bodymap.said_count", { n: this.drawing.areas.length });
  }

  protected override render(): TemplateResult {
    return html`${stage(this)} ${this.tools ? nothing : html`<div class="panel">${panel(this)}</div>`}
      <p class="vh" role="status" aria-live="polite">${this.heard}</p>`;
  }
}
