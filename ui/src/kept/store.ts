// What this device keeps: sessions that the gate has cleared, what happened in them, and what was not sent yet. All of it
// lies in one IndexedDB, so that forgetting is one act (forget.ts).
import type { Case, Condition, Words } from "../rules/language";
import type { StopRules } from "../rules/stops";
import type { Script } from "../player/script";

export type Level = "emergency" | "same_day" | "provider" | "self_care";

export interface Line {
  id: string;
  label: string;
  questions: string[];
}

export interface Question {
  type: "bool" | "one_of" | "many_of" | "number";
  ask: string;
  help: string;
  choices: { value: string; label: string }[];
}

export interface ScreenRule {
  id: string;
  level: Level;
  not_sure: Level | null;
  place: "call" | "go" | null;
  when: Condition;
  reason: string;
}

export interface Screening {
  words: Words;
  rules: ScreenRule[];
  known: string[]; // rules that fire without the form: no news
  actions: Record<"call" | "go" | "same_day" | "provider", string>;
}

export interface Picture {
  url: string;
  width: number;
  height: number;
  mirrored: boolean;
  alt: string;
  svg: string;
}

// One session as the server hands it out (unknot.kept/1).
export interface KeptSession {
  session: string;
  pass: string;
  expires_at: string;
  started: boolean;
  title: string;
  where: string; // the title without the tool
  minutes: number;
  script: Script;
  picture: Picture | null;
  form: Line[];
  none: Record<string, unknown>;
  questions: Record<string, Question>;
  case: Case;
  screening: Screening;
  bruise: { large_cm: number; do: Record<string, string[]> } | null;
}

export interface Sign {
  id: string;
  level: Level;
  alarm: boolean;
  closes: "everything" | "region" | "site" | "nothing";
  hours: number | null;
  sign: string;
  do: string;
}

// What goes with every session, and how this device's clock stood to the server's when it came.
export interface Common {
  person: string;
  device: string;
  number: string;
  stops: StopRules;
  signs: Sign[];
  ahead_ms: number; // this device's clock less the server's
  fetched_at: number; // this device's clock
  latest: number; // the latest time that this device's clock ever showed
  begun: string; // a session that was begun since the last fetch
}

// How far a session has come on this device.
export interface Run {
  session: string;
  answered: number; // when the short form was answered with a plain no; 0 = not
  begun: number;
  ended: number;
  completed: boolean;
  heard: boolean; // how strong it was
  noticed: string; // what stopped it, as the player told
  sign: string; // why it was stopped, as the person said
  told: boolean; // the questions afterwards are answered
  barred: boolean; // an answer has shut it
  version: string; // of the app that it was begun with
}

export interface Message {
  id: string;
  at: string;
  zone: string;
  session: string;
  kind: "before" | "change" | "why" | "rated" | "bruise";
  [more: string]: unknown;
}

export interface Waiting {
  seq?: number; // order of writing, given by the store
  person: string;
  device: string;
  message: Message;
  refused: string; // why the server would not take it; "" = it waits
}

const NAME = "unknot";
const STORES = { common: "", sessions: "session", runs: "session", outbox: "seq" } as const;
export type StoreName = keyof typeof STORES;

let opened: Promise<IDBDatabase> | null = null;

export function open(): Promise<IDBDatabase> {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      const make = asked.result;
      make.createObjectStore("common");
      make.createObjectStore("sessions", { keyPath: "session" });
      make.createObjectStore("runs", { keyPath: "session" });
      make.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true });
    };
    asked.onsuccess = () => {
      // Another page wants to erase everything: let it.
      asked.result.onversionchange = () => shut();
      asked.result.onclose = () => (opened = null);
      done(asked.result);
    };
    asked.onerror = () => failed(asked.error);
  });
  return opened.catch((fault: unknown) => {
    opened = null;
    throw fault;
  });
}

export function shut(): void {
  void opened?.then((db) => db.close(), () => undefined);
  opened = null;
}

export function result<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

// One transaction: everything that `act` writes is on the disk when this resolves, or nothing of it is.
export async function durably<T>(stores: StoreName[], act: (of: (name: StoreName) => IDBObjectStore) => Promise<T>): Promise<T> {
  const db = await open();
  const work = db.transaction(stores, "readwrite", { durability: "strict" });
  const whole = new Promise<void>((done, failed) => {
    work.oncomplete = () => done();
    work.onabort = work.onerror = () => failed(work.error ?? new Error("the browser would not keep it"));
  });
  const value = await act((name) => work.objectStore(name));
  await whole;
  return value;
}

export async function read<T>(store: StoreName, key: IDBValidKey): Promise<T | undefined> {
  const db = await open();
  return (await result(db.transaction(store).objectStore(store).get(key))) as T | undefined;
}

export async function all<T>(store: StoreName): Promise<T[]> {
  const db = await open();
  return (await result(db.transaction(store).objectStore(store).getAll())) as T[];
}

export const common = (): Promise<Common | undefined> => read<Common>("common", "it");
export const sessions = (): Promise<KeptSession[]> => all<KeptSession>("sessions");
export const session = (id: string): Promise<KeptSession | undefined> => read<KeptSession>("sessions", id);
export const runs = (): Promise<Run[]> => all<Run>("runs");
export const run = (id: string): Promise<Run | undefined> => read<Run>("runs", id);

// A session is under way on this device: nothing may replace the app now.
export function underWay(one: Run, now = Date.now()): boolean {
  return one.begun > 0 && !one.ended && now - one.begun < 3_600_000;
}

export const NEW_RUN: Omit<Run, "session"> = {
  answered: 0, begun: 0, ended: 0, completed: false, heard: false, noticed: "", sign: "", told: false, barred: false, version: "",
}; // prettier-ignore

export async function changeRun(id: string, change: Partial<Run>): Promise<Run> {
  return durably(["runs"], (of) => changed(of("runs"), id, change));
}

export async function changed(table: IDBObjectStore, id: string, change: Partial<Run>): Promise<Run> {
  const kept = ((await result(table.get(id))) as Run | undefined) ?? { ...NEW_RUN, session: id };
  const next = { ...kept, ...change };
  table.put(next);
  return next;
}
