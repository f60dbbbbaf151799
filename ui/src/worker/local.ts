// What the worker asks of the store on this device.
import { run, runs, sessions, session, underWay, type Run } from "../kept/store";
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

// The drawing at this address, from a session that is kept.
export async function pictureOf(path: string): Promise<string | null> {
  return (await sessions()).find((one) => one.picture?.url === path)?.picture?.svg ?? null;
}
