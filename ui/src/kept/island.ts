// <unknot-kept>: a whole session from what this device keeps, with or without a connection: the short form, the player, and
// what is asked afterwards. The address says which session it is about; without one it lists what is kept.
import { LitElement, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { Words } from "../shared/words";
import { After } from "./after";
import type { No } from "./deadline";
import { ShortForm } from "./form";
import { connect, seeClock } from "./here";
import { hindrance } from "./hindrance";
import { judge, type Judged } from "./judge";
import { keep } from "./outbox";
import { common, NEW_RUN, run, session, sessions, underWay, type Common, type KeptSession, type Run } from "./store";

const ANSWERS_HOLD_MS = 30 * 60_000; // between the short form and the start

type View = "list" | "form" | "no" | "play" | "after";

@customElement("unknot-kept")
export class Kept extends LitElement {
  @state() private view: View = "list";
  @state() private held: { kept: KeptSession; run: Run }[] = [];
  @state() private no: No | null = null;
  @state() private judged: Judged | null = null;
  @state() private reached = navigator.onLine;
  private words!: Words;
  private common: Common | undefined;
  private kept!: KeptSession;
  private run!: Run;
  private form!: ShortForm;
  private later!: After;
  private stage: HTMLElement | null = null; // the player, made once

  // Light DOM: the page's own style sheet applies, and the policy that forbids inline style stays strict.
  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.words) return;
    this.words = new Words(this);
    this.replaceChildren();
    void this.begin();
  }

  private async begin(): Promise<void> {
    this.common = await common();
    await seeClock().catch(() => undefined);
    const id = /^\/session\/([0-9a-f-]{36})\//.exec(location.pathname)?.[1];
    if (id) return this.open(id);
    await this.list();
    this.reached = (await connect()) !== null;
    if (this.view === "list") await this.list();
  }

  private async list(): Promise<void> {
    this.common = await common();
    const found = [];
    for (const kept of await sessions()) found.push({ kept, run: (await run(kept.session)) ?? { ...NEW_RUN, session: kept.session } });
    this.held = found.filter((one) => !one.run.told);
    this.view = "list";
  }

  // Where the session stands decides what is shown, so that a page that was killed goes on where it was.
  private async open(id: string): Promise<void> {
    const [kept, known] = [await session(id), await run(id)];
    if (!kept || !this.common) return this.refuse("gone");
    this.kept = kept;
    this.run = known ?? { ...NEW_RUN, session: id };
    if (!location.pathname.includes(id)) history.replaceState(null, "", `/session/${id}/`); // a page loaded again goes on here
    if (underWay(this.run)) return this.play();
    if (this.run.begun) return this.finish();
    const no = await hindrance(id, kept.expires_at);
    if (no) return this.refuse(no);
    if (Date.now() - this.run.answered < ANSWERS_HOLD_MS) return this.play();
    this.form = new ShortForm(kept, this.words, (answers) => void this.answered(answers), () => this.requestUpdate());
    this.view = "form";
  }

  private refuse(no: No): void {
    this.no = no;
    this.view = "no";
  }

  private async answered(answers: Record<string, unknown>): Promise<void> {
    const clear = this.form.isPlainNo(answers);
    const how = clear ? { answered: Date.now() } : { barred: true };
    this.run = { ...this.run, ...how };
    await keep({ session: this.kept.session, kind: "before", answers }, how);
    if (clear) return this.play();
    this.judged = judge(answers, this.kept);
    this.refuse("answered");
  }

  private async play(): Promise<void> {
    const no = underWay(this.run) ? null : await hindrance(this.kept.session, this.kept.expires_at);
    if (no) return this.refuse(no);
    this.view = "play";
  }

  private finish(): void {
    this.later = new After(this.kept, this.run, this.common!, this.words, () => this.requestUpdate());
    this.view = "after";
  }

  protected override render(): TemplateResult {
    switch (this.view) {
      case "form":
        return this.form.render();
      case "no":
        return this.refusal();
      case "play":
        return this.player();
      case "after":
        return this.later.render();
      default:
        return this.choice();
    }
  }

  private choice(): TemplateResult {
    const { words } = this;
    return html`<div class="screen screen--one"><header class="top"><span class="wordmark">Unknot</span></header>
      <div class="panel stack-l">
        <div class="stack"><h1>${words.say("kept.title")}</h1><p class="muted">${words.say(this.reached ? "kept.connected" : "kept.no_connection")}</p></div>
        ${this.held.map((one) => this.card(one.kept, one.run))}
        ${this.held.length ? nothing : html`<p class="note">${words.say("kept.nothing")}</p>`}
        <p class="note" data-unsent=${words.template("kept.unsent")} hidden></p>
      </div>
      <footer class="dock"><div class="pair"><a class="btn btn--line" href="/atlas/">${words.say("kept.read")}</a><a class="btn btn--line" href="/evidence/">${words.say("kept.claims")}</a></div>
        <a class="btn btn--text" href="/today/">${words.say(this.reached ? "kept.today" : "kept.again")}</a></footer></div>`;
  }

  private card(kept: KeptSession, run: Run): TemplateResult {
    const { words } = this;
    const go = (id: string, name: string): TemplateResult => html`${id ? html`<p>${words.say(id)}</p>` : nothing}
      <button class="btn btn--main" @click=${() => void this.open(kept.session)}>${words.say(name)}</button>`;
    const until = html`<p class="muted">${words.say("kept.minutes", { minutes: kept.minutes })}. ${words.say("kept.until", { time: this.time(kept.expires_at) })}</p>`;
    return html`<section class="card stack"><h2>${kept.title}</h2>
      ${underWay(run) ? go("kept.resume", "kept.resume_do") : run.begun ? go(run.completed || run.sign ? "kept.rate" : "kept.stopped", "kept.answer") : html`${until}${go("", "kept.open")}`}
    </section>`;
  }

  private time(instant: string): string {
    return new Date(instant).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  }

  private refusal(): TemplateResult {
    const { words, judged, no } = this;
    const urgent = judged && ["emergency", "same_day"].includes(judged.level);
    const unsure = judged?.level === "self_care";
    const number = this.common?.number ?? "";
    const calls = judged?.level === "emergency" ? (number ? [number] : ["112", "911"]) : [];
    return html`<div class="screen screen--one"><header class="top"><span class="wordmark">Unknot</span></header>
      <div class="panel stack level--${judged?.level ?? "self_care"}">
        <section class="note note--block stack ${urgent ? "note--danger" : "note--caution"}" role="alert"><h1>${words.say("kept.no.title")}</h1>
          <p class="lead">${judged?.action || words.say(`kept.no.${no ?? "gone"}`)}</p></section>
        ${judged?.reasons.length ? html`<h2>${words.say("kept.no.why")}</h2><ul class="stack">${judged.reasons.map((one) => html`<li>${one}</li>`)}</ul>` : nothing}
        ${judged?.action ? html`<p>${words.say("kept.no.answered")}</p>` : nothing}
        ${unsure ? html`<p>${words.say("kept.no.not_sure")}</p>` : nothing}
        ${judged ? html`<p>${words.say("kept.no.worse")}</p><p class="muted" role="status">${words.say("kept.no.kept")}</p>` : nothing}
      </div>
      <footer class="dock">${calls.map((one) => html`<a class="btn btn--danger" href="tel:${one}">${words.say("kept.no.call", { number: one })}</a>`)}
        <a class="btn btn--line" href="/kept/">${words.say("kept.no.back")}</a></footer></div>`;
  }

  // The player reads its script from data blocks in its own content, as on the page that the server makes.
  private player(): TemplateResult {
    if (this.stage) return html`${this.stage}`;
    const { session: id, where, script, picture } = this.kept;
    const player = document.createElement("unknot-player");
    Object.assign(player.dataset, { session: id, heading: where, track: this.dataset["track"] ?? "", finishedUrl: `/session/${id}/rate/`, stoppedUrl: `/session/${id}/stopped/` });
    if (picture) {
      const { url, width, height, alt, mirrored } = picture;
      Object.assign(player.dataset, { picture: url, pictureWidth: String(width), pictureHeight: String(height), pictureAlt: alt });
      if (mirrored) player.dataset["pictureMirrored"] = "";
    }
    for (const [name, value] of Object.entries({ script, stops: this.common!.stops, words: this.words.all })) {
      const block = document.createElement("script");
      block.type = "application/json";
      block.setAttribute(`data-${name}`, "");
      block.textContent = JSON.stringify(value);
      player.append(block);
    }
    this.stage = player;
    return html`${player}`;
  }
}

