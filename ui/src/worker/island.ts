// The service worker: pages to read (atlas, claims, glossary) stay readable without a connection after one visit.
// It answers for these pages and for static files only. Nothing about the person passes through it or is kept by it.
interface Kept {
  version: string;
  pages: string[];
}
interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Told extends Extendable {
  readonly data: { keep?: string };
  readonly ports: readonly MessagePort[];
}
interface Scope {
  addEventListener(kind: "install" | "activate", does: (event: Extendable) => void): void;
  addEventListener(kind: "fetch", does: (event: Asked) => void): void;
  addEventListener(kind: "message", does: (event: Told) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}

const scope = self as unknown as Scope;
const NAME = "unknot-pages-";
const PAGES = /^\/(atlas|evidence|learn|understand|glossary|about)\//;

scope.addEventListener("install", (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith("/static/")) event.respondWith(fromCacheFirst(event.request));
  else if (PAGES.test(address.pathname)) event.respondWith(fromNetworkFirst(event.request));
});

scope.addEventListener("message", (event) => {
  if (event.data.keep) event.waitUntil(keep(event.data.keep).then((count) => event.ports[0]?.postMessage(count)));
});

/** Static addresses hold the digest of their content: what is kept is never stale. */
async function fromCacheFirst(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** A page is as new as the server; without a server it is the one that was kept. */
async function fromNetworkFirst(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (fault) {
    const kept = await caches.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw fault;
  }
}

/** Keep every page of the list with the files it needs; an older list's pages go when the new ones are all there. */
async function keep(list: string): Promise<number> {
  const wanted = (await (await fetch(list)).json()) as Kept;
  const cache = await caches.open(NAME + wanted.version);
  for (const page of wanted.pages) {
    if (await cache.match(page)) continue;
    const answer = await fetch(page);
    if (answer.ok && !answer.redirected) await cache.put(page, answer);
  }
  for (const name of await caches.keys())
    if (name.startsWith(NAME) && name !== NAME + wanted.version) await caches.delete(name);
  return (await cache.keys()).length;
}
