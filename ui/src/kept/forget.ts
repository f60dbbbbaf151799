// Forget everything that this device keeps: sessions, answers, what waits to be sent, pages to read, what was chosen.
// The one function for erasing and unpairing; the server also says it with the header Clear-Site-Data.
import { shut } from "./store";

export async function forgetEverything(): Promise<void> {
  shut();
  const databases = await (indexedDB.databases?.() ?? Promise.resolve([{ name: "unknot" }]));
  await Promise.all(databases.map(({ name }) => name && erased(name)));
  if ("caches" in globalThis) await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  if ("localStorage" in globalThis) localStorage.clear();
  if ("sessionStorage" in globalThis) sessionStorage.clear();
  const workers = (await navigator.serviceWorker?.getRegistrations?.()) ?? [];
  await Promise.all(workers.map((worker) => worker.unregister()));
}

function erased(name: string): Promise<void> {
  return new Promise((done) => {
    const asked = indexedDB.deleteDatabase(name);
    asked.onsuccess = asked.onerror = () => done();
    asked.onblocked = () => undefined; // another page still has it open and is told to close it; then it goes
  });
}
