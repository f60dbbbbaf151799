// <unknot-player>: the guided session. Reads the script and the sentences from JSON in its own server-rendered content,
// which is a plain list of steps for anyone without scripts.
import { LitElement, html, nothing, svg, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { post, Refused, uuid7 } from "../shared/post";
import { Words } from "../shared/words";
import type { StopRules } from "../rules/stops";
import { Machine, type Change } from "./machine";
import type { Script } from "./script";
import { Sound } from "./sound";

const RING = 2 * Math.PI * 46;
const SAY_TIME_EVERY_S = 15;

@customElement("unknot-player")
export class Player extends LitElement {
  @state() private now = performance.now();
  @state() private heard = "";
  @state() private unsaved = 0;
  private machine!: Machine;
  private words!: Words;
  private readonly sound = new Sound();
  private timer = 0;
  private lock: WakeLockSentinel | null = null;
  private saidAt = -1;
  private saving: Promise<void> = Promise.resolve();

  // Light DOM: the page's own style sheet applies, and the policy that forbids inline style stays strict.
  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const read = (name: string): unknown => {
      const holder = this.querySelector(`script[type="application/json"][${name}]`);
      return holder && JSON.parse(holder.textContent ?? "");
    };
    const [script, stops] = [read("data-script"), read("data-stops")];
    if (this.machine || !script || !stops) return;
    this.words = new Words(this);
    this.machine = new Machine(script as Script, stops as StopRules, (change) => this.changed(change));
    this.replaceChildren();
    document.documentElement.dataset["theme"] = "dark";
    document.addEventListener("visibilitychange", this.seen);
    document.addEventListener("keydown", this.key);
    this.timer = window.setInterval(() => this.tick(), 100);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.seen);
    document.removeEventListener("keydown", this.key);
    void this.lock?.release();
  }

  private tick(): void {
    const before = this.machine.phase;
    this.now = performance.now();
    // Out of sight no new hold begins: the person may not notice that it has.
    if (document.hidden && this.machine.secondsLeft(this.now) <= 0 && this.machine.phase === "running") {
      this.sound.play("release");
      return this.machine.pause(this.now);
    }
    this.machine.tick(this.now);
    if (before !== "checking" && this.machine.phase === "checking") {
      this.sound.play("release");
      this.announce(this.words.say("player.how_strong"));
    }
    this.sayTime();
  }

  private sayTime(): void {
    if (this.machine.phase !== "running" || this.machine.ownPace) return;
    const left = Math.ceil(this.machine.secondsLeft(this.now));
    if (left === this.saidAt) return;
    this.saidAt = left;
    if (left > 0 && left <= 5 && this.machine.step.kind === "hold") this.sound.play("last");
    if (left > 0 && left % SAY_TIME_EVERY_S === 0 && left !== this.machine.step.duration_s) {
      this.announce(this.words.say("player.seconds_left", { n: left }));
    }
  }

  private changed(change: Change): void {
    this.saidAt = -1;
    if (change.kind === "step") {
      this.sound.play(this.machine.step.kind === "hold" ? "hold" : "step");
      this.announce(this.machine.step.text);
    }
    if (change.kind === "stopped") {
      this.sound.play(change.reason === "no_answer" ? "alarm" : "release");
      this.announce(this.words.say(change.reason === "no_answer" ? "player.sit_up" : "player.stopped"));
    }
    if (change.kind === "finished") this.sound.play("end");
    this.store(change);
    if (change.kind === "stopped" || change.kind === "finished") this.leave(change.kind);
    this.requestUpdate();
  }

  // Each change is sent in order; what could not be sent is kept and sent again with the next one.
  private store(change: Change): void {
    const body = { id: uuid7(), at: new Date().toISOString(), ...change };
    this.unsaved += 1;
    this.saving = this.saving.then(async () => {
      for (let attempt = 0; ; attempt++) {
        try {
          await post(this.dataset["events"] ?? "", body);
          this.unsaved -= 1;
          return;
        } catch (error) {
          if (error instanceof Refused) {
            this.unsaved -= 1;
            return this.machine.stop("refused"); // no leave any more: the pressing ends here
          }
          await new Promise((wake) => setTimeout(wake, Math.min(8000, 500 * 2 ** attempt)));
        }
      }
    });
  }

  private leave(kind: "stopped" | "finished"): void {
    window.clearInterval(this.timer);
    void this.lock?.release();
    const pause = this.machine.phase === "stopped" ? 0 : 1200;
    void this.saving.then(() =>
      setTimeout(() => window.location.assign(this.dataset[kind === "stopped" ? "stoppedUrl" : "finishedUrl"] ?? "/"), pause),
    );
  }

  private readonly seen = (): void => {
    if (!document.hidden && this.machine.phase === "running") void this.stayAwake();
  };

  private async stayAwake(): Promise<void> {
    try {
      this.lock = (await navigator.wakeLock?.request("screen")) ?? null;
    } catch {
      this.lock = null; // refused (battery saver): sound and the clock go on without it
    }
  }

  private readonly key = (event: KeyboardEvent): void => {
    if (event.key === "Escape") return this.machine.stop("person");
    const onControl = (event.target as Element | null)?.closest("button, [role=radio], a, input");
    if (event.key === " " && !onControl) {
      event.preventDefault();
      this.pauseOrResume();
    }
  };

  private begin(): void {
    this.sound.wake();
    void this.stayAwake();
    this.machine.start(performance.now());
  }

  private pauseOrResume(): void {
    if (this.machine.phase === "paused") this.machine.resume(performance.now());
    else this.machine.pause(performance.now());
  }

  private announce(words: string): void {
    this.heard = words;
    this.sound.say(words);
  }

  private adjust(kind: "more" | "less"): void {
    this.machine.adjust(kind);
    this.announce(this.words.say(`player.${kind}_how`));
  }

  protected override render(): TemplateResult {
    const { phase, step, index, script } = this.machine;
    const place = this.words.say("player.step_of", { n: index + 1, all: script.steps.length });
    return html`<div class="player" data-phase=${phase}>
      <div class="row between">
        <h1 class="small strong">${this.dataset["heading"]}</h1>
        <span class="small muted">${place}</span>
        <button class="icon-btn" aria-pressed=${String(this.sound.on)} aria-label=${this.words.say("player.sound")}
          @click=${() => { this.sound.on = !this.sound.on; if (!this.sound.on) this.sound.silence(); else this.sound.wake(); this.requestUpdate(); }}>
          <svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d=${this.sound.on ? "M4 10v4h4l5 4V6L8 10zM16 9a4 4 0 0 1 0 6M18 6a8 8 0 0 1 0 12" : "M4 10v4h4l5 4V6L8 10zM16 9l5 6M21 9l-5 6"} /></svg>
        </button>
      </div>
      ${this.picture() ?? this.ring()}
      <p class="cue">${phase === "checking" ? this.words.say("player.how_strong") : step.text}</p>
      <div class="stack">${this.scale()}${this.keys()}</div>
      <p class="vh" role="status" aria-live="assertive">${this.heard}</p>
      ${this.unsaved > 0 && (phase === "stopped" || phase === "finished")
        ? html`<p class="small muted" role="status">${this.words.say("player.saving")}</p>`
        : nothing}
    </div>`;
  }

  // How to lie, sit or stand, until the first hold: then the ring and its seconds take the place.
  private picture(): TemplateResult | null {
    const { picture: url, pictureWidth: width, pictureHeight: height, pictureAlt: alt, pictureMirrored: mirrored } = this.dataset;
    const { phase, step } = this.machine;
    const settling = phase === "before" || (["running", "paused"].includes(phase) && ["ready", "find"].includes(step.kind));
    if (!url || !settling) return null;
    const turn = mirrored === undefined ? nothing : `matrix(-1 0 0 1 ${width} 0)`;
    const name = phase === "running" ? `player.phase.${step.kind}` : `player.phase.${phase}`;
    const left = phase === "running" && !this.machine.ownPace ? ` ${Math.ceil(this.machine.secondsLeft(this.now))} ${this.words.say("player.seconds")}` : "";
    return html`<div class="set">
      <svg class="position" viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="img" aria-label=${alt ?? ""}>${svg`<use href="${url}#p" transform=${turn} />`}</svg>
      <p class="phase"><span>${this.words.say(name)}</span><span aria-hidden="true">${left}</span></p>
    </div>`;
  }

  private ring(): TemplateResult {
    const { phase, step } = this.machine;
    const left = this.machine.secondsLeft(this.now);
    const timed = phase !== "before" && !this.machine.ownPace && phase !== "finished" && phase !== "stopped";
    const share = timed ? Math.min(1, left / (phase === "checking" ? this.machine.stops.silence_s : step.duration_s || 1)) : 1;
    const name = phase === "running" ? `player.phase.${step.kind}` : `player.phase.${phase}`;
    return html`<div class="ring">
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle class="track" cx="50" cy="50" r="46"></circle>
        <circle class="left" cx="50" cy="50" r="46" stroke-dasharray="${RING * share} ${RING}"></circle>
      </svg>
      <div class="t">
        <span class="phase">${this.words.say(name)}</span>
        ${timed
          ? html`<span class="timer" aria-hidden="true">${Math.ceil(left)}</span><span class="muted">${this.words.say("player.seconds")}</span>`
          : nothing}
      </div>
    </div>`;
  }

  private scale(): TemplateResult | typeof nothing {
    const comfort = this.machine.step.comfort;
    const { phase } = this.machine;
    if (!comfort || (phase !== "running" && phase !== "checking")) return nothing;
    const aim = this.words.say("player.keep_to", { lo: comfort.lo, hi: comfort.hi });
    return html`<div>
      <div class="row between small"><span class="strong" id="how-strong">${this.words.say("player.how_strong")}</span><span>${aim}</span></div>
      <div class="comfort" role="radiogroup" aria-labelledby="how-strong" @keydown=${this.scaleKey}>
        ${Array.from({ length: 11 }, (_, n) => html`<button type="button" role="radio" tabindex=${n === (this.machine.comfort ?? comfort.lo) ? 0 : -1}
          aria-checked=${String(this.machine.comfort === n)}
          class=${n >= comfort.stop ? "high" : n >= comfort.lo && n <= comfort.hi ? "aim" : ""}
          @click=${() => this.machine.rate(n, performance.now())}>${n}</button>`)}
      </div>
    </div>`;
  }

  // Arrows move the focus only: on this scale a 7 ends the hold, so a value counts when it is chosen, not when passed.
  private scaleKey(event: KeyboardEvent): void {
    const turn = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    const at = event.target as HTMLElement;
    if (!turn) return;
    event.preventDefault();
    const next = (turn > 0 ? at.nextElementSibling : at.previousElementSibling) as HTMLElement | null;
    next?.focus();
  }

  private keys(): TemplateResult | typeof nothing {
    const { phase } = this.machine;
    const button = (id: string, style: string, act: () => void): TemplateResult =>
      html`<button type="button" class="btn ${style}" data-act=${id} @click=${act}>${this.words.say(`player.${id}`)}</button>`;
    if (phase === "before") return button("start", "btn--main", () => this.begin());
    if (phase === "stopped" || phase === "finished") return nothing;
    const first = this.machine.ownPace && phase === "running" ? button("next", "btn--main", () => this.machine.next(performance.now())) : nothing;
    const pause = button(phase === "paused" ? "resume" : "pause", "btn--line", () => this.pauseOrResume());
    return html`${first}
      <div class="big3">
        ${this.machine.underLoad ? html`${button("less", "btn--line", () => this.adjust("less"))}${button("more", "btn--line", () => this.adjust("more"))}` : nothing}
        ${button("stop", "btn--stop stop", () => this.machine.stop("person"))}
      </div>
      ${pause}`;
  }
}
