// After a session without a connection: why it was stopped and what that asks for, how the pain is, and a bruise where that
// matters. Each answer is on this device's disk before the page says so.
import { html, nothing, type TemplateResult } from "lit";
import type { Words } from "../shared/words";
import { connect } from "./here";
import { keep } from "./outbox";
import { changeRun, type Common, type KeptSession, type Run, type Sign } from "./store";

export class After {
  private fault = "";
  private sent = false;
  private follows: string[] = [];
  private meant = false;

  constructor(
    private readonly kept: KeptSession,
    private run: Run,
    private readonly common: Common,
    private readonly words: Words,
    private readonly again: () => void,
  ) {}

  render(): TemplateResult {
    if (this.run.told) return this.done();
    if (!this.run.completed && this.run.sign === "") return this.why();
    const named = this.common.signs.find((one) => one.id === this.run.sign);
    return named && !this.meant ? this.means(named) : this.rate();
  }

  private why(): TemplateResult {
    const { words } = this;
    const { noticed } = this.run;
    const seen = this.common.signs.some((one) => one.id === noticed);
    return this.page(
      html`<h1 id="ask">${words.say("kept.why.title")}</h1><p class="muted">${words.say("kept.why.help")}</p>${this.note()}
        <div class="answers" role="radiogroup" aria-labelledby="ask">${this.common.signs
          .filter((one) => !one.alarm || one.id === noticed)
          .map((one) => html`<label class="answer"><input type="radio" name="sign" value=${one.id} ?checked=${one.id === noticed} />${one.sign}</label>`)}</div>`,
      html`<button class="btn btn--main">${words.say("kept.why.save")}</button>
        ${seen ? nothing : html`<button class="btn btn--line" value="enough">${words.say("kept.why.enough")}</button>`}`,
      (form, press) => void this.because(press === "enough" ? "enough" : String(form.get("sign") ?? "")),
    );
  }

  private async because(sign: string): Promise<void> {
    if (!sign) return this.wrong("kept.why.help");
    const session = this.kept.session;
    const barred = this.common.signs.some((one) => one.id === sign && one.level !== "self_care");
    if (sign !== "enough") await keep({ session, kind: "why", sign }, { sign, ...(barred && { barred }) });
    else await changeRun(session, { sign });
    this.move({ sign });
  }

  private means(sign: Sign): TemplateResult {
    const { words } = this;
    const serious = sign.level !== "self_care";
    const { number } = this.common;
    const calls = sign.level === "emergency" ? (number ? [number] : ["112", "911"]) : [];
    const rest = serious ? "kept.why.stands" : sign.closes === "everything" ? "kept.why.everything" : "kept.why.place";
    return html`<div class="screen screen--one"><header class="top"><span class="wordmark">Unknot</span></header>
      <div class="panel stack level--${sign.level}"><p class="muted">${words.say("kept.why.means")}</p><h1>${sign.sign}</h1><p class="lead">${sign.do}</p>
        ${serious || sign.hours ? html`<p class="note ${serious ? "note--danger" : ""}">${words.say(rest, { hours: sign.hours ?? 0 })}</p>` : nothing}</div>
      <footer class="dock">${calls.map((one) => html`<a class="btn btn--danger" href="tel:${one}">${words.say("kept.no.call", { number: one })}</a>`)}
        <button class="btn ${calls.length ? "btn--line" : "btn--main"}" @click=${() => this.on()}>${words.say("kept.why.rate")}</button></footer></div>`;
  }

  private on(): void {
    this.meant = true;
    this.again();
  }

  private rate(): TemplateResult {
    const { words } = this;
    const scale = (name: string, low: string, high: string): TemplateResult =>
      html`<div class="nums">${Array.from({ length: 11 }, (_, n) => html`<label class="num-key"><input type="radio" name=${name} value=${n} /><span>${n}</span></label>`)}</div>
        <div class="scale"><span>${words.say(low)}</span><span>${words.say(high)}</span></div>`;
    return this.page(
      html`<div class="stack"><h1 id="ask">${words.say("kept.after.title")}</h1>${this.note()}
          <div role="radiogroup" aria-labelledby="ask">${scale("pain", "kept.after.none", "kept.after.worst")}</div></div>
        ${this.run.heard ? nothing : html`<fieldset class="stack"><legend class="h3">${words.say("kept.after.strongest")}</legend><p class="muted">${words.say("kept.after.strongest_help")}</p>${scale("strongest", "kept.after.weak", "kept.after.strong")}</fieldset>`}
        ${this.kept.bruise ? html`<div class="field"><label for="bruise">${words.say("kept.after.bruise")}</label><p class="small muted">${words.say("kept.after.bruise_why")}</p><input class="input" id="bruise" name="bruise" inputmode="decimal" autocomplete="off" /></div>` : nothing}`,
      html`<button class="btn btn--main">${words.say("kept.after.save")}</button>`,
      (form) => void this.rated(form),
    );
  }

  private async rated(form: FormData): Promise<void> {
    const [pain, strongest, bruise] = ["pain", "strongest", "bruise"].map((name) => String(form.get(name) ?? "").trim().replace(",", "."));
    const cm = bruise ? Number(bruise) : null;
    if (!pain) return this.wrong("kept.after.choose_one");
    if (cm !== null && !(cm >= 0 && cm <= 100)) return this.wrong("kept.after.bad_bruise");
    const session = this.kept.session;
    await keep({ session, kind: "rated", pain: Number(pain), ...(strongest && { strongest: Number(strongest) }) }, cm ? {} : { told: true });
    if (cm) {
      await keep({ session, kind: "bruise", cm }, { told: true });
      this.follows = this.kept.bruise?.do[cm > this.kept.bruise.large_cm ? "bruise_large" : "bruise_small"] ?? [];
    }
    this.move({ told: true });
    const sent = await connect();
    this.sent = sent !== null && sent.left === 0;
    this.again();
  }

  private done(): TemplateResult {
    const { words } = this;
    return html`<div class="screen screen--one"><header class="top"><span class="wordmark">Unknot</span></header>
      <div class="panel stack"><h1>${words.say("kept.after.done")}</h1><p role="status">${words.say(this.sent ? "kept.after.done_sent" : "kept.after.done_about")}</p>
        ${this.follows.map((one) => html`<p class="note note--danger">${one}</p>`)}</div>
      <footer class="dock"><a class="btn btn--main" href="/today/">${words.say("kept.today")}</a></footer></div>`;
  }

  private move(change: Partial<Run>): void {
    this.run = { ...this.run, ...change };
    this.fault = "";
    this.again();
    window.scrollTo(0, 0);
  }

  private wrong(fault: string): void {
    this.fault = fault;
    this.again();
  }

  private note(): TemplateResult | typeof nothing {
    return this.fault ? html`<p class="note note--caution" role="alert">${this.words.say(this.fault)}</p>` : nothing;
  }

  private page(body: TemplateResult, dock: TemplateResult, sent: (form: FormData, press: string) => void): TemplateResult {
    const submit = (event: SubmitEvent): void => {
      event.preventDefault();
      sent(new FormData(event.target as HTMLFormElement), (event.submitter as HTMLButtonElement | null)?.value ?? "");
    };
    return html`<form class="screen screen--one" novalidate @submit=${submit}><header class="top"><span class="wordmark">Unknot</span></header>
      <div class="panel stack-l">${body}</div><footer class="dock">${dock}</footer></form>`;
  }
}
