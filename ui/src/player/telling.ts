// The player's one way out: every change of a session is handed to `tell`, in order, each with its own id. What could
// not be sent yet is sent again; told twice, it counts once.
import { post, Refused, uuid7 } from "../shared/post";
import type { Change } from "./machine";

export interface Event extends Omit<Change, "at"> {
  id: string;
  at: string; // ISO instant
}

export function eventOf(change: Change): Event {
  const at = new Date(Date.now() - performance.now() + change.at);
  return { ...change, id: uuid7(), at: at.toISOString() };
}

export class Telling {
  readonly untold: Event[] = [];
  private sending: Promise<void> = Promise.resolve();

  // `refused`: the server has taken back leave for this session. `moved`: what is untold has changed.
  constructor(
    private readonly url: string,
    private readonly refused: () => void,
    private readonly moved: () => void,
  ) {}

  tell(event: Event): void {
    this.untold.push(event);
    this.sending = this.sending.then(() => this.send(event));
  }

  // Resolves when all that was told so far is stored or refused.
  async settled(): Promise<void> {
    await this.sending;
  }

  private async send(event: Event): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await post(this.url, event);
        return this.done(event);
      } catch (error) {
        if (error instanceof Refused) {
          this.done(event);
          return this.refused();
        }
        await new Promise((wake) => setTimeout(wake, Math.min(8000, 500 * 2 ** attempt)));
      }
    }
  }

  private done(event: Event): void {
    this.untold.splice(this.untold.indexOf(event), 1);
    this.moved();
  }
}
