// <unknot-player>: the guided session. Reads the script and the sentences from JSON in its own server-rendered content,
// which is a plain list of steps for anyone without scripts. This file joins the parts; none of them knows another.
import { LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { hindrance } from "../kept/hindrance";
import type { StopRules } from "../rules/stops";
import { Words } from "../shared/words";
import { keepChoices, readChoices, type Choices } from "./choices";
import { MediaKeys, onKey, type Does as KeyDoes } from "./controls";
import { Buzz } from "./buzz";
import { cuesAhead, type Cue } from "./cues";
import { advance, BEFORE, msLeft, over, revived, stepOf, underLoad, type Act, type Change, type Plan, type State } from "./machine";
import { Memory } from "./memory";
import { narrated } from "./narration";
import { HIGHEST } from "./scale";
import { ownPace, type Script } from "./script";
import { settings } from "./settings";
import { Sound } from "./sound";
import { eventOf, Telling, type Event as Event_ } from "./telling";
import { intro, scaleShown, screen, type Does } from "./view";
import { hush, ownVoices, say } from "./voice";

const TICK_MS = 100;
const DRAW_MS = 250; // the ring and its seconds; the page stays free for a touch of STOP
const FOLLOW_MS = 1000; // how often what is scheduled is held to the audio clock
const REST_MS = 1500; // keys that move the scale have come to rest
const LEAVE_MS = 2000;
const ALARM_MS = 60_000;
const ASK_AGAIN_MS = 5000;

@customElement("unknot-player")
export class Player extends LitElement implements Does, KeyDoes {
  @state() private now = performance.now();
  @state() private heard = "";
  @state() private notice = "";
  @state() private slid: number | null = null;
  @state() private setting = false;
  @state() private choices: Choices = readChoices();
  private plan!: Plan;
  private words!: Words;
  private at: State = BEFORE;
  private telling!: Telling;
  private memory!: Memory;
  private readonly sound = new Sound();
  private readonly buzz = new Buzz();
  private readonly keys = new MediaKeys();
  private timer = 0;
  private rest = 0;
  private saidLeft = -1;
  private followed = 0;
  private ahead: Cue[] = [];
  private lock: WakeLockSentinel | null = null;
  private left = false;
  private starting: Promise<void> | null = null; // leave to start is being asked for

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
    const [script, rules] = [read("data-script"), read("data-stops")];
    if (this.plan || !script || !rules) return;
    this.words = new Words(this);
    this.plan = { script: script as Script, rules: rules as StopRules };
    const id = this.dataset["session"] ?? "";
    this.memory = new Memory(`unknot-session ${id}`);
    this.telling = new Telling(id, () => this.apply({ do: "stop", reason: "refused" }), () => this.remember());
    this.sound.on = this.choices.sound;
    this.replaceChildren();
    document.documentElement.dataset["theme"] ??= "dark";
    document.addEventListener("visibilitychange", this.seen);
    document.addEventListener("keydown", this.key);
    window.speechSynthesis?.addEventListener("voiceschanged", this.voices);
    this.timer = window.setInterval(() => this.tick(), TICK_MS);
    this.revive();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.seen);
    document.removeEventListener("keydown", this.key);
    window.speechSynthesis?.removeEventListener("voiceschanged", this.voices);
    this.sound.silence();
    this.keys.end();
    void this.lock?.release();
  }

  // ---------------------------------------------------------------- what happens

  private apply(act: Act, now: number = performance.now()): void {
    this.take(advance(this.plan, this.at, act, now));
  }

  private take([next, told]: [State, Change[]]): void {
    const before = this.at;
    if (next === before && !told.length) return;
    this.at = next;
    const turned = next.phase !== before.phase || next.index !== before.index;
    if (turned) this.slid = null;
    // A stop is silence, before anything else is done; only the alarm, which is on its way already, goes on.
    if (turned && next.phase === "stopped" && next.reason !== "no_answer") this.sound.silence();
    this.play();
    for (const change of told) this.tell(eventOf(change));
    this.remember();
    const words = narrated(this.plan, before, next, this.words, intro(this.words));
    if (words) this.announce(words);
    if (turned) this.keys.follow(next.phase);
    if (turned) window.scrollTo(0, 0);
    if (turned && over(next)) this.finish(next);
    this.requestUpdate();
  }

  // Everything that a session tells goes this one way; on the page it can be listened to as "told".
  private tell(event: Event_): void {
    this.telling.tell(event);
    this.dispatchEvent(new CustomEvent("told", { detail: event, bubbles: true }));
  }

  private tick(): void {
    if (this.at.phase === "before") return;
    const now = performance.now();
    this.apply({ do: "tick" }, now);
    if (now - this.followed >= FOLLOW_MS) this.play();
    if (this.choices.buzz) this.buzz.follow(this.ahead);
    if (now - this.now < DRAW_MS) return;
    this.now = now;
    this.sayTime();
  }

  private play(): void {
    this.followed = performance.now();
    this.ahead = this.at.phase === "before" ? [] : cuesAhead(this.plan, this.at, this.followed, { pace: this.choices.pace });
    this.sound.play(this.ahead);
  }

  private sayTime(): void {
    const left = Math.ceil((msLeft(this.at, this.now) ?? 0) / 1000);
    if (left === this.saidLeft) return;
    this.saidLeft = left;
    const { phase, length } = this.at;
    const every = this.choices.timeEvery;
    if (phase === "checking" && left * 1000 === ASK_AGAIN_MS) return this.announce(this.words.say("player.ask_again"));
    if (phase !== "running" || ownPace(stepOf(this.plan, this.at)) || !every) return;
    if (left > 5 && left % every === 0 && left * 1000 < length - 2000) this.announce(this.words.say("player.seconds_left", { n: left }), "time");
  }

  private announce(words: string, weight: "must" | "time" = "must"): void {
    this.heard = words;
    say(words, this.choices, weight);
  }

  // ---------------------------------------------------------------- a page that was killed, and one that is left

  private remember(): void {
    if (over(this.at) && !this.telling.untold.length) this.memory.clear();
    else if (this.at.phase !== "before") this.memory.write(this.at, this.telling.untold);
  }

  private revive(): void {
    const kept = this.memory.read();
    if (!kept) return;
    for (const event of kept.untold) this.telling.tell(event);
    if (over(kept.state)) return void this.leave(kept.state);
    this.take(revived(this.plan, kept.state, performance.now()));
    this.notice = this.words.say("player.back");
  }

  private finish(state: State): void {
    void this.lock?.release();
    if (state.reason === "no_answer") {
      setTimeout(() => void this.leave(state), ALARM_MS);
      return;
    }
    setTimeout(() => void this.leave(state), LEAVE_MS);
  }

  private async leave(state: State): Promise<void> {
    if (this.left) return;
    this.left = true;
    await this.telling.settled();
    this.memory.clear();
    window.location.assign(this.dataset[state.phase === "finished" ? "finishedUrl" : "stoppedUrl"] ?? "/");
  }

  // ---------------------------------------------------------------- in sight, awake

  private readonly seen = (): void => {
    this.apply({ do: "seen", seen: !document.hidden });
    if (document.hidden || this.at.phase === "before" || over(this.at)) return;
    this.sound.wake(); // a call, or the lock of the screen, may have put it to sleep
    void this.stayAwake();
  };

  private async stayAwake(): Promise<void> {
    try {
      if (this.lock && !this.lock.released) return;
      this.lock = (await navigator.wakeLock?.request("screen")) ?? null;
    } catch {
      this.lock = null; // refused (battery saver)
    }
    if (!this.lock) this.notice = this.words.say("player.may_darken");
  }

  private readonly voices = (): void => this.requestUpdate();

  // ---------------------------------------------------------------- what the person does

  private readonly key = (event: KeyboardEvent): void => onKey(event, this);

  start(): void {
    this.awaken(); // in the same tap, or the browser would not let it sound
    this.starting ??= this.mayStart()
      .then((may) => may && this.apply({ do: "start" }))
      .then(() => undefined)
      .finally(() => (this.starting = null));
  }

  // What is pressed while leave to start is being asked for counts as pressed after it: a STOP is never lost.
  private afterStart(does: () => void): void {
    if (this.starting) void this.starting.finally(does);
    else does();
  }

  // Too old answers, a clock that was set back, another session begun meanwhile: the page that loads says which.
  private async mayStart(): Promise<boolean> {
    const no = await hindrance(this.dataset["session"] ?? "", this.plan.script.expires_at);
    if (!no) return true;
    this.notice = this.words.say("player.expired");
    window.location.reload();
    return false;
  }

  next(): void {
    if (this.at.phase === "before") this.start();
    else if (this.at.phase === "paused") this.resume();
    else this.apply({ do: "next" });
  }

  pause(): void {
    this.apply({ do: "pause" });
  }

  resume(): void {
    this.notice = "";
    this.awaken();
    this.apply({ do: "resume" });
  }

  pauseOrResume(): void {
    this.afterStart(() => (this.at.phase === "paused" ? this.resume() : this.pause()));
  }

  stop(): void {
    this.afterStart(() => this.at.phase !== "before" && this.apply({ do: "stop", reason: "person" }));
  }

  adjust(kind: "more" | "less"): void {
    if (!underLoad(this.plan, this.at)) return;
    this.apply({ do: kind });
    this.announce(this.words.say(`player.${kind}_how`));
  }

  moved(value: number): void {
    if (!scaleShown(this.plan, this.at)) return;
    if (value !== this.slid) say(String(value), this.choices, "must");
    this.slid = value;
    window.clearTimeout(this.rest);
    this.rest = window.setTimeout(() => this.chosen(value), REST_MS);
  }

  chosen(value: number): void {
    window.clearTimeout(this.rest);
    if (!scaleShown(this.plan, this.at)) return;
    const checking = this.at.phase === "checking";
    this.apply({ do: "rate", value });
    this.slid = null;
    if (!checking && !over(this.at) && !this.at.adapted) this.announce(String(value));
  }

  slide(by: 1 | -1): void {
    const { comfort } = stepOf(this.plan, this.at);
    if (!comfort) return;
    const from = this.slid ?? this.at.comfort ?? comfort.lo;
    this.moved(Math.max(0, Math.min(HIGHEST, from + by)));
  }

  answer(): void {
    const { comfort } = stepOf(this.plan, this.at);
    if (comfort && scaleShown(this.plan, this.at)) this.chosen(this.slid ?? this.at.comfort ?? comfort.lo);
    else this.next();
  }

  up(): void {
    this.sound.silence();
    hush();
    void this.leave(this.at);
  }

  openSettings(): void {
    this.pause(); // the sheet covers STOP
    this.setting = true;
  }

  close(): void {
    this.setting = false;
  }

  choose(change: Partial<Choices>): void {
    this.choices = { ...this.choices, ...change };
    keepChoices(this.choices);
    this.sound.on = this.choices.sound;
    if (!this.choices.keys) this.keys.end();
    if ("voiceName" in change || "rate" in change) say(this.words.say("player.set.sample"), this.choices, "must");
  }

  private awaken(): void {
    this.sound.wake();
    if (!this.choices.sound) this.notice = this.words.say("player.sound_off");
    void this.stayAwake();
    if (this.choices.keys) this.keys.begin(this.dataset["track"] ?? "", this.words.say("player.media_title"), this);
  }

  // ---------------------------------------------------------------- on the screen

  protected override updated(changed: PropertyValues): void {
    if (changed.has("setting") && this.setting) this.querySelector("dialog")?.showModal();
  }

  protected override render(): TemplateResult {
    const { plan, at, now, words, heard, notice, slid } = this;
    const saving = over(at) && this.telling.untold.length > 0;
    const sheet = this.setting ? settings(this.choices, ownVoices(), words, this) : nothing;
    return screen({ plan, state: at, now, words, data: this.dataset, heard, notice, slid, saving }, this, sheet);
  }
}
