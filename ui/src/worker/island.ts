// The service worker. It keeps the shell of the app (the page for times without a connection and its files), and after one
// visit the pages to read. What is kept of a person lies in IndexedDB (kept/store.ts), never in a cache of this worker.
import { anyRun, handedOver, pictureOf, shellFor } from "./local";
import { send } from "../kept/outbox";

interface Kept {
  version: string;
  pages: string[];
  shell: string[];
}
interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Told extends Extendable {
  readonly data: { keep?: string; tidy?: boolean };
  readonly ports: readonly MessagePort[];
}
interface Synced extends Extendable {
  readonly tag: string;
}
interface Scope {
  readonly UNKNOT_VERSION: string;
  readonly cookieStore?: { get(name: string): Promise<{ value: string } | null> };
  addEventListener(kind: "install" | "activate", does: (event: Extendable) => void): void;
  addEventListener(kind: "fetch", does: (event: Asked) => void): void;
  addEventListener(kind: "message", does: (event: Told) => void): void;
  addEventListener(kind: "sync", does: (event: Synced) => void): void;
  readonly registration: { readonly waiting: unknown; readonly installing: unknown };
  readonly clients: { claim(): Promise<void> };
}

const scope = self as unknown as Scope;
const PAGES_NAME = "unknot-pages-";
const SHELL_NAME = "unknot-shell-";
const SHELL_PAGE = "/kept/";
const PAGES = /^\/(atlas|evidence|learn|understand|glossary|about)\//;

// No skipWaiting: a new version waits until every page of the old one is closed. Even then a session under way goes on in
// the shell that it was begun with.
scope.addEventListener("install", (event) => event.waitUntil(keepShell()));
scope.addEventListener("activate", (event) => event.waitUntil(dropOldShells().then(() => scope.clients.claim())));

scope.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith("/static/")) event.respondWith(fromCacheFirst(event.request));
  else if (address.pathname.startsWith("/picture/")) event.respondWith(picture(event.request, address.pathname));
  else if (PAGES.test(address.pathname)) event.respondWith(fromNetworkFirst(event.request));
  else if (event.request.mode === "navigate") event.respondWith(page(event.request, address.pathname));
});

scope.addEventListener("message", (event) => {
  if (event.data.keep) event.waitUntil(keep(event.data.keep).then((count) => event.ports[0]?.postMessage(count)));
  if (event.data.tidy) event.waitUntil(dropOldShells());
});

scope.addEventListener("sync", (event) => {
  const token = async (): Promise<string> => (await scope.cookieStore?.get("unknot_csrf"))?.value ?? "";
  if (event.tag === "told") event.waitUntil(send(token));
});

// Static addresses hold the digest of their content: what is kept is never stale.
async function fromCacheFirst(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

// A page is as new as the server; without a server it is the one that was kept.
async function fromNetworkFirst(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (fault) {
    const kept = (await caches.match(request, { ignoreSearch: true })) ?? (await shell(""));
    if (kept) return kept;
    throw fault;
  }
}

// Pages about a person come from the server alone. Where it cannot be reached, and where this device knows more of a
// session than the server does, the shell takes their place.
async function page(request: Request, path: string): Promise<Response> {
  const own = await shellFor(path).catch(() => null);
  const instead = own && (await shell(own.version));
  if (instead) return instead;
  try {
    const answer = await fetch(request);
    if (answer.ok) await handedOver(new URL(answer.url || request.url).pathname).catch(() => undefined);
    return answer;
  } catch (fault) {
    const kept = await shell("");
    if (kept) return kept;
    throw fault;
  }
}

// The shell of the version that a session was begun with, else the newest that is complete.
async function shell(version: string): Promise<Response | undefined> {
  const names = [SHELL_NAME + version, SHELL_NAME + scope.UNKNOT_VERSION];
  for (const name of names) {
    const found = (await caches.has(name)) && (await (await caches.open(name)).match(SHELL_PAGE));
    if (found) return found;
  }
  return caches.match(SHELL_PAGE);
}

async function picture(request: Request, path: string): Promise<Response> {
  const kept = await pictureOf(path).catch(() => null);
  return kept ? new Response(kept, { headers: { "Content-Type": "image/svg+xml" } }) : fetch(request);
}

async function keepShell(): Promise<void> {
  const wanted = (await (await fetch("/offline.json", { cache: "no-store" })).json()) as Kept;
  const cache = await caches.open(SHELL_NAME + scope.UNKNOT_VERSION);
  await cache.addAll(wanted.shell); // all of it, or this version is not installed
}

// The shell that a session under way was begun with stays until it is over; so does that of a version that waits.
async function dropOldShells(): Promise<void> {
  if (scope.registration.waiting || scope.registration.installing) return;
  const run = await anyRun().catch(() => null);
  const needed = [scope.UNKNOT_VERSION, ...(run ? [run.version] : [])].map((version) => SHELL_NAME + version);
  for (const name of await caches.keys()) if (name.startsWith(SHELL_NAME) && !needed.includes(name)) await caches.delete(name);
}

// Keep every page of the list with the files it needs; an older list's pages go when the new ones are all there.
async function keep(list: string): Promise<number> {
  const wanted = (await (await fetch(list)).json()) as Kept;
  const cache = await caches.open(PAGES_NAME + wanted.version);
  for (const page of wanted.pages) {
    if (await cache.match(page)) continue;
    const answer = await fetch(page);
    if (answer.ok && !answer.redirected) await cache.put(page, answer);
  }
  for (const name of await caches.keys())
    if (name.startsWith(PAGES_NAME) && name !== PAGES_NAME + wanted.version) await caches.delete(name);
  return (await cache.keys()).length;
}
