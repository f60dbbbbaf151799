// What every page does for times without a connection: install the worker, send what waits, fetch what may be kept, and
// let a new version of the app in only between sessions.
import { Words } from "../shared/words";
import { csrf, uuid7 } from "../shared/post";
import { counts, KEPT, PATIENCE_MS, pause, send, type Sent } from "./outbox";
import { durably, result, runs, sessions, type Common, type KeptSession, type Run, type Waiting } from "./store";

export const STOPPED = "unknot-no-leave"; // event: the home computer says that a session may not go on
const EVERY_MS = 30_000;
const PLAYS = /^\/(today|session|kept)\//;

export interface Package extends Pick<Common, "person" | "number" | "stops" | "signs"> {
  now: string;
  sessions: KeptSession[];
}

let tries = 0;
let timer = 0;
let going: Promise<Sent | null> = Promise.resolve(null);

export function begin(): void {
  if (document.querySelector("meta[name=unknot-door]")) return; // not let in yet, or no longer: nothing is kept here
  if (!("serviceWorker" in navigator) || !("indexedDB" in window)) return; // plain http on another machine has none
  void install();
  for (const kind of ["online", "focus", KEPT]) window.addEventListener(kind, () => soon(0));
  document.addEventListener("visibilitychange", () => document.hidden || soon(0));
  soon(0);
}

async function install(): Promise<void> {
  const registration = await navigator.serviceWorker.register("/worker.js").catch(() => null); // refused, or no connection
  registration?.active?.postMessage({ tidy: true });
}

function soon(after: number): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void connect(), after);
}

// Send, then fetch. Never throws: without a connection it tries again later, and less and less often.
export function connect(): Promise<Sent | null> {
  going = going.then(async () => {
    window.clearTimeout(timer);
    try {
      const sent = await send(() => Promise.resolve(csrf()));
      for (const [id, reasons] of Object.entries(sent.stop)) {
        window.dispatchEvent(new CustomEvent(STOPPED, { detail: { session: id, reasons } }));
      }
      if (!sent.left && (PLAYS.test(location.pathname) || (await sessions()).length)) await refresh();
      tries = 0;
      soon(EVERY_MS);
      await show(sent);
      return sent;
    } catch {
      await wakeLater();
      soon(pause(tries++));
      await show({ ...(await counts().catch(() => ({ left: 0, refused: 0 }))), stop: {}, other: false });
      return null;
    }
  });
  return going;
}

// Where the browser can do it, what waits is sent even after the page is closed.
// Not `ready`: where the worker was refused that waits for ever, and everything behind it with it.
async function wakeLater(): Promise<void> {
  const registration = (await navigator.serviceWorker?.getRegistration().catch(() => undefined)) as { sync?: { register(tag: string): Promise<void> } } | undefined;
  await registration?.sync?.register("told").catch(() => undefined);
}

// Fetch what may be kept: the server's word replaces what was here, but for what is under way or not yet answered.
export async function refresh(): Promise<void> {
  const before = Date.now();
  const answer = await fetch("/api/kept", { credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  const now = (before + Date.now()) / 2;
  const given = (await answer.json()) as Package;
  const { person, number, stops, signs } = given;
  await durably(["common", "sessions", "runs", "outbox"], async (of) => {
    const old = (await result(of("common").get("it"))) as Common | undefined;
    const told = (await result(of("runs").getAll())) as Run[];
    const same = old?.person === person;
    // What shut a session here is the server's to judge now, unless it could not take the answer.
    const lost = ((await result(of("outbox").getAll())) as Waiting[]).some((one) => one.refused);
    const open = same ? told.filter((run) => (run.begun && !run.told) || (run.barred && lost)) : [];
    for (const run of open) if (run.barred && !lost) of("runs").put({ ...run, barred: false });
    for (const run of told) if (!open.includes(run) && !given.sessions.some((one) => one.session === run.session)) of("runs").delete(run.session);
    for (const kept of (await result(of("sessions").getAllKeys())) as string[]) {
      if (!open.some((run) => run.session === kept && run.begun)) of("sessions").delete(kept);
    }
    for (const one of given.sessions) of("sessions").put(one);
    const device = (same && old?.device) || uuid7();
    const ahead_ms = Math.round(now - Date.parse(given.now));
    of("common").put({ person, device, number, stops, signs, ahead_ms, fetched_at: now, latest: Date.now(), begun: "" } satisfies Common, "it");
  });
  await navigator.storage?.persist?.().catch(() => false);
}

// The clock of this device was seen: it may not go back behind this later. What is too old to be begun is not kept.
export async function seeClock(): Promise<void> {
  const open = (await runs()).filter((run) => run.begun && !run.told).map((run) => run.session);
  await durably(["common", "sessions"], async (of) => {
    const told = (await result(of("common").get("it"))) as Common | undefined;
    if (!told) return;
    const now = Math.max(told.latest, Date.now());
    of("common").put({ ...told, latest: now }, "it");
    for (const one of (await result(of("sessions").getAll())) as KeptSession[]) {
      const until = Date.parse(one.expires_at) + told.ahead_ms;
      if (until + 3_600_000 < now && !open.includes(one.session)) of("sessions").delete(one.session);
    }
  });
}

async function show(sent: Sent): Promise<void> {
  await seeClock().catch(() => undefined);
  for (const holder of document.querySelectorAll<HTMLElement>("[data-unsent]")) {
    holder.textContent = Words.fill(holder.dataset["unsent"] ?? "", { n: sent.left });
    holder.hidden = sent.left === 0;
  }
  document.documentElement.dataset["waiting"] = String(sent.left);
}
