// Pages to read stay on this device: the worker (installed by app.ts) keeps all of them on the first visit to one of them.
const root = document.documentElement;

async function remember(): Promise<void> {
  if (!("serviceWorker" in navigator)) return; // plain http on another machine has none
  const registration = await navigator.serviceWorker.ready;
  const channel = new MessageChannel();
  channel.port1.onmessage = (event: MessageEvent<number>) => (root.dataset["kept"] = String(event.data));
  registration.active?.postMessage({ keep: "/offline.json" }, [channel.port2]);
}

// Without a connection there is nothing to fetch, and nothing that would have to be said: the pages are there.
remember().catch(() => undefined);
