// The player's one way out: every change of a session is handed to `tell`, in order, each with its own id, and waits in the
// outbox of this device until the home computer has it. Told twice, it counts once.
import { connect, STOPPED } from "../kept/here";
import { keep, PATIENCE_MS } from "../kept/outbox";
import { session, type Run } from "../kept/store";
import { uuid7 } from "../shared/post";
import type { Change } from "./machine";

export interface Event extends Omit<Change, "at"> {
  id: string;
  at: string; // ISO instant
}

export function eventOf(change: Change): Event {
  const at = new Date(Date.now() - performance.now() + change.at);
  return { ...change, id: uuid7(), at: at.toISOString() };
}

const AGAIN_MS = 500;

export class Telling {
  readonly untold: Event[] = []; // not on the disk yet
  private writing: Promise<void> = Promise.resolve();

  // `refused`: the home computer has taken back leave for this session. `moved`: what is untold has changed.
  constructor(
    private readonly session: string,
    refused: () => void,
    private readonly moved: () => void,
  ) {
    window.addEventListener(STOPPED, (event) => {
      if ((event as CustomEvent<{ session: string }>).detail.session === session) refused();
    });
  }

  tell(event: Event): void {
    this.untold.push(event);
    this.writing = this.writing.then(() => this.write(event));
  }

  // Resolves when all that was told so far is on the disk, and was sent if there is a connection that answers in time.
  async settled(): Promise<void> {
    await this.writing;
    await Promise.race([connect(), new Promise((wake) => setTimeout(wake, PATIENCE_MS))]);
  }

  private async write(event: Event): Promise<void> {
    const { id, at, kind: what, ...rest } = event;
    for (;;) {
      try {
        const pass = what === "started" ? (await session(this.session))?.pass : undefined;
        const said = { session: this.session, kind: "change" as const, what, ...rest, ...(pass && { leave: pass }) };
        await keep(said, runAfter(event), id, Date.parse(at));
        this.untold.splice(this.untold.indexOf(event), 1);
        return this.moved();
      } catch {
        await new Promise((wake) => setTimeout(wake, AGAIN_MS)); // until then the page says that it is saving
      }
    }
  }
}

// How far the session has come after this change.
function runAfter({ kind, at, reason }: Event): Partial<Run> {
  const then = Date.parse(at);
  switch (kind) {
    case "started":
      return { begun: then, version: document.documentElement.dataset["version"] ?? "" };
    case "comfort":
      return { heard: true };
    case "finished":
      return { ended: then, completed: true };
    case "stopped":
      return { ended: then, noticed: reason ?? "" };
    default:
      return {};
  }
}
