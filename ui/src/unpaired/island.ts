// This phone was unpaired: everything that Unknot keeps in this browser goes. Newer browsers have done so already, told
// by the answer itself (Clear-Site-Data); this does the same where they have not.
async function erase(): Promise<void> {
  localStorage.clear();
  sessionStorage.clear();
  if ("caches" in window) for (const name of await caches.keys()) await caches.delete(name);
  for (const { name } of (await indexedDB.databases?.()) ?? []) if (name) indexedDB.deleteDatabase(name);
  if ("serviceWorker" in navigator)
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
}

await erase();
document.getElementById("erasing")!.hidden = true;
document.getElementById("erased")!.hidden = false;

export {};
