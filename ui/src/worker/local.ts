// What the worker asks of the store on this device.
import { changeRun, run, runs, sessions, session, underWay, type Run } from "../kept/store";
import { waiting } from "../kept/outbox";

// The session that is under way here, if any.
export async function anyRun(): Promise<Run | null> {
  return (await runs()).find((one) => underWay(one)) ?? null;
}

// The run whose page must come from this device: it is under way, or the server has not heard all of it.
export async function shellFor(path: string): Promise<Run | null> {
  const id = /^\/session\/([0-9a-f-]{36})\//.exec(path)?.[1];
  if (!id) return null;
  const [known, kept] = [await run(id), await session(id)];
  if (!known || !kept || !known.begun || known.told) return null;
  const unsent = (await waiting()).some((one) => one.message.session === id);
  return underWay(known) || unsent ? known : null;
}

// The server has shown its own page of a session that is over, and asks the rest there.
export async function handedOver(path: string): Promise<void> {
  const id = /^\/session\/([0-9a-f-]{36})\/(rate|stopped|means)\//.exec(path)?.[1];
  const known = id && (await run(id));
  if (known && known.ended) await changeRun(known.session, { told: true });
}

// The drawing at this address, from a session that is kept.
export async function pictureOf(path: string): Promise<string | null> {
  return (await sessions()).find((one) => one.picture?.url === path)?.picture?.svg ?? null;
}
