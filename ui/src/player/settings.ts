// Sound, voice and vibration: a sheet over the session, which is paused while it is open.
import { html, nothing, type TemplateResult } from "lit";
import type { Words } from "../shared/words";
import { RATES, TIMES, type Choices } from "./choices";

export interface SettingsEvents {
  choose(change: Partial<Choices>): void;
  close(): void;
}

export function settings(choices: Choices, voices: readonly SpeechSynthesisVoice[], words: Words, does: SettingsEvents): TemplateResult {
  const tick = (name: "sound" | "voice" | "pace" | "buzz" | "keys"): TemplateResult => html`<label class="answer">
    <input type="checkbox" name=${name} .checked=${choices[name]} @change=${(event: Event) => does.choose({ [name]: (event.target as HTMLInputElement).checked })} />
    <span>${words.say(`player.set.${name}`)}${name === "keys" ? html`<span class="small muted block">${words.say("player.set.keys_why")}</span>` : nothing}</span>
  </label>`;
  const pick = (name: "rate" | "timeEvery", label: string, among: readonly (readonly [number, string])[]): TemplateResult => html`<label class="stack-s">
    <span class="strong">${label}</span>
    <select name=${name} @change=${(event: Event) => does.choose({ [name]: Number((event.target as HTMLSelectElement).value) })}>
      ${among.map(([value, text]) => html`<option value=${value} ?selected=${choices[name] === value}>${text}</option>`)}
    </select>
  </label>`;
  const every = TIMES.map((n) => [n, n ? words.say("player.set.time_every", { n }) : words.say("player.set.time_never")] as const);
  const rates = RATES.map((n, place) => [n, words.say(`player.set.${["slow", "usual", "fast"][place]}`)] as const);
  return html`<dialog class="sheet-set" aria-labelledby="set-title" @close=${() => does.close()}>
    <div class="stack">
      <h2 id="set-title">${words.say("player.set.title")}</h2>
      ${tick("sound")}${tick("voice")}
      ${voices.length
        ? html`<label class="stack-s"><span class="strong">${words.say("player.set.voice_name")}</span>
            <select name="voiceName" @change=${(event: Event) => does.choose({ voiceName: (event.target as HTMLSelectElement).value })}>
              ${voices.map((voice) => html`<option value=${voice.name} ?selected=${voice.name === choices.voiceName}>${voice.name}</option>`)}
            </select></label>`
        : html`<p class="small muted">${words.say("player.set.no_voice")}</p>`}
      ${pick("rate", words.say("player.set.rate"), rates)} ${pick("timeEvery", words.say("player.set.time"), every)}
      ${tick("pace")}${"vibrate" in navigator ? tick("buzz") : nothing}${"mediaSession" in navigator ? tick("keys") : nothing}
      <button type="button" class="btn btn--main" @click=${(event: Event) => (event.target as Element).closest("dialog")!.close()}>${words.say("player.set.done")}</button>
    </div>
  </dialog>`;
}
