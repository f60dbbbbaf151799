// The short form: one screen with "none of these", then only what was ticked, each with yes, no and not sure.
import { html, nothing, type TemplateResult } from "lit";
import type { Words } from "../shared/words";
import { plainNo, type Answers } from "./judge";
import type { KeptSession, Line, Question } from "./store";

export class ShortForm {
  private ticked: Line[] = [];
  private fault = "";

  constructor(
    private readonly kept: KeptSession,
    private readonly words: Words,
    private readonly done: (answers: Answers) => void,
    private readonly again: () => void,
  ) {}

  isPlainNo(answers: Answers): boolean {
    return plainNo(answers, this.kept);
  }

  render(): TemplateResult {
    return this.ticked.length ? this.closer() : this.lines();
  }

  private lines(): TemplateResult {
    const { words } = this;
    return this.page(
      html`<p class="kicker muted">${words.say("kept.form.kicker")}</p><h1>${words.say("kept.form.title")}</h1>${this.note()}
        <div class="answers" role="group" aria-label=${words.say("kept.form.title")}>
          ${this.kept.form.map((line) => html`<label class="answer"><input type="checkbox" name="tile" value=${line.id} /><span>${line.label}</span></label>`)}
        </div>`,
      html`<div class="pair"><button class="btn btn--line" name="press" value="none">${words.say("kept.form.none")}</button>
        <button class="btn btn--main" name="press" value="ticked">${words.say("kept.form.these")}</button></div>`,
      (form, press) => this.tick(form, press),
    );
  }

  private tick(form: FormData, press: string): void {
    const wanted = press === "none" ? [] : form.getAll("tile");
    if (press === "none") return this.done({ ...this.kept.none });
    this.ticked = this.kept.form.filter((line) => wanted.includes(line.id));
    this.fault = this.ticked.length ? "" : "kept.form.tick_or_none";
    this.again();
    window.scrollTo(0, 0);
  }

  private closer(): TemplateResult {
    const { words } = this;
    return this.page(
      html`<h1>${words.say("kept.form.closer")}</h1>${this.note()}${this.asked().map((id) => this.question(id, this.kept.questions[id]!))}`,
      html`<button class="btn btn--main">${words.say("kept.form.next")}</button>`,
      (form) => this.tell(form),
    );
  }

  private asked(): string[] {
    return [...new Set(this.ticked.flatMap((line) => line.questions))];
  }

  private question(id: string, asked: Question): TemplateResult {
    const { words } = this;
    const choices = asked.type === "bool" ? [["true", "yes"], ["false", "no"]].map(([value, name]) => ({ value: value!, label: words.say(`kept.form.${name}`) })) : asked.choices;
    const kind = asked.type === "many_of" ? "checkbox" : "radio";
    const more = [...choices, ...(kind === "checkbox" ? [{ value: "", label: words.say("kept.form.none") }] : []), { value: "?", label: words.say("kept.form.not_sure") }];
    return html`<fieldset class="field"><legend class="strong">${asked.ask}</legend>${asked.help ? html`<p class="muted small">${asked.help}</p>` : nothing}
      <div class="row wrap">${more.map((one) => html`<label class="chip"><input type=${kind} name=${id} value=${one.value} /><span>${one.label}</span></label>`)}</div></fieldset>`;
  }

  // What is not answered, and what was answered in two ways at once, is no answer yet.
  private tell(form: FormData): void {
    const answers: Answers = { ...this.kept.none };
    for (const id of this.asked()) {
      const given = form.getAll(id).map(String);
      const { type } = this.kept.questions[id]!;
      if (!given.length || (given.length > 1 && given.some((one) => one === "" || one === "?"))) {
        this.fault = "kept.form.answer_all";
        this.again();
        return;
      }
      if (given[0] === "?") answers[id] = null;
      else if (type === "bool") answers[id] = given[0] === "true";
      else if (type === "many_of") answers[id] = given[0] === "" ? this.kept.none[id] : given;
      else answers[id] = given[0];
    }
    this.done(answers);
  }

  private note(): TemplateResult | typeof nothing {
    return this.fault ? html`<p class="note note--caution" role="alert">${this.words.say(this.fault)}</p>` : nothing;
  }

  private page(body: TemplateResult, dock: TemplateResult, sent: (form: FormData, press: string) => void): TemplateResult {
    const submit = (event: SubmitEvent): void => {
      event.preventDefault();
      const press = (event.submitter as HTMLButtonElement | null)?.value ?? "";
      sent(new FormData(event.target as HTMLFormElement), press);
    };
    return html`<form class="screen screen--one" novalidate @submit=${submit}><header class="top"><span class="wordmark">Unknot</span></header>
      <div class="panel stack-l">${body}</div><footer class="dock">${dock}</footer></form>`;
  }
}
