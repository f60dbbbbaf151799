// What was said waits here until the home computer has it: written to the disk before it is called saved, sent in order,
// taken out only when the server names its id. Sent twice, it counts once, because the id is made here.
import { uuid7 } from "../shared/post";
import { forgetEverything } from "./forget";
import { all, changed, common, durably, result, type Common, type Message, type Run, type Waiting } from "./store";

export interface Sent {
  left: number; // messages that still wait
  refused: number; // messages that the server could not take
  stop: Record<string, string[]>; // sessions that may not go on, and why
  other: boolean; // another person's record is there: nothing was sent
}

export const KEPT = "unknot-kept"; // something new waits
const MOST = 50;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 300_000;
export const PATIENCE_MS = 8_000; // a server that does not answer counts as none

export type Said = Pick<Message, "session" | "kind"> & Record<string, unknown>;

// Keep one message, and how far its session has come, in one piece. Resolves when both are on the disk.
export async function keep(said: Said, run: Partial<Run> = {}, id = uuid7(), at = Date.now()): Promise<string> {
  const { ahead_ms = 0, person = "", device = "" } = (await common()) ?? {};
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const message = { ...said, id, at: new Date(at - ahead_ms).toISOString(), zone } as Message;
  await durably(["outbox", "runs", "common"], async (of) => {
    of("outbox").add({ message, person, device, refused: "" } satisfies Waiting);
    if (Object.keys(run).length) await changed(of("runs"), said.session, run);
    const told = (await result(of("common").get("it"))) as Common | undefined;
    if (told) of("common").put({ ...told, latest: Math.max(told.latest, at), begun: run.begun ? said.session : told.begun }, "it");
  });
  dispatchEvent(new Event(KEPT));
  return id;
}

export async function waiting(): Promise<Waiting[]> {
  return (await all<Waiting>("outbox")).filter((one) => !one.refused);
}

export async function counts(): Promise<{ left: number; refused: number }> {
  const kept = await all<Waiting>("outbox");
  const refused = kept.filter((one) => one.refused).length;
  return { left: kept.length - refused, refused };
}

// Send what waits. One page or worker at a time where the browser can promise that; else the ids keep it to once.
export function send(token: () => Promise<string>): Promise<Sent> {
  const work = (): Promise<Sent> => sendAll(token);
  return navigator.locks ? navigator.locks.request("unknot-outbox", work).then((sent) => sent) : work();
}

async function sendAll(token: () => Promise<string>): Promise<Sent> {
  const stop: Record<string, string[]> = {};
  let other = false;
  for (let kept = await waiting(); kept.length; kept = await waiting()) {
    const some = kept.filter((one) => one.person === kept[0]!.person).slice(0, MOST);
    const answer = await post(some, await token());
    if (answer.status === 410 || (answer.status === 403 && answer.detail === "unpaired")) {
      await forgetEverything();
      break;
    }
    if (answer.status === 409) {
      other = true;
      break;
    }
    if (answer.status === 200) {
      Object.assign(stop, answer.stop);
      const done = await settle(some, answer);
      if (!done) break; // nothing of it was named: do not go round in a circle
    } else if (some.length > 1 && ![401, 403].includes(answer.status)) {
      if (!(await oneByOne(some, await token(), stop))) break;
    } else if ([400, 422].includes(answer.status)) {
      await settle(some, { kept: [], refused: { [some[0]!.message.id]: ["unreadable"] } });
    } else {
      throw new Error(`the server answered ${answer.status}`);
    }
  }
  return { ...(await counts()), stop, other };
}

// A batch that failed as a whole: what fails alone stays and waits, and holds up nothing behind it.
async function oneByOne(some: Waiting[], token: string, stop: Record<string, string[]>): Promise<boolean> {
  let any = false;
  for (const one of some) {
    const answer = await post([one], token);
    if (answer.status === 200) {
      Object.assign(stop, answer.stop);
      any = (await settle([one], answer)) || any;
    } else if ([400, 422].includes(answer.status)) {
      any = (await settle([one], { kept: [], refused: { [one.message.id]: ["unreadable"] } })) || any;
    }
  }
  return any;
}

interface Answer {
  status: number;
  detail: string;
  kept: string[];
  refused: Record<string, string[]>;
  stop: Record<string, string[]>;
}

async function post(some: Waiting[], token: string): Promise<Answer> {
  const { person, device } = some[0]!;
  const answer = await fetch("/api/told", {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    signal: AbortSignal.timeout(PATIENCE_MS),
    body: JSON.stringify({ person, device, told: some.map((one) => one.message) }),
  });
  const said = (await answer.json().catch(() => ({}))) as Partial<Answer>;
  return { detail: "", kept: [], refused: {}, stop: {}, ...said, status: answer.status };
}

// Take out what the server has, mark what it will never take. Returns whether anything moved.
async function settle(some: Waiting[], answer: Pick<Answer, "kept" | "refused">): Promise<boolean> {
  const kept = new Set(answer.kept);
  let moved = false;
  await durably(["outbox"], async (of) => {
    for (const one of some) {
      const refused = answer.refused[one.message.id];
      if (kept.has(one.message.id)) await result(of("outbox").delete(one.seq!));
      else if (refused) await result(of("outbox").put({ ...one, refused: refused.join(" ") }));
      else continue;
      moved = true;
    }
  });
  return moved;
}

// How long to wait before the next try: longer each time, and not all devices at the same moment.
export function pause(tries: number, chance = Math.random()): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries) * (0.5 + chance / 2);
}
